/**
 * Checkpoints with their certificates, and evidence, as the store keeps them: a CRC-32 (4 bytes, big-endian), then
 * msgpack values.
 */
import { crc32 } from 'node:zlib';
import { encodeValue, ValueReader } from '../codec/value.js';
import { fromHex, toHex } from '../core/bytes.js';
import { MAX_VALIDATORS } from '../core/limits.js';
const LIMITS = { maxValues: 16 + 4 * MAX_VALIDATORS, maxDepth: 4, strings: true };
function seal(value) {
    const body = encodeValue(value);
    const out = Buffer.allocUnsafe(4 + body.length);
    out.writeUInt32BE(crc32(body), 0);
    out.set(body, 4);
    return out;
}
/** The value of a record; undefined where it is not what was written. */
function open(record) {
    if (record.length < 4)
        return undefined;
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    if (view.getUint32(0) !== crc32(record.subarray(4)))
        return undefined;
    const reader = new ValueReader(LIMITS).reset(record.subarray(4));
    const value = reader.value(1);
    return reader.code === undefined && Array.isArray(value) ? value : undefined;
}
const flat = ({ from, body, signature }) => [from, body, signature];
function signedBody(value) {
    const [from, body, signature] = value;
    return { from, body, signature };
}
export function encodeCheckpoint(checkpoint) {
    const { sequence, epoch, digest, meta, certificate } = checkpoint;
    return seal([sequence, epoch, fromHex(digest), meta, certificate.map(flat)]);
}
export function decodeCheckpoint(record) {
    const value = open(record);
    if (value?.length !== 5)
        return undefined;
    const [sequence, epoch, digest, meta, certificate] = value;
    return { sequence, epoch, digest: toHex(digest), meta, certificate: certificate.map(signedBody) };
}
export function encodeEvidence({ from, offence, seenMs, first, second }) {
    return seal([from, offence, seenMs, flat(first), flat(second)]);
}
export function decodeEvidence(record) {
    const value = open(record);
    if (value?.length !== 5)
        return undefined;
    const [from, offence, seenMs, first, second] = value;
    return { from, offence, seenMs, first: signedBody(first), second: signedBody(second) };
}
/** A cell's bytes with their checksum. */
export function sealCell(bytes) {
    return seal([bytes]);
}
export function openCell(record) {
    const value = open(record);
    return value?.length === 1 ? value[0] : undefined;
}
//# sourceMappingURL=ledger-records.js.map