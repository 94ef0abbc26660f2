/**
 * A map from bytes to bytes with a Merkle root that depends on its content alone: the state of an application.
 *
 * Snapshots cost nothing to take: branches carry the number of the edit that made them, a snapshot starts a new
 * edit, and an edit copies a branch that is not its own before it changes it. So between two snapshots each branch is
 * copied at most once, and changed in place from then on. The root is computed when it is asked for, over the nodes
 * that changed since. A savepoint is a journal of what each write replaced.
 */
import { invariant } from '../core/assert.js';
import { bytesEqual } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { chunkCountOf, chunksOf, contentBytesOf, entriesOf, entryBytes } from './map-chunks.js';
import { nodeAt, pieceOf } from './map-pieces.js';
import { proveIn } from './map-proof.js';
import { PathCache } from './path-cache.js';
import { findLeaf, insertLeaf, Leaf, leavesOf, removeLeaf, TrieHasher } from './trie.js';
import { TrieCheck, TrieHashing } from './trie-hashing.js';
/** Edits of all maps, so that a branch which two maps share belongs to one of them at most. */
let edits = 0;
/** A map as it was; later edits of the map leave it alone. */
export class MapSnapshot {
    size;
    /** The trie. Not to be written to: other snapshots share it. */
    node;
    /** Sum of `entryBytes` over the content. */
    bytes;
    trieHasher;
    constructor(node, size, bytes, trieHasher) {
        this.node = node;
        this.size = size;
        this.bytes = bytes;
        this.trieHasher = trieHasher;
    }
    get root() {
        return this.trieHasher.rootOf(this.node);
    }
    /** Sum of the lengths of keys and values. */
    get contentBytes() {
        return contentBytesOf(this.bytes, this.size);
    }
    get(key) {
        return findLeaf(this.node, this.trieHasher.hasher.hash('statePath', key), key)?.value;
    }
    /** Bytes for `verifyProof`: that the snapshot holds its value under `key`, or nothing. */
    prove(key) {
        return proveIn(this.node, this.trieHasher.hasher.hash('statePath', key), key, this.trieHasher);
    }
    /** Keys and values in the order of their paths. They belong to the map. */
    *entries() {
        for (const leaf of leavesOf(this.node))
            yield [leaf.key, leaf.value];
    }
    chunks() {
        return chunksOf(leavesOf(this.node), this.bytes);
    }
    get chunkCount() {
        return chunkCountOf(this.bytes);
    }
    /** What must be hashed before the root is known, in slices. */
    hashing() {
        return new TrieHashing(this.node, this.trieHasher);
    }
    /** Looks whether the content is still what the root stands for, in slices: memory may be damaged, or written to. */
    check() {
        return new TrieCheck(this.node, this.trieHasher);
    }
    /** What stands at a place, see `map-pieces.ts`; undefined where nothing does. The hashes are known. */
    piece(place, whole) {
        const node = nodeAt(this.node, place, this.trieHasher.hasher);
        if (node === undefined && place.length > 0)
            return undefined;
        return pieceOf(node, whole, this.trieHasher);
    }
}
export class AuthenticatedMap {
    trieHasher;
    paths;
    node = undefined;
    count = 0;
    /** Sum of `entryBytes` over the content. */
    bytes = 0;
    edit = ++edits;
    undoKeys = [];
    undoLeaves = [];
    journalling = false;
    pathOf;
    constructor(hasher) {
        this.trieHasher = new TrieHasher(hasher);
        this.paths = new PathCache(hasher);
        this.pathOf = (key) => this.paths.pathOf(key);
    }
    /**
     * The map whose snapshot gave these chunks. Throws `snapshot-damaged` where they make none, or one whose root
     * is another.
     */
    static fromChunks(hasher, chunks, root) {
        const map = new AuthenticatedMap(hasher);
        for (const [key, value] of entriesOf(chunks))
            map.set(key, value);
        if (!bytesEqual(map.root(), root)) {
            throw new LockstepError('snapshot-damaged', 'the snapshot does not hold: its root is another');
        }
        return map;
    }
    /** A map with the content of a snapshot, which it leaves alone. */
    static of(hasher, snapshot) {
        const map = new AuthenticatedMap(hasher);
        map.node = snapshot.node;
        map.count = snapshot.size;
        map.bytes = snapshot.bytes;
        return map;
    }
    /** How many keys there are. */
    get size() {
        return this.count;
    }
    /** The value under a key. It belongs to the map: not to be written to. */
    get(key) {
        return findLeaf(this.node, this.paths.pathOf(key), key)?.value;
    }
    /** Puts a value under a key. The map keeps `value` itself, which must not change afterwards, and copies the key. */
    set(key, value) {
        const path = this.paths.pathOf(key);
        const before = findLeaf(this.node, path, key);
        const leaf = new Leaf(before?.key ?? Uint8Array.prototype.slice.call(key), value);
        this.account(before, leaf);
        this.note(leaf.key, before);
        this.node = insertLeaf(this.node, 0, path, leaf, this.edit, this.pathOf);
    }
    /** Whether there was something to delete. */
    delete(key) {
        const path = this.paths.pathOf(key);
        const before = findLeaf(this.node, path, key);
        if (before === undefined || this.node === undefined)
            return false;
        this.account(before, undefined);
        this.note(before.key, before);
        this.node = removeLeaf(this.node, 0, path, this.edit);
        return true;
    }
    /** The Merkle root, 32 bytes. Costs in proportion to what changed since it was last asked for. */
    root() {
        return this.trieHasher.rootOf(this.node);
    }
    /** The map as it is now, in constant time. Not between a savepoint and its release. */
    snapshot() {
        invariant(!this.journalling, 'a snapshot is not taken inside a savepoint');
        this.edit = ++edits;
        return new MapSnapshot(this.node, this.count, this.bytes, this.trieHasher);
    }
    /** As `MapSnapshot.prove`, of the map as it is now. */
    prove(key) {
        return proveIn(this.node, this.paths.pathOf(key), key, this.trieHasher);
    }
    /** Keys and values in the order of their paths; the map must not change meanwhile. */
    *entries() {
        for (const leaf of leavesOf(this.node))
            yield [leaf.key, leaf.value];
    }
    /** From here on `rollback` can undo; an earlier savepoint is forgotten. */
    savepoint() {
        this.undoKeys.length = 0;
        this.undoLeaves.length = 0;
        this.journalling = true;
    }
    /** Undoes everything since the savepoint, which stays. */
    rollback() {
        invariant(this.journalling, 'a rollback has a savepoint');
        for (let i = this.undoKeys.length - 1; i >= 0; i--) {
            const key = this.undoKeys[i];
            const before = this.undoLeaves[i];
            const path = this.paths.pathOf(key);
            const there = findLeaf(this.node, path, key);
            this.account(there, before);
            if (before !== undefined) {
                this.node = insertLeaf(this.node, 0, path, before, this.edit, this.pathOf);
            }
            else if (there !== undefined && this.node !== undefined) {
                this.node = removeLeaf(this.node, 0, path, this.edit);
            }
        }
        this.undoKeys.length = 0;
        this.undoLeaves.length = 0;
    }
    /** Forgets the savepoint. */
    release() {
        this.undoKeys.length = 0;
        this.undoLeaves.length = 0;
        this.journalling = false;
    }
    /** Keeps count of one leaf that gives way to another. */
    account(before, after) {
        if (before !== undefined) {
            this.count--;
            this.bytes -= entryBytes(before.key, before.value);
        }
        if (after !== undefined) {
            this.count++;
            this.bytes += entryBytes(after.key, after.value);
        }
    }
    note(key, before) {
        if (!this.journalling)
            return;
        this.undoKeys.push(key);
        this.undoLeaves.push(before);
    }
}
//# sourceMappingURL=authenticated-map.js.map