/**
 * Reads the subset of MessagePack that `Writer` writes, and nothing else: maps, floats, negative integers, nil,
 * extensions and any value in a longer form than it needs are refused, so one message has one encoding.
 *
 * It never throws and never allocates on a declared length: a length is checked against the bytes that are left.
 * The first failure sticks in `code`; after it every read gives a zero of its kind, and the caller looks once at
 * the end (and in loops). What `bin` gives is a view into the input.
 */
import { NULL_DIGEST } from '../core/ids.js';
import { digestAt } from './digest-table.js';
const EMPTY = new Uint8Array(0);
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
export class Reader {
    /** Why the input was refused, or undefined so far. */
    code = undefined;
    bytes = EMPTY;
    at = 0;
    end = 0;
    constructor(bytes = EMPTY) {
        this.reset(bytes);
    }
    reset(bytes) {
        this.bytes = bytes;
        this.at = 0;
        this.end = bytes.length;
        this.code = undefined;
        return this;
    }
    fail(code = 'body-malformed') {
        this.code ??= code;
        // Whatever is read from now on finds nothing.
        this.at = this.end;
    }
    get done() {
        return this.at === this.end;
    }
    /** The next byte, not taken; −1 at the end. */
    peek() {
        return this.at < this.end ? this.bytes[this.at] : -1;
    }
    /** The length of an array, which is at most `max` and at most the bytes left; 0 after a failure. */
    array(max) {
        const tag = this.byte();
        let length;
        if (tag >= 0x90 && tag <= 0x9f)
            length = tag & 15;
        else if (tag === 0xdc)
            length = this.number(2, 16);
        else if (tag === 0xdd)
            length = this.number(4, 0x1_0000);
        else
            return this.refuse();
        return length <= max && length <= this.end - this.at ? length : this.refuse();
    }
    /** An array of exactly `length` values. */
    tuple(length) {
        if (this.array(length) !== length)
            this.fail();
    }
    /** An integer in [0, max]. */
    uint(max = Number.MAX_SAFE_INTEGER) {
        const tag = this.byte();
        let value = tag;
        if (tag > 0x7f) {
            if (tag === 0xcc)
                value = this.number(1, 0x80);
            else if (tag === 0xcd)
                value = this.number(2, 0x100);
            else if (tag === 0xce)
                value = this.number(4, 0x1_0000);
            else if (tag === 0xcf) {
                const high = this.number(4, 1);
                value = high * 0x1_0000_0000 + this.number(4, 0);
            }
            else
                return this.refuse();
        }
        // Above 2⁵³ the sum is rounded, but stays above any `max`.
        return value <= max ? value : this.refuse();
    }
    bool() {
        const tag = this.byte();
        if (tag === 0xc3)
            return true;
        if (tag !== 0xc2)
            this.fail();
        return false;
    }
    /** A view of at most `max` bytes. */
    bin(max) {
        const tag = this.byte();
        let length;
        if (tag === 0xc4)
            length = this.number(1, 0);
        else if (tag === 0xc5)
            length = this.number(2, 0x100);
        else if (tag === 0xc6)
            length = this.number(4, 0x1_0000);
        else {
            this.fail();
            return EMPTY;
        }
        return this.take(length, max);
    }
    digest() {
        const { bytes, at } = this;
        if (this.end - at < 34 || bytes[at] !== 0xc4 || bytes[at + 1] !== 32) {
            this.fail();
            return NULL_DIGEST;
        }
        this.at = at + 34;
        return digestAt(bytes, at + 2);
    }
    /** A string of at most `max` bytes of valid UTF-8. */
    str(max) {
        const tag = this.byte();
        let length;
        if (tag >= 0xa0 && tag <= 0xbf)
            length = tag & 31;
        else if (tag === 0xd9)
            length = this.number(1, 32);
        else if (tag === 0xda)
            length = this.number(2, 0x100);
        else if (tag === 0xdb)
            length = this.number(4, 0x1_0000);
        else {
            this.fail();
            return '';
        }
        const utf8 = this.take(length, max);
        try {
            return UTF8.decode(utf8);
        }
        catch {
            this.fail();
            return '';
        }
    }
    take(length, max) {
        const at = this.at;
        if (length > max || length > this.end - at) {
            this.fail();
            return EMPTY;
        }
        this.at = at + length;
        return this.bytes.subarray(at, at + length);
    }
    byte() {
        if (this.at >= this.end)
            return this.refuse();
        return this.bytes[this.at++];
    }
    /** A big-endian number of `size` bytes that is at least `least`, as the shortest form demands. */
    number(size, least) {
        const { bytes, at } = this;
        if (this.end - at < size)
            return this.refuse();
        let value = bytes[at];
        if (size === 2)
            value = (value << 8) | bytes[at + 1];
        else if (size === 4)
            value = ((value << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
        this.at = at + size;
        return value >= least ? value : this.refuse();
    }
    refuse() {
        this.fail();
        return 0;
    }
}
//# sourceMappingURL=msgpack-reader.js.map