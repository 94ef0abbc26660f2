/** What a client is connected with, and what its calls take and give. */
import type { Genesis } from '../core/genesis.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { KeyPair, SuiteName } from '../crypto/interface.ts';
interface CommonOptions {
    /** The client's key pair, of `suite`. Default: that of the home, else a new one that dies with the client. */
    readonly key?: KeyPair;
    /** What transactions are signed with. Default `ed25519`. */
    readonly suite?: SuiteName;
    /** Longest wait for a transaction or a query. Default 15,000 ms. */
    readonly timeoutMs?: number;
    /** Longest wait of `connect`. Default 10,000 ms. */
    readonly connectTimeoutMs?: number;
    /**
     * Validators that must be connected before `connect` resolves; with f + 1 of them it resolves when its time is up.
     * Default n − f, which honest validators alone can reach.
     */
    readonly minConnected?: number;
    /** Transactions in flight at once; further ones wait their turn in the client. Default 512, at most `CLIENT_WINDOW`. */
    readonly maxOutstanding?: number;
    /** Told what sending and receiving take, for whoever measures the client itself. Default: nobody is. */
    readonly stopwatch?: Stopwatch;
}
/** A folder: a local cluster's (made by `lockstep testnet`), or a validator's home. Node only. */
export interface HomeOptions extends CommonOptions {
    readonly home: string;
}
export interface AddressOptions extends CommonOptions {
    /** `ws://host:port` or `wss://host:port` of the validators, in any order; all of them, or at least f + 1. */
    readonly validators: readonly string[];
    readonly genesis: Genesis;
}
export type ConnectOptions = HomeOptions | AddressOptions;
export interface SubmitOptions {
    /** Default: the client's. */
    readonly timeoutMs?: number;
    /**
     * Default: the next of the client's own (see `nonces.ts`). Together with `expiry` it makes a transaction that another
     * run of the program can make again, to the byte: it executes once, and both learn its result.
     */
    readonly nonce?: number;
    /** The last sequence at which it may execute. Default: half of the chain's greatest span from now. */
    readonly expiry?: Sequence;
    /** Ends the wait with the signal's reason; the transaction may still execute. */
    readonly signal?: AbortSignal;
}
export interface QueryOptions extends SubmitOptions {
    /**
     * Asks one validator for its present state instead of ordering the read: cheaper, possibly stale, and no more to be
     * trusted than that validator. `sequence` of the answer says which state it was.
     */
    readonly unordered?: boolean;
    /**
     * `lease`: the leader answers from its own state while its lease lasts, and the read is linearizable all the same. Where
     * nobody has a lease, or the chain is one in which validators may lie, the read is ordered after all. Default `ordered`.
     */
    readonly read?: 'ordered' | 'lease';
}
/** What a transaction or a query came to. */
export interface Submission<R> {
    /** The slot that it was executed in; of a query that was not ordered, the last slot that the validator had executed. */
    readonly sequence: Sequence;
    readonly result: R;
    /** From the call until f + 1 validators had given this result, ms. */
    readonly latencyMs: number;
}
/** One validator as the client sees it. */
export interface ValidatorView {
    readonly url: string;
    /** Who answers there; undefined until a first handshake told. */
    readonly validator: ReplicaId | undefined;
    readonly name: string | undefined;
    readonly connected: boolean;
    /** Its own word on itself, as `GET /status` gives it; undefined where it did not answer. */
    readonly status: Readonly<Record<string, unknown>> | undefined;
    /** Why it is not connected. */
    readonly error: string | undefined;
}
export interface Limits {
    readonly timeoutMs: number;
    readonly connectTimeoutMs: number;
    readonly maxOutstanding: number;
}
/** Half of what the chain takes, so that a validator that is behind the others takes it as well. */
export declare const EXPIRY_SPAN: number;
/** Throws `bad-request` where a number makes no sense. */
export declare function readLimits(options: CommonOptions): Limits;
/** A validator's status text as an object, or undefined where it is none. */
export declare function readStatus(text: string | undefined): Readonly<Record<string, unknown>> | undefined;
export {};
//# sourceMappingURL=options.d.ts.map