/**
 * Client ids of public keys: H('client', suite ‖ key). The same key is met at intake, at admission and at execution,
 * and an ML-DSA-87 key takes 3 µs to hash, so ids of keys met lately are remembered.
 */
import { Buffer } from 'node:buffer';
import { suiteByte } from '../codec/transaction.js';
/** Keys remembered, each in the one slot that it maps to: 2.7 MiB when all are ML-DSA-87 keys. A power of two. */
const SLOTS = 1024;
export class ClientIds {
    hasher;
    known = new Array(SLOTS).fill(undefined);
    suite = new Uint8Array(1);
    constructor(hasher) {
        this.hasher = hasher;
    }
    idOf(suite, publicKey) {
        // Honest keys are uniform in their first bytes; whoever aims at a slot only makes its neighbours be hashed.
        const slot = (publicKey[0] | (publicKey[1] << 8)) & (SLOTS - 1);
        const there = this.known[slot];
        // The suites' keys differ in length, so the key alone tells.
        if (there !== undefined && Buffer.compare(there.key, publicKey) === 0)
            return there.id;
        this.suite[0] = suiteByte(suite);
        const id = this.hasher.hex('client', this.suite, publicKey);
        this.known[slot] = { key: Uint8Array.prototype.slice.call(publicKey), id };
        return id;
    }
}
//# sourceMappingURL=client-ids.js.map