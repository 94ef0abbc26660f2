/**
 * A session authenticates frames: 16 bytes of keyed BLAKE3 (BLAKE3 specification §2.3) over direction ‖ counter ‖
 * payload stand before the payload. Frames are not encrypted. Each direction has its own key and counter, and a
 * frame is taken only as the very next one, so that a replayed, reflected, dropped or reordered frame fails.
 */
import { createBLAKE3 } from 'hash-wasm';
import { InvariantError } from '../core/assert.js';
/** Bytes of a frame before its payload. A forger has one guess in 2¹²⁸ per frame, and one guess ends the session. */
export const MAC_BYTES = 16;
const KEY_BYTES = 32;
let loading;
/** Loads the MAC; one instance per thread serves all sessions. */
export function loadMac() {
    loading ??= create();
    return loading;
}
/**
 * A WASM instance per session would cost 100 KiB each. hash-wasm reads the key anew at every `init`, from the array
 * that it was given, so one instance serves all keys; the check below refuses a version that does otherwise.
 */
async function create() {
    const key = new Uint8Array(KEY_BYTES);
    const shared = await createBLAKE3(256, key);
    const mac = (k, first, second) => {
        key.set(k);
        shared.init();
        shared.update(first);
        shared.update(second);
        return shared.digest('binary');
    };
    for (const fill of [1, 2, 1]) {
        const k = new Uint8Array(KEY_BYTES).fill(fill);
        const own = await createBLAKE3(256, k);
        own.init().update(k).update(k.subarray(0, 5));
        const wanted = own.digest('binary');
        if (!equal(mac(k, k, k.subarray(0, 5)), wanted, wanted.length)) {
            throw new InvariantError('keyed BLAKE3 takes a new key at init');
        }
    }
    return mac;
}
export class Session {
    mac;
    keys;
    /** direction ‖ counter of the next frame, each way: 1 + 8 bytes, big-endian. */
    outgoing = new Uint8Array(9);
    incoming = new Uint8Array(9);
    constructor(mac, keys) {
        this.mac = mac;
        this.keys = keys;
        this.outgoing[0] = keys.initiator ? 0 : 1;
        this.incoming[0] = keys.initiator ? 1 : 0;
    }
    /** Fills in the MAC of the next frame: `frame` is 16 bytes of room, then the payload. */
    seal(frame) {
        const tag = this.mac(this.keys.send, this.outgoing, frame.subarray(MAC_BYTES));
        for (let i = 0; i < MAC_BYTES; i++)
            frame[i] = tag[i];
        increment(this.outgoing);
    }
    /** The payload, a view into the frame, or undefined where the frame is not the next one of the other side. */
    open(frame) {
        if (frame.length < MAC_BYTES)
            return undefined;
        const payload = frame.subarray(MAC_BYTES);
        const tag = this.mac(this.keys.receive, this.incoming, payload);
        if (!equal(tag, frame, MAC_BYTES))
            return undefined;
        increment(this.incoming);
        return payload;
    }
}
/** Equality of the first `length` bytes in a time that does not tell where they differ. */
export function equal(a, b, length) {
    let difference = 0;
    for (let i = 0; i < length; i++)
        difference |= a[i] ^ b[i];
    return difference === 0;
}
function increment(prefix) {
    for (let i = 8; i > 0; i--) {
        const next = (prefix[i] + 1) & 0xff;
        prefix[i] = next;
        if (next !== 0)
            return;
    }
}
//# sourceMappingURL=session.js.map