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

/** Windows are evicted when the sequence passes a multiple of this: all of them are looked at then. */
const EVICTION_STEP = 1024;

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

  /** Keeps a result beside its nonce, which is spent. */
  keep(client: ClientId, kept: KeptResult): void {
    this.windows.get(client)!.keep(kept);
  }

  /** The answer that this transaction got, where it is still kept. */
  find(client: ClientId, nonce: number, transaction: Digest): KeptResult | undefined {
    return this.windows.get(client)?.find(nonce, transaction);
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
