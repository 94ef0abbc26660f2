/**
 * From a payload to its result: takes a nonce, or waits for one; signs; sends to all validators; counts what they
 * answer; sends again what stays unanswered; gives up what is late.
 */
import type { TransactionKind } from '../codec/transaction.ts';
import { LockstepError } from '../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Author } from './author.ts';
import type { Heights } from './heights.ts';
import { type Limits, type Submission, type SubmitOptions } from './options.ts';
import { type Waiter } from './outstanding.ts';
import type { Transmitter } from './transmitter.ts';
export interface SubmissionsOptions {
    readonly author: Author;
    readonly hasher: Hasher;
    readonly heights: Heights;
    readonly limits: Limits;
    readonly transmitter: Transmitter;
    readonly maxTransactionBytes: number;
    readonly n: number;
    /** f + 1. */
    readonly needed: number;
    /** Validators that must say "never". */
    readonly refusals: number;
}
export declare class Submissions {
    private readonly o;
    private readonly outstanding;
    /** By validator: answers that were not those of f + 1 others. */
    readonly conflicts: number[];
    private readonly nonces;
    private waiting;
    private closed;
    constructor(options: SubmissionsOptions);
    /** Transactions sent and not settled. */
    get size(): number;
    /** Signs a payload, has it ordered, and resolves with its decoded result. */
    order<R>(kind: TransactionKind, payload: Uint8Array, options: SubmitOptions, decode: (bytes: Uint8Array) => R): Promise<Submission<R>>;
    /** Sends a transaction that is signed already. */
    transmit(transaction: Uint8Array, waiter: Waiter, timeoutMs?: number): void;
    /** A validator's answer. */
    reply(from: ReplicaId, transaction: Digest, sequence: Sequence, result: Uint8Array, nowMs: number): void;
    refusal(from: ReplicaId, transaction: Digest, code: string, message: string, nowMs: number): void;
    /** Another set of validators: what is outstanding goes to all of them. */
    resize(n: number, needed: number, refusals: number, members: ReadonlySet<ReplicaId>): void;
    /** The encoded requests that are outstanding, oldest first. */
    items(): Iterable<Uint8Array>;
    tick(nowMs: number): void;
    close(): void;
    requireOpen(): void;
    private send;
    /** Sends with the next nonce, now or when there is one. */
    private whenNonce;
    private release;
}
export declare function closedError(): LockstepError;
/** Fails with the signal's reason as soon as it is aborted; what comes later is not heard. */
export declare function heed(signal: AbortSignal | undefined, waiter: Waiter): Waiter;
//# sourceMappingURL=submissions.d.ts.map