/** Reads a vote log front to back in bounded memory, and tells a torn tail from damage. */

import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { damaged, FILE_HEADER_BYTES, lengthCheck, RECORD_HEADER_BYTES } from './vote-log-format.ts';

const READ_AHEAD_BYTES = 1 << 20;

/** A moving window over a file. */
class FileWindow {
  readonly #fd: number;
  readonly #end: number;
  #buffer = new Uint8Array(0);
  #at: number;

  constructor(fd: number, at: number, end: number) {
    this.#fd = fd;
    this.#at = at;
    this.#end = end;
  }

  /** The bytes [offset, offset + length), which must lie before the end. Valid until the next call. */
  view(offset: number, length: number): Uint8Array {
    const from = offset - this.#at;
    if (from < 0 || from + length > this.#buffer.length) {
      const wanted = Math.min(Math.max(length, READ_AHEAD_BYTES), this.#end - offset);
      const buffer = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const got = readSync(this.#fd, buffer, filled, wanted - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      this.#buffer = buffer.subarray(0, filled);
      this.#at = offset;
      return this.#buffer.subarray(0, length);
    }
    return this.#buffer.subarray(from, from + length);
  }
}

/** Where reading ended. */
export interface LogEnd {
  /** The end of the last whole record. */
  offset: number;
  /** The CRC that seeds the next record's. */
  seed: number;
}

/** True where every byte from `offset` on is zero: blocks that the file system reserved and never wrote. */
function zerosFrom(window: FileWindow, offset: number, size: number): boolean {
  for (let at = offset; at < size; at += READ_AHEAD_BYTES) {
    const bytes = window.view(at, Math.min(READ_AHEAD_BYTES, size - at));
    for (const byte of bytes) if (byte !== 0) return false;
  }
  return true;
}

/**
 * Yields the payloads of the records in the first `size` bytes of an open log, as copies, and keeps `end` at the
 * end of the last whole record. What follows that is a torn tail, to be cut, only if it is what a write that never
 * finished leaves: the beginning of a record, or zeros. Such a record was promised to nobody. Anything else was
 * written whole and changed since, and throws `log-damaged`.
 */
export function* readRecords(fd: number, path: string, size: number, end: LogEnd): Generator<Uint8Array> {
  const window = new FileWindow(fd, FILE_HEADER_BYTES, size);
  while (size - end.offset >= RECORD_HEADER_BYTES) {
    const start = end.offset;
    const header = window.view(start, RECORD_HEADER_BYTES);
    const fields = new DataView(header.buffer, header.byteOffset);
    const crc = fields.getUint32(0, true);
    const length = fields.getUint32(4, true);
    if (fields.getUint32(8, true) !== lengthCheck(length)) {
      if (zerosFrom(window, start, size)) return;
      throw damaged(path, start, 'a record header is damaged');
    }
    const body = start + RECORD_HEADER_BYTES;
    if (length > size - body) return;
    const covered = window.view(start + 4, RECORD_HEADER_BYTES - 4 + length);
    if (crc32(covered, end.seed) !== crc) {
      if (length > 0 && zerosFrom(window, body, size)) return;
      throw damaged(path, start, `a record of ${length} bytes does not match its checksum`);
    }
    end.offset = body + length;
    end.seed = crc;
    yield covered.slice(RECORD_HEADER_BYTES - 4);
  }
}
