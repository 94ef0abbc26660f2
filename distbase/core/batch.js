import { NULL_DIGEST } from './ids.js';
/** Fills a gap that a view change found: executes as nothing. */
export const NULL_BATCH = { digest: NULL_DIGEST, timeMs: 0, transactions: [], bytes: 0 };
//# sourceMappingURL=batch.js.map