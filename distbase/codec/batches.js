/** Batches on the wire, beside the body that names their digest: `…, timeMs, [transaction, …]`. */
import { NULL_BATCH } from '../core/batch.js';
/** A batch of values that were read, or undefined where it is above a limit. No transactions at time 0: the null batch. */
export function makeBatch(timeMs, transactions, limits, batchDigest) {
    if (typeof timeMs !== 'number' || !Array.isArray(transactions))
        return undefined;
    if (transactions.length > limits.maxBatchTransactions)
        return undefined;
    if (transactions.length === 0 && timeMs === 0)
        return NULL_BATCH;
    let bytes = 0;
    for (const transaction of transactions) {
        if (!(transaction instanceof Uint8Array) || transaction.length > limits.maxTransactionBytes)
            return undefined;
        bytes += transaction.length;
    }
    if (bytes > limits.maxBatchBytes)
        return undefined;
    return { digest: batchDigest(timeMs, transactions), timeMs, transactions, bytes };
}
/** Reads both values of a batch; the reader's code tells whether they hold. */
export function readBatch(reader, limits, batchDigest) {
    const timeMs = reader.uint();
    const length = reader.array(limits.maxBatchTransactions);
    const transactions = [];
    for (let i = 0; i < length && reader.code === undefined; i++)
        transactions.push(reader.bin(limits.maxTransactionBytes));
    if (reader.code !== undefined)
        return undefined;
    const batch = makeBatch(timeMs, transactions, limits, batchDigest);
    if (batch === undefined)
        reader.fail('batch-malformed');
    return batch;
}
export function writeBatch(writer, batch) {
    const { transactions } = batch;
    writer.uint(batch.timeMs);
    writer.array(transactions.length);
    for (let i = 0; i < transactions.length; i++)
        writer.bin(transactions[i]);
}
/** What `writeBatch` writes at most, in bytes. */
export function batchBytesAtMost(batch) {
    return 14 + batch.bytes + 5 * batch.transactions.length;
}
//# sourceMappingURL=batches.js.map