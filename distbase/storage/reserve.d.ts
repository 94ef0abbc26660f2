/**
 * Zeros ahead of the records of a log. A write that makes a file longer has its sync write the file's new length, and
 * where it lies on the disk, beside the data; one into blocks that are there already has not. Zeros count as never
 * written: no record begins with them (`lengthCheck`), and a reader ends where nothing else follows.
 */
import type { LogFile } from './files.ts';
/** What a log keeps ahead, bytes: seconds of work at a client's pace. */
export declare const RESERVE_BYTES: number;
/**
 * Writes zeros from `reserved`, the file's length, towards `wanted`, unless at least half of what is wanted beyond `size`
 * is there. Gives the file's length. Where the disk has no room, all that is reserved is given back, for the records.
 */
export declare function reserve(file: LogFile, size: number, reserved: number, wanted: number): number;
//# sourceMappingURL=reserve.d.ts.map