/** One client's window of nonces with its latest results, and its bytes in the state. */
import { Buffer } from 'node:buffer';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { CLIENT_WINDOW } from '../core/limits.js';
import { readUint53, writeUint53 } from '../core/uint53.js';
/**
 * Results kept per client in the state, so that a retry finds its answer even after all replicas restarted; an older
 * one is then refused by its nonce. The whole window is written and hashed anew at every checkpoint that its client was
 * active before, so few are kept: clients with more under way are answered by the replicas that did not restart.
 */
const RESULTS_KEPT = 8;
/** Longer results are not kept in the state: a thousand clients would make it their cache. */
const MAX_RESULT_BYTES = 256;
const NO_RESULT = new Uint8Array(0);
const WORDS = CLIENT_WINDOW / 32;
export class ClientWindow {
    /** The highest nonce executed; nonces start at 1. */
    high = 0;
    lastExpiry = 0;
    /** Bit nonce mod CLIENT_WINDOW: executed, for the nonces in (high − CLIENT_WINDOW, high]. */
    bits = new Uint32Array(WORDS);
    results = [];
    free(nonce) {
        if (nonce < 1 || nonce <= this.high - CLIENT_WINDOW)
            return false;
        return nonce > this.high || (this.bits[this.word(nonce)] & (1 << (nonce & 31))) === 0;
    }
    mark(nonce) {
        if (nonce - this.high >= CLIENT_WINDOW)
            this.bits.fill(0);
        else
            for (let n = this.high + 1; n <= nonce; n++)
                this.bits[this.word(n)] &= ~(1 << (n & 31));
        this.bits[this.word(nonce)] |= 1 << (nonce & 31);
        this.high = Math.max(this.high, nonce);
    }
    /** Beside its nonce, in place of the oldest. */
    keep(kept) {
        // A copy: what it is a part of may be large.
        const short = kept.result.length <= MAX_RESULT_BYTES;
        const result = short ? Uint8Array.prototype.slice.call(kept.result) : NO_RESULT;
        this.results.push({ ...kept, result });
        if (this.results.length > RESULTS_KEPT)
            this.results.shift();
    }
    find(nonce, transaction) {
        const kept = this.results.find((one) => one.nonce === nonce);
        return kept?.transaction === transaction && kept.result.length > 0 ? kept : undefined;
    }
    word(nonce) {
        return Math.floor((nonce % CLIENT_WINDOW) / 32);
    }
}
const FIXED_BYTES = 16 + 4 * WORDS + 2;
const RESULT_HEAD_BYTES = 16 + 32 + 2;
/** A digest or client id as 32 bytes. */
export function digestBytes(digest) {
    return Buffer.from(digest, 'hex');
}
/** high ‖ last expiry ‖ bits ‖ number of results ‖ (nonce ‖ sequence ‖ digest ‖ length ‖ result)*, big-endian. */
export function encodeWindow(window) {
    let length = FIXED_BYTES;
    for (const { result } of window.results)
        length += RESULT_HEAD_BYTES + result.length;
    const out = new Uint8Array(length);
    const view = new DataView(out.buffer);
    writeUint53(out, 0, window.high);
    writeUint53(out, 8, window.lastExpiry);
    for (let i = 0; i < WORDS; i++)
        view.setUint32(16 + 4 * i, window.bits[i]);
    view.setUint16(16 + 4 * WORDS, window.results.length);
    let at = FIXED_BYTES;
    for (const { nonce, sequence, transaction, result } of window.results) {
        writeUint53(out, at, nonce);
        writeUint53(out, at + 8, sequence);
        out.set(digestBytes(transaction), at + 16);
        view.setUint16(at + 48, result.length);
        out.set(result, at + RESULT_HEAD_BYTES);
        at += RESULT_HEAD_BYTES + result.length;
    }
    return out;
}
function damaged() {
    return new LockstepError('snapshot-damaged', 'the snapshot does not hold: a client window in it is none');
}
/** Integers above 2⁵³ − 1 read as −1: no window has any. */
export function requireWindow(holds) {
    if (!holds)
        throw damaged();
}
export function decodeWindow(bytes) {
    requireWindow(bytes.length >= FIXED_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const window = new ClientWindow();
    window.high = readUint53(bytes, 0);
    window.lastExpiry = readUint53(bytes, 8);
    requireWindow(window.high >= 1 && window.lastExpiry >= 0);
    for (let i = 0; i < WORDS; i++)
        window.bits[i] = view.getUint32(16 + 4 * i);
    const count = view.getUint16(16 + 4 * WORDS);
    requireWindow(count <= RESULTS_KEPT);
    let at = FIXED_BYTES;
    for (let i = 0; i < count; i++) {
        requireWindow(at + RESULT_HEAD_BYTES <= bytes.length);
        const end = at + RESULT_HEAD_BYTES + view.getUint16(at + 48);
        const nonce = readUint53(bytes, at);
        const sequence = readUint53(bytes, at + 8);
        requireWindow(end <= bytes.length && nonce >= 1 && sequence >= 1);
        const transaction = toHex(bytes.subarray(at + 16, at + 48));
        window.results.push({ nonce, sequence, transaction, result: bytes.slice(at + RESULT_HEAD_BYTES, end) });
        at = end;
    }
    requireWindow(at === bytes.length);
    return window;
}
//# sourceMappingURL=client-window.js.map