/**
 * What PBFT's safety rests on, apart from the machinery that applies it: how many votes are enough, and what a new
 * view must propose. Production has one set of rules; a simulated replica may be given a wrong one, to see whether
 * the checkers notice.
 */
import { type Decision } from './decide.ts';
import type { ViewChange } from './messages.ts';
export interface Rules {
    /** q of n: votes that prepare, commit or certify a checkpoint, and VIEW-CHANGEs that open a view. */
    readonly quorum: (n: number) => number;
    /** What the slots of a new view get; undefined where these messages do not say yet. */
    readonly decide: (viewChanges: readonly ViewChange[], n: number) => Decision | undefined;
}
export declare const RULES: Rules;
//# sourceMappingURL=rules.d.ts.map