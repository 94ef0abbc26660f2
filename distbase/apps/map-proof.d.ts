/**
 * Proofs that a map with a given root holds a value under a key, or nothing. A proof is bytes:
 *
 * - one byte: how many branches lie on the key's path;
 * - for each branch from the root: which children it has (2 bytes), then the hashes of those off the path, in order;
 * - one byte: 0 where the path ends at the key's own leaf or at no node, 1 where it ends at another key's leaf, whose
 *   key length (4 bytes), key, form (1 byte) and rest then follow (see `trie.ts`).
 */
import type { Hasher } from '../crypto/hash.ts';
import { TrieHasher, type TrieNode } from './trie.ts';
export declare function proveIn(root: TrieNode | undefined, path: Uint8Array, key: Uint8Array, trieHasher: TrieHasher): Uint8Array;
/**
 * Whether the map whose root is `root` holds `value` under `key`, or nothing where `value` is undefined. Proofs come
 * from strangers: any bytes are at worst a plain false.
 */
export declare function verifyProof(hasher: Hasher, root: Uint8Array, key: Uint8Array, value: Uint8Array | undefined, proof: Uint8Array): boolean;
//# sourceMappingURL=map-proof.d.ts.map