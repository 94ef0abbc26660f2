/**
 * A map from bytes to bytes with a Merkle root that depends on its content alone: the state of an application.
 *
 * Snapshots cost nothing to take: branches carry the number of the edit that made them, a snapshot starts a new
 * edit, and an edit copies a branch that is not its own before it changes it. So between two snapshots each branch is
 * copied at most once, and changed in place from then on. The root is computed when it is asked for, over the nodes
 * that changed since. A savepoint is a journal of what each write replaced.
 */

import { invariant } from '../core/assert.ts';
import { bytesEqual } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { StateSnapshot } from './interface.ts';
import { chunkCountOf, chunksOf, contentBytesOf, entriesOf, entryBytes } from './map-chunks.ts';
import { nodeAt, type Place, pieceOf } from './map-pieces.ts';
import { proveIn } from './map-proof.ts';
import { PathCache } from './path-cache.ts';
import { findLeaf, insertLeaf, Leaf, leavesOf, removeLeaf, TrieHasher, type TrieNode } from './trie.ts';
import { TrieCheck, TrieHashing } from './trie-hashing.ts';

/** Edits of all maps, so that a branch which two maps share belongs to one of them at most. */
let edits = 0;

/** A map as it was; later edits of the map leave it alone. */
export class MapSnapshot implements StateSnapshot {
  readonly size: number;
  /** The trie. Not to be written to: other snapshots share it. */
  readonly node: TrieNode | undefined;
  /** Sum of `entryBytes` over the content. */
  readonly bytes: number;
  private readonly trieHasher: TrieHasher;

  constructor(node: TrieNode | undefined, size: number, bytes: number, trieHasher: TrieHasher) {
    this.node = node;
    this.size = size;
    this.bytes = bytes;
    this.trieHasher = trieHasher;
  }

  get root(): Uint8Array {
    return this.trieHasher.rootOf(this.node);
  }

  /** Sum of the lengths of keys and values. */
  get contentBytes(): number {
    return contentBytesOf(this.bytes, this.size);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return findLeaf(this.node, this.trieHasher.hasher.hash('statePath', key), key)?.value;
  }

  /** Bytes for `verifyProof`: that the snapshot holds its value under `key`, or nothing. */
  prove(key: Uint8Array): Uint8Array {
    return proveIn(this.node, this.trieHasher.hasher.hash('statePath', key), key, this.trieHasher);
  }

  /** Keys and values in the order of their paths. They belong to the map. */
  *entries(): Generator<[key: Uint8Array, value: Uint8Array]> {
    for (const leaf of leavesOf(this.node)) yield [leaf.key, leaf.value];
  }

  chunks(): Iterable<Uint8Array> {
    return chunksOf(leavesOf(this.node), this.bytes);
  }

  get chunkCount(): number {
    return chunkCountOf(this.bytes);
  }

  /** What must be hashed before the root is known, in slices. */
  hashing(): TrieHashing {
    return new TrieHashing(this.node, this.trieHasher);
  }

  /** Looks whether the content is still what the root stands for, in slices: memory may be damaged, or written to. */
  check(): TrieCheck {
    return new TrieCheck(this.node, this.trieHasher);
  }

  /** What stands at a place, see `map-pieces.ts`; undefined where nothing does. The hashes are known. */
  piece(place: Place, whole: boolean): Uint8Array | undefined {
    const node = nodeAt(this.node, place, this.trieHasher.hasher);
    if (node === undefined && place.length > 0) return undefined;
    return pieceOf(node, whole, this.trieHasher);
  }
}

export class AuthenticatedMap {
  private readonly trieHasher: TrieHasher;
  private readonly paths: PathCache;
  private node: TrieNode | undefined = undefined;
  private count = 0;
  /** Sum of `entryBytes` over the content. */
  private bytes = 0;
  private edit = ++edits;
  private readonly undoKeys: Uint8Array[] = [];
  private readonly undoLeaves: (Leaf | undefined)[] = [];
  private journalling = false;
  private readonly pathOf: (key: Uint8Array) => Uint8Array;

  constructor(hasher: Hasher) {
    this.trieHasher = new TrieHasher(hasher);
    this.paths = new PathCache(hasher);
    this.pathOf = (key) => this.paths.pathOf(key);
  }

