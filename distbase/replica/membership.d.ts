/** Judges a change of the validator set by the ledger alone, so that every replica takes or refuses it alike. */
import type { ApprovedChange, SetChange } from '../codec/membership-codec.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import { type Membership } from '../core/membership.ts';
import type { VerifyItem } from '../crypto/interface.ts';
/** Ledger time between two changes that one validator makes by itself, ms: each costs all of them a new epoch. */
export declare const OWN_CHANGE_PAUSE_MS = 10000;
export interface Refusal {
    readonly code: string;
    readonly message: string;
}
export interface JudgeOptions {
    readonly chain: Chain;
    /** Whether a signature holds; alike on every replica (ZIP 215). */
    readonly verify: (item: VerifyItem) => boolean;
}
export interface Moment {
    readonly sequence: Sequence;
    readonly timeMs: number;
}
/** How many must agree to add or remove one of n: a quorum, so that the faulty alone never can and never must. */
export declare function approvalsNeeded(change: SetChange, n: number): number;
/** What a person reads of a change. */
export declare function describeChange(change: SetChange): string;
/** Why the change is refused, or the membership with it pending. */
export declare function judgeChange(membership: Membership, approved: ApprovedChange, moment: Moment, { chain, verify }: JudgeOptions): Membership | Refusal;
//# sourceMappingURL=membership.d.ts.map