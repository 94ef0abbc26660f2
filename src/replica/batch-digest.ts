/**
 * The digest of a batch: H('batch', time ‖ Merkle root of the transaction digests). The transaction digests are
 * computed once per batch, when it is made or decoded, and kept beside it for execution and for the mempool.
 */

import { type Batch, NULL_BATCH } from '../core/batch.ts';
import { toHex } from '../core/bytes.ts';
import type { Digest } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import { merkleRoot } from '../crypto/merkle.ts';

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

export function createBatchDigests(hasher: Hasher): BatchDigests {
  // By the array of transactions, which a decoded batch shares with what was hashed for its digest.
  const known = new WeakMap<readonly Uint8Array[], TransactionDigests>();
  const time = new Uint8Array(8);
  const timeView = new DataView(time.buffer);

  const digestsOf = (transactions: readonly Uint8Array[]): TransactionDigests => {
    let digests = known.get(transactions);
    if (digests === undefined) {
      const leaves = transactions.map((bytes) => hasher.hash('transaction', bytes));
      digests = { hex: leaves.map(toHex), root: merkleRoot(hasher, leaves) };
      known.set(transactions, digests);
    }
    return digests;
  };
  const batchDigest = (timeMs: number, transactions: readonly Uint8Array[]): Digest => {
    timeView.setBigUint64(0, BigInt(timeMs));
    return hasher.hex('batch', time, digestsOf(transactions).root);
  };
  digestsOf(NULL_BATCH.transactions);

  return {
    batchDigest,
    batchOf: (timeMs, transactions) => {
      let bytes = 0;
      for (const transaction of transactions) bytes += transaction.length;
      return { digest: batchDigest(timeMs, transactions), timeMs, transactions, bytes };
    },
    of: (batch) => digestsOf(batch.transactions),
  };
}
