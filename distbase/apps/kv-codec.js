/**
 * The key-value store's requests and results. Browser-safe.
 *
 * | request                                    | payload                                        | result            |
 * | ------------------------------------------ | ---------------------------------------------- | ----------------- |
 * | `{ op: 'put', key, value }`                | `[0, key, value]`                              | `{}`              |
 * | `{ op: 'get', key }`                       | `[1, key]`                                     | `{ found, value }` |
 * | `{ op: 'delete', key }`                    | `[2, key]`                                     | `{ existed }`     |
 * | `{ op: 'cas', key, expected, value }`      | `[3, key, expected or empty, value]`           | `{}`              |
 * | `{ op: 'size' }`                           | `[4]`                                          | `{ entries, bytes }` |
 *
 * A key is text or bytes. A value is text, bytes, or anything that JSON has; its first byte says which: 0 bytes,
 * 1 UTF-8, 2 JSON text. So stored values are never empty, and an empty `expected` means that there is none: it
 * stands for `expected: null`, or no `expected` at all. `value: null` reads back as `{ found: true, value: null }`.
 */
import { Writer } from '../codec/msgpack-writer.js';
import { concatBytes } from '../core/bytes.js';
import { MAX_CLIENT_FRAME_BYTES } from '../core/limits.js';
import { badRequest, requestOf } from './codec.js';
import { readResult } from './results.js';
export const KV_OP = { put: 0, get: 1, delete: 2, cas: 3, size: 4 };
/** The second element of a result that is `true`. */
export const KV_RESULT = { done: 0, value: 1, none: 2, deleted: 3, size: 4 };
/** Longest key in bytes: proofs of absence carry a neighbour's key whole. */
export const MAX_KEY_BYTES = 1024;
const FORM = { bytes: 0, text: 1, json: 2 };
const NONE = new Uint8Array(0);
const UTF8 = new TextEncoder();
const FROM_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const READS = { get: ['key'], size: [] };
const COMMANDS = {
    put: ['key', 'value'],
    get: ['key'],
    delete: ['key'],
    cas: ['key', 'expected', 'value'],
};
function keyBytes(key) {
    const bytes = typeof key === 'string' ? UTF8.encode(key) : key;
    if (!(bytes instanceof Uint8Array))
        throw badRequest("'key' must be text or bytes");
    if (bytes.length === 0 || bytes.length > MAX_KEY_BYTES) {
        throw badRequest(`'key' must have 1 to ${MAX_KEY_BYTES} bytes, not ${bytes.length}`);
    }
    return bytes;
}
/** A value as it is stored. */
export function encodeKvValue(value, field = 'value') {
    if (value instanceof Uint8Array)
        return concatBytes(Uint8Array.of(FORM.bytes), value);
    if (typeof value === 'string')
        return concatBytes(Uint8Array.of(FORM.text), UTF8.encode(value));
    const json = jsonOf(value);
    if (json === undefined)
        throw badRequest(`'${field}' must be text, bytes, or something that JSON has`);
    return concatBytes(Uint8Array.of(FORM.json), UTF8.encode(json));
}
function jsonOf(value) {
    try {
        return JSON.stringify(value);
    }
    catch {
        // A cycle or a BigInt.
        return undefined;
    }
}
/** The value of stored bytes; what is in none of the forms comes back as the bytes themselves. */
export function decodeKvValue(bytes) {
    const rest = bytes.subarray(1);
    try {
        if (bytes[0] === FORM.bytes)
            return rest;
        if (bytes[0] === FORM.text)
            return FROM_UTF8.decode(rest);
        if (bytes[0] === FORM.json)
            return JSON.parse(FROM_UTF8.decode(rest));
    }
    catch {
        // Another client wrote something of its own.
    }
    return bytes;
}
function encode(op, ...parts) {
    const writer = new Writer(64);
    writer.array(1 + parts.length);
    writer.uint(KV_OP[op]);
    for (const part of parts)
        writer.bin(part);
    return writer.view();
}
function encodeCommand(command) {
    const { op, key, value, expected } = requestOf('kv', command, COMMANDS);
    switch (op) {
        case 'put':
            return encode('put', keyBytes(key), encodeKvValue(value));
        case 'cas': {
            const before = expected === null || expected === undefined ? NONE : encodeKvValue(expected, 'expected');
            return encode('cas', keyBytes(key), before, encodeKvValue(value));
        }
        case 'delete':
            return encode('delete', keyBytes(key));
        default:
            return encode('get', keyBytes(key));
    }
}
function encodeQuery(query) {
    const { op, key } = requestOf('kv', query, READS);
    return op === 'size' ? encode('size') : encode('get', keyBytes(key));
}
function readFields(reader, fields) {
    const kind = reader.uint(KV_RESULT.size);
    if (fields !== (kind === KV_RESULT.size ? 3 : kind === KV_RESULT.value || kind === KV_RESULT.deleted ? 2 : 1)) {
        reader.fail();
    }
    switch (kind) {
        case KV_RESULT.value:
            return { found: true, value: decodeKvValue(reader.bin(MAX_CLIENT_FRAME_BYTES)) };
        case KV_RESULT.none:
            return { found: false, value: null };
        case KV_RESULT.deleted:
            return { existed: reader.bool() };
        case KV_RESULT.size:
            return { entries: reader.uint(), bytes: reader.uint() };
        default:
            return {};
    }
}
function decodeResult(bytes) {
    return readResult(bytes, readFields);
}
export const kvCodec = { name: 'kv', encodeCommand, encodeQuery, decodeResult };
//# sourceMappingURL=kv-codec.js.map