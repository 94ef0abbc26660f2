/**
 * Checked transactions that wait to be ordered, oldest first. Bounded in number, in bytes, and per client, so that
 * none can take the place of all. Takes the time as an argument and knows nothing of signatures.
 *
 * One array in the order of arrival holds what waits, what is in flight, and what is gone already; two marks in it
 * only move forwards (`head` to what is oldest, `next` to what may be taken next) until a view change moves `next`
 * back. So each transaction is passed over once, however long the queue is.
 */
import type { ClientId } from '../apps/interface.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, Sequence } from '../core/ids.ts';
export interface PendingTransaction {
    readonly digest: Digest;
    readonly bytes: Uint8Array;
    readonly client: ClientId;
    readonly nonce: number;
    /** The last sequence at which it may execute. */
    readonly expiry: Sequence;
    /** On the replica's monotonic clock; not smaller than that of one added before. */
    readonly arrivedMs: number;
}
export interface MempoolLimits {
    readonly maxTransactions: number;
    readonly maxBytes: number;
    /** Default: as many as a client's window of nonces has; more could not execute in any order. */
    readonly maxPerClient?: number;
}
export declare class Mempool {
    private readonly limits;
    private readonly entries;
    private order;
    /** Everything before it is gone. */
    private head;
    /** Nothing before it waits. */
    private next;
    private inFlight;
    private readonly perClient;
    private byteCount;
    /** No transaction here expires before this sequence; a lower bound that `expire` sharpens. */
    private soonestExpiry;
    constructor(limits: MempoolLimits);
    /** Waiting and in flight. */
    get size(): number;
    /** Not in flight. */
    get waiting(): number;
    get bytes(): number;
    /** When the oldest that is not executed yet arrived; −1 where none waits. */
    get oldestMs(): number;
    has(digest: Digest): boolean;
    arrivedMs(digest: Digest): number | undefined;
    /** Takes a transaction in, or says why not. One that is here already is taken silently. */
    add(transaction: PendingTransaction): RejectionCode | undefined;
    /**
     * The oldest that fit a batch to execute at `sequence` or later; they are in flight from now on. One that has
     * expired stays where it is, for `expire`.
     */
    take(maxTransactions: number, maxBytes: number, sequence: Sequence): PendingTransaction[];
    /** These are in a proposal of another replica: in flight, where they wait here. */
    pending(digests: readonly Digest[]): void;
    /** These executed: they leave, wherever they are. */
    committed(digests: readonly Digest[]): void;
    /** What was in flight waits again, ahead of what came later: after a view change. */
    returnAll(): void;
    /** Removes what can no longer execute after `sequence`, and gives their digests. */
    expire(sequence: Sequence): Digest[];
    /** Every transaction here, oldest first. */
    [Symbol.iterator](): Generator<PendingTransaction>;
    /** The oldest that are not in flight, for a primary that may have been left out. */
    relayable(max: number): PendingTransaction[];
    private remove;
    /** Moves the marks over what is gone, and cuts it off where that is most of the array. */
    private compact;
    /** One old transaction that never leaves must not keep all that came and went after it. */
    private dropHoles;
}
//# sourceMappingURL=mempool.d.ts.map