/**
 * The nodes of the authenticated map: a 16-ary trie over H('statePath', key), one nibble a level, high nibble
 * first. A leaf stands as high as it can be alone, so the shape, and with it the root, depends on the content only.
 *
 * | node   | hash                                                                                     |
 * | ------ | ---------------------------------------------------------------------------------------- |
 * | leaf   | H('stateLeaf', key length (4 bytes, big-endian) ‖ key ‖ form ‖ rest); form 0: rest is the |
 * |        | value, of up to 64 bytes; form 1: rest is H('stateValue', value)                           |
 * | branch | H('stateNode', which children there are (2 bytes, bit i for nibble i) ‖ their hashes)     |
 * | empty  | H('stateNode', 00 00)                                                                    |
 *
 * Keys are in the leaf's hash, so a proof of absence that meets another leaf shows that leaf's key.
 */
import type { Hasher } from '../crypto/hash.ts';
/** Longest value that a leaf's hash covers as it is: for those the second hash would cost more than it saves. */
export declare const INLINE_VALUE_BYTES = 64;
export declare const HASH_BYTES = 32;
/** Never changes but for its hash, which is computed once: snapshots share it. */
export declare class Leaf {
    readonly key: Uint8Array;
    readonly value: Uint8Array;
    hash: Uint8Array | undefined;
    constructor(key: Uint8Array, value: Uint8Array);
}
/** May be changed in place by the edit that made it; any other edit copies it first. */
export declare class Branch {
    readonly edit: number;
    readonly children: (TrieNode | undefined)[];
    hash: Uint8Array | undefined;
    constructor(edit: number, children: (TrieNode | undefined)[]);
}
export type TrieNode = Leaf | Branch;
/** The child to take at a depth. */
export declare function nibbleAt(path: Uint8Array, depth: number): number;
export declare function findLeaf(root: TrieNode | undefined, path: Uint8Array, key: Uint8Array): Leaf | undefined;
/** `node` with `leaf` put in, in place of one with the same key. `pathOf` is asked only where a leaf must move down. */
export declare function insertLeaf(node: TrieNode | undefined, depth: number, path: Uint8Array, leaf: Leaf, edit: number, pathOf: (key: Uint8Array) => Uint8Array): TrieNode;
/** `node` without the leaf at `path`, which is there. A leaf that is left alone moves up. */
export declare function removeLeaf(node: TrieNode, depth: number, path: Uint8Array, edit: number): TrieNode | undefined;
/** Leaves in the order of their paths. A stack of its own: nested generators cost in proportion to the depth. */
export declare function leavesOf(root: TrieNode | undefined): Generator<Leaf>;
/** Hashes nodes, each once: what an edit did not touch keeps its hash. */
export declare class TrieHasher {
    readonly hasher: Hasher;
    private readonly branchInput;
    private leafInput;
    private readonly empty;
    constructor(hasher: Hasher);
    rootOf(node: TrieNode | undefined): Uint8Array;
    hashOf(node: TrieNode): Uint8Array;
    /** A node's hash from what it holds now and from what its children's hashes are said to be. */
    freshHash(node: TrieNode): Uint8Array;
    private hashLeaf;
    /** A leaf's hash from its parts, as a proof gives them. */
    hashLeafForm(key: Uint8Array, form: number, rest: Uint8Array): Uint8Array;
    private hashBranch;
}
//# sourceMappingURL=trie.d.ts.map