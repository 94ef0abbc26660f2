/**
 * A snapshot file's bytes. All integers are little-endian.
 *
 *   file   magic "LSSNAPS\0" (8) ‖ format version (u32) ‖ chain id (32) ‖ sequence (u64) ‖ CRC-32 of the 52 bytes before
 *   block  CRC-32 of what follows (u32) ‖ length (u32) ‖ payload
 *
 * The first block is the caller's `meta`, the others are the state's chunks, and a block of no bytes ends the file.
 * A block's CRC is seeded with that of the block before it. CRCs find a failing disk, not a liar: whoever restores
 * a snapshot compares its state hash with a certificate.
 */
import { LockstepError } from '../core/errors.ts';
import type { Sequence } from '../core/ids.ts';
export declare const SNAPSHOT_VERSION = 1;
export declare const SNAPSHOT_HEADER_BYTES = 56;
export declare const BLOCK_HEADER_BYTES = 8;
/** The error for a snapshot that is not what was written. */
export declare function snapshotDamaged(path: string, what: string): LockstepError;
/** The header; its last 4 bytes seed the first block's CRC. */
export declare function snapshotHeader(chainId: Uint8Array, sequence: Sequence): Uint8Array;
/** A block's header and the CRC that seeds the next block's. */
export declare function blockHeader(payload: Uint8Array, seed: number): {
    header: Uint8Array;
    crc: number;
};
/** The sequence that a file's header says. Throws `snapshot-damaged`. */
export declare function snapshotSequence(path: string, file: Uint8Array): Sequence;
/** Takes a whole file apart; blocks are views of `file`. Throws `snapshot-damaged`, `too-new`, `wrong-chain`. */
export declare function parseSnapshot(path: string, file: Uint8Array, chainId: Uint8Array, sequence: Sequence): Uint8Array[];
//# sourceMappingURL=snapshot-format.d.ts.map