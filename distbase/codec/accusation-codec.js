/**
 * Evidence on its way into the ledger: the payload of a transaction of the kind `evidence`. msgpack,
 * `[member, [body, signature], [body, signature]]`: whom it convicts, and two messages of its that contradict each other.
 */
import { MAX_SIGNATURE_BYTES } from '../core/limits.js';
import { Reader } from './msgpack-reader.js';
import { Writer } from './msgpack-writer.js';
export function encodeAccusation({ member, first, second }) {
    const writer = new Writer(16 << 10);
    writer.array(3);
    writer.uint(member);
    for (const { body, signature } of [first, second]) {
        writer.array(2);
        writer.bin(body);
        writer.bin(signature);
    }
    return writer.take();
}
/** Undefined where the payload is none. Views into it. */
export function decodeAccusation(payload) {
    const reader = new Reader(payload);
    reader.tuple(3);
    const member = reader.uint();
    const messages = [0, 1].map(() => {
        reader.tuple(2);
        return { body: reader.bin(payload.length), signature: reader.bin(MAX_SIGNATURE_BYTES) };
    });
    if (reader.code !== undefined || !reader.done)
        return undefined;
    return { member, first: messages[0], second: messages[1] };
}
//# sourceMappingURL=accusation-codec.js.map