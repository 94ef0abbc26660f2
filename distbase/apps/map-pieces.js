/**
 * An authenticated map in pieces that prove themselves. A piece is what stands at a place of the trie, the place being
 * the nibbles that lead to it, and whoever knows the hash of that place can tell whether the piece is the right one:
 *
 * - `00` ‖ which children there are (2 bytes) ‖ their hashes: a branch, without what hangs on it;
 * - `01` ‖ entries in the order of their paths, as in `map-chunks.ts`: a whole subtree, a single leaf included.
 *
 * The empty map is a branch without children. Each subtree has one form as entries, so nothing can be said in two ways.
 */
import { bytesEqual, concatBytes } from '../core/bytes.js';
import { STATE_PIECE_WORK } from '../core/limits.js';
import { entryBytes } from './map-chunks.js';
import { Branch, HASH_BYTES, Leaf, leavesOf, nibbleAt } from './trie.js';
export const MAX_PLACE_NIBBLES = 2 * HASH_BYTES;
const BRANCH = 0;
const ENTRIES = 1;
const ENTRY_HEAD_BYTES = 8;
/** What an entry costs to check beside its bytes, in bytes: bounds the hashes behind a piece of many small entries. */
export const ENTRY_WORK = 100;
/** What stands at a place: a leaf that stands higher, alone, is what a place on its path holds. */
export function nodeAt(root, place, hasher) {
    let node = root;
    for (let depth = 0; depth < place.length && node !== undefined; depth++) {
        if (node instanceof Leaf)
            return onPath(hasher.hash('statePath', node.key), place) ? node : undefined;
        node = node.children[place[depth]];
    }
    return node;
}
/** The child at a nibble of what stands at a place of this depth. */
export function childAt(node, depth, nibble, hasher) {
    if (node === undefined || node instanceof Branch)
        return node?.children[nibble];
    return nibbleAt(hasher.hash('statePath', node.key), depth) === nibble ? node : undefined;
}
function onPath(path, place) {
    for (let i = 0; i < place.length; i++)
        if (nibbleAt(path, i) !== place[i])
            return false;
    return true;
}
/** The leaves of a subtree whose bytes and work stay within `budget`; undefined where they do not. One alone always does. */
function leavesWithin(node, budget) {
    const leaves = [];
    let cost = 0;
    for (const leaf of leavesOf(node)) {
        cost += entryBytes(leaf.key, leaf.value) + ENTRY_WORK;
        if (cost > budget && leaves.length > 0)
            return undefined;
        leaves.push(leaf);
    }
    return leaves.length === 1 || cost <= budget ? leaves : undefined;
}
/**
 * The piece for a node: its entries where `whole` is asked for and they are within `STATE_PIECE_WORK`, else itself as a
 * branch. Its hashes are known.
 */
export function pieceOf(node, whole, trieHasher) {
    if (node instanceof Leaf)
        return entriesPiece([node]);
    if (node === undefined)
        return Uint8Array.of(BRANCH, 0, 0);
    const leaves = whole ? leavesWithin(node, STATE_PIECE_WORK) : undefined;
    if (leaves !== undefined)
        return entriesPiece(leaves);
    let present = 0;
    const hashes = [];
    for (const [i, child] of node.children.entries()) {
        if (child === undefined)
            continue;
        present |= 1 << i;
        hashes.push(trieHasher.hashOf(child));
    }
    return concatBytes(Uint8Array.of(BRANCH, present >>> 8, present), ...hashes);
}
function entriesPiece(leaves) {
    let length = 1;
    for (const { key, value } of leaves)
        length += entryBytes(key, value);
    const out = new Uint8Array(length);
    const view = new DataView(out.buffer);
    out[0] = ENTRIES;
    let at = 1;
    for (const { key, value } of leaves) {
        view.setUint32(at, key.length);
        view.setUint32(at + 4, value.length);
        out.set(key, at + ENTRY_HEAD_BYTES);
        out.set(value, at + ENTRY_HEAD_BYTES + key.length);
        at += entryBytes(key, value);
    }
    return out;
}
/**
 * Checks a piece against the hash of the place that it is for. Pieces come from strangers: what is none, or is another
 * place's, is a plain undefined. The nodes that it gives have their hashes, and bytes of their own.
 */
