/**
 * From a client's frame to the mempool, and back with the answer. A transaction is parsed, compared with what was
 * executed, checked once for its signature, asked of the application, and then waits to be ordered.
 */
import type { StateMachine } from '../apps/interface.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Epoch, ReplicaId } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import type { ClientSession } from '../transport/interface.ts';
import type { Executor } from './executor.ts';
import type { Mempool } from './mempool.ts';
import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';
import type { Waiters } from './waiters.ts';
export interface IntakeOptions {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly app: StateMachine;
    readonly executor: Executor;
    readonly mempool: Mempool;
    readonly waiters: Waiters;
    readonly verifier: Verifier;
    readonly outbox: Outbox;
    readonly clock: Clock;
    readonly telemetry: Telemetry;
    readonly stopwatch: Stopwatch;
    readonly status: () => unknown;
    /** Whether the executed state may be read now as if the read were ordered (`Machine.readable`), and who leads. */
    readonly lease: () => {
        readonly readable: boolean;
        readonly leader: ReplicaId | undefined;
    };
    /**
     * Whether our state is as new as any, so that the application's advice is worth having: where only a leader executes at
     * once, the others would refuse what it takes.
     */
    readonly advises: () => boolean;
    /** What proves the validator sets above an epoch, oldest first; not all of it at once. */
    readonly proofs: (above: Epoch) => readonly Uint8Array[];
    /** Something entered the mempool, or leaves this turn. */
    readonly wake: () => void;
}
export declare class Intake {
    private readonly o;
    constructor(options: IntakeOptions);
    clientFrame(session: ClientSession, items: readonly unknown[]): void;
    /**
     * Transactions that another validator passed on, or that this process submits itself. `onForged`: one of them is none, or
     * its signature does not hold.
     */
    submit(transactions: readonly Uint8Array[], onForged?: () => void): void;
    /** What of a proposed batch this replica has not checked yet, or why the batch is invalid for everybody. */
    unchecked(transactions: readonly Uint8Array[], digests: readonly Digest[]): VerifyItem[] | RejectionCode;
    private consider;
    /** Answers what has executed already or can never execute. */
    private settled;
    private check;
    private claim;
    private admit;
    private refuse;
    private reply;
    private answerQuery;
    /** The time is taken here, after the query came: a lease that held before it proves nothing. */
    private answerLease;
    private answerEpochs;
    private statusJson;
    private statusMs;
    private answerStatus;
}
//# sourceMappingURL=intake.d.ts.map