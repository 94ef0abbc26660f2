/**
 * Serves our state at checkpoints to those who lack it, without being in anybody's way: one answer at a time, each peer
 * in its turn, and after each a pause three times as long as it took, at least a millisecond. Answers leave behind the
 * votes of their turn, and not at all while much waits for the peer already.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Item } from '../transport/interface.ts';
import type { CheckpointState } from './executor.ts';
import type { Clock } from './ports.ts';
export interface StateServerOptions {
    readonly clock: Clock;
    readonly telemetry: Telemetry;
    /** Sends behind all else of this turn. */
    readonly send: (to: ReplicaId, item: Item) => void;
    /** Bytes that wait for a peer. */
    readonly backlog: (to: ReplicaId) => number;
    /** A checkpoint that we hold; it is kept for as long as it is asked for. */
    readonly checkpoint: (sequence: Sequence) => CheckpointState | undefined;
}
export declare class StateServer {
    private readonly o;
    /** By who asks: validators, and guests that are about to be, in the order of their turns. */
    private readonly queues;
    private cancelPause;
    constructor(options: StateServerOptions);
    onRequest(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
    stop(): void;
    private pause;
    private serveNext;
    private serve;
}
//# sourceMappingURL=state-server.d.ts.map