/** Groups of writes as they go from the validator's thread to the store's: one array of bytes, and what is where in it. */
import { sealSlot, slotBytes, writeSlot } from './slot-record.js';
const NO_BYTES = new Uint8Array(0);
function otherBytes(op) {
    if (op.kind === 'witness')
        return op.bytes;
    return op.kind === 'truncate' ? NO_BYTES : op.record;
}
function otherNumber(op) {
    if (op.kind === 'witness')
        return 0;
    return op.kind === 'evidence' ? op.from : op.sequence;
}
export function waitingSlot(slot) {
    return { kind: 'slot', slot, bytes: slotBytes(slot) };
}
export function waitingBytes(waiting) {
    return waiting.kind === 'slot' ? waiting.bytes : otherBytes(waiting.op).length;
}
/** In memory of its own, which can be handed to another thread. */
export function makeGroup(waiting) {
    let total = 0;
    for (const one of waiting)
        total += waitingBytes(one);
    const bytes = Buffer.from(new ArrayBuffer(total));
    let at = 0;
    const parts = waiting.map((one) => {
        const length = waitingBytes(one);
        const kind = one.kind === 'slot' ? one.kind : one.op.kind;
        const number = one.kind === 'slot' ? one.slot.sequence : otherNumber(one.op);
        if (one.kind === 'slot')
            writeSlot(one.slot, bytes, at);
        else
            bytes.set(otherBytes(one.op), at);
        at += length;
        return { kind, number, length };
    });
    return { parts, bytes };
}
function opOf(kind, number, record) {
    if (kind === 'slot') {
        sealSlot(record);
        return { kind, sequence: number, record };
    }
    if (kind === 'checkpoint')
        return { kind, sequence: number, record };
    if (kind === 'evidence')
        return { kind, from: number, record };
    if (kind === 'truncate')
        return { kind, sequence: number };
    return { kind, bytes: record };
}
/** The operations of a group; their bytes are views of it. Checksums are computed here, on the store's thread. */
export function opsOf({ parts, bytes }) {
    let at = 0;
    return parts.map(({ kind, number, length }) => {
        const op = opOf(kind, number, bytes.subarray(at, at + length));
        at += length;
        return op;
    });
}
//# sourceMappingURL=ledger-groups.js.map