/**
 * The decision of `protocols/pbft/decide.ts` once more, with each condition replaceable: a planted mistake replaces one.
 * With `CONDITIONS` it decides as the original does, which a test compares.
 */
import { type Digest, type Sequence, type View } from '../../core/ids.ts';
import type { Claim, ViewChange } from '../../protocols/pbft/messages.ts';
import type { Rules } from '../../protocols/pbft/rules.ts';
export interface Conditions {
    /** A1: whether a message with this P claim at the slot, or none, lets the candidate pass. */
    admits(own: Claim | undefined, candidate: Claim): boolean;
    /** F: the same for a digest whose Q claims reach u. */
    spares(own: Claim | undefined, digest: Digest, u: View): boolean;
    /** The view that f + 1 = `weak` of these Q claims for one digest reach, given the latest first. */
    reached(views: readonly View[], weak: number): View;
    /** B: whether a message speaks of the slot at all. */
    covers(message: ViewChange, sequence: Sequence): boolean;
}
export declare const CONDITIONS: Conditions;
export declare function altered(changes: Partial<Conditions>): Rules['decide'];
//# sourceMappingURL=altered-decision.d.ts.map