export function provePiece(piece, place, hash, trieHasher) {
    if (piece[0] === BRANCH)
        return proveBranch(piece, place, hash, trieHasher.hasher);
    if (piece[0] !== ENTRIES)
        return undefined;
    const leaves = readEntries(piece, place, trieHasher.hasher);
    if (leaves === undefined || leaves.length === 0)
        return undefined;
    const node = subtree(leaves, 0, leaves.length, place.length);
    if (!bytesEqual(trieHasher.hashOf(node), hash))
        return undefined;
    return { kind: 'subtree', node, entries: leaves.length, bytes: piece.length - 1 };
}
function proveBranch(piece, place, hash, hasher) {
    if (piece.length < 3 || (piece.length - 3) % HASH_BYTES !== 0)
        return undefined;
    const present = (piece[1] << 8) | piece[2];
    // Only a map can be empty, a place within it cannot; and a whole path leads to a leaf.
    if (place.length === MAX_PLACE_NIBBLES || (present === 0 && place.length > 0))
        return undefined;
    if (!bytesEqual(hasher.hash('stateNode', piece.subarray(1)), hash))
        return undefined;
    const hashes = [];
    let at = 3;
    for (let i = 0; i < 16; i++) {
        const there = (present & (1 << i)) !== 0;
        hashes.push(there ? piece.slice(at, at + HASH_BYTES) : undefined);
        if (there)
            at += HASH_BYTES;
    }
    return at === piece.length ? { kind: 'branch', hashes } : undefined;
}
/** The entries of a piece that was proven once; those that can be read of one that was not. */
export function* entriesOfPiece(piece) {
    if (piece[0] !== ENTRIES)
        return;
    const view = new DataView(piece.buffer, piece.byteOffset, piece.length);
    for (let at = 1; piece.length - at >= ENTRY_HEAD_BYTES;) {
        const keyAt = at + ENTRY_HEAD_BYTES;
        const valueAt = keyAt + view.getUint32(at);
        at = valueAt + view.getUint32(at + 4);
        if (at > piece.length)
            return;
        yield [piece.slice(keyAt, valueAt), piece.slice(valueAt, at)];
    }
}
/** Leaves below the place with strictly ascending paths, or undefined. */
function readEntries(piece, place, hasher) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.length);
    const leaves = [];
    let last;
    for (let at = 1; at < piece.length;) {
        if (piece.length - at < ENTRY_HEAD_BYTES)
            return undefined;
        const keyAt = at + ENTRY_HEAD_BYTES;
        const valueAt = keyAt + view.getUint32(at);
        const end = valueAt + view.getUint32(at + 4);
        if (end > piece.length)
            return undefined;
        const key = piece.slice(keyAt, valueAt);
        const path = hasher.hash('statePath', key);
        if (!onPath(path, place) || (last !== undefined && compare(last, path) >= 0))
            return undefined;
        // No honest peer makes one that is dearer to check; found out before the work is done.
        if (leaves.length > 0 && end - 1 + (leaves.length + 1) * ENTRY_WORK > STATE_PIECE_WORK)
            return undefined;
        leaves.push({ leaf: new Leaf(key, piece.slice(valueAt, end)), path });
        last = path;
        at = end;
    }
    return leaves;
}
function compare(a, b) {
    for (let i = 0; i < a.length; i++)
        if (a[i] !== b[i])
            return a[i] - b[i];
    return 0;
}
/** Edits are numbered from 1 on: whoever edits a map copies these branches first. */
const NO_EDIT = 0;
/** The trie over leaves that agree above `depth` and ascend; paths differ, so it ends. */
function subtree(leaves, from, to, depth) {
    if (to - from === 1)
        return leaves[from].leaf;
    const children = new Array(16).fill(undefined);
    for (let start = from; start < to;) {
        const nibble = nibbleAt(leaves[start].path, depth);
        let end = start + 1;
        while (end < to && nibbleAt(leaves[end].path, depth) === nibble)
            end++;
        children[nibble] = subtree(leaves, start, end, depth + 1);
        start = end;
    }
    return new Branch(NO_EDIT, children);
}
/** A branch that is known before what hangs on it. */
export function emptyBranch() {
    return new Branch(NO_EDIT, new Array(16).fill(undefined));
}
//# sourceMappingURL=map-pieces.js.map