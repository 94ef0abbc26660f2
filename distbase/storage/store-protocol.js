/** What a validator's thread and its store's thread say to each other. */
export const DONE = 0;
export const FAILED = 1;
export const REASON = 2;
export const FULL = 3;
export const COUNTERS = 4;
export const REASON_BYTES = 1024;
//# sourceMappingURL=store-protocol.js.map