/** What a simulated replica executes: a chain of digests, shared structurally so that a snapshot is a pointer. */

import { invariant } from '../core/assert.ts';
import type { Batch } from '../core/batch.ts';
import { NULL_BATCH } from '../core/batch.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { type Sets, setsAfter, setsAt } from './sets.ts';
import { type Clients, Mixer, symbolicDigest } from './symbolic.ts';

/** One executed slot. `digest` depends on all history up to it. */
export interface LedgerEntry {
  readonly previous: LedgerEntry | undefined;
  readonly sequence: Sequence;
  readonly batch: Batch;
  readonly digest: Digest;
  /** Who the validators are, where that can change. */
  readonly sets?: Sets | undefined;
  /** Where a bit of the state has flipped: the digest that it would have otherwise. */
  readonly meant?: Digest | undefined;
}

/** The state before the first slot. */
export const GENESIS: LedgerEntry = {
  previous: undefined,
  sequence: 0,
  batch: NULL_BATCH,
  digest: symbolicDigest(new Mixer().text('genesis')),
};

/** What execution made; whoever alters a copy of it has no other content for the digest. */
class Executed implements LedgerEntry {
  readonly previous: LedgerEntry | undefined;
  readonly sequence: Sequence;
  readonly batch: Batch;
  readonly digest: Digest;
  readonly sets: Sets | undefined;
  readonly meant: Digest | undefined;

  constructor(
    previous: LedgerEntry,
    sequence: Sequence,
    batch: Batch,
    digest: Digest,
    sets: Sets | undefined,
    meant: Digest | undefined,
  ) {
    this.previous = previous;
    this.sequence = sequence;
    this.batch = batch;
    this.digest = digest;
    this.sets = sets;
    this.meant = meant;
  }
}

/** Whether the entry is what its digest says: what hashing a state that came from elsewhere would find. */
export function authentic(entry: LedgerEntry): boolean {
  return entry instanceof Executed;
}

export class Ledger {
  /** The last executed slot. */
  tip: LedgerEntry = GENESIS;
  /** Numbers of the transactions that took effect: a second copy of one in a later batch does nothing. */
  readonly executed = new Set<number>();
  readonly #clients: Clients;
  #flips = false;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Executes the next slot. */
  apply(sequence: Sequence, batch: Batch): void {
    invariant(sequence === this.tip.sequence + 1, `slot ${sequence} follows ${this.tip.sequence}`);
    const { digest: from, meant } = this.tip;
    const mixer = new Mixer().digest(from).int(sequence).digest(batch.digest);
    const right =
      this.#flips || meant !== undefined
        ? new Mixer()
            .digest(meant ?? from)
            .int(sequence)
            .digest(batch.digest)
        : undefined;
    const before = this.tip.sets;
    let sets = before && setsAt(before, sequence);
    for (const transaction of batch.transactions) {
      const id = this.#clients.idOf(transaction);
      // The state says what had no effect, so that a replica on which it had one ends with another state.
      if (!this.takesEffect(id)) {
        mixer.int(id);
        right?.int(id);
      } else if (sets !== undefined) sets = setsAfter(sets, id, sequence);
      this.executed.add(id);
    }
    if (this.#flips) mixer.text('flipped');
    this.#flips = false;
    this.tip = new Executed(
      this.tip,
      sequence,
      batch,
      symbolicDigest(mixer),
      sets,
      right && symbolicDigest(right),
    );
  }

  /** A bit of the memory flips: the next slot ends with another state than elsewhere, and so does all that follows. */
  flip(): void {
    this.#flips = true;
  }

  /** Whether the state is what execution makes of the batches. */
  get sound(): boolean {
    return !this.#flips && this.tip.meant === undefined;
  }

  /** Whether this transaction is executed for the first time; called once for each that comes, in order. */
  protected takesEffect(transaction: number): boolean {
    return !this.executed.has(transaction);
  }

  /** Replaces the state by another replica's, or by an earlier one of our own. */
  restore(entry: LedgerEntry): void {
    this.tip = entry;
    this.#flips = false;
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
