/**
 * At most once, for ever. Per client a window of nonces and its latest results, as part of the state.
 *
 * Why no transaction executes twice. Executing (client, nonce) sets the nonce's bit, or raises the window so that
 * the nonce lies below it; a set bit and a nonce below the window are both refused. A window only ever rises, and
 * nonces have to ascend within it only roughly: any order does as long as they are less than `CLIENT_WINDOW` apart.
 *
 * A window may be forgotten once the expiry alone refuses all that it refused. So it remembers the greatest expiry
 * of every transaction that it took or refused by its nonce (not only of those that it took: one that was refused as
 * a double would else come to life when the window is gone), and it is evicted at the first checkpoint at which a
 * multiple of `EVICTION_STEP` lies above that expiry. All of this depends on the ledger alone, so every replica
 * refuses and evicts alike, and a snapshot carries it.
 *
 * What is not promised: a client that signs a new transaction with an old nonce after all that it ever signed has
 * expired has signed a new transaction. Whoever lost an answer sends the same bytes again, and signs anew only once
 * their expiry has passed and a read shows that they had no effect.
 */

import { AuthenticatedMap, type MapSnapshot } from '../apps/authenticated-map.ts';
import type { ClientId } from '../apps/interface.ts';
import { toHex } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { MAX_CLIENTS, MAX_EXPIRY_SPAN } from '../core/limits.ts';
import type { Hasher } from '../crypto/hash.ts';
import {
  ClientWindow,
  decodeWindow,
  digestBytes,
  encodeWindow,
  type KeptResult,
  requireWindow,
} from './client-window.ts';

/** Windows are evicted when the sequence passes a multiple of this. */
const EVICTION_STEP = 1024;

/** What writing a window costs, in hashes of a node: its bytes, and its way through the trie. */
const WRITE_COST = 3;

const stepOf = (sequence: Sequence): number => Math.floor(sequence / EVICTION_STEP);

/**
 * The table at a checkpoint, written in slices while later slots execute: whoever is about to change a window that is
 * still to be written, has it written first.
 */
export class ClientCheckpoint {
  private readonly table: ClientTable;
  /** The table as it was, once `step` has left something of its budget. */
  snapshot: MapSnapshot | undefined = undefined;

  constructor(table: ClientTable) {
    this.table = table;
  }

  /** Does work for `budget` hashes; gives what is left, above 0 once all is done. */
  step(budget: number): number {
    return this.snapshot === undefined ? this.table.write(budget) : budget;
  }
}

export class ClientTable {
  private windows = new Map<ClientId, ClientWindow>();
  /** Clients by the eviction step in which their windows' last expiry lies: whole steps are evicted. */
  private readonly bySteps = new Map<number, Set<ClientId>>();
  private dirty = new Set<ClientId>();
  private map: AuthenticatedMap;

  // ---- the checkpoint that is being written
  private current: ClientCheckpoint | undefined;
  private writing = new Set<ClientId>();
  private written: Iterator<ClientId> = this.writing.values();
  /** Windows whose last expiry is below this are gone, wherever they still lie. */
  private floor: Sequence = 0;
  private leaving: Set<ClientId>[] = [];
  private leavingCount = 0;

  constructor(hasher: Hasher) {
    this.map = new AuthenticatedMap(hasher);
  }

  get size(): number {
    return this.windows.size - this.leavingCount;
  }

  /** Whether this may execute at `sequence`: undefined, or the reason that all replicas give. Changes nothing. */
  refusal(client: ClientId, nonce: number, expiry: Sequence, sequence: Sequence): RejectionCode | undefined {
    if (expiry < sequence) return 'transaction-expired';
    if (expiry > sequence + MAX_EXPIRY_SPAN) return 'transaction-expiry-too-far';
    const window = this.windowOf(client);
    if (window === undefined) {
      if (nonce < 1) return 'transaction-nonce';
      return this.size >= MAX_CLIENTS ? 'too-many-clients' : undefined;
    }
    return window.free(nonce) ? undefined : 'transaction-nonce';
  }

  /** Spends the nonce; `refusal` said that it may. */
  spend(client: ClientId, nonce: number, expiry: Sequence): void {
    this.settle(client);
    let window = this.windows.get(client);
    if (window === undefined) {
      window = new ClientWindow();
      this.windows.set(client, window);
      this.place(client, stepOf(0));
    }
    window.mark(nonce);
    this.outlive(client, window, expiry);
    this.dirty.add(client);
  }

  /** Notes that the ledger holds a transaction that was refused by its nonce: the window must outlive it. */
  refused(client: ClientId, expiry: Sequence): void {
    const window = this.windowOf(client);
    if (window === undefined || expiry <= window.lastExpiry) return;
    this.settle(client);
    this.outlive(client, window, expiry);
    this.dirty.add(client);
  }

