/** What outlives a crash: the vote log up to where it was written, and the newest two certified states. */

import type { SeededRandom } from '../core/random.ts';
import type { EpochProof } from './epochs.ts';
import type { LedgerEntry } from './ledger.ts';

/** As many as the driver keeps: one may be in use as the source of a transfer while the next is made. */
const SNAPSHOTS_KEPT = 2;

export class Disk<R> {
  /** The log, oldest record first; those from `written` on would be lost, in whole or in part, by a crash now. */
  readonly records: R[] = [];
  /** Certified states, newest last. */
  readonly snapshots: LedgerEntry[] = [];
  /** The epoch of the log's promises, and what proves the later sets: each is safe as soon as it is written. */
  logEpoch = 0;
  readonly proofs: EpochProof[] = [];
  #written = 0;
  /** As many records must be written before anything else leaves. */
  #bound = 0;

  /** Records are missing, or their checksums do not hold. */
  damaged = false;

  /** Something must be written before anything else leaves. */
  get dirty(): boolean {
    return this.#bound > this.#written;
  }

  /** The log as a starting replica reads it; undefined where it is not what was written. */
  open(): R[] | undefined {
    return this.damaged ? undefined : this.records.slice();
  }

  /** Loses what had been written: one record, or all from some record on. */
  damage(random: SeededRandom): void {
    if (this.records.length === 0) return;
    const from = random.below(this.records.length);
    this.records.splice(from, random.chance(0.5) ? 1 : this.records.length);
    this.damaged = true;
    this.#settle();
  }

  get written(): number {
    return this.#written;
  }

  /** Nothing rests on a lazy record: it is written with the next one that matters. */
  append(record: R, lazy = false): void {
    this.records.push(record);
    if (!lazy) this.bind();
  }

  /** Something is about to rest on all that was appended. */
  bind(): void {
    this.#bound = this.records.length;
  }

  /** Everything appended so far survives from now on, where anything rests on what is not written. */
  flush(): void {
    if (this.dirty) this.#settle();
  }

  #settle(): void {
    this.#written = this.records.length;
    this.#bound = this.#written;
  }

  /** Keeps some beginning of what was not written yet: a crash may come in the middle of a write. */
  crash(random: SeededRandom): void {
    const tail = this.records.length - this.#written;
    this.records.length = this.#written + random.below(tail + 1);
    this.#settle();
  }

  /** A shorter log in place of the whole, atomically. */
  replace(records: readonly R[]): void {
    this.records.length = 0;
    for (const record of records) this.records.push(record);
    this.#settle();
  }

  save(snapshot: LedgerEntry): void {
    const newest = this.snapshots.at(-1);
    if (newest !== undefined && newest.sequence >= snapshot.sequence) return;
    this.snapshots.push(snapshot);
    if (this.snapshots.length > SNAPSHOTS_KEPT) this.snapshots.shift();
  }
}
