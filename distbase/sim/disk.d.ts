/** What outlives a crash: the vote log up to where it was written, and the newest two certified states. */
import type { SeededRandom } from '../core/random.ts';
import type { EpochProof } from './epochs.ts';
import type { LedgerEntry } from './ledger.ts';
export declare class Disk<R> {
    #private;
    /** The log, oldest record first; those from `written` on would be lost, in whole or in part, by a crash now. */
    readonly records: R[];
    /** Certified states, newest last. */
    readonly snapshots: LedgerEntry[];
    /** The epoch of the log's promises, and what proves the later sets: each is safe as soon as it is written. */
    logEpoch: number;
    readonly proofs: EpochProof[];
    /** Records are missing, or their checksums do not hold. */
    damaged: boolean;
    /** Something was appended that is not written yet. */
    get dirty(): boolean;
    /** The log as a starting replica reads it; undefined where it is not what was written. */
    open(): R[] | undefined;
    /** Loses what had been written: one record, or all from some record on. */
    damage(random: SeededRandom): void;
    get written(): number;
    append(record: R): void;
    /** Everything appended so far survives from now on. */
    flush(): void;
    /** Keeps some beginning of what was not written yet: a crash may come in the middle of a write. */
    crash(random: SeededRandom): void;
    /** A shorter log in place of the whole, atomically. */
    replace(records: readonly R[]): void;
    save(snapshot: LedgerEntry): void;
}
//# sourceMappingURL=disk.d.ts.map