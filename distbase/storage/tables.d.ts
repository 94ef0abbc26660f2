/** An ordered map from bytes to bytes with transactions: LMDB, or its twin in memory. */
export interface KeyRange {
    /** Inclusive. */
    readonly from: Uint8Array;
    /** Inclusive. */
    readonly to: Uint8Array;
    /** From the highest key down. */
    readonly reverse?: boolean;
    readonly limit: number;
}
export interface Tables {
    /** The value as bytes of the caller's own. */
    get(key: Uint8Array): Uint8Array | undefined;
    /** The keys in a range, in order: an array, so that the range may be changed meanwhile. */
    keys(range: KeyRange): Uint8Array[];
    /** Inside `transact` only. */
    put(key: Uint8Array, value: Uint8Array): void;
    remove(key: Uint8Array): void;
    /** All or nothing, and on the disk when it returns. Throws `storage-failed`. */
    transact(body: () => void): void;
    /** Bytes that the whole takes on the disk. */
    readonly diskBytes: number;
    close(): Promise<void>;
}
//# sourceMappingURL=tables.d.ts.map