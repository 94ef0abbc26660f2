/**
 * Judges evidence that was ordered, by the ledger and the genesis alone, so that every replica convicts or refuses alike.
 *
 * A member of the present set is convicted where two messages contradict each other and both signatures are by its keys, in
 * whichever epoch it signed them: an honest validator signs no such pair in any place of any set. It is convicted once; keys
 * that were convicted stay so, and whoever is to come back comes with new ones. Where the genesis says `onEvidence: remove`, the
 * convicted leave by the way of every change of the set: one at a time, at a checkpoint, and never below the least that tolerates
 * a fault; who cannot leave yet leaves when another validator has come.
 */
import { type Membership } from '../core/membership.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { JudgeOptions, Moment, Refusal } from './membership.ts';
export interface Verdict {
    readonly membership: Membership;
    readonly name: string;
    readonly offence: string;
}
export declare class Court {
    #private;
    constructor(options: JudgeOptions & {
        readonly digests: BatchDigests;
    });
    /** Why it convicts nobody, or the membership with the conviction, and with a removal where that is the policy. */
    judge(membership: Membership, payload: Uint8Array, moment: Moment): Verdict | Refusal;
    /** Puts the removal of a convicted member on its way, where the genesis says so and one can be now. */
    carryOut(membership: Membership, moment: Moment): Membership;
    /** Why nobody is removed for what it is convicted of; undefined where somebody may be. */
    obstacle({ current }: Membership): string | undefined;
}
//# sourceMappingURL=conviction.d.ts.map