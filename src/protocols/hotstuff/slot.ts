/** What a replica knows of one place in the order. */

import type { Batch } from '../../core/batch.ts';
import type { Digest, ReplicaId, Sequence } from '../../core/ids.ts';
import { MAX_PREPREPARED_PER_SLOT } from '../../core/limits.ts';

export class Slot {
  readonly sequence: Sequence;
  /** Known bytes by digest, and which of them the log holds. */
  readonly batches = new Map<Digest, Batch>();
  readonly logged = new Set<Digest>();
  /** What committed here. */
  committed: Digest | undefined;
  /** Others' word for it. */
  readonly claims: (Digest | undefined)[];
  /** What each of them proposed here last. */
  private readonly proposed: (Digest | undefined)[];

  constructor(sequence: Sequence, n: number) {
    this.sequence = sequence;
    this.claims = new Array(n).fill(undefined);
    this.proposed = new Array(n).fill(undefined);
  }

  /**
   * Keeps a batch that a leader proposed, in place of its last one: there is no end to the views that a liar can say it leads.
   * Each failed view may leave one behind; the oldest gives way. Either costs asking for it again should it commit after
   * all, but what the log holds stays.
   */
  add(batch: Batch, from: ReplicaId): void {
    const last = this.proposed[from];
    this.proposed[from] = batch.digest;
    this.batches.set(batch.digest, batch);
    if (last !== undefined && last !== this.committed && !this.logged.has(last)) {
      if (!this.proposed.includes(last)) this.batches.delete(last);
    }
    if (this.batches.size <= MAX_PREPREPARED_PER_SLOT) return;
    for (const digest of this.batches.keys()) {
      if (digest === this.committed || digest === batch.digest || this.logged.has(digest)) continue;
      this.batches.delete(digest);
      return;
    }
  }

  get ready(): Batch | undefined {
    return this.committed === undefined ? undefined : this.batches.get(this.committed);
  }
}
