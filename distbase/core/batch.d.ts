import { type Digest } from './ids.ts';
/** What one slot orders: transactions, and the time that their proposer gives. */
export interface Batch {
    /** H(time, Merkle root of the transaction digests); computed by whoever made or decoded the batch. */
    readonly digest: Digest;
    /** The proposer's clock in ms since 1970. Execution makes it monotone. */
    readonly timeMs: number;
    /** The signed transactions, as bytes from socket to application. */
    readonly transactions: readonly Uint8Array[];
    /** Sum of the transactions' lengths, in bytes. */
    readonly bytes: number;
}
/** Fills a gap that a view change found: executes as nothing. */
export declare const NULL_BATCH: Batch;
//# sourceMappingURL=batch.d.ts.map