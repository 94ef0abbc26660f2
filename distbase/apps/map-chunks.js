/**
 * The content of an authenticated map as bytes: for each leaf in path order, key length and value length (4 bytes
 * each, big-endian), key, value; the whole cut into pieces of `CHUNK_BYTES` without regard to where leaves end.
 */
import { LockstepError } from '../core/errors.js';
import { MAX_PEER_FRAME_BYTES } from '../core/limits.js';
/** 256 KiB, less what an envelope around a chunk may need. */
export const CHUNK_BYTES = (256 << 10) - 64;
/** No key and no value came in by anything larger. */
const MAX_PART_BYTES = MAX_PEER_FRAME_BYTES;
const ENTRY_HEAD_BYTES = 8;
/** What an entry adds to the bytes that chunks are cut from. */
export function entryBytes(key, value) {
    return ENTRY_HEAD_BYTES + key.length + value.length;
}
/** The lengths of the keys and values together, from what their entries add up to. */
export function contentBytesOf(bytes, entries) {
    return bytes - entries * ENTRY_HEAD_BYTES;
}
/** How many chunks entries of this sum of bytes make. */
export function chunkCountOf(bytes) {
    return Math.ceil(bytes / CHUNK_BYTES);
}
/** Chunks of entries whose `entryBytes` sum to `bytes`. */
export function* chunksOf(leaves, bytes) {
    let left = bytes;
    let chunk = new Uint8Array(Math.min(left, CHUNK_BYTES));
    let filled = 0;
    const head = new Uint8Array(ENTRY_HEAD_BYTES);
    const headView = new DataView(head.buffer);
    for (const { key, value } of leaves) {
        headView.setUint32(0, key.length);
        headView.setUint32(4, value.length);
        for (const part of [head, key, value]) {
            let at = 0;
            while (part.length - at >= chunk.length - filled) {
                const end = at + chunk.length - filled;
                chunk.set(part.subarray(at, end), filled);
                at = end;
                yield chunk;
                left -= chunk.length;
                if (left === 0)
                    return;
                chunk = new Uint8Array(Math.min(left, CHUNK_BYTES));
                filled = 0;
            }
            chunk.set(at === 0 ? part : part.subarray(at), filled);
            filled += part.length - at;
        }
    }
}
function damaged(reason) {
    return new LockstepError('snapshot-damaged', `the snapshot does not hold: ${reason}`);
}
/** Entries out of chunks, each in arrays of its own. Throws `snapshot-damaged` where the bytes are none. */
export function* entriesOf(chunks) {
    let buffer = new Uint8Array(0);
    for (const chunk of chunks) {
        const joined = new Uint8Array(buffer.length + chunk.length);
        joined.set(buffer);
        joined.set(chunk, buffer.length);
        const view = new DataView(joined.buffer);
        let at = 0;
        while (joined.length - at >= ENTRY_HEAD_BYTES) {
            const keyBytes = view.getUint32(at);
            const valueBytes = view.getUint32(at + 4);
            if (keyBytes > MAX_PART_BYTES || valueBytes > MAX_PART_BYTES)
                throw damaged('an entry is too large');
            const keyAt = at + ENTRY_HEAD_BYTES;
            const valueAt = keyAt + keyBytes;
            if (valueAt + valueBytes > joined.length)
                break;
            at = valueAt + valueBytes;
            yield [joined.slice(keyAt, valueAt), joined.slice(valueAt, at)];
        }
        buffer = joined.subarray(at);
    }
    if (buffer.length > 0)
        throw damaged('its end is missing');
}
//# sourceMappingURL=map-chunks.js.map