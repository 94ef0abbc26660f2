/**
 * A model of the view change, small enough to be tried millions of times: one slot, a few views, f liars who say
 * whatever they like to whomever they like, and every message delivered or not as the seed has it. What commits, by
 * COMMITs or by the fast path, must be what every later view gives the slot.
 *
 * The rule under test is a parameter: production's own `decide`, or a weaker one that must be caught.
 */
import { type Decision } from '../../protocols/pbft/decide.ts';
import type { ViewChange } from '../../protocols/pbft/messages.ts';
export type Rule = (viewChanges: readonly ViewChange[], n: number) => Decision | undefined;
export interface ModelOptions {
    readonly n: number;
    readonly seed: number;
    /** Views tried, the first included. Default 4. */
    readonly views?: number;
    /** Default: production's. */
    readonly rule?: Rule;
}
export interface ModelOutcome {
    /** Commits by COMMITs, and without a commit phase. */
    readonly slow: number;
    readonly fast: number;
    /** Views that found a decision. */
    readonly decided: number;
    /** What went wrong, with the history that led there. */
    readonly violation?: string;
}
/** One history from one seed. */
export declare function runViewChangeModel(options: ModelOptions): ModelOutcome;
/**
 * The paper's rule as it stands (A1, A2, B), which knows of no fast path. With one it forks: a batch that all n
 * prepared alike may leave no P entry in the new view's messages, so that B gives its slot away.
 */
export declare const plainRule: Rule;
/** A rule that drops what is only prepared: "the prepared set is dropped in a view change". */
export declare const forgetfulRule: Rule;
//# sourceMappingURL=view-change.d.ts.map