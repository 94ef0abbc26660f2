/** The replicated log: entries without gaps, after a base whose state is executed. */

import type { Batch } from '../../core/batch.ts';
import type { Sequence } from '../../core/ids.ts';
import type { Position, Term } from './rules.ts';

export interface Entry {
  readonly sequence: Sequence;
  readonly term: Term;
  readonly batch: Batch;
}

/** Bytes of batches kept for those who are late, below the stable checkpoint. */
const RETAINED_BYTES = 16 << 20;

export class Log {
  /** The log begins after this. */
  base: Sequence;
  /** Undefined where it is not known: a state was restored whose entry the vote log does not hold. */
  baseTerm: Term | undefined;
  private entries: Entry[] = [];

  constructor(base: Sequence, baseTerm: Term | undefined) {
    this.base = base;
    this.baseTerm = baseTerm;
  }

  get last(): Sequence {
    return this.base + this.entries.length;
  }

  /** −1 where it is not known. */
  get lastTerm(): Term {
    return this.entries[this.entries.length - 1]?.term ?? this.baseTerm ?? -1;
  }

  get end(): Position {
    return { sequence: this.last, term: this.lastTerm };
  }

  at(sequence: Sequence): Entry | undefined {
    return this.entries[sequence - this.base - 1];
  }

  /** The term of an entry, or of the base; undefined outside. */
  termAt(sequence: Sequence): Term | undefined {
    return sequence === this.base ? this.baseTerm : this.at(sequence)?.term;
  }

  /** Its sequence follows `last`. */
  append(entry: Entry): void {
    this.entries.push(entry);
  }

  /** Forgets everything above. */
  truncate(sequence: Sequence): void {
    this.entries.length = Math.max(0, sequence - this.base);
  }

  /** Begins after an installed state. What follows it stays if the log agrees there (§7 of the paper, receiver 6 and 7). */
  rebase(sequence: Sequence, term: Term): void {
    if (this.termAt(sequence) === term) return;
    this.base = sequence;
    this.baseTerm = term;
    this.entries = [];
  }

  /** Forgets what lies so far below the stable checkpoint that nobody is served it any more: `retained` entries stay. */
  prune(stable: Sequence, retained: number): void {
    let keepFrom = Math.min(stable, this.last);
    let bytes = 0;
    while (keepFrom > this.base && stable - keepFrom < retained) {
      bytes += this.at(keepFrom)!.batch.bytes;
      if (bytes > RETAINED_BYTES) break;
      keepFrom--;
    }
    if (keepFrom <= this.base) return;
    const term = this.termAt(keepFrom)!;
    this.entries.splice(0, keepFrom - this.base);
    this.base = keepFrom;
    this.baseTerm = term;
  }

  /** The entries above a sequence, in order. */
  *above(sequence: Sequence): Generator<Entry> {
    for (let at = Math.max(sequence, this.base) + 1; at <= this.last; at++) yield this.at(at)!;
  }
}
