/**
 * Has evidence ordered that this validator holds: once somebody is convicted, nobody has to say more, so that validators take
 * turns, by their places. Where nothing is ordered (no quorum, a restart amid it), it says so again, ever more rarely, until
 * the case is closed; what an earlier life of the process found and left open is in the store and taken up again.
 */
import { type SignedMessage } from '../codec/accusation-codec.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
import type { Clock } from './ports.ts';
export interface AccuserOptions {
    readonly chain: Chain;
    readonly clock: Clock;
    /** For the transaction, which anybody may send. */
    readonly signer: Signer;
    /** Our turn: our place in the set. */
    readonly turn: () => number;
    /** Whether this member is in the set and not convicted. */
    readonly open: (member: MemberId) => boolean;
    readonly sequence: () => Sequence;
    /** A nonce that we have not used. */
    readonly nonce: () => number;
    /** To all, ourselves among them. */
    readonly submit: (transaction: Uint8Array) => void;
}
/** The two messages of a piece of evidence, signed. */
export interface SignedPair {
    readonly first: SignedMessage;
    readonly second: SignedMessage;
}
export declare class Accuser {
    #private;
    constructor(options: AccuserOptions);
    /** Evidence that others would believe: one piece of it is enough, and the rest are for where it does not do. */
    take(member: MemberId, { first, second }: SignedPair): void;
    stop(): void;
}
//# sourceMappingURL=accuser.d.ts.map