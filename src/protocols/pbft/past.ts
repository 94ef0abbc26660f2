/**
 * Slots below the stable checkpoint, for whoever was away a moment. TOCS 2002 §4.3 lets them go as soon as the checkpoint
 * is stable, and a replica that lacks one of them then fetches a state; under load a checkpoint becomes stable more often
 * than a process restarts. They are no part of any view change, bind nobody, and are gone after a restart.
 */

import type { Batch } from '../../core/batch.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
import { MAX_PAST_BYTES } from '../../core/limits.ts';

interface PastSlot {
  readonly digest: Digest;
  readonly batch: Batch;
}

// Not made anew for each call: a comparator that is let go of takes its compiled code with it.
const ascending = (a: Sequence, b: Sequence): number => a - b;

export class Past {
  private readonly slots = new Map<Sequence, PastSlot>();
  private bytes = 0;
  /** How many slots below the stable checkpoint are kept at most. */
  readonly depth: number;

  constructor(depth: number) {
    this.depth = depth;
  }

  /** Slots are added in any order, up to `stable`. */
  add(sequence: Sequence, digest: Digest, batch: Batch): void {
    if (this.slots.has(sequence)) return;
    this.slots.set(sequence, { digest, batch });
    this.bytes += batch.bytes;
  }

  get(sequence: Sequence): PastSlot | undefined {
    return this.slots.get(sequence);
  }

  /** Lets go of what is too old or too much, the oldest first. */
  trim(stable: Sequence): void {
    if (this.slots.size === 0) return;
    const ordered = [...this.slots.keys()].sort(ascending);
    for (const sequence of ordered) {
      if (sequence > stable - this.depth && this.bytes <= MAX_PAST_BYTES) return;
      this.bytes -= this.slots.get(sequence)!.batch.bytes;
      this.slots.delete(sequence);
    }
  }
}
