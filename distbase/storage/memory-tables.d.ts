/** The twin of LMDB in memory: what a transaction wrote survives, and what one that failed wrote does not. */
import type { KeyRange, Tables } from './tables.ts';
export declare class MemoryTables implements Tables {
    private readonly values;
    /** Every key, ascending; undefined after keys came or went. */
    private sorted;
    /** What each write of the running transaction replaced. */
    private undo;
    get diskBytes(): number;
    get(key: Uint8Array): Uint8Array | undefined;
    keys({ from, to, reverse, limit }: KeyRange): Uint8Array[];
    put(key: Uint8Array, value: Uint8Array): void;
    remove(key: Uint8Array): void;
    transact(body: () => void): void;
    close(): Promise<void>;
}
//# sourceMappingURL=memory-tables.d.ts.map