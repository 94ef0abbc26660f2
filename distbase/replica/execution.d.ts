/** Committed batches to the executor, results to whoever waits, and the states of checkpoints. */
import type { MapSnapshot } from '../apps/authenticated-map.ts';
import { type Batch } from '../core/batch.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { LedgerStore, SignedBody, SnapshotStore } from '../storage/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { CheckpointState, Executor } from './executor.ts';
import type { Mempool } from './mempool.ts';
import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';
import type { HeldStates } from './proof.ts';
import type { Waiters } from './waiters.ts';
export interface ExecutionOptions {
    readonly chain: Chain;
    readonly executor: Executor;
    readonly digests: BatchDigests;
    readonly mempool: Mempool;
    readonly waiters: Waiters;
    readonly outbox: Outbox;
    readonly snapshots: SnapshotStore;
    readonly store: LedgerStore;
    readonly clock: Clock;
    readonly telemetry: Telemetry;
    /** A checkpoint is made: what its digest says is to be signed. */
    readonly onCheckpoint: (checkpoint: CheckpointState) => void;
}
/** A message as the store keeps it. */
export declare function signed({ from, envelope }: Attested): SignedBody;
export declare class Execution {
    private readonly o;
    /** States at our checkpoints, from the last stable one on; they share all that did not change between them. */
    private readonly checkpoints;
    private last;
    /** Checkpoints under way, in order. */
    private jobs;
    private sliced;
    /** Ends a rollback that is under way when it changes. */
    private generation;
    /** When each checkpoint that somebody is fetching was asked for last. */
    private readonly pinned;
    private lastFullMs;
    /** Bytes of the state that is on the disk; 0: none is. */
    savedBytes: number;
    constructor(options: ExecutionOptions);
    /** Installs the newest snapshot of the disk, or the genesis state. Throws `snapshot-damaged`. */
    restore(): CheckpointState;
    /** Of the set that ruled the last slot: whose word an answer is. */
    private get epoch();
    get sequence(): Sequence;
    /** The last checkpoint made here. */
    get latest(): CheckpointState;
    /** What the digest of a checkpoint that we hold binds. */
    metaAt(sequence: Sequence): Uint8Array | undefined;
    execute(sequence: Sequence, batch: Batch): void;
    private expired;
    /** Since when somebody waits whom the primary could have served; −1: nobody. */
    demandSince(): number;
    /**
     * Begins the checkpoint of the state that execution just reached. It is made in slices, since hashing what changed may
     * take a tenth of a second; a small one is done at once.
     */
    checkpoint(): void;
    /** q validators signed this checkpoint, and we hold its state: history up to here can be proven. */
    certified(sequence: Sequence, digest: Digest, certificate: readonly Attested[]): void;
    /** Gives up on whatever is done in slices. */
    stop(): void;
    private slice;
    /** What lies below is kept only as long as somebody may ask for it. */
    forgetBelow(sequence: Sequence): void;
    /** A checkpoint that we hold, for a peer that fetches it; it is kept for as long as it is asked for. */
    serve(sequence: Sequence): CheckpointState | undefined;
    /** The application's states at the checkpoints at hand, newest last: for proofs. */
    held(): HeldStates;
    /** Writes a checkpoint to the disk; false: we do not hold it. */
    save(sequence: Sequence): boolean;
    /** Replaces the state by that of a checkpoint, proven. Throws `snapshot-damaged`. */
    adopt(meta: Uint8Array, sections: readonly MapSnapshot[]): void;
    /**
     * Puts the state of a checkpoint of ours back, after looking whether it is still what its digest says: in slices, then
     * `done` is told whether it is. Throws nothing.
     */
    rollback(sequence: Sequence, done: (sound: boolean) => void): void;
    private goBack;
    /** After a step over slots that others executed: what waits here may have been among them. */
    private settleWaiting;
    status(): {
        sequence: Sequence;
        header: Digest;
        timeMs: number;
        checkpoint: {
            sequence: Sequence;
            digest: Digest;
            stateHash: Digest;
        };
    };
}
//# sourceMappingURL=execution.d.ts.map