/**
 * Values whose shape is not known beforehand: the items of a frame. Only arrays, unsigned integers, booleans, bin
 * and, where allowed, str; depth and count are bounded before anything is allocated for them.
 */
import { Reader } from './msgpack-reader.js';
import { Writer } from './msgpack-writer.js';
/** Encodes an item of the replica layer's own kinds (≥ 1), in the only form that `decodeFrame` takes. */
export function encodeValue(value) {
    const writer = shared.reset();
    writeValue(writer, value);
    return writer.take();
}
const shared = new Writer();
export function writeValue(writer, value) {
    if (typeof value === 'number')
        writer.uint(value);
    else if (typeof value === 'boolean')
        writer.bool(value);
    else if (typeof value === 'string')
        writer.str(value);
    else if (value instanceof Uint8Array)
        writer.bin(value);
    else {
        writer.array(value.length);
        for (const item of value)
            writeValue(writer, item);
    }
}
/** Reads values under one common budget. */
export class ValueReader {
    left = 0;
    limits;
    reader = new Reader();
    constructor(limits) {
        this.limits = limits;
    }
    reset(bytes) {
        this.left = this.limits.maxValues;
        this.reader.reset(bytes);
        return this;
    }
    get code() {
        return this.reader.code;
    }
    /** The next value, which would be the `depth`-th array if it is one; meaningless once `code` is set. */
    value(depth) {
        const reader = this.reader;
        const tag = reader.peek();
        if (--this.left < 0) {
            reader.fail();
            return 0;
        }
        if (tag >= 0 && (tag < 0x80 || (tag >= 0xcc && tag <= 0xcf)))
            return reader.uint();
        if (tag >= 0xc4 && tag <= 0xc6)
            return reader.bin(Number.MAX_SAFE_INTEGER);
        if (tag === 0xc2 || tag === 0xc3)
            return reader.bool();
        if ((tag >= 0x90 && tag <= 0x9f) || tag === 0xdc || tag === 0xdd)
            return this.array(depth);
        if (this.limits.strings && ((tag >= 0xa0 && tag <= 0xbf) || (tag >= 0xd9 && tag <= 0xdb)))
            return reader.str(Number.MAX_SAFE_INTEGER);
        reader.fail();
        return 0;
    }
    array(depth) {
        const reader = this.reader;
        const length = reader.array(this.left);
        const out = [];
        if (depth > this.limits.maxDepth)
            reader.fail();
        for (let i = 0; i < length && reader.code === undefined; i++)
            out.push(this.value(depth + 1));
        return out;
    }
}
//# sourceMappingURL=value.js.map