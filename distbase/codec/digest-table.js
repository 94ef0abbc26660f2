/**
 * Turns 32 bytes into the hex string of a `Digest`. The votes of a slot all name the same few digests, so the
 * strings of late are kept: no allocation per vote, and equal digests are mostly the same string object, which
 * makes `===` and map lookups cheap.
 */
import { toHex } from '../core/bytes.js';
/** Slots of the table, a power of two: some windows' worth of digests, 128 KiB. What a peer fills is overwritten. */
const SLOTS = 1024;
const DIGEST_BYTES = 32;
const kept = new Uint8Array(SLOTS * DIGEST_BYTES);
const names = new Array(SLOTS).fill(undefined);
/** The digest at `at`, where the caller made sure that 32 bytes are. */
export function digestAt(bytes, at) {
    const slot = (bytes[at] | (bytes[at + 1] << 8)) & (SLOTS - 1);
    const name = names[slot];
    const base = slot * DIGEST_BYTES;
    let i = 0;
    if (name !== undefined) {
        while (i < DIGEST_BYTES && kept[base + i] === bytes[at + i])
            i++;
        if (i === DIGEST_BYTES)
            return name;
    }
    for (i = 0; i < DIGEST_BYTES; i++)
        kept[base + i] = bytes[at + i];
    const fresh = toHex(bytes.subarray(at, at + DIGEST_BYTES));
    names[slot] = fresh;
    return fresh;
}
//# sourceMappingURL=digest-table.js.map