/**
 * Writes the subset of MessagePack that travels between replicas: arrays, unsigned integers, booleans, bin and
 * (towards clients) str, each in its shortest form, so that one value has one encoding.
 *
 * msgpackr writes integers above 2³² as floats, which a strict reader has to refuse; hence a writer of our own.
 */
import { InvariantError } from '../core/assert.js';
import { Slab } from './slab.js';
const UTF8 = new TextEncoder();
/** Value of each hexadecimal digit by its character code; 255 elsewhere. */
const NIBBLE = new Uint8Array(128).fill(255);
for (let i = 0; i < 16; i++) {
    NIBBLE[i.toString(16).charCodeAt(0)] = i;
}
export class Writer {
    bytes;
    at = 0;
    slab = new Slab();
    /** `capacity` in bytes is where it starts; it grows. */
    constructor(capacity = 4096) {
        this.bytes = new Uint8Array(capacity);
    }
    /** Forgets what was written, and keeps the buffer. */
    reset() {
        this.at = 0;
        return this;
    }
    /** A copy of what was written; later writes leave it alone. */
    take() {
        return this.slab.copy(this.view());
    }
    /** What was written, without a copy: for a writer that is used once. */
    view() {
        return this.bytes.subarray(0, this.at);
    }
    array(length) {
        this.reserve(5);
        if (length < 16)
            this.bytes[this.at++] = 0x90 | length;
        else if (length < 0x1_0000)
            this.header16(0xdc, length);
        else
            this.header32(0xdd, length);
    }
    /** An integer in [0, 2⁵³ − 1]. */
    uint(value) {
        if (!Number.isSafeInteger(value) || value < 0)
            throw new InvariantError(`an unsigned integer, not ${value}`);
        this.reserve(9);
        if (value < 0x80)
            this.bytes[this.at++] = value;
        else if (value < 0x100) {
            this.bytes[this.at++] = 0xcc;
            this.bytes[this.at++] = value;
        }
        else if (value < 0x1_0000)
            this.header16(0xcd, value);
        else if (value < 0x1_0000_0000)
            this.header32(0xce, value);
        else {
            this.header32(0xcf, Math.floor(value / 0x1_0000_0000));
            this.word(value >>> 0);
        }
    }
    bool(value) {
        this.reserve(1);
        this.bytes[this.at++] = value ? 0xc3 : 0xc2;
    }
    bin(value) {
        const length = value.length;
        this.reserve(5 + length);
        if (length < 0x100) {
            this.bytes[this.at++] = 0xc4;
            this.bytes[this.at++] = length;
        }
        else if (length < 0x1_0000)
            this.header16(0xc5, length);
        else
            this.header32(0xc6, length);
        this.bytes.set(value, this.at);
        this.at += length;
    }
    /** 64 lowercase hex digits as 32 bytes of bin. */
    digest(value) {
        if (value.length !== 64)
            throw new InvariantError(`a digest has 64 digits, not ${value.length}`);
        this.reserve(34);
        const bytes = this.bytes;
        let at = this.at;
        bytes[at++] = 0xc4;
        bytes[at++] = 32;
        let bad = 0;
        for (let i = 0; i < 64; i += 2) {
            const high = NIBBLE[value.charCodeAt(i)] ?? 255;
            const low = NIBBLE[value.charCodeAt(i + 1)] ?? 255;
            bad |= high | low;
            bytes[at++] = (high << 4) | low;
        }
        if (bad > 15)
            throw new InvariantError('a digest is lowercase hex');
        this.at = at;
    }
    str(value) {
        const utf8 = UTF8.encode(value);
        const length = utf8.length;
        this.reserve(5 + length);
        if (length < 32)
            this.bytes[this.at++] = 0xa0 | length;
        else if (length < 0x100) {
            this.bytes[this.at++] = 0xd9;
            this.bytes[this.at++] = length;
        }
        else if (length < 0x1_0000)
            this.header16(0xda, length);
        else
            this.header32(0xdb, length);
        this.bytes.set(utf8, this.at);
        this.at += length;
    }
    /** Bytes that are msgpack already. */
    raw(value) {
        this.reserve(value.length);
        this.bytes.set(value, this.at);
        this.at += value.length;
    }
    header16(tag, value) {
        const bytes = this.bytes;
        bytes[this.at++] = tag;
        bytes[this.at++] = value >>> 8;
        bytes[this.at++] = value;
    }
    header32(tag, value) {
        this.bytes[this.at++] = tag;
        this.word(value);
    }
    word(value) {
        const bytes = this.bytes;
        bytes[this.at++] = value >>> 24;
        bytes[this.at++] = value >>> 16;
        bytes[this.at++] = value >>> 8;
        bytes[this.at++] = value;
    }
    reserve(length) {
        const needed = this.at + length;
        if (needed <= this.bytes.length)
            return;
        const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
        grown.set(this.bytes.subarray(0, this.at));
        this.bytes = grown;
    }
}
//# sourceMappingURL=msgpack-writer.js.map