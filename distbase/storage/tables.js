/** An ordered map from bytes to bytes with transactions: LMDB, or its twin in memory. */
export {};
//# sourceMappingURL=tables.js.map