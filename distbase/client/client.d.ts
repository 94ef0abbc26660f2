/**
 * A client of a cluster: connected to all validators, believes what f + 1 of them say alike. It survives validators
 * that come and go: it dials again, and sends again what is outstanding, to the letter, so that a transaction executes
 * once however often it was sent.
 */
import type { AppResult } from '../apps/results.ts';
import type { Genesis } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { type ConnectOptions, type QueryOptions, type Submission, type SubmitOptions, type ValidatorView } from './options.ts';
import type { Waiter } from './outstanding.ts';
export declare class Client {
    readonly genesis: Genesis;
    /** H('client', suite ‖ public key): what the application knows this client as. */
    readonly id: Digest;
    private readonly author;
    private readonly codec;
    private readonly limits;
    /** One per address; the array is the same for ever, and changes with the set. */
    private readonly links;
    private readonly sets;
    private readonly addLink;
    private members;
    private needed;
    /** Answers of an epoch that is not proven to us yet. */
    private early;
    private askedMs;
    private readonly transmitter;
    private readonly submissions;
    private readonly questions;
    private readonly leases;
    private readonly heights;
    private readonly probe;
    private readonly timer;
    private lastProbeMs;
    private closed;
    /** Called whenever a validator connected, disconnected or said where it is. */
    private changed;
    private constructor();
    /**
     * Connects. Throws `not-connected` where fewer than f + 1 validators could be reached in time, `bad-request`,
     * `bad-genesis`, `bad-key` or `home-missing` where the options make no client.
     */
    static connect(options: ConnectOptions): Promise<Client>;
    /** Validators that are connected now. */
    get connected(): number;
    /** By validator id, how many results it gave that are not those of f + 1 others: an honest one gives none. */
    get conflictingResults(): readonly number[];
    /** Transactions sent and not settled. */
    get inFlight(): number;
    /** A slot that the chain has reached, as far as this client knows. */
    get sequence(): Sequence;
    /**
     * Has a command ordered and executed. An object is encoded, and its result decoded, by the chain's application; bytes
     * are a payload as it is, and give the result's bytes. What the application declined is a result too (`ok: false`).
     *
     * Rejects with `timeout`, `busy`, `rejected`, `no-agreement`, `closed`, `bad-request` (`LockstepError`), or the signal's
     * reason. After `timeout`, `busy` and `no-agreement` the transaction may still execute, once.
     */
    submit(command: Uint8Array, options?: SubmitOptions): Promise<Submission<Uint8Array>>;
    submit(command: object, options?: SubmitOptions): Promise<Submission<AppResult>>;
    /**
     * Reads. Linearizable: the read is ordered like a write, and sees every write that was acknowledged before it began.
     * `read: 'lease'` is linearizable too, and answered by the leader alone where a chain of trusted validators has one with
     * a lease. `unordered` asks one validator for the state that it happens to have. Rejects as `submit`.
     */
    query(query: Uint8Array, options?: QueryOptions): Promise<Submission<Uint8Array>>;
    query(query: object, options?: QueryOptions): Promise<Submission<AppResult>>;
    /** A signed transaction of this client, for `submitRaw`. Nonce and expiry are the caller's affair. */
    sign(command: Uint8Array | object, nonce: number, expiry: Sequence): Uint8Array;
    /**
     * Sends a transaction that is signed already, by whomever. It is not held back by `maxOutstanding`. While it is
     * outstanding, a second call with the same bytes is a `bad-request`. Rejects as `submit`.
     */
    submitRaw(transaction: Uint8Array, options?: Pick<SubmitOptions, 'timeoutMs' | 'signal'>): Promise<Submission<Uint8Array>>;
    /** `submitRaw` for load generators: calls back instead of making a promise. */
    transmit(transaction: Uint8Array, waiter: Waiter, timeoutMs?: number): void;
    /** What every validator says of itself; one that is silent for 2 s has no `status`. */
    status(): Promise<ValidatorView[]>;
    /** Fails what is outstanding with `closed`, and disconnects. */
    close(): Promise<void>;
    /** Another set of validators, proven: from now on its members are believed, and no others. */
    private enter;
    /** At a pace, whoever says that there is a later epoch. */
    private askEpochs;
    private reply;
    private up;
    private items;
    private tick;
    /** Whether `wanted` validators, or f + 1 when the time is up, are connected and have said where they are. */
    private reached;
}
//# sourceMappingURL=client.d.ts.map