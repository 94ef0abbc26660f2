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

import { Buffer } from 'node:buffer';
import { AuthenticatedMap, type MapSnapshot } from '../apps/authenticated-map.ts';
import type { ClientId } from '../apps/interface.ts';
import { toHex } from '../core/bytes.ts';
import { LockstepError, type RejectionCode } from '../core/errors.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { CLIENT_WINDOW, MAX_CLIENTS, MAX_EXPIRY_SPAN } from '../core/limits.ts';
import { readUint53, writeUint53 } from '../core/uint53.ts';
import type { Hasher } from '../crypto/hash.ts';

/**
 * Results kept per client in the state, so that a retry finds its answer even after all replicas restarted; an older
 * one is then refused by its nonce. The whole window is written and hashed anew at every checkpoint that its client was
 * active before, so few are kept: clients with more under way are answered by the replicas that did not restart.
 */
const RESULTS_KEPT = 8;

/** Windows are evicted when the sequence passes a multiple of this: all of them are looked at then. */
const EVICTION_STEP = 1024;

/** Longer results are not kept in the state: a thousand clients would make it their cache. */
const MAX_RESULT_BYTES = 256;

const NO_RESULT = new Uint8Array(0);
const WORDS = CLIENT_WINDOW / 32;

export interface KeptResult {
  readonly nonce: number;
  readonly sequence: Sequence;
  readonly transaction: Digest;
  /** Empty where it was too long to keep. */
  readonly result: Uint8Array;
}

class ClientWindow {
  /** The highest nonce executed; nonces start at 1. */
  high = 0;
  lastExpiry: Sequence = 0;
  /** Bit nonce mod CLIENT_WINDOW: executed, for the nonces in (high − CLIENT_WINDOW, high]. */
  readonly bits = new Uint32Array(WORDS);
  readonly results: KeptResult[] = [];

  free(nonce: number): boolean {
    if (nonce < 1 || nonce <= this.high - CLIENT_WINDOW) return false;
    return nonce > this.high || (this.bits[this.word(nonce)]! & (1 << (nonce & 31))) === 0;
  }

  mark(nonce: number): void {
    if (nonce - this.high >= CLIENT_WINDOW) this.bits.fill(0);
    else for (let n = this.high + 1; n <= nonce; n++) this.bits[this.word(n)]! &= ~(1 << (n & 31));
    this.bits[this.word(nonce)]! |= 1 << (nonce & 31);
    this.high = Math.max(this.high, nonce);
  }

  private word(nonce: number): number {
    return Math.floor((nonce % CLIENT_WINDOW) / 32);
  }
}

export class ClientTable {
  private windows = new Map<ClientId, ClientWindow>();
  private readonly dirty = new Set<ClientId>();
  private map: AuthenticatedMap;
  /** No window can be evicted before this sequence; a lower bound that eviction sharpens. */
  private soonestExpiry = Number.POSITIVE_INFINITY;

  constructor(hasher: Hasher) {
    this.map = new AuthenticatedMap(hasher);
  }

  get size(): number {
    return this.windows.size;
  }

  /** Whether this may execute at `sequence`: undefined, or the reason that all replicas give. Changes nothing. */
  refusal(client: ClientId, nonce: number, expiry: Sequence, sequence: Sequence): RejectionCode | undefined {
    if (expiry < sequence) return 'transaction-expired';
    if (expiry > sequence + MAX_EXPIRY_SPAN) return 'transaction-expiry-too-far';
    const window = this.windows.get(client);
    if (window === undefined) {
      if (nonce < 1) return 'transaction-nonce';
      return this.windows.size >= MAX_CLIENTS ? 'too-many-clients' : undefined;
    }
    return window.free(nonce) ? undefined : 'transaction-nonce';
  }

  /** Spends the nonce; `refusal` said that it may. */
  spend(client: ClientId, nonce: number, expiry: Sequence): void {
    let window = this.windows.get(client);
    if (window === undefined) {
      window = new ClientWindow();
      this.windows.set(client, window);
    }
    window.mark(nonce);
    window.lastExpiry = Math.max(window.lastExpiry, expiry);
    this.soonestExpiry = Math.min(this.soonestExpiry, window.lastExpiry);
    this.dirty.add(client);
  }

  /** Notes that the ledger holds a transaction that was refused by its nonce: the window must outlive it. */
  refused(client: ClientId, expiry: Sequence): void {
    const window = this.windows.get(client);
    if (window === undefined || expiry <= window.lastExpiry) return;
    window.lastExpiry = expiry;
    this.dirty.add(client);
  }

  /** Keeps a result beside its nonce. */
  keep(client: ClientId, kept: KeptResult): void {
    const { results } = this.windows.get(client)!;
    // A copy: what it is a part of may be large.
    const result =
      kept.result.length > MAX_RESULT_BYTES ? NO_RESULT : Uint8Array.prototype.slice.call(kept.result);
    results.push({ ...kept, result });
    if (results.length > RESULTS_KEPT) results.shift();
  }

