/** Batches on the wire, beside the body that names their digest: `…, timeMs, [transaction, …]`. */

import { type Batch, NULL_BATCH } from '../core/batch.ts';
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
export function makeBatch(
  timeMs: unknown,
  transactions: unknown,
  limits: BatchLimits,
  batchDigest: BatchDigest,
): Batch | undefined {
  if (typeof timeMs !== 'number' || !Array.isArray(transactions)) return undefined;
  if (transactions.length > limits.maxBatchTransactions) return undefined;
  if (transactions.length === 0 && timeMs === 0) return NULL_BATCH;
  let bytes = 0;
  for (const transaction of transactions) {
    if (!(transaction instanceof Uint8Array) || transaction.length > limits.maxTransactionBytes)
      return undefined;
    bytes += transaction.length;
  }
  if (bytes > limits.maxBatchBytes) return undefined;
  return { digest: batchDigest(timeMs, transactions), timeMs, transactions, bytes };
}

/** Reads both values of a batch; the reader's code tells whether they hold. */
export function readBatch(reader: Reader, limits: BatchLimits, batchDigest: BatchDigest): Batch | undefined {
  const timeMs = reader.uint();
  const length = reader.array(limits.maxBatchTransactions);
  const transactions: Uint8Array[] = [];
  for (let i = 0; i < length && reader.code === undefined; i++)
    transactions.push(reader.bin(limits.maxTransactionBytes));
  if (reader.code !== undefined) return undefined;
  const batch = makeBatch(timeMs, transactions, limits, batchDigest);
  if (batch === undefined) reader.fail('batch-malformed');
  return batch;
}

export function writeBatch(writer: Writer, batch: Batch): void {
  const { transactions } = batch;
  writer.uint(batch.timeMs);
  writer.array(transactions.length);
  for (let i = 0; i < transactions.length; i++) writer.bin(transactions[i]!);
}

/** What `writeBatch` writes at most, in bytes. */
export function batchBytesAtMost(batch: Batch): number {
  return 14 + batch.bytes + 5 * batch.transactions.length;
}
