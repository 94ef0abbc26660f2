/** Transactions that wait at one replica, oldest first. */

import type { Clients } from './symbolic.ts';

interface Waiting {
  readonly transaction: Uint8Array;
  readonly arrivedMs: number;
}

export class Mempool {
  readonly #waiting = new Map<number, Waiting>();
  /** In a proposal of ours already; forgotten when the view changes, since the proposal may be lost with it. */
  readonly #proposed = new Set<number>();
  readonly #clients: Clients;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Transactions that wait and are in no proposal of ours. */
  get unproposed(): number {
    return this.#waiting.size - this.#proposed.size;
  }

  /** When the oldest one arrived, in ms; −1 where none waits. */
  get oldestMs(): number {
    for (const { arrivedMs } of this.#waiting.values()) return arrivedMs;
    return -1;
  }

  add(transaction: Uint8Array, nowMs: number): void {
    const id = this.#clients.idOf(transaction);
    if (id >= 0 && !this.#waiting.has(id)) this.#waiting.set(id, { transaction, arrivedMs: nowMs });
  }

  /** Removes what was executed. */
  remove(id: number): void {
    if (this.#waiting.delete(id)) this.#proposed.delete(id);
  }

  /** The oldest ones that are in no proposal yet; they count as proposed from now on. */
  take(max: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    for (const [id, { transaction }] of this.#waiting) {
      if (taken.length >= max) break;
      if (this.#proposed.has(id)) continue;
      this.#proposed.add(id);
      taken.push(transaction);
    }
    return taken;
  }

  /** It is in a proposal of somebody else's. */
  pending(id: number): void {
    if (this.#waiting.has(id)) this.#proposed.add(id);
  }

  forgetProposals(): void {
    this.#proposed.clear();
  }

  /** The oldest ones that are in no proposal, at most `max`: what a driver passes on. */
  relayable(max: number): Uint8Array[] {
    const all: Uint8Array[] = [];
    for (const [id, { transaction }] of this.#waiting) {
      if (all.length >= max) break;
      if (!this.#proposed.has(id)) all.push(transaction);
    }
    return all;
  }
}
