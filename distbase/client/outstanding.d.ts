/**
 * Transactions that were sent and are not settled: who answered what, when each is given up, when it is sent again.
 *
 * f + 1 matching answers settle a transaction: at least one of them is from an honest validator, and an honest
 * validator executes what a quorum ordered. "Matching" is the transaction's digest, its sequence and every byte of its
 * result; "from" is who the connection's handshake proved. A validator's first answer counts, and no second one.
 */
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
export interface Settled {
    readonly sequence: Sequence;
    readonly result: Uint8Array;
    /** From handing the transaction over until f + 1 validators had answered alike, ms. */
    readonly latencyMs: number;
}
/** What a caller waits for. Exactly one of the two is called, once. */
export interface Waiter {
    settled(outcome: Settled): void;
    failed(error: Error): void;
}
interface Candidate {
    readonly sequence: Sequence;
    readonly result: Uint8Array;
    readonly voters: ReplicaId[];
}
interface Refusal {
    readonly from: ReplicaId;
    readonly code: string;
    readonly message: string;
}
export interface Entry {
    readonly digest: Digest;
    /** The encoded request, kept so that it is sent again to the letter. */
    readonly item: Uint8Array;
    readonly waiter: Waiter;
    /** Times of the same clock, ms. */
    readonly startedMs: number;
    readonly deadlineMs: number;
    resendAtMs: number;
    resendAfterMs: number;
    candidates: Candidate[];
    refusals: Refusal[];
}
export declare class Outstanding {
    private readonly entries;
    private n;
    private needed;
    private refusals;
    private readonly onConflict;
    /** What was settled last, for answers that come after it. */
    private readonly settled;
    /**
     * `needed` = f + 1 of n. `refusals` that say "never" end a transaction: f + 1, unless one answer is enough, since whoever
     * is behind refuses what the others take. `onConflict` is told who answered otherwise than f + 1 others: no honest one does.
     */
    constructor(n: number, needed: number, refusals?: number, onConflict?: (from: ReplicaId) => void);
    /** Another set of validators: the answers of those who are not in it count no more. */
    resize(n: number, needed: number, refusals: number, members: ReadonlySet<ReplicaId>, nowMs: number): void;
    get size(): number;
    has(digest: Digest): boolean;
    add(entry: Entry): void;
    /** The requests themselves, oldest first: for a validator that has just connected. */
    items(): Iterable<Uint8Array>;
    /** Counts an answer; true where it settled the transaction. Answers to what is not outstanding change nothing. */
    reply(from: ReplicaId, digest: Digest, sequence: Sequence, result: Uint8Array, nowMs: number): boolean;
    private remember;
    /**
     * Counts a refusal, a validator's latest. f + 1 that say "never" fail the transaction, since one of them is an honest
     * validator's. "Not now" is softer: one validator that is behind may be full of what the others have executed long
     * since. It is sent again shortly, and fails when n − f validators, without whom nothing is ordered, said it.
     * A refused transaction may still be executed by way of the others: only its expiry, or its result, ends that.
     */
    refusal(from: ReplicaId, digest: Digest, code: string, message: string, nowMs: number): void;
    /** Gives up what is past its deadline, and hands what has waited long enough to `resend`. */
    tick(nowMs: number, resend: (item: Uint8Array) => void): void;
    /** Ends one entry with an error. */
    fail(entry: Entry, error: Error): void;
    failAll(error: Error): void;
}
export {};
//# sourceMappingURL=outstanding.d.ts.map