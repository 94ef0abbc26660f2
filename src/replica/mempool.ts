/**
 * Checked transactions that wait to be ordered, oldest first. Bounded in number, in bytes, and per client, so that
 * none can take the place of all. Takes the time as an argument and knows nothing of signatures.
 */

import type { ClientId } from '../apps/interface.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { CLIENT_WINDOW } from '../core/limits.ts';

export interface PendingTransaction {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly client: ClientId;
  readonly nonce: number;
  /** The last sequence at which it may execute. */
  readonly expiry: Sequence;
  /** On the replica's monotonic clock. */
  readonly arrivedMs: number;
}

export interface MempoolLimits {
  readonly maxTransactions: number;
  readonly maxBytes: number;
  /** Default: as many as a client's window of nonces has; more could not execute in any order. */
  readonly maxPerClient?: number;
}

export class Mempool {
  private readonly limits: Required<MempoolLimits>;
  private waitingMap = new Map<Digest, PendingTransaction>();
  private readonly inFlight = new Map<Digest, PendingTransaction>();
  private readonly perClient = new Map<ClientId, number>();
  private byteCount = 0;
  /** No transaction here expires before this sequence; a lower bound that `expire` sharpens. */
  private soonestExpiry = Number.POSITIVE_INFINITY;

  constructor(limits: MempoolLimits) {
    this.limits = { maxPerClient: CLIENT_WINDOW, ...limits };
  }

  /** Waiting and in flight. */
  get size(): number {
    return this.waitingMap.size + this.inFlight.size;
  }

  /** Not in flight. */
  get waiting(): number {
    return this.waitingMap.size;
  }

  get bytes(): number {
    return this.byteCount;
  }

  /** When the oldest that is not executed yet arrived; −1 where none waits. */
  get oldestMs(): number {
    const flying = first(this.inFlight)?.arrivedMs ?? Number.POSITIVE_INFINITY;
    const waiting = first(this.waitingMap)?.arrivedMs ?? Number.POSITIVE_INFINITY;
    const oldest = Math.min(flying, waiting);
    return oldest === Number.POSITIVE_INFINITY ? -1 : oldest;
  }

  has(digest: Digest): boolean {
    return this.waitingMap.has(digest) || this.inFlight.has(digest);
  }

  arrivedMs(digest: Digest): number | undefined {
    return (this.waitingMap.get(digest) ?? this.inFlight.get(digest))?.arrivedMs;
  }

  /** Takes a transaction in, or says why not. One that is here already is taken silently. */
  add(entry: PendingTransaction): RejectionCode | undefined {
    if (this.has(entry.digest)) return undefined;
    const { maxTransactions, maxBytes, maxPerClient } = this.limits;
    if (this.size >= maxTransactions || this.byteCount + entry.bytes.length > maxBytes) return 'mempool-full';
    const ofClient = this.perClient.get(entry.client) ?? 0;
    if (ofClient >= maxPerClient) return 'rate-limited';
    this.perClient.set(entry.client, ofClient + 1);
    this.byteCount += entry.bytes.length;
    this.soonestExpiry = Math.min(this.soonestExpiry, entry.expiry);
    this.waitingMap.set(entry.digest, entry);
    return undefined;
  }

  /** The oldest that fit a batch to execute at `sequence` or later; they are in flight from now on. */
  take(maxTransactions: number, maxBytes: number, sequence: Sequence): PendingTransaction[] {
    const taken: PendingTransaction[] = [];
    let bytes = 0;
    for (const entry of this.waitingMap.values()) {
      if (taken.length >= maxTransactions || bytes + entry.bytes.length > maxBytes) break;
      if (entry.expiry < sequence) continue;
      bytes += entry.bytes.length;
      taken.push(entry);
    }
    for (const entry of taken) {
      this.waitingMap.delete(entry.digest);
      this.inFlight.set(entry.digest, entry);
    }
    return taken;
  }

  /** These executed: they leave, wherever they are. */
  committed(digests: readonly Digest[]): void {
    for (const digest of digests) this.remove(digest);
  }

  /** What was in flight waits again, ahead of what came later: after a view change. */
  returnAll(): void {
    if (this.inFlight.size === 0) return;
    const merged = [...this.inFlight.values(), ...this.waitingMap.values()];
    this.inFlight.clear();
    merged.sort((a, b) => a.arrivedMs - b.arrivedMs);
    this.waitingMap = new Map(merged.map((entry) => [entry.digest, entry]));
  }

  /** Removes what can no longer execute after `sequence`, and gives their digests. */
  expire(sequence: Sequence): Digest[] {
    if (sequence < this.soonestExpiry) return [];
    const gone: Digest[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    for (const map of [this.waitingMap, this.inFlight]) {
      for (const { digest, expiry } of map.values()) {
        if (expiry <= sequence) gone.push(digest);
        else soonest = Math.min(soonest, expiry);
      }
    }
    this.soonestExpiry = soonest;
    for (const digest of gone) this.remove(digest);
    return gone;
  }

  /** The oldest, for a primary that may have been left out. */
  relayable(max: number): PendingTransaction[] {
    const out: PendingTransaction[] = [];
    for (const entry of this.waitingMap.values()) {
      if (out.length >= max) break;
      out.push(entry);
    }
    return out;
  }

  private remove(digest: Digest): void {
    const entry = this.waitingMap.get(digest) ?? this.inFlight.get(digest);
    if (entry === undefined) return;
    this.waitingMap.delete(digest);
    this.inFlight.delete(digest);
    this.byteCount -= entry.bytes.length;
    const left = this.perClient.get(entry.client)! - 1;
    if (left === 0) this.perClient.delete(entry.client);
    else this.perClient.set(entry.client, left);
  }
}

function first<V>(map: ReadonlyMap<Digest, V>): V | undefined {
  for (const value of map.values()) return value;
  return undefined;
}
