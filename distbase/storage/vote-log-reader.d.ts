/** Reads a segment front to back in bounded memory, and tells a torn tail from damage. */
import type { LogFile } from './files.ts';
/** The least that a disk writes whole or not at all. */
export declare const SECTOR_BYTES = 512;
/** Where the last byte lies, from `from` on, that is not zero: the offset behind it; `from` where there is none. */
export declare function writtenEnd(file: LogFile, from: number, size: number): number;
/** Where reading ended. */
export interface LogEnd {
    /** The end of the last whole record, in the segment. */
    offset: number;
    /** The CRC that seeds the next record's. */
    seed: number;
}
/**
 * Yields the payloads of the records in the first `size` bytes of a segment, as copies, from `end` on, which it keeps at
 * the end of the last whole record. What follows that is a torn tail only if it is what a write that never finished
 * leaves: the beginning of a record, or sectors that were never written. Such a record was promised to nobody. Anything
 * else was written whole and changed since, and throws `log-damaged`.
 */
export declare function readRecords(file: LogFile, path: string, size: number, end: LogEnd): Generator<Uint8Array, void>;
//# sourceMappingURL=vote-log-reader.d.ts.map