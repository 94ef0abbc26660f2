/**
 * Changes of the validator set as bytes, and the set itself as it stands in the state. msgpack in the one form that the
 * reader takes, so that equal sets are equal bytes.
 *
 * - a change: `[1, epoch, name, url, ed25519, mlDsa87]` add, `[2, epoch, name]` remove,
 *   `[3, epoch, name, url, ed25519, mlDsa87]` rotate, `[4, epoch, name, token]` rejoin;
 * - a change transaction's payload: `[change, [[member, signature], …]]`, the change as `bin`;
 * - what is signed to approve one: ascii `lockstep/change/1` 00 ‖ chain id ‖ change.
 */
import { concatBytes, fromHex, toHex } from '../core/bytes.js';
import { MAX_OFFENCE_BYTES, MAX_SIGNATURE_BYTES, MAX_VALIDATORS } from '../core/limits.js';
import { Reader } from './msgpack-reader.js';
import { Writer } from './msgpack-writer.js';
const KINDS = ['', 'add', 'remove', 'rotate', 'rejoin'];
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;
const URL = /^wss?:\/\/[^\s/]{1,240}:\d{1,5}$/;
const MAX_NAME_BYTES = 32;
const MAX_URL_BYTES = 256;
const TOKEN_BYTES = 16;
const ED25519_BYTES = 32;
const ML_DSA_87_BYTES = 2592;
/** What a person reads of a pending change. */
const MAX_WHAT_BYTES = 128;
const LABEL = Uint8Array.from('lockstep/change/1\0', (char) => char.charCodeAt(0));
/** What an approval signs. */
export function approvalInput(chainId, change) {
    return concatBytes(LABEL, chainId, change);
}
function hexBytes(hex) {
    return fromHex(hex);
}
export function encodeChange(change) {
    const writer = new Writer(4096);
    const kind = KINDS.indexOf(change.kind);
    writer.array(change.kind === 'remove' ? 3 : change.kind === 'rejoin' ? 4 : 6);
    writer.uint(kind);
    writer.uint(change.epoch);
    writer.str(change.name);
    if (change.kind === 'rejoin')
        writer.bin(hexBytes(change.token));
    if (change.kind === 'add' || change.kind === 'rotate') {
        writer.str(change.url);
        writer.bin(hexBytes(change.ed25519));
        writer.bin(hexBytes(change.mlDsa87));
    }
    return writer.take();
}
/** The change, or undefined where the bytes are none. */
export function decodeChange(bytes) {
    const reader = new Reader(bytes);
    const length = reader.array(6);
    const kind = KINDS[reader.uint(4)];
    const epoch = reader.uint();
    const name = reader.str(MAX_NAME_BYTES);
    if (reader.code !== undefined || !NAME.test(name))
        return undefined;
    let change;
    if (kind === 'remove' && length === 3)
        change = { kind, epoch, name };
    else if (kind === 'rejoin' && length === 4) {
        const token = readHex(reader, TOKEN_BYTES);
        change = { kind, epoch, name, token };
    }
    else if ((kind === 'add' || kind === 'rotate') && length === 6) {
        const url = reader.str(MAX_URL_BYTES);
        const ed25519 = readHex(reader, ED25519_BYTES);
        const mlDsa87 = readHex(reader, ML_DSA_87_BYTES);
        if (!URL.test(url))
            return undefined;
        change = { kind, epoch, name, url, ed25519, mlDsa87 };
    }
    return reader.code === undefined && reader.done ? change : undefined;
}
function readHex(reader, length) {
    const bytes = reader.bin(length);
    if (bytes.length !== length)
        reader.fail();
    return toHex(bytes);
}
/** The payload of a change transaction. */
export function encodeApproved(change, approvals) {
    const writer = new Writer(8192);
    writer.array(2);
    writer.bin(change);
    writer.array(approvals.length);
    for (const { member, signature } of approvals) {
        writer.array(2);
        writer.uint(member);
        writer.bin(signature);
    }
    return writer.take();
}
/** Throws nothing: undefined where the payload is no change. */
export function decodeApproved(payload) {
    const reader = new Reader(payload);
    reader.tuple(2);
    const bytes = reader.bin(payload.length);
    const count = reader.array(MAX_VALIDATORS);
    const approvals = [];
    for (let i = 0; i < count && reader.code === undefined; i++) {
        reader.tuple(2);
        approvals.push({ member: reader.uint(), signature: reader.bin(MAX_SIGNATURE_BYTES) });
    }
    if (reader.code !== undefined || !reader.done)
        return undefined;
    const change = decodeChange(bytes);
    return change === undefined ? undefined : { change, bytes, approvals };
}
// ------------------------------------------------------------------------------------- the set
const VERSION = 1;
/** The whole membership, as it is hashed into a checkpoint and travels with a snapshot. */
export function encodeMembership({ current, nextId, pending, convicted = [] }) {
    const writer = new Writer(8192);
    writer.array((pending === undefined ? 3 : 5) + (convicted.length === 0 ? 0 : 1));
    writer.uint(VERSION);
    writer.uint(nextId);
    writeSet(writer, current);
    if (pending !== undefined) {
        writeSet(writer, pending.set);
        writer.str(pending.what);
    }
    if (convicted.length > 0) {
        writer.array(convicted.length);
        for (const { member, offence, sequence } of convicted) {
            writer.array(3);
            writer.uint(member);
            writer.str(offence);
            writer.uint(sequence);
        }
    }
    return writer.take();
}
function writeSet(writer, { epoch, since, members }) {
    writer.array(3);
    writer.uint(epoch);
    writer.uint(since);
    writer.array(members.length);
    for (const member of members) {
        writer.array(8);
        writer.uint(member.id);
        writer.str(member.name);
        writer.str(member.url);
        writer.bin(hexBytes(member.ed25519));
        writer.bin(hexBytes(member.mlDsa87));
        writer.uint(member.incarnation);
        writer.bin(hexBytes(member.token));
        writer.uint(member.changedMs + 1);
    }
}
export function decodeMembership(bytes) {
    const reader = new Reader(bytes);
    const length = reader.array(6);
    const version = reader.uint();
    const nextId = reader.uint();
    const current = readSet(reader);
    let pending;
    if (length >= 5)
        pending = { set: readSet(reader), what: reader.str(MAX_WHAT_BYTES) };
    else if (length < 3)
        reader.fail();
    const convicted = length === 4 || length === 6 ? readConvicted(reader) : undefined;
    if (version !== VERSION || current.members.length === 0)
        reader.fail();
    if (reader.code !== undefined)
        return reader.code;
    if (!reader.done)
        return 'body-trailing';
    return { current, nextId, pending, ...(convicted !== undefined && { convicted }) };
}
function readConvicted(reader) {
    const count = reader.array(MAX_VALIDATORS);
    const convicted = [];
    for (let i = 0; i < count && reader.code === undefined; i++) {
        reader.tuple(3);
        const member = reader.uint();
        const offence = reader.str(MAX_OFFENCE_BYTES);
        convicted.push({ member, offence, sequence: reader.uint() });
    }
    // Nobody is said by leaving it out.
    if (count === 0)
        reader.fail();
    return convicted;
}
function readSet(reader) {
    reader.tuple(3);
    const epoch = reader.uint();
    const since = reader.uint();
    const count = reader.array(MAX_VALIDATORS);
    const members = [];
    for (let i = 0; i < count && reader.code === undefined; i++) {
        reader.tuple(8);
        members.push({
            id: reader.uint(),
            name: reader.str(MAX_NAME_BYTES),
            url: reader.str(MAX_URL_BYTES),
            ed25519: readHex(reader, ED25519_BYTES),
            mlDsa87: readHex(reader, ML_DSA_87_BYTES),
            incarnation: reader.uint(),
            token: readHex(reader, TOKEN_BYTES),
            changedMs: reader.uint() - 1,
        });
    }
    return { epoch, since, members };
}
//# sourceMappingURL=membership-codec.js.map