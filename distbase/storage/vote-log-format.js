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
import { crc32 } from 'node:zlib';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
export const FORMAT_VERSION = 2;
export const SEGMENT_HEADER_BYTES = 68;
export const RECORD_HEADER_BYTES = 12;
const MAGIC = Uint8Array.of(0x4c, 0x53, 0x56, 0x4f, 0x54, 0x45, 0x53, 0x00);
/** `votes-0000000001-00000.log`: they sort by generation, then by index. */
export function segmentName(generation, index) {
    return `votes-${String(generation).padStart(10, '0')}-${String(index).padStart(5, '0')}.log`;
}
/** Generation and index of a segment's name; undefined for any other name. */
export function parseSegmentName(name) {
    const match = /^votes-(\d{10})-(\d{5,})\.log$/.exec(name);
    return match === null ? undefined : { generation: Number(match[1]), index: Number(match[2]) };
}
/** A bijection of the 32-bit numbers under which zeros are no valid header, since unwritten blocks read as zeros. */
export function lengthCheck(length) {
    return (Math.imul(length, 0x9e37_79b1) ^ 0x6c6f_6721) >>> 0;
}
/** The header of a segment. */
export function segmentHeader(chainId, place) {
    const out = new Uint8Array(SEGMENT_HEADER_BYTES);
    const view = new DataView(out.buffer);
    out.set(MAGIC, 0);
    view.setUint32(8, FORMAT_VERSION, true);
    out.set(chainId, 12);
    view.setUint32(44, place.generation, true);
    view.setUint32(48, place.index, true);
    view.setFloat64(52, place.position, true);
    view.setUint32(60, place.previous, true);
    view.setUint32(64, crc32(out.subarray(0, 64)), true);
    return out;
}
/** The seed of the first record's CRC. */
export function headerSeed(header) {
    return new DataView(header.buffer, header.byteOffset).getUint32(64, true);
}
/** The one command that makes a damaged log usable again. */
const ADVICE = 'This replica no longer knows all that it promised, so it does not start; the ledger and the keys are safe, and so are ' +
    'the other validators. Restore nothing from a copy: an old log forgets promises as well. `lockstep repair --home DIR` ' +
    'keeps the damaged part aside and has the validator come back as a new incarnation, which votes once the others agree';
/** The error for a log whose bytes are not what was written. */
export function damaged(path, offset, what) {
    return new LockstepError('log-damaged', `${path}: ${what} at byte ${offset}. ${ADVICE}`);
}
/** The error for a log that has lost something which leaves no trace in its own files. */
export function incomplete(path, what) {
    return new LockstepError('log-damaged', `${path}: ${what}. ${ADVICE}`);
}
/** What a segment's header says. Throws `log-damaged`, `too-new` or `wrong-chain`. */
export function readSegmentHeader(path, header, chainId) {
    if (header.length < SEGMENT_HEADER_BYTES)
        throw damaged(path, header.length, 'the segment header ends');
    for (let i = 0; i < MAGIC.length; i++) {
        if (header[i] !== MAGIC[i])
            throw damaged(path, i, 'this is not the start of a vote log');
    }
    const view = new DataView(header.buffer, header.byteOffset);
    if (view.getUint32(64, true) !== crc32(header.subarray(0, 64))) {
        throw damaged(path, 8, 'the segment header does not match its checksum');
    }
    const version = view.getUint32(8, true);
    if (version !== FORMAT_VERSION) {
        throw new LockstepError('too-new', `${path} has log format ${version}; this release reads format ${FORMAT_VERSION}. Start it with the release that wrote it`);
    }
    const theirs = toHex(header.subarray(12, 44));
    const ours = toHex(chainId);
    if (theirs !== ours) {
        throw new LockstepError('wrong-chain', `${path} belongs to chain ${theirs.slice(0, 16)}…, the genesis of this home is chain ${ours.slice(0, 16)}…. ` +
            'Put back the genesis that the log was made with, or use another home');
    }
    return {
        generation: view.getUint32(44, true),
        index: view.getUint32(48, true),
        position: view.getFloat64(52, true),
        previous: view.getUint32(60, true),
    };
}
//# sourceMappingURL=vote-log-format.js.map