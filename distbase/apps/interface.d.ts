/** What an application is to Lockstep: a deterministic state machine over bytes. */
import type { Digest, Sequence } from '../core/ids.ts';
import type { MapSnapshot } from './authenticated-map.ts';
/** H('client', suite ‖ public key) in hex: who signed a transaction. */
export type ClientId = Digest;
/** A transaction as an application sees it: authenticated, in order, at most once. */
export interface Command {
    readonly client: ClientId;
    readonly payload: Uint8Array;
    /** A linearizable read: answer it with `query` and change nothing. */
    readonly readOnly: boolean;
}
/** The only clock and the only context there is: the same on every replica. */
export interface ExecutionContext {
    readonly sequence: Sequence;
    /** ms since 1970, never smaller than at the sequence before. */
    readonly timeMs: number;
}
/** An unchanging view of the state, made in O(1) and kept while a checkpoint lives. */
export interface StateSnapshot {
    /** Merkle root of the state, 32 bytes. */
    readonly root: Uint8Array;
    /** The state in pieces of at most about 256 KiB, in an order that depends on the state alone. */
    chunks(): Iterable<Uint8Array>;
    /** How many chunks there are; known without making them. */
    readonly chunkCount: number;
}
export interface StateMachine {
    readonly name: string;
    /**
     * Advice for the mempool: why this command would surely fail, or undefined. Never decides a vote, may differ
     * between replicas, must not change the state.
     */
    check(command: Command): string | undefined;
    /**
     * Executes a batch in order; one result per command. Whatever one command throws must become that command's
     * error result, its writes undone; `executeEach` does that.
     */
    execute(context: ExecutionContext, commands: readonly Command[]): Uint8Array[];
    /** Answers a read from the present state; result bytes are the application's own. Throws nothing. */
    query(payload: Uint8Array): Uint8Array;
    /** Merkle root of the present state, 32 bytes. */
    stateHash(): Uint8Array;
    /** The state as it is now, in constant time: later commands leave it alone. */
    snapshot(): MapSnapshot;
    /**
     * Replaces the state by a snapshot's chunks. Where they make no state with this Merkle root it throws
     * `LockstepError('snapshot-damaged')` and changes nothing.
     */
    restore(chunks: Iterable<Uint8Array>, root: Uint8Array): void;
    /** Replaces the state by one that is known to be sound, and leaves the snapshot alone. Throws nothing. */
    adopt(state: MapSnapshot): void;
}
//# sourceMappingURL=interface.d.ts.map