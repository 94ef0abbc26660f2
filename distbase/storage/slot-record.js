/**
 * An executed slot's bytes in the store. All integers are big-endian.
 *
 * | offset | bytes    | field                                                                              |
 * | ------ | -------- | ---------------------------------------------------------------------------------- |
 * | 0      | 4        | CRC-32 of all that follows                                                           |
 * | 4      | 8        | sequence                                                                             |
 * | 12     | 8        | epoch                                                                                |
 * | 20     | 8        | the ledger's time, ms since 1970                                                     |
 * | 28     | 8        | the proposer's time, ms since 1970: the batch digest covers it                       |
 * | 36     | 32       | digest of the ledger header                                                          |
 * | 68     | 32       | the previous header's                                                                |
 * | 100    | 32       | Merkle root of the transactions' digests                                             |
 * | 132    | 32       | Merkle root of the results                                                           |
 * | 164    | 32       | digest of the batch; zeros for the null batch                                        |
 * | 196    | 4        | number of transactions, n                                                            |
 * | 200    | n × 16   | per transaction: tag of its digest, tag of its client, its bytes, its result's bytes |
 * | then   |          | the transactions, then the results                                                   |
 *
 * A tag is the first 4 bytes of a digest or of a client id: the index is built from them. What a record says can be
 * checked by anybody who hashes it; the CRC finds a failing disk before that.
 */
import { crc32 } from 'node:zlib';
import { toHex } from '../core/bytes.js';
import { readUint53, writeUint53 } from '../core/uint53.js';
const HEAD_BYTES = 200;
const ENTRY_BYTES = 16;
const HEADER_AT = 36;
const COUNT_AT = 196;
const NIBBLE = new Uint8Array(103);
for (let i = 0; i < 10; i++)
    NIBBLE[48 + i] = i;
for (let i = 0; i < 6; i++)
    NIBBLE[97 + i] = 10 + i;
/** The first 4 bytes of a digest, as an unsigned integer. */
export function tagOf(digest) {
    let tag = 0;
    for (let i = 0; i < 8; i++)
        tag = (tag << 4) | NIBBLE[digest.charCodeAt(i)];
    return tag >>> 0;
}
/** How many bytes `writeSlot` takes. */
export function slotBytes({ transactions, results }) {
    let bytes = HEAD_BYTES + ENTRY_BYTES * transactions.length;
    for (const transaction of transactions)
        bytes += transaction.length;
    for (const result of results)
        bytes += result.length;
    return bytes;
}
/** Writes the record, which has `slotBytes(slot)` bytes, at `at`; all but its CRC, which `sealSlot` adds elsewhere. */
export function writeSlot(slot, out, at) {
    const { transactions, results, digests, clients } = slot;
    writeUint53(out, at + 4, slot.sequence);
    writeUint53(out, at + 12, slot.epoch);
    writeUint53(out, at + 20, slot.timeMs);
    writeUint53(out, at + 28, slot.batchTimeMs);
    out.set(slot.header, at + HEADER_AT);
    out.set(slot.previous, at + 68);
    out.set(slot.transactionsRoot, at + 100);
    out.set(slot.resultsRoot, at + 132);
    out.write(slot.batchDigest, at + 164, 32, 'hex');
    out.writeUInt32BE(transactions.length, at + COUNT_AT);
    let entry = at + HEAD_BYTES;
    let next = entry + ENTRY_BYTES * transactions.length;
    for (let i = 0; i < transactions.length; i++) {
        const client = clients[i];
        out.writeUInt32BE(tagOf(digests[i]), entry);
        out.writeUInt32BE(client === undefined ? 0 : tagOf(client), entry + 4);
        out.writeUInt32BE(transactions[i].length, entry + 8);
        out.writeUInt32BE(results[i].length, entry + 12);
        entry += ENTRY_BYTES;
        out.set(transactions[i], next);
        next += transactions[i].length;
    }
    for (const result of results) {
        out.set(result, next);
        next += result.length;
    }
}
/** Writes a record's CRC into it. */
export function sealSlot(record) {
    new DataView(record.buffer, record.byteOffset).setUint32(0, crc32(record.subarray(4)));
}
/** Whether the bytes are a record as it was written. */
function isWhole(record) {
    if (record.length < HEAD_BYTES)
        return false;
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    const count = view.getUint32(COUNT_AT);
    if (HEAD_BYTES + ENTRY_BYTES * count > record.length)
        return false;
    return view.getUint32(0) === crc32(record.subarray(4));
}
/** The digest of the header that a whole record holds. */
export function headerOf(record) {
    return record.subarray(HEADER_AT, HEADER_AT + 32);
}
/** Calls back with each transaction's tags. Nothing where the record is not whole. */
export function forEachTag(record, each) {
    if (!isWhole(record))
        return;
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    const count = view.getUint32(COUNT_AT);
    for (let i = 0; i < count; i++) {
        const entry = HEAD_BYTES + ENTRY_BYTES * i;
        each(view.getUint32(entry), view.getUint32(entry + 4));
    }
}
/** Takes a record apart; the parts are views of it. Undefined where it is not what was written. */
export function readSlot(record) {
    if (!isWhole(record))
        return undefined;
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    const part = (at) => record.subarray(at, at + 32);
    const count = view.getUint32(COUNT_AT);
    const transactions = [];
    const results = [];
    let next = HEAD_BYTES + ENTRY_BYTES * count;
    for (const [lengthAt, into] of [
        [8, transactions],
        [12, results],
    ]) {
        for (let i = 0; i < count; i++) {
            const length = view.getUint32(HEAD_BYTES + ENTRY_BYTES * i + lengthAt);
            into.push(record.subarray(next, next + length));
            next += length;
        }
    }
    if (next !== record.length)
        return undefined;
    return {
        sequence: readUint53(record, 4),
        epoch: readUint53(record, 12),
        timeMs: readUint53(record, 20),
        batchTimeMs: readUint53(record, 28),
        header: part(HEADER_AT),
        previous: part(68),
        transactionsRoot: part(100),
        resultsRoot: part(132),
        batchDigest: toHex(part(164)),
        transactions,
        results,
    };
}
//# sourceMappingURL=slot-record.js.map