  /** Keeps a result beside its nonce, which is spent. */
  keep(client: ClientId, kept: KeptResult): void {
    this.windows.get(client)!.keep(kept);
  }

  /** The answer that this transaction got, where it is still kept. */
  find(client: ClientId, nonce: number, transaction: Digest): KeptResult | undefined {
    return this.windowOf(client)?.find(nonce, transaction);
  }

  /** Evicts whom the ledger allows to forget, and gives the table as it is at this checkpoint. */
  checkpoint(sequence: Sequence): MapSnapshot {
    const checkpoint = this.beginCheckpoint(sequence);
    checkpoint.step(Number.POSITIVE_INFINITY);
    return checkpoint.snapshot!;
  }

  /** The same in slices. One that is not done by now is finished at once. */
  beginCheckpoint(sequence: Sequence): ClientCheckpoint {
    this.write(Number.POSITIVE_INFINITY);
    // Later executions are above `sequence`, hence above what expires below the step.
    const step = stepOf(sequence);
    this.floor = Math.max(this.floor, step * EVICTION_STEP);
    for (const [at, clients] of this.bySteps) {
      if (at >= step) continue;
      this.bySteps.delete(at);
      this.leaving.push(clients);
      this.leavingCount += clients.size;
    }
    this.writing = this.dirty;
    this.written = this.writing.values();
    this.dirty = new Set();
    this.current = new ClientCheckpoint(this);
    return this.current;
  }

  /** What was written so far: for comparison, since it may lie between two checkpoints. */
  lastWritten(): MapSnapshot {
    return this.map.snapshot();
  }

  /** Goes on with the checkpoint under way; see `ClientCheckpoint.step`. */
  write(budget: number): number {
    const { current } = this;
    if (current === undefined) return budget;
    let left = budget;
    for (; left > 0; left -= WRITE_COST) {
      const next = this.written.next();
      if (next.done === true) break;
      this.writing.delete(next.value);
      this.writeWindow(next.value);
    }
    for (; left > 0 && this.leaving.length > 0; left -= WRITE_COST) {
      const clients = this.leaving[this.leaving.length - 1]!;
      const [client] = clients;
      if (client === undefined) this.leaving.pop();
      else this.evict(client);
    }
    if (left <= 0) return 0;
    this.current = undefined;
    current.snapshot = this.map.snapshot();
    return left;
  }

  private windowOf(client: ClientId): ClientWindow | undefined {
    const window = this.windows.get(client);
    return window !== undefined && window.lastExpiry >= this.floor ? window : undefined;
  }

  /** Before a window changes: what the checkpoint under way wants of it. */
  private settle(client: ClientId): void {
    if (this.current === undefined) return;
    const window = this.windows.get(client);
    if (window !== undefined && window.lastExpiry < this.floor) this.evict(client);
    if (this.writing.delete(client)) this.writeWindow(client);
  }

  private writeWindow(client: ClientId): void {
    const window = this.windowOf(client);
    if (window !== undefined) this.map.set(digestBytes(client), encodeWindow(window));
  }

  private evict(client: ClientId): void {
    for (const clients of this.leaving) if (clients.delete(client)) this.leavingCount--;
    this.windows.delete(client);
    this.map.delete(digestBytes(client));
  }

  private outlive(client: ClientId, window: ClientWindow, expiry: Sequence): void {
    const before = stepOf(window.lastExpiry);
    window.lastExpiry = Math.max(window.lastExpiry, expiry);
    const after = stepOf(window.lastExpiry);
    if (before === after) return;
    const clients = this.bySteps.get(before);
    clients?.delete(client);
    if (clients?.size === 0) this.bySteps.delete(before);
    this.place(client, after);
  }

  private place(client: ClientId, step: number): void {
    const clients = this.bySteps.get(step);
    if (clients === undefined) this.bySteps.set(step, new Set([client]));
    else clients.add(client);
  }

  /** A table from a snapshot's chunks. Throws `snapshot-damaged`. */
  static restore(hasher: Hasher, chunks: Iterable<Uint8Array>, root: Uint8Array): ClientTable {
    return ClientTable.of(hasher, AuthenticatedMap.fromChunks(hasher, chunks, root).snapshot());
  }

  /** A table from a snapshot that is known to be sound, but for what its entries mean. Throws `snapshot-damaged`. */
  static of(hasher: Hasher, snapshot: MapSnapshot): ClientTable {
    const table = new ClientTable(hasher);
    table.map = AuthenticatedMap.of(hasher, snapshot);
    for (const [key, value] of snapshot.entries()) {
      requireWindow(key.length === 32);
      const client = toHex(key);
      const window = decodeWindow(value);
      table.windows.set(client, window);
      table.place(client, stepOf(window.lastExpiry));
    }
    return table;
  }
}
