/**
 * The pinned keys of all threads: an append-only table in shared memory. A worker expands what was added since it
 * last looked, before it judges anything; an item under a pinned key then carries an index in place of 2,592 bytes.
 */
import { LENGTHS, MAX_PINNED_KEYS } from './suites/suite.js';
/** Of both suites. */
const MAX_KEYS = 2 * MAX_PINNED_KEYS;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8 + LENGTHS['ml-dsa-87'].publicKey;
export class KeyTable {
    memory;
    #words;
    #bytes;
    /** What is in the table, by its first bytes; main thread only. */
    #known = new Map();
    constructor(memory = new SharedArrayBuffer(HEADER_BYTES + MAX_KEYS * ENTRY_BYTES)) {
        this.memory = memory;
        this.#words = new Int32Array(memory);
        this.#bytes = new Uint8Array(memory);
    }
    get count() {
        return Atomics.load(this.#words, 0);
    }
    suite(index) {
        return this.#words[(HEADER_BYTES + index * ENTRY_BYTES) >> 2] === 0 ? 'ed25519' : 'ml-dsa-87';
    }
    key(index) {
        const at = HEADER_BYTES + index * ENTRY_BYTES + 8;
        return this.#bytes.subarray(at, at + LENGTHS[this.suite(index)].publicKey);
    }
    /** Main thread only. Where the table is full the key is left out: workers then treat it like any client's. */
    add(suite, publicKey) {
        const index = this.count;
        if (index === MAX_KEYS || this.find(suite, publicKey) >= 0)
            return;
        const at = HEADER_BYTES + index * ENTRY_BYTES;
        this.#words[at >> 2] = suite === 'ed25519' ? 0 : 1;
        this.#bytes.set(publicKey, at + 8);
        const tag = tagOf(publicKey);
        const list = this.#known.get(tag) ?? [];
        list.push({ suite, publicKey: publicKey.slice(), index });
        this.#known.set(tag, list);
        Atomics.store(this.#words, 0, index + 1);
    }
    /** The index of a key, or −1. Main thread only. */
    find(suite, publicKey) {
        const list = this.#known.get(tagOf(publicKey));
        if (list === undefined)
            return -1;
        for (const known of list) {
            if (known.suite === suite && Buffer.compare(known.publicKey, publicKey) === 0)
                return known.index;
        }
        return -1;
    }
}
function tagOf(key) {
    return (key[0] | (key[1] << 8) | (key[2] << 16) | (key[3] << 24)) & 0x3fff_ffff;
}
//# sourceMappingURL=key-table.js.map