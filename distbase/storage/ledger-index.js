/**
 * Where transactions are, by their digest and by their client. The index is written a run at a time: all that the slots
 * of one run hold, in two tables of 8 bytes per transaction. A key per transaction, at a random place of the tree, would
 * cost some microseconds of writing and as much again of removing; a run costs one key, and to prune it is one key too.
 * Who looks something up asks run after run, newest first.
 *
 * A run's table: number of bits b (u32) ‖ 2^b + 1 bucket starts (u32) ‖ entries (tag u32 ‖ position u32), the entries of
 * a bucket in the order of the ledger. The bucket of a tag is its highest b bits. Integers are in the machine's order.
 */
/** Slots of a run: a few keys to ask for a day's worth of slots, and a table of 4 MiB in the worst case. */
export const RUN_SLOTS = 256;
/** The run of a slot; runs are aligned, and slots start at 1. */
export function runOf(sequence) {
    return Math.floor((sequence - 1) / RUN_SLOTS);
}
/** A run's first slot. */
export function firstOf(run) {
    return run * RUN_SLOTS + 1;
}
const FIRST_ENTRIES = 1024;
/** About eight entries to a bucket. */
const ENTRIES_PER_BUCKET = 8;
const MAX_BITS = 16;
/** A slot's offset in its run takes the highest 8 bits of a position. */
const INDEX_BITS = 24;
/** Entries of the run that is being filled, in the order of the ledger. */
export class RunBuilder {
    tags = new Uint32Array(FIRST_ENTRIES);
    positions = new Uint32Array(FIRST_ENTRIES);
    count = 0;
    get size() {
        return this.count;
    }
    add(tag, sequence, index) {
        if (this.count === this.tags.length) {
            const tags = new Uint32Array(2 * this.count);
            const positions = new Uint32Array(2 * this.count);
            tags.set(this.tags);
            positions.set(this.positions);
            this.tags = tags;
            this.positions = positions;
        }
        this.tags[this.count] = tag;
        this.positions[this.count++] = ((((sequence - 1) % RUN_SLOTS) << INDEX_BITS) | index) >>> 0;
    }
    clear() {
        this.count = 0;
        if (this.tags.length <= FIRST_ENTRIES)
            return;
        this.tags = new Uint32Array(FIRST_ENTRIES);
        this.positions = new Uint32Array(FIRST_ENTRIES);
    }
    /** The run's table. */
    table() {
        const { count } = this;
        let bits = 0;
        while (bits < MAX_BITS && ENTRIES_PER_BUCKET << bits < count)
            bits++;
        const buckets = 1 << bits;
        const table = new Uint32Array(1 + buckets + 1 + 2 * count);
        table[0] = bits;
        const bucketOf = (tag) => (bits === 0 ? 0 : tag >>> (32 - bits));
        const starts = table.subarray(1, 2 + buckets);
        for (let i = 0; i < count; i++)
            starts[bucketOf(this.tags[i]) + 1]++;
        for (let b = 0; b < buckets; b++)
            starts[b + 1] += starts[b];
        const next = starts.slice();
        const entries = 2 + buckets;
        for (let i = 0; i < count; i++) {
            const at = entries + 2 * next[bucketOf(this.tags[i])]++;
            table[at] = this.tags[i];
            table[at + 1] = this.positions[i];
        }
        return new Uint8Array(table.buffer);
    }
    /** As `findInTable`, without a table. */
    find(run, tag) {
        const found = [];
        for (let i = this.count - 1; i >= 0; i--) {
            if (this.tags[i] === tag)
                found.push(positionOf(run, this.positions[i]));
        }
        return found;
    }
}
function positionOf(run, packed) {
    return { sequence: firstOf(run) + (packed >>> INDEX_BITS), index: packed & ((1 << INDEX_BITS) - 1) };
}
/** Where a tag occurs in a run, newest first. Undefined where the bytes are no table. */
export function findInTable(bytes, run, tag) {
    if (bytes.length < 12 || bytes.length % 4 !== 0)
        return undefined;
    // A copy of its own begins where 32-bit integers may.
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
    const table = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
    const bits = table[0];
    if (bits > MAX_BITS)
        return undefined;
    const entries = 2 + (1 << bits);
    const bucket = bits === 0 ? 0 : tag >>> (32 - bits);
    const start = table[1 + bucket];
    const end = table[2 + bucket];
    if (entries + 2 * end > table.length || start > end)
        return undefined;
    const found = [];
    for (let i = end - 1; i >= start; i--) {
        const at = entries + 2 * i;
        if (table[at] === tag)
            found.push(positionOf(run, table[at + 1]));
    }
    return found;
}
//# sourceMappingURL=ledger-index.js.map