/**
 * The pinned keys of all threads: an append-only table in shared memory. A worker expands what was added since it
 * last looked, before it judges anything; an item under a pinned key then carries an index in place of 2,592 bytes.
 */
import type { SuiteName } from './interface.ts';
export declare class KeyTable {
    #private;
    readonly memory: SharedArrayBuffer;
    constructor(memory?: SharedArrayBuffer);
    get count(): number;
    suite(index: number): SuiteName;
    key(index: number): Uint8Array;
    /** Main thread only. Where the table is full the key is left out: workers then treat it like any client's. */
    add(suite: SuiteName, publicKey: Uint8Array): void;
    /** The index of a key, or −1. Main thread only. */
    find(suite: SuiteName, publicKey: Uint8Array): number;
}
//# sourceMappingURL=key-table.d.ts.map