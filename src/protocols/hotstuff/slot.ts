/** What a replica knows of one place in the order. */

import type { Batch } from '../../core/batch.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
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

  constructor(sequence: Sequence, n: number) {
    this.sequence = sequence;
    this.claims = new Array(n).fill(undefined);
  }

  /**
   * Keeps a batch that a leader proposed. Each failed view may leave one behind; the oldest gives way, which costs
   * asking for it again should it commit after all, but what the log holds stays.
   */
  add(batch: Batch): void {
    this.batches.set(batch.digest, batch);
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
