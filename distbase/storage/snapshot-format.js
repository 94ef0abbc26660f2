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
import { crc32 } from 'node:zlib';
import { bytesEqual, toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
export const SNAPSHOT_VERSION = 1;
export const SNAPSHOT_HEADER_BYTES = 56;
export const BLOCK_HEADER_BYTES = 8;
const MAGIC = Uint8Array.of(0x4c, 0x53, 0x53, 0x4e, 0x41, 0x50, 0x53, 0x00);
/** The error for a snapshot that is not what was written. */
export function snapshotDamaged(path, what) {
    return new LockstepError('snapshot-damaged', `${path}: ${what}. No promise is in it: \`lockstep repair --home DIR\` puts it aside, and the state is rebuilt from an older ` +
        'snapshot and the vote log, or fetched from the other validators');
}
/** The header; its last 4 bytes seed the first block's CRC. */
export function snapshotHeader(chainId, sequence) {
    const out = new Uint8Array(SNAPSHOT_HEADER_BYTES);
    const view = new DataView(out.buffer);
    out.set(MAGIC, 0);
    view.setUint32(8, SNAPSHOT_VERSION, true);
    out.set(chainId, 12);
    view.setBigUint64(44, BigInt(sequence), true);
    view.setUint32(52, crc32(out.subarray(0, 52)), true);
    return out;
}
/** A block's header and the CRC that seeds the next block's. */
export function blockHeader(payload, seed) {
    const header = new Uint8Array(BLOCK_HEADER_BYTES);
    const view = new DataView(header.buffer);
    view.setUint32(4, payload.length, true);
    const ofLength = crc32(header.subarray(4), seed);
    const crc = payload.length === 0 ? ofLength : crc32(payload, ofLength);
    view.setUint32(0, crc, true);
    return { header, crc };
}
/** The sequence that a file's header says. Throws `snapshot-damaged`. */
export function snapshotSequence(path, file) {
    if (file.length < SNAPSHOT_HEADER_BYTES)
        throw snapshotDamaged(path, 'the file is too short');
    return Number(new DataView(file.buffer, file.byteOffset).getBigUint64(44, true));
}
/** Takes a whole file apart; blocks are views of `file`. Throws `snapshot-damaged`, `too-new`, `wrong-chain`. */
export function parseSnapshot(path, file, chainId, sequence) {
    if (file.length < SNAPSHOT_HEADER_BYTES)
        throw snapshotDamaged(path, 'the file is too short');
    const view = new DataView(file.buffer, file.byteOffset, file.length);
    let seed = view.getUint32(52, true);
    if (!bytesEqual(file.subarray(0, 8), MAGIC) || seed !== crc32(file.subarray(0, 52))) {
        throw snapshotDamaged(path, 'the file header is damaged');
    }
    const version = view.getUint32(8, true);
    if (version !== SNAPSHOT_VERSION) {
        const message = `${path} has snapshot format ${version}; this release reads format ${SNAPSHOT_VERSION}. Start it with the release that wrote it`;
        throw new LockstepError('too-new', message);
    }
    if (!bytesEqual(file.subarray(12, 44), chainId)) {
        const theirs = toHex(file.subarray(12, 20));
        throw new LockstepError('wrong-chain', `${path} belongs to chain ${theirs}…, not to the chain of this home's genesis`);
    }
    if (view.getBigUint64(44, true) !== BigInt(sequence)) {
        throw snapshotDamaged(path, 'the file name does not match the sequence inside');
    }
    const blocks = [];
    let at = SNAPSHOT_HEADER_BYTES;
    while (at + BLOCK_HEADER_BYTES <= file.length) {
        const length = view.getUint32(at + 4, true);
        const end = at + BLOCK_HEADER_BYTES + length;
        if (end > file.length || view.getUint32(at, true) !== crc32(file.subarray(at + 4, end), seed)) {
            throw snapshotDamaged(path, `the block at byte ${at} is damaged`);
        }
        seed = view.getUint32(at, true);
        // The meta block may be empty; a later block that is empty ends the file.
        if (length === 0 && blocks.length > 0) {
            if (end !== file.length)
                throw snapshotDamaged(path, `there are bytes after the end, at byte ${end}`);
            return blocks;
        }
        blocks.push(file.subarray(at + BLOCK_HEADER_BYTES, end));
        at = end;
    }
    throw snapshotDamaged(path, 'the file ends too early');
}
//# sourceMappingURL=snapshot-format.js.map