/**
 * The vote log's bytes. The log is a folder of segments; a segment's name gives its generation, which grows whenever a
 * shorter log takes the place of the whole, and its index in that generation. All integers are little-endian.
 *
 *   segment  magic "LSVOTES\0" (8) ‖ format version (u32) ‖ chain id (32) ‖ generation (u32) ‖ index (u32) ‖
 *            bytes of this generation before it (f64) ‖ checksum of the record before it, 0 in the first (u32) ‖
 *            CRC-32 of the 64 bytes before (u32)
 *   record   CRC-32 of what follows (u32) ‖ length (u32) ‖ check of the length (u32) ‖ payload
 *
 * A record's CRC is seeded with that of the record before it (a segment's first with the segment header's), so that a
 * record which is missing, old or out of place shows as well as a changed one. The length has a check of its own
 * because a changed length could otherwise pass for a write that a crash cut short, and be cut off, promises and all.
 */
import { LockstepError } from '../core/errors.ts';
export declare const FORMAT_VERSION = 2;
export declare const SEGMENT_HEADER_BYTES = 68;
export declare const RECORD_HEADER_BYTES = 12;
/** What a segment's header says beside the chain. */
export interface SegmentPlace {
    readonly generation: number;
    readonly index: number;
    /** Bytes of the generation's segments before this one. */
    readonly position: number;
    /** The checksum that the segment before ended with; 0 in the first. */
    readonly previous: number;
}
/** `votes-0000000001-00000.log`: they sort by generation, then by index. */
export declare function segmentName(generation: number, index: number): string;
/** Generation and index of a segment's name; undefined for any other name. */
export declare function parseSegmentName(name: string): {
    generation: number;
    index: number;
} | undefined;
/** A bijection of the 32-bit numbers under which zeros are no valid header, since unwritten blocks read as zeros. */
export declare function lengthCheck(length: number): number;
/** The header of a segment. */
export declare function segmentHeader(chainId: Uint8Array, place: SegmentPlace): Uint8Array;
/** The seed of the first record's CRC. */
export declare function headerSeed(header: Uint8Array): number;
/** The error for a log whose bytes are not what was written. */
export declare function damaged(path: string, offset: number, what: string): LockstepError;
/** The error for a log that has lost something which leaves no trace in its own files. */
export declare function incomplete(path: string, what: string): LockstepError;
/** What a segment's header says. Throws `log-damaged`, `too-new` or `wrong-chain`. */
export declare function readSegmentHeader(path: string, header: Uint8Array, chainId: Uint8Array): SegmentPlace;
//# sourceMappingURL=vote-log-format.d.ts.map