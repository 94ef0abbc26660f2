/** Framed records that wait to be written; `vote-log-format.ts` gives their bytes. */
import { crc32 } from 'node:zlib';
import { lengthCheck, RECORD_HEADER_BYTES } from './vote-log-format.js';
const FIRST_QUEUE_BYTES = 64 << 10;
/** A queue that grew beyond this, in a burst of large batches, is given back after its flush. */
export const KEPT_QUEUE_BYTES = 4 << 20;
/** One buffer that is used again and again. */
export class RecordQueue {
    #buffer = Buffer.allocUnsafeSlow(FIRST_QUEUE_BYTES);
    #length = 0;
    /** The CRC of the last record framed. */
    seed;
    constructor(seed) {
        this.seed = seed;
    }
    push(record) {
        const start = this.#length;
        const end = start + RECORD_HEADER_BYTES + record.length;
        if (end > this.#buffer.length) {
            const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, end));
            grown.set(this.#buffer.subarray(0, start));
            this.#buffer = grown;
        }
        this.#buffer.writeUInt32LE(record.length, start + 4);
        this.#buffer.writeUInt32LE(lengthCheck(record.length), start + 8);
        this.#buffer.set(record, start + RECORD_HEADER_BYTES);
        this.seed = crc32(this.#buffer.subarray(start + 4, end), this.seed);
        this.#buffer.writeUInt32LE(this.seed, start);
        this.#length = end;
    }
    get length() {
        return this.#length;
    }
    /** What waits; valid until the next `push`. */
    bytes() {
        return this.#buffer.subarray(0, this.#length);
    }
    clear() {
        this.#length = 0;
        if (this.#buffer.length > KEPT_QUEUE_BYTES)
            this.#buffer = Buffer.allocUnsafeSlow(FIRST_QUEUE_BYTES);
    }
}
//# sourceMappingURL=record-queue.js.map