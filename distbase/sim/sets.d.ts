/**
 * Validator sets that change while a simulated chain runs. Which set rules which slot, and from which checkpoint on a
 * change is in effect, is the production code's arithmetic (`core/membership.ts`); what a change asks for is a number here
 * and needs nobody's approval.
 */
import type { Sequence } from '../core/ids.ts';
import { type Membership } from '../core/membership.ts';
export declare const SET_CHANGES: readonly ['join', 'leave', 'rotate'];
export interface SetChange {
    readonly kind: (typeof SET_CHANGES)[number];
    /** The node's address, which is its member number, too. */
    readonly member: number;
}
/** The membership that a state holds, and what execution needs to change it. */
export interface Sets {
    readonly membership: Membership;
    readonly rules: SetRules;
}
export interface SetRules {
    readonly window: number;
    readonly checkpointInterval: number;
    /** The transactions that ask for a change, by their numbers. */
    readonly changes: Map<number, SetChange>;
}
/** The first `n` nodes are the validators of the genesis. */
export declare function firstSets(n: number, rules: SetRules): Sets;
/** The slot at `sequence` begins. */
export declare function setsAt(sets: Sets, sequence: Sequence): Sets;
/** The sets once transaction `id` is executed at `sequence`: the same where it asks for nothing, or is refused. */
export declare function setsAfter(sets: Sets, id: number, sequence: Sequence): Sets;
//# sourceMappingURL=sets.d.ts.map