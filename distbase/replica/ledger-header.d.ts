/** What a slot leaves behind: its ledger header, and the checkpoint that binds headers, state and validator set. */
import type { Genesis } from '../core/genesis.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
/** All that a header is the hash of. The Merkle roots and the previous header are 32 bytes each. */
export interface HeaderFields {
    readonly previous: Uint8Array;
    readonly sequence: Sequence;
    /** ms since 1970, never smaller than at the sequence before. */
    readonly timeMs: number;
    /** Merkle root over the transactions' digests. */
    readonly transactions: Uint8Array;
    /** Merkle root over the result bytes, one per transaction; of a repeated or refused one, the refusal. */
    readonly results: Uint8Array;
}
export interface CheckpointFields {
    readonly header: HeaderFields;
    readonly appRoot: Uint8Array;
    readonly clientsRoot: Uint8Array;
    readonly validators: Uint8Array;
}
/** Before the first slot. */
export declare const GENESIS_HEADER: HeaderFields;
/** H('header', previous ‖ sequence ‖ time ‖ transactions ‖ results); integers in 8 bytes, big-endian. */
export declare function headerDigest(hasher: Hasher, header: HeaderFields): Uint8Array;
/** H('state', application root ‖ client windows' root). */
export declare function stateRootOf(hasher: Hasher, appRoot: Uint8Array, clientsRoot: Uint8Array): Uint8Array;
/** H('validators', both public keys of each, in the order of the set). */
export declare function validatorsDigest(hasher: Hasher, genesis: Genesis): Uint8Array;
/** H('checkpoint', chain ‖ epoch ‖ sequence ‖ header ‖ state ‖ validators): what a CHECKPOINT signs. */
export declare function checkpointDigest(hasher: Hasher, chainId: Uint8Array, epoch: Epoch, { header, appRoot, clientsRoot, validators }: CheckpointFields): Digest;
/** The fields as they travel with a snapshot, and how many of its chunks are the application's. */
export declare function encodeMeta({ header, appRoot, clientsRoot, validators }: CheckpointFields, appChunks: number): Uint8Array;
/** Undefined where the bytes are no meta. */
export declare function parseMeta(bytes: Uint8Array): (CheckpointFields & {
    readonly appChunks: number;
}) | undefined;
//# sourceMappingURL=ledger-header.d.ts.map