/** Looks at a whole vote log without changing it: for opening it, for showing it, and for repairing it. */
import { LockstepError } from '../core/errors.ts';
import type { Files } from './files.ts';
import type { WitnessMark } from './interface.ts';
import { type LogEnd } from './vote-log-reader.ts';
export interface ScannedSegment {
    readonly name: string;
    readonly index: number;
    /** Bytes of the generation before it. */
    readonly position: number;
    /** Bytes of its header and whole records; less than `size` where it is torn or damaged, or zeros are reserved. */
    readonly wholeBytes: number;
    readonly size: number;
    readonly records: number;
    /** Where its records begin, and the seed of the first. */
    readonly start: LogEnd;
}
export interface LogScan {
    /** 0 where there is no log. */
    readonly generation: number;
    /** In order, up to the first that is damaged. A last one without a whole header was never used and is not here. */
    readonly segments: readonly ScannedSegment[];
    /** Bytes of the generation up to the end of the last whole record, and the checksum there. */
    readonly length: number;
    readonly seed: number;
    readonly records: number;
    /** Bytes of an unfinished write at the end. */
    readonly tornBytes: number;
    /** Files of the folder that belong to no log in use: older generations, unfinished new ones. */
    readonly leftovers: readonly string[];
    /** Why the log must not be used, and from which byte of which file on; the file is '' where one is missing. */
    readonly damage: {
        readonly error: LockstepError;
        readonly file: string;
        readonly offset: number;
    } | undefined;
}
/**
 * Checks every record of the log in `directory`, which must exist. `mark` is what a witness knows. What is wrong is in
 * the result; throws only what the file system does.
 */
export declare function scanVoteLog(files: Files, directory: string, chainId: Uint8Array, mark: WitnessMark | undefined): LogScan;
/** The records of a log that was scanned and found whole, oldest first. */
export declare function scannedRecords(files: Files, directory: string, scan: LogScan): Generator<Uint8Array>;
//# sourceMappingURL=vote-log-scan.d.ts.map