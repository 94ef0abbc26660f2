/**
 * A frame's payload: the msgpack array `[version, item, item, …]`. What stands before it (the session's MAC) is the
 * transport's.
 */
import { InvariantError } from '../core/assert.js';
import { MAX_CLIENT_FRAME_BYTES, MAX_FRAME_VALUES, MAX_MESSAGES_PER_FRAME, MAX_PEER_FRAME_BYTES, } from '../core/limits.js';
import { ValueReader } from './value.js';
/** Grows whenever a frame of the old form would be misread. */
export const FRAME_VERSION = 1;
/** Bytes that the array's header and the version take at most. */
export const FRAME_HEADER_BYTES = 6;
/** Arrays inside each other: the frame, an item, its list of transactions, and three to spare for the replica's own items. */
const MAX_DEPTH = 6;
/** What a validator takes from another. */
export const PEER_FRAME_LIMITS = {
    maxBytes: MAX_PEER_FRAME_BYTES,
    maxItems: MAX_MESSAGES_PER_FRAME,
    maxValues: MAX_FRAME_VALUES,
    maxDepth: MAX_DEPTH,
    strings: false,
};
/** What a validator takes from a client: items of three values each. */
export const CLIENT_FRAME_LIMITS = {
    maxBytes: MAX_CLIENT_FRAME_BYTES,
    maxItems: MAX_MESSAGES_PER_FRAME,
    maxValues: 4 * MAX_MESSAGES_PER_FRAME + 2,
    maxDepth: 2,
    strings: false,
};
/** What a client takes from a validator: items of five values at most, with text. */
export const VALIDATOR_FRAME_LIMITS = {
    maxBytes: MAX_PEER_FRAME_BYTES,
    maxItems: MAX_MESSAGES_PER_FRAME,
    maxValues: 8 * MAX_MESSAGES_PER_FRAME + 2,
    maxDepth: 2,
    strings: true,
};
/**
 * Puts encoded items into one frame. `headroom` bytes at the front stay zero, for the MAC. The items are not looked
 * at: whoever gives them answers for their form, their number and their size. A small frame comes out of `slab`,
 * where one is given.
 */
export function encodeFrame(items, headroom = 0, slab) {
    let length = 0;
    for (let i = 0; i < items.length; i++)
        length += items[i].length;
    const header = frameHeaderBytes(items.length);
    const size = headroom + header + length;
    const out = slab === undefined ? new Uint8Array(size) : slab.take(size);
    let at = writeHeader(out, headroom, items.length + 1);
    out[at++] = FRAME_VERSION;
    for (let i = 0; i < items.length; i++) {
        const item = items[i];
        out.set(item, at);
        at += item.length;
    }
    return out;
}
/** A decoder with its own buffers. It never throws. */
export function createFrameDecoder(limits) {
    const values = new ValueReader(limits);
    const reader = values.reader;
    return (payload) => {
        if (payload.length > limits.maxBytes)
            return 'frame-too-large';
        values.reset(payload);
        const length = reader.array(limits.maxItems + 1);
        if (length === 0)
            return payload.length === 0 ? 'frame-truncated' : 'body-malformed';
        const version = reader.uint();
        if (reader.code !== undefined)
            return reader.code;
        if (version !== FRAME_VERSION)
            return 'frame-version';
        const items = [];
        for (let i = 1; i < length && reader.code === undefined; i++)
            items.push(values.value(2));
        if (reader.code !== undefined)
            return reader.code;
        return reader.done ? items : 'body-trailing';
    };
}
/** `createFrameDecoder` for a single use. */
export function decodeFrame(payload, limits) {
    return createFrameDecoder(limits)(payload);
}
/** Bytes before the first item of a frame of so many items. */
export function frameHeaderBytes(items) {
    const length = items + 1;
    return length < 16 ? 2 : length < 0x1_0000 ? 4 : 6;
}
function writeHeader(out, at, length) {
    if (length < 16) {
        out[at] = 0x90 | length;
        return at + 1;
    }
    if (length >= 0x1_0000)
        throw new InvariantError(`a frame of ${length} values`);
    out[at] = 0xdc;
    out[at + 1] = length >>> 8;
    out[at + 2] = length;
    return at + 3;
}
//# sourceMappingURL=frame.js.map