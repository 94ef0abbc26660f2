/**
 * An authenticated map in pieces that prove themselves. A piece is what stands at a place of the trie, the place being
 * the nibbles that lead to it, and whoever knows the hash of that place can tell whether the piece is the right one:
 *
 * - `00` ‖ which children there are (2 bytes) ‖ their hashes: a branch, without what hangs on it;
 * - `01` ‖ entries in the order of their paths, as in `map-chunks.ts`: a whole subtree, a single leaf included.
 *
 * The empty map is a branch without children. Each subtree has one form as entries, so nothing can be said in two ways.
 */
import type { Hasher } from '../crypto/hash.ts';
import { Branch, type TrieHasher, type TrieNode } from './trie.ts';
/** The nibbles that lead to a place, one a byte. */
export type Place = Uint8Array;
export declare const MAX_PLACE_NIBBLES: number;
/** What an entry costs to check beside its bytes, in bytes: bounds the hashes behind a piece of many small entries. */
export declare const ENTRY_WORK = 100;
/** What stands at a place: a leaf that stands higher, alone, is what a place on its path holds. */
export declare function nodeAt(root: TrieNode | undefined, place: Place, hasher: Hasher): TrieNode | undefined;
/** The child at a nibble of what stands at a place of this depth. */
export declare function childAt(node: TrieNode | undefined, depth: number, nibble: number, hasher: Hasher): TrieNode | undefined;
/**
 * The piece for a node: its entries where `whole` is asked for and they are within `STATE_PIECE_WORK`, else itself as a
 * branch. Its hashes are known.
 */
export declare function pieceOf(node: TrieNode | undefined, whole: boolean, trieHasher: TrieHasher): Uint8Array;
/** A piece that is what it should be. */
export type Proven = {
    readonly kind: 'branch';
    readonly hashes: readonly (Uint8Array | undefined)[];
} | {
    readonly kind: 'subtree';
    readonly node: TrieNode;
    readonly entries: number;
    readonly bytes: number;
};
/**
 * Checks a piece against the hash of the place that it is for. Pieces come from strangers: what is none, or is another
 * place's, is a plain undefined. The nodes that it gives have their hashes, and bytes of their own.
 */
export declare function provePiece(piece: Uint8Array, place: Place, hash: Uint8Array, trieHasher: TrieHasher): Proven | undefined;
/** The entries of a piece that was proven once; those that can be read of one that was not. */
export declare function entriesOfPiece(piece: Uint8Array): Generator<[key: Uint8Array, value: Uint8Array]>;
/** A branch that is known before what hangs on it. */
export declare function emptyBranch(): Branch;
//# sourceMappingURL=map-pieces.d.ts.map