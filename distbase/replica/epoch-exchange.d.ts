/**
 * How validators that are in different epochs find each other again. Items between connected members, whatever epoch
 * either is in:
 *
 * - `[16, epoch, voting]` hello: where its sender stands, and whether it votes there;
 * - `[17, proof, …]` the proofs of the epochs above the one that was told, oldest first.
 *
 * Whoever hears of a lower epoch answers with proofs; whoever hears of a higher one says hello, and gets them. Both at a
 * pace: a liar that claims epoch 0 for ever costs us a few proofs per pause.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Epoch } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import type { EpochChain } from '../proofs/epochs.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';
export declare const HELLO_ITEM = 16;
export declare const PROOFS_ITEM = 17;
export interface ExchangeOptions {
    readonly epochs: EpochChain;
    readonly clock: Clock;
    readonly send: (to: MemberId, item: Item) => void;
    /** Whether we vote in the epoch that we are in. */
    readonly voting: () => boolean;
    /** A later epoch is proven. */
    readonly advanced: () => void;
    /** Somebody who does not vote said hello: it may lack what the others certified last. */
    readonly guest: (from: MemberId) => void;
}
export declare class EpochExchange {
    private readonly o;
    private readonly known;
    constructor(options: ExchangeOptions);
    /** Says where we stand. */
    hello(to: MemberId): void;
    /** A message of this epoch came from a member, which is not ours. */
    heard(from: MemberId, epoch: Epoch): void;
    onHello(from: MemberId, item: readonly unknown[]): RejectionCode | undefined;
    onProofs(item: readonly unknown[]): RejectionCode | undefined;
    /** Gives a member the proofs above an epoch at once. */
    tell(to: MemberId, above: Epoch): void;
    /** Members of these that said that they have no vote. */
    mute(members: readonly MemberId[]): MemberId[];
    /** In a new epoch all are believed to vote until they say otherwise. */
    begin(): void;
    forget(member: MemberId): void;
    private answer;
    private ask;
    private of;
}
//# sourceMappingURL=epoch-exchange.d.ts.map