/** The store's thread: it alone touches LMDB. Writes in the order in which groups arrive, and answers questions. */
export {};
//# sourceMappingURL=store-worker.d.ts.map