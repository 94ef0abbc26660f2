/**
 * Binary Merkle trees over the chain's hash, shaped as in RFC 6962 §2.1: where a level has an odd number of nodes
 * the last one moves up unchanged. Leaves, nodes and the empty tree are hashed under kinds of their own, so that
 * no node can be passed off as a leaf.
 */
import type { Hasher } from './hash.ts';
/** Shows that a leaf stands at `index` of a tree of `size` leaves. */
export interface MerkleProof {
    readonly index: number;
    readonly size: number;
    /** The siblings from the leaf's level upwards, 32 bytes each; none where a node moves up unchanged. */
    readonly path: readonly Uint8Array[];
}
/** The root over the leaves in order, 32 bytes. */
export declare function merkleRoot(hasher: Hasher, leaves: readonly Uint8Array[]): Uint8Array;
/** Throws `RangeError` where there is no leaf at `index`. */
export declare function merkleProof(hasher: Hasher, leaves: readonly Uint8Array[], index: number): MerkleProof;
/** Whether the proof leads from `leaf` to `root`. Proofs come from strangers: any shape is a plain false. */
export declare function verifyMerkleProof(hasher: Hasher, root: Uint8Array, leaf: Uint8Array, proof: MerkleProof): boolean;
//# sourceMappingURL=merkle.d.ts.map