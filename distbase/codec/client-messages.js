/**
 * What clients and validators say to each other: items of a frame, each a positional array that begins with its
 * kind. Runs in a browser as well. Bytes in decoded messages are views into the frame.
 *
 * | from      | item                                    | meaning                                          |
 * | --------- | --------------------------------------- | ------------------------------------------------ |
 * | client    | `[1, transaction]`                      | order and execute this                           |
 * | client    | `[2, requestId, query]`                 | read from the present state, not ordered         |
 * | client    | `[3, requestId]`                        | the validator's status                           |
 * | client    | `[4, requestId, query]`                 | the same as 2, if a lease makes it linearizable  |
 * | client    | `[5, above]`                            | what proves the validator sets above this epoch  |
 * | validator | `[1, digest, sequence, result, epoch]`  | executed at this sequence, with this result; the |
 * |           |                                         | epoch of the set whose word this is              |
 * | validator | `[2, digest, code, message]`            | not taken, and why                               |
 * | validator | `[3, requestId, sequence, result]`      | the answer to 2, and the sequence that it saw    |
 * | validator | `[4, requestId, json]`                  | the answer to 3                                  |
 * | validator | `[6, proof]`                            | one of them, oldest first                        |
 * | validator | `[5, requestId, leader]`                | no lease for 4 here; who may have one, plus 1, or 0 |
 */
import { fromHex, toHex } from '../core/bytes.js';
import { MAX_QUERY_BYTES, MAX_REFUSAL_CHARACTERS, MAX_STATUS_CHARACTERS } from '../core/limits.js';
import { encodeValue } from './value.js';
const SUBMIT = 1;
const QUERY = 2;
const STATUS = 3;
const LEASE_QUERY = 4;
const EPOCHS = 5;
const REPLY = 1;
const REFUSAL = 2;
const ANSWER = 3;
const STATUS_ANSWER = 4;
const NO_LEASE = 5;
const EPOCH = 6;
const MAX_CODE_CHARACTERS = 64;
/** An item for a client's frame. */
export function encodeClientRequest(request) {
    switch (request.kind) {
        case 'submit':
            return encodeValue([SUBMIT, request.transaction]);
        case 'query':
            return encodeValue([QUERY, request.requestId, request.payload]);
        case 'status':
            return encodeValue([STATUS, request.requestId]);
        case 'lease-query':
            return encodeValue([LEASE_QUERY, request.requestId, request.payload]);
        case 'epochs':
            return encodeValue([EPOCHS, request.above]);
    }
}
/** An item as `decodeFrame` gives it with `CLIENT_FRAME_LIMITS`; `maxTransactionBytes` is the genesis's. */
export function decodeClientRequest(item, limits) {
    if (!Array.isArray(item))
        return 'body-malformed';
    const [kind, first, second] = item;
    if (kind === SUBMIT) {
        if (item.length !== 2 || !isBytes(first))
            return 'body-malformed';
        if (first.length > limits.maxTransactionBytes)
            return 'transaction-malformed';
        return { kind: 'submit', transaction: first };
    }
    if (kind === QUERY || kind === LEASE_QUERY) {
        if (item.length !== 3 || !isNumber(first) || !isBytes(second))
            return 'body-malformed';
        if (second.length > MAX_QUERY_BYTES)
            return 'frame-too-large';
        return { kind: kind === QUERY ? 'query' : 'lease-query', requestId: first, payload: second };
    }
    if (kind === STATUS) {
        if (item.length !== 2 || !isNumber(first))
            return 'body-malformed';
        return { kind: 'status', requestId: first };
    }
    if (kind === EPOCHS) {
        if (item.length !== 2 || !isNumber(first))
            return 'body-malformed';
        return { kind: 'epochs', above: first };
    }
    return 'frame-kind';
}
/** An item for a validator's frame to a client. A refusal's message is cut to its limit. */
export function encodeClientReply(reply) {
    switch (reply.kind) {
        case 'reply':
            return encodeValue([REPLY, digestBytes(reply.transaction), reply.sequence, reply.result, reply.epoch]);
        case 'refusal': {
            const message = reply.message.slice(0, MAX_REFUSAL_CHARACTERS);
            return encodeValue([REFUSAL, digestBytes(reply.transaction), reply.code, message]);
        }
        case 'answer':
            return encodeValue([ANSWER, reply.requestId, reply.sequence, reply.result]);
        case 'status':
            return encodeValue([STATUS_ANSWER, reply.requestId, reply.json]);
        case 'no-lease':
            return encodeValue([NO_LEASE, reply.requestId, reply.leader === undefined ? 0 : reply.leader + 1]);
        case 'epoch':
            return encodeValue([EPOCH, reply.proof]);
    }
}
/** An item as `decodeFrame` gives it with `VALIDATOR_FRAME_LIMITS`. */
export function decodeClientReply(item) {
    if (!Array.isArray(item))
        return 'body-malformed';
    const [kind, first, second, third, fourth] = item;
    if (kind === STATUS_ANSWER) {
        if (item.length !== 3 || !isNumber(first) || !isText(second, MAX_STATUS_CHARACTERS))
            return 'body-malformed';
        return { kind: 'status', requestId: first, json: second };
    }
    if (kind === NO_LEASE) {
        if (item.length !== 3 || !isNumber(first) || !isNumber(second))
            return 'body-malformed';
        return { kind: 'no-lease', requestId: first, leader: second === 0 ? undefined : second - 1 };
    }
    if (kind === EPOCH) {
        return item.length === 2 && isBytes(first) ? { kind: 'epoch', proof: first } : 'body-malformed';
    }
    if (kind !== REPLY && kind !== REFUSAL && kind !== ANSWER)
        return 'frame-kind';
    if (item.length !== (kind === REPLY ? 5 : 4))
        return 'body-malformed';
    if (kind === ANSWER) {
        if (!isNumber(first) || !isNumber(second) || !isBytes(third))
            return 'body-malformed';
        return { kind: 'answer', requestId: first, sequence: second, result: third };
    }
    if (!isBytes(first) || first.length !== 32)
        return 'body-malformed';
    const transaction = toHex(first);
    if (kind === REPLY) {
        if (!isNumber(second) || !isBytes(third) || !isNumber(fourth))
            return 'body-malformed';
        return { kind: 'reply', transaction, sequence: second, result: third, epoch: fourth };
    }
    if (!isText(second, MAX_CODE_CHARACTERS) || !isText(third, MAX_REFUSAL_CHARACTERS))
        return 'body-malformed';
    return { kind: 'refusal', transaction, code: second, message: third };
}
function digestBytes(digest) {
    const bytes = fromHex(digest);
    if (bytes?.length !== 32)
        throw new RangeError(`a digest has 64 hex digits: ${digest}`);
    return bytes;
}
function isBytes(value) {
    return value instanceof Uint8Array;
}
function isNumber(value) {
    return typeof value === 'number';
}
function isText(value, maxCharacters) {
    return typeof value === 'string' && value.length <= maxCharacters;
}
//# sourceMappingURL=client-messages.js.map