  /** The answer that this transaction got, where it is still kept. */
  find(client: ClientId, nonce: number, transaction: Digest): KeptResult | undefined {
    const kept = this.windows.get(client)?.results.find((one) => one.nonce === nonce);
    return kept?.transaction === transaction && kept.result.length > 0 ? kept : undefined;
  }

  /** Evicts whom the ledger allows to forget, and gives the table as it is at this checkpoint. */
  checkpoint(sequence: Sequence): MapSnapshot {
    // Later executions are above `sequence`, hence above what expires below the step.
    const step = sequence - (sequence % EVICTION_STEP);
    if (step > this.soonestExpiry) this.evict(step);
    for (const client of this.dirty) {
      const window = this.windows.get(client);
      if (window !== undefined) this.map.set(digestBytes(client), encodeWindow(window));
    }
    this.dirty.clear();
    return this.map.snapshot();
  }

  private evict(step: Sequence): void {
    this.soonestExpiry = Number.POSITIVE_INFINITY;
    for (const [client, { lastExpiry }] of this.windows) {
      if (lastExpiry >= step) {
        this.soonestExpiry = Math.min(this.soonestExpiry, lastExpiry);
        continue;
      }
      this.windows.delete(client);
      this.map.delete(digestBytes(client));
    }
  }

  /** A table from a snapshot's chunks. Throws `snapshot-damaged`. */
  static restore(hasher: Hasher, chunks: Iterable<Uint8Array>, root: Uint8Array): ClientTable {
    const table = new ClientTable(hasher);
    table.map = AuthenticatedMap.fromChunks(hasher, chunks, root);
    for (const [key, value] of table.map.entries()) {
      requireWindow(key.length === 32);
      const window = decodeWindow(value);
      table.windows.set(toHex(key), window);
      table.soonestExpiry = Math.min(table.soonestExpiry, window.lastExpiry);
    }
    return table;
  }
}

const FIXED_BYTES = 16 + 4 * WORDS + 2;
const RESULT_HEAD_BYTES = 16 + 32 + 2;

function digestBytes(digest: Digest): Uint8Array {
  return Buffer.from(digest, 'hex');
}

/** high ‖ last expiry ‖ bits ‖ number of results ‖ (nonce ‖ sequence ‖ digest ‖ length ‖ result)*, big-endian. */
function encodeWindow(window: ClientWindow): Uint8Array {
  let length = FIXED_BYTES;
  for (const { result } of window.results) length += RESULT_HEAD_BYTES + result.length;
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  writeUint53(out, 0, window.high);
  writeUint53(out, 8, window.lastExpiry);
  for (let i = 0; i < WORDS; i++) view.setUint32(16 + 4 * i, window.bits[i]!);
  view.setUint16(16 + 4 * WORDS, window.results.length);
  let at = FIXED_BYTES;
  for (const { nonce, sequence, transaction, result } of window.results) {
    writeUint53(out, at, nonce);
    writeUint53(out, at + 8, sequence);
    out.set(digestBytes(transaction), at + 16);
    view.setUint16(at + 48, result.length);
    out.set(result, at + RESULT_HEAD_BYTES);
    at += RESULT_HEAD_BYTES + result.length;
  }
  return out;
}

function damaged(): LockstepError {
  return new LockstepError('snapshot-damaged', 'the snapshot does not hold: a client window in it is none');
}

/** Integers above 2⁵³ − 1 read as −1: no window has any. */
function requireWindow(holds: boolean): void {
  if (!holds) throw damaged();
}

function decodeWindow(bytes: Uint8Array): ClientWindow {
  requireWindow(bytes.length >= FIXED_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const window = new ClientWindow();
  window.high = readUint53(bytes, 0);
  window.lastExpiry = readUint53(bytes, 8);
  requireWindow(window.high >= 1 && window.lastExpiry >= 0);
  for (let i = 0; i < WORDS; i++) window.bits[i] = view.getUint32(16 + 4 * i);
  const count = view.getUint16(16 + 4 * WORDS);
  requireWindow(count <= RESULTS_KEPT);
  let at = FIXED_BYTES;
  for (let i = 0; i < count; i++) {
    requireWindow(at + RESULT_HEAD_BYTES <= bytes.length);
    const end = at + RESULT_HEAD_BYTES + view.getUint16(at + 48);
    const nonce = readUint53(bytes, at);
    const sequence = readUint53(bytes, at + 8);
    requireWindow(end <= bytes.length && nonce >= 1 && sequence >= 1);
    const transaction = toHex(bytes.subarray(at + 16, at + 48));
    window.results.push({ nonce, sequence, transaction, result: bytes.slice(at + RESULT_HEAD_BYTES, end) });
    at = end;
  }
  requireWindow(at === bytes.length);
  return window;
}
