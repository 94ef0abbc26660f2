/** Reads a segment front to back in bounded memory, and tells a torn tail from damage. */
import { crc32 } from 'node:zlib';
import { damaged, lengthCheck, RECORD_HEADER_BYTES } from './vote-log-format.js';
const READ_AHEAD_BYTES = 1 << 20;
const SEARCHED_BYTES = 64 << 10;
/** The least that a disk writes whole or not at all. */
export const SECTOR_BYTES = 512;
/** A moving window over a file. */
class FileWindow {
    #file;
    #end;
    #buffer = new Uint8Array(0);
    #at = 0;
    constructor(file, end) {
        this.#file = file;
        this.#end = end;
    }
    /** The bytes [offset, offset + length), which must lie before the end. Valid until the next call. */
    view(offset, length) {
        const from = offset - this.#at;
        if (from < 0 || from + length > this.#buffer.length) {
            const wanted = Math.min(Math.max(length, READ_AHEAD_BYTES), this.#end - offset);
            const buffer = new Uint8Array(wanted);
            this.#buffer = buffer.subarray(0, this.#file.read(buffer, offset));
            this.#at = offset;
            return this.#buffer.subarray(0, length);
        }
        return this.#buffer.subarray(from, from + length);
    }
}
/** Where the last byte lies, from `from` on, that is not zero: the offset behind it; `from` where there is none. */
export function writtenEnd(file, from, size) {
    const chunk = new Uint8Array(SEARCHED_BYTES);
    for (let end = size; end > from;) {
        const begin = Math.max(from, end - chunk.length);
        const bytes = chunk.subarray(0, end - begin);
        bytes.fill(0);
        file.read(bytes, begin);
        const last = bytes.findLastIndex((byte) => byte !== 0);
        if (last >= 0)
            return begin + last + 1;
        end = begin;
    }
    return from;
}
/**
 * Whether a sector that the bytes [from, to) touch holds nothing but zeros from `from` on: one that the disk never
 * wrote, for the file grew before its data came, or the write was cut off between two sectors.
 */
function hasHole(window, from, to, size) {
    for (let at = from; at < to;) {
        const end = Math.min(size, (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES);
        if (window.view(at, end - at).every((byte) => byte === 0))
            return true;
        at = end;
    }
    return false;
}
/**
 * Yields the payloads of the records in the first `size` bytes of a segment, as copies, from `end` on, which it keeps at
 * the end of the last whole record. What follows that is a torn tail only if it is what a write that never finished
 * leaves: the beginning of a record, or sectors that were never written. Such a record was promised to nobody. Anything
 * else was written whole and changed since, and throws `log-damaged`.
 */
export function* readRecords(file, path, size, end) {
    const window = new FileWindow(file, size);
    while (size - end.offset >= RECORD_HEADER_BYTES) {
        const start = end.offset;
        const header = window.view(start, RECORD_HEADER_BYTES);
        const fields = new DataView(header.buffer, header.byteOffset);
        const crc = fields.getUint32(0, true);
        const length = fields.getUint32(4, true);
        const body = start + RECORD_HEADER_BYTES;
        if (fields.getUint32(8, true) !== lengthCheck(length)) {
            if (hasHole(window, start, body, size))
                return;
            throw damaged(path, start, 'a record header is damaged');
        }
        if (length > size - body)
            return;
        const covered = window.view(start + 4, RECORD_HEADER_BYTES - 4 + length);
        if (crc32(covered, end.seed) !== crc) {
            if (hasHole(window, start, body + length, size))
                return;
            throw damaged(path, start, `a record of ${length} bytes does not match its checksum`);
        }
        end.offset = body + length;
        end.seed = crc;
        yield covered.slice(RECORD_HEADER_BYTES - 4);
    }
}
//# sourceMappingURL=vote-log-reader.js.map