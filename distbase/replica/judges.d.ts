/** Each epoch's validators, and how their messages are read: for who judges signed messages with the genesis alone. */
import { type MessageCodec } from '../codec/message-codec.ts';
import type { Chain } from '../core/genesis.ts';
import type { Epoch } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
export interface Judge {
    readonly set: ValidatorSet;
    readonly codec: MessageCodec;
    /** How many of the set certify. */
    readonly quorum: number;
}
export declare class Judges {
    readonly chain: Chain;
    private readonly hasher;
    private readonly verifier;
    private readonly epochs;
    /** What is judged comes mostly in the order of its epochs. */
    private last;
    /** Whether a signature holds. */
    readonly verify: (item: VerifyItem) => boolean;
    /** `proofs`: of the epochs after the genesis, oldest first, as `EpochChain` takes them; each is checked. */
    constructor(chain: Chain, hasher: Hasher, verifier: Verifier, proofs: readonly Uint8Array[]);
    /** Takes proofs of epochs; false where one of them does not hold. */
    learn(proofs: readonly Uint8Array[]): boolean;
    /** Undefined where nothing proves who the validators of that epoch were. */
    of(epoch: Epoch): Judge | undefined;
}
//# sourceMappingURL=judges.d.ts.map