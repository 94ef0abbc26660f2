/**
 * Mends a vote log that is damaged, missing, or shorter than its witness knows. What is left is cut at its last whole
 * record, and the old log is kept aside as it was. That makes the log readable and not trustworthy: promises are gone,
 * so the home is marked as forgetful first (`forgetful.ts`).
 *
 * A crash at any step leaves a home that does not vote, and that the same repair mends:
 *
 *   1. the home is marked;
 *   2. the whole records go to a new log, in `votes.repaired`, synced;
 *   3. `votes` is renamed to `votes.damaged-…`;
 *   4. `votes.repaired` is renamed to `votes`, which a later repair does where it finds the one without the other;
 *   5. the witness, which knows of the longer log, is removed.
 */
import { LockstepError } from '../core/errors.ts';
import { type Files } from './files.ts';
import type { WitnessMark } from './interface.ts';
import { type LogScan } from './vote-log-scan.ts';
export interface LogPlace {
    readonly files: Files;
    /** The folder of the segments. */
    readonly path: string;
    /** The witness's file. */
    readonly witness: string;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
}
/** What a vote log holds, and what is wrong with it. */
export interface LogExamination {
    /** The folder that was looked at: the log's, or that of a repair which was cut short; undefined: there is neither. */
    readonly found: string | undefined;
    readonly scan: LogScan | undefined;
    readonly mark: WitnessMark | undefined;
    /** Undefined: the log may be used as it is. `log-damaged` can be mended; `wrong-chain` and `too-new` need no repair. */
    readonly damage: LockstepError | undefined;
}
export interface LogRepair {
    /** Records that are in the log now. */
    readonly keptRecords: number;
    /** Bytes in the old files, headers included, that are in it no more; of what is missing altogether nobody knows. */
    readonly cutBytes: number;
    /** Where the old log is now; undefined where there was none. */
    readonly aside: string | undefined;
}
/** Reads the whole log and changes nothing. Throws `storage-failed`. */
export declare function examineVoteLog({ files, path, witness, chainId }: LogPlace): LogExamination;
/** What `repairVoteLog` would do. */
export declare function planRepair(place: LogPlace, { found, scan }: LogExamination): Omit<LogRepair, 'aside'>;
/**
 * Mends the log that was examined and found damaged. The caller holds the home's lock. `forget` marks the home durably
 * and is called before anything changes; `stamp` names what goes aside. Throws `storage-failed`, `disk-full`, and what is
 * no damage (`wrong-chain`, `too-new`).
 */
export declare function repairVoteLog(place: LogPlace, examination: LogExamination, forget: (reason: string) => void, stamp: string): LogRepair;
//# sourceMappingURL=vote-log-repair.d.ts.map