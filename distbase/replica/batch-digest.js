/**
 * The digest of a batch: H('batch', time ‖ Merkle root of the transaction digests). The transaction digests are
 * computed once per batch, when it is made or decoded, and kept beside it for execution and for the mempool.
 */
import { NULL_BATCH } from '../core/batch.js';
import { toHex } from '../core/bytes.js';
import { merkleRoot } from '../crypto/merkle.js';
export function createBatchDigests(hasher) {
    // By the array of transactions, which a decoded batch shares with what was hashed for its digest.
    const known = new WeakMap();
    const time = new Uint8Array(8);
    const timeView = new DataView(time.buffer);
    const digestsOf = (transactions) => {
        let digests = known.get(transactions);
        if (digests === undefined) {
            const leaves = transactions.map((bytes) => hasher.hash('transaction', bytes));
            digests = { hex: leaves.map(toHex), root: merkleRoot(hasher, leaves) };
            known.set(transactions, digests);
        }
        return digests;
    };
    const batchDigest = (timeMs, transactions) => {
        timeView.setBigUint64(0, BigInt(timeMs));
        return hasher.hex('batch', time, digestsOf(transactions).root);
    };
    digestsOf(NULL_BATCH.transactions);
    return {
        batchDigest,
        batchOf: (timeMs, transactions) => {
            let bytes = 0;
            for (const transaction of transactions)
                bytes += transaction.length;
            return { digest: batchDigest(timeMs, transactions), timeMs, transactions, bytes };
        },
        of: (batch) => digestsOf(batch.transactions),
    };
}
//# sourceMappingURL=batch-digest.js.map