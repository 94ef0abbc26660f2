/**
 * The chain of validator sets, from the genesis on: each set but the first stands in the last checkpoint of the epoch
 * before it, which a quorum of that epoch's validators signed. Whoever has the genesis can follow it, whatever it missed.
 *
 * A proof travels and is stored as `[1, meta, [[body, signature], …]]`: the checkpoint's meta (`ledger-header.ts`) and the
 * CHECKPOINT messages that certify it. What they sign names the checkpoint's digest, which binds chain, epoch, sequence
 * and both sets; an honest validator signs that digest for no other reason, so any signed body that holds it will do,
 * whatever the protocol calls its fields.
 */
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import type { AnyMessage, Attested, Protocol } from '../core/machine.ts';
import { type ValidatorSet } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { EpochStore } from '../storage/interface.ts';
interface Vote {
    readonly from: ReplicaId;
    readonly body: Uint8Array;
    readonly signature: Uint8Array;
}
/** A set and what proves it, not verified yet. */
export interface EpochProof {
    readonly set: ValidatorSet;
    /** The last checkpoint of the epoch before it. */
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Vote[];
    readonly bytes: Uint8Array;
}
/** How many of n must sign the last checkpoint of an epoch. */
export declare function certifiers(n: number, byzantine: boolean): number;
/** The same for a chain: as its protocol says, where that has a quorum of its own. */
export declare function certifiersOf(protocol: Pick<Protocol<AnyMessage, AnyMessage>, 'quorum' | 'byzantine'>, { auth, protocolParameters: parameters }: Genesis, n: number): number;
export declare function encodeProof(meta: Uint8Array, certificate: readonly Attested[]): Uint8Array;
/** Reads a proof; undefined where it is none. No signature is checked. */
export declare function parseProof(bytes: Uint8Array, hasher: Hasher, chain: Chain): EpochProof | undefined;
export interface EpochChainOptions {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly store: EpochStore;
    readonly verify: (item: VerifyItem) => boolean;
    /** How many of n validators make a certificate. */
    readonly needed: (n: number) => number;
}
export declare class EpochChain {
    private readonly o;
    private readonly proofs;
    private readonly genesis;
    /** Reads what the store holds, whose proofs were verified before they were stored. */
    constructor(options: EpochChainOptions);
    get latest(): ValidatorSet;
    setOf(epoch: Epoch): ValidatorSet | undefined;
    /** What proves an epoch's set: the checkpoint at which it begins. */
    proofOf(epoch: Epoch): EpochProof | undefined;
    /** The proofs of the epochs above this one, oldest first. */
    after(epoch: Epoch, most: number): readonly EpochProof[];
    /** Takes the next epoch's proof, once it holds and is stored. A gap, an old one, or a lie changes nothing. */
    add(bytes: Uint8Array): 'added' | 'known' | 'gap' | 'bad';
    /** The same for a certificate that our own machine gathered: its signatures are checked already. */
    certified(meta: Uint8Array, certificate: readonly Attested[]): void;
    private keep;
    private holds;
}
export {};
//# sourceMappingURL=epochs.d.ts.map