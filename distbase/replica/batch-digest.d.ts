/**
 * The digest of a batch: H('batch', time ‖ Merkle root of the transaction digests). The transaction digests are
 * computed once per batch, when it is made or decoded, and kept beside it for execution and for the mempool.
 */
import { type Batch } from '../core/batch.ts';
import type { Digest } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
export interface TransactionDigests {
    readonly hex: readonly Digest[];
    /** Merkle root over the digests, 32 bytes: the ledger header holds it. */
    readonly root: Uint8Array;
}
export interface BatchDigests {
    /** For the codec: the digest of a batch from elsewhere. */
    batchDigest(timeMs: number, transactions: readonly Uint8Array[]): Digest;
    /** A batch of our own; `digests` are those of the transactions. */
    batchOf(timeMs: number, transactions: readonly Uint8Array[]): Batch;
    /** The transactions' digests, in order. */
    of(batch: Batch): TransactionDigests;
}
export declare function createBatchDigests(hasher: Hasher): BatchDigests;
//# sourceMappingURL=batch-digest.d.ts.map