  /**
   * The map whose snapshot gave these chunks. Throws `snapshot-damaged` where they make none, or one whose root
   * is another.
   */
  static fromChunks(hasher: Hasher, chunks: Iterable<Uint8Array>, root: Uint8Array): AuthenticatedMap {
    const map = new AuthenticatedMap(hasher);
    for (const [key, value] of entriesOf(chunks)) map.set(key, value);
    if (!bytesEqual(map.root(), root)) {
      throw new LockstepError('snapshot-damaged', 'the snapshot does not hold: its root is another');
    }
    return map;
  }

  /** A map with the content of a snapshot, which it leaves alone. */
  static of(hasher: Hasher, snapshot: MapSnapshot): AuthenticatedMap {
    const map = new AuthenticatedMap(hasher);
    map.node = snapshot.node;
    map.count = snapshot.size;
    map.bytes = snapshot.bytes;
    return map;
  }

  /** How many keys there are. */
  get size(): number {
    return this.count;
  }

  /** The value under a key. It belongs to the map: not to be written to. */
  get(key: Uint8Array): Uint8Array | undefined {
    return findLeaf(this.node, this.paths.pathOf(key), key)?.value;
  }

  /** Puts a value under a key. The map keeps `value` itself, which must not change afterwards, and copies the key. */
  set(key: Uint8Array, value: Uint8Array): void {
    const path = this.paths.pathOf(key);
    const before = findLeaf(this.node, path, key);
    const leaf = new Leaf(before?.key ?? Uint8Array.prototype.slice.call(key), value);
    this.account(before, leaf);
    this.note(leaf.key, before);
    this.node = insertLeaf(this.node, 0, path, leaf, this.edit, this.pathOf);
  }

  /** Whether there was something to delete. */
  delete(key: Uint8Array): boolean {
    const path = this.paths.pathOf(key);
    const before = findLeaf(this.node, path, key);
    if (before === undefined || this.node === undefined) return false;
    this.account(before, undefined);
    this.note(before.key, before);
    this.node = removeLeaf(this.node, 0, path, this.edit);
    return true;
  }

  /** The Merkle root, 32 bytes. Costs in proportion to what changed since it was last asked for. */
  root(): Uint8Array {
    return this.trieHasher.rootOf(this.node);
  }

  /** The map as it is now, in constant time. Not between a savepoint and its release. */
  snapshot(): MapSnapshot {
    invariant(!this.journalling, 'a snapshot is not taken inside a savepoint');
    this.edit = ++edits;
    return new MapSnapshot(this.node, this.count, this.bytes, this.trieHasher);
  }

  /** As `MapSnapshot.prove`, of the map as it is now. */
  prove(key: Uint8Array): Uint8Array {
    return proveIn(this.node, this.paths.pathOf(key), key, this.trieHasher);
  }

  /** Keys and values in the order of their paths; the map must not change meanwhile. */
  *entries(): Generator<[key: Uint8Array, value: Uint8Array]> {
    for (const leaf of leavesOf(this.node)) yield [leaf.key, leaf.value];
  }

  /** From here on `rollback` can undo; an earlier savepoint is forgotten. */
  savepoint(): void {
    this.undoKeys.length = 0;
    this.undoLeaves.length = 0;
    this.journalling = true;
  }

  /** Undoes everything since the savepoint, which stays. */
  rollback(): void {
    invariant(this.journalling, 'a rollback has a savepoint');
    for (let i = this.undoKeys.length - 1; i >= 0; i--) {
      const key = this.undoKeys[i]!;
      const before = this.undoLeaves[i];
      const path = this.paths.pathOf(key);
      const there = findLeaf(this.node, path, key);
      this.account(there, before);
      if (before !== undefined) {
        this.node = insertLeaf(this.node, 0, path, before, this.edit, this.pathOf);
      } else if (there !== undefined && this.node !== undefined) {
        this.node = removeLeaf(this.node, 0, path, this.edit);
      }
    }
    this.undoKeys.length = 0;
    this.undoLeaves.length = 0;
  }

  /** Forgets the savepoint. */
  release(): void {
    this.undoKeys.length = 0;
    this.undoLeaves.length = 0;
    this.journalling = false;
  }

  /** Keeps count of one leaf that gives way to another. */
  private account(before: Leaf | undefined, after: Leaf | undefined): void {
    if (before !== undefined) {
      this.count--;
      this.bytes -= entryBytes(before.key, before.value);
    }
    if (after !== undefined) {
      this.count++;
      this.bytes += entryBytes(after.key, after.value);
    }
  }

  private note(key: Uint8Array, before: Leaf | undefined): void {
    if (!this.journalling) return;
    this.undoKeys.push(key);
    this.undoLeaves.push(before);
  }
}
