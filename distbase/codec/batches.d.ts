/** Batches on the wire, beside the body that names their digest: `…, timeMs, [transaction, …]`. */
import { type Batch } from '../core/batch.ts';
import type { Digest } from '../core/ids.ts';
import type { Reader } from './msgpack-reader.ts';
import type { Writer } from './msgpack-writer.ts';
export interface BatchLimits {
    readonly maxBatchTransactions: number;
    /** Sum of the transactions' lengths. */
    readonly maxBatchBytes: number;
    readonly maxTransactionBytes: number;
}
/** H(time, Merkle root of the transaction digests). */
export type BatchDigest = (timeMs: number, transactions: readonly Uint8Array[]) => Digest;
/** A batch of values that were read, or undefined where it is above a limit. No transactions at time 0: the null batch. */
export declare function makeBatch(timeMs: unknown, transactions: unknown, limits: BatchLimits, batchDigest: BatchDigest): Batch | undefined;
/** Reads both values of a batch; the reader's code tells whether they hold. */
export declare function readBatch(reader: Reader, limits: BatchLimits, batchDigest: BatchDigest): Batch | undefined;
export declare function writeBatch(writer: Writer, batch: Batch): void;
/** What `writeBatch` writes at most, in bytes. */
export declare function batchBytesAtMost(batch: Batch): number;
//# sourceMappingURL=batches.d.ts.map