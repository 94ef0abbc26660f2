/** What a simulated replica executes: a chain of digests, shared structurally so that a snapshot is a pointer. */

import { invariant } from '../core/assert.ts';
import type { Batch } from '../core/batch.ts';
import { NULL_BATCH } from '../core/batch.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { type Clients, Mixer, symbolicDigest } from './symbolic.ts';

/** One executed slot. `digest` depends on all history up to it. */
export interface LedgerEntry {
  readonly previous: LedgerEntry | undefined;
  readonly sequence: Sequence;
  readonly batch: Batch;
  readonly digest: Digest;
}

/** The state before the first slot. */
export const GENESIS: LedgerEntry = {
  previous: undefined,
  sequence: 0,
  batch: NULL_BATCH,
  digest: symbolicDigest(new Mixer().text('genesis')),
};

export class Ledger {
  /** The last executed slot. */
  tip: LedgerEntry = GENESIS;
  /** Numbers of the transactions that took effect: a second copy of one in a later batch does nothing. */
  readonly executed = new Set<number>();
  readonly #clients: Clients;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Executes the next slot. */
  apply(sequence: Sequence, batch: Batch): void {
    invariant(sequence === this.tip.sequence + 1, `slot ${sequence} follows ${this.tip.sequence}`);
    const digest = symbolicDigest(new Mixer().digest(this.tip.digest).int(sequence).digest(batch.digest));
    this.tip = { previous: this.tip, sequence, batch, digest };
    this.#take(batch);
  }

  /** Replaces the state by another replica's, or by an earlier one of our own. */
  restore(entry: LedgerEntry): void {
    this.tip = entry;
    this.executed.clear();
    for (let at: LedgerEntry | undefined = entry; at !== undefined; at = at.previous) this.#take(at.batch);
  }

  /** The slot at `sequence`, or undefined where it is not executed yet. */
  at(sequence: Sequence): LedgerEntry | undefined {
    let entry: LedgerEntry | undefined = this.tip;
    while (entry !== undefined && entry.sequence > sequence) entry = entry.previous;
    return entry?.sequence === sequence ? entry : undefined;
  }

  #take(batch: Batch): void {
    for (const transaction of batch.transactions) this.executed.add(this.#clients.idOf(transaction));
  }
}
