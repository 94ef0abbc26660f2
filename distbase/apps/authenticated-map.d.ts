/**
 * A map from bytes to bytes with a Merkle root that depends on its content alone: the state of an application.
 *
 * Snapshots cost nothing to take: branches carry the number of the edit that made them, a snapshot starts a new
 * edit, and an edit copies a branch that is not its own before it changes it. So between two snapshots each branch is
 * copied at most once, and changed in place from then on. The root is computed when it is asked for, over the nodes
 * that changed since. A savepoint is a journal of what each write replaced.
 */
import type { Hasher } from '../crypto/hash.ts';
import type { StateSnapshot } from './interface.ts';
import { type Place } from './map-pieces.ts';
import { TrieHasher, type TrieNode } from './trie.ts';
import { TrieCheck, TrieHashing } from './trie-hashing.ts';
/** A map as it was; later edits of the map leave it alone. */
export declare class MapSnapshot implements StateSnapshot {
    readonly size: number;
    /** The trie. Not to be written to: other snapshots share it. */
    readonly node: TrieNode | undefined;
    /** Sum of `entryBytes` over the content. */
    readonly bytes: number;
    private readonly trieHasher;
    constructor(node: TrieNode | undefined, size: number, bytes: number, trieHasher: TrieHasher);
    get root(): Uint8Array;
    /** Sum of the lengths of keys and values. */
    get contentBytes(): number;
    get(key: Uint8Array): Uint8Array | undefined;
    /** Bytes for `verifyProof`: that the snapshot holds its value under `key`, or nothing. */
    prove(key: Uint8Array): Uint8Array;
    /** Keys and values in the order of their paths. They belong to the map. */
    entries(): Generator<[key: Uint8Array, value: Uint8Array]>;
    chunks(): Iterable<Uint8Array>;
    get chunkCount(): number;
    /** What must be hashed before the root is known, in slices. */
    hashing(): TrieHashing;
    /** Looks whether the content is still what the root stands for, in slices: memory may be damaged, or written to. */
    check(): TrieCheck;
    /** What stands at a place, see `map-pieces.ts`; undefined where nothing does. The hashes are known. */
    piece(place: Place, whole: boolean): Uint8Array | undefined;
}
export declare class AuthenticatedMap {
    private readonly trieHasher;
    private readonly paths;
    private node;
    private count;
    /** Sum of `entryBytes` over the content. */
    private bytes;
    private edit;
    private readonly undoKeys;
    private readonly undoLeaves;
    private journalling;
    private readonly pathOf;
    constructor(hasher: Hasher);
    /**
     * The map whose snapshot gave these chunks. Throws `snapshot-damaged` where they make none, or one whose root
     * is another.
     */
    static fromChunks(hasher: Hasher, chunks: Iterable<Uint8Array>, root: Uint8Array): AuthenticatedMap;
    /** A map with the content of a snapshot, which it leaves alone. */
    static of(hasher: Hasher, snapshot: MapSnapshot): AuthenticatedMap;
    /** How many keys there are. */
    get size(): number;
    /** The value under a key. It belongs to the map: not to be written to. */
    get(key: Uint8Array): Uint8Array | undefined;
    /** Puts a value under a key. The map keeps `value` itself, which must not change afterwards, and copies the key. */
    set(key: Uint8Array, value: Uint8Array): void;
    /** Whether there was something to delete. */
    delete(key: Uint8Array): boolean;
    /** The Merkle root, 32 bytes. Costs in proportion to what changed since it was last asked for. */
    root(): Uint8Array;
    /** The map as it is now, in constant time. Not between a savepoint and its release. */
    snapshot(): MapSnapshot;
    /** As `MapSnapshot.prove`, of the map as it is now. */
    prove(key: Uint8Array): Uint8Array;
    /** Keys and values in the order of their paths; the map must not change meanwhile. */
    entries(): Generator<[key: Uint8Array, value: Uint8Array]>;
    /** From here on `rollback` can undo; an earlier savepoint is forgotten. */
    savepoint(): void;
    /** Undoes everything since the savepoint, which stays. */
    rollback(): void;
    /** Forgets the savepoint. */
    release(): void;
    /** Keeps count of one leaf that gives way to another. */
    private account;
    private note;
}
//# sourceMappingURL=authenticated-map.d.ts.map