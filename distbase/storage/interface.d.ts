/** What the driver needs of a disk. Files in production; a twin in memory for the simulator. */
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import type { Found, IndexKind, LedgerSummary } from './ledger.ts';
import type { Position } from './ledger-index.ts';
import type { StoredCheckpoint, StoredEvidence } from './ledger-records.ts';
import type { ExecutedSlot, StoredSlot } from './slot-record.ts';
export type { Found, IndexKind, LedgerSummary } from './ledger.ts';
export type { Position } from './ledger-index.ts';
export type { SignedBody, StoredCheckpoint, StoredEvidence } from './ledger-records.ts';
export type { ExecutedSlot, StoredSlot } from './slot-record.ts';
export type Durability = 'process' | 'power';
/** An append-only, checksummed log of what this replica promised. Positions count bytes, and only grow. */
export interface VoteLog {
    /** Queues a record; it is not written yet. */
    append(record: Uint8Array): void;
    /** Where the log ends, queued records included: what was appended so far is durable once `durable` reaches it. */
    readonly appended: number;
    /** Up to here it survives kill −9 (`process`) or the loss of power (`power`). */
    readonly durable: number;
    /**
     * Writes all queued records with one system call. Up to `needed` they are durable when this returns, or will be when
     * `onDurable` is called. Throws `storage-failed`: a disk that is full (`isDiskFull`) has written nothing and may be
     * tried again; after any other failure it throws for ever, and the replica must stop.
     */
    flush(needed: number): void;
    /** Told in a later turn than `flush` that `durable` grew, or of the failure after which nothing more is promised. */
    onDurable: (error?: unknown) => void;
    /**
     * Replaces the whole log by these records, atomically: after a checkpoint made the older ones useless. Nothing
     * may be queued: flush first, so that no promise is lost on the way. Throws as `flush` does.
     */
    replace(records: Iterable<Uint8Array>): void;
    /** What may wait until the vote path is idle: the witness, the next segment, records that nobody waits for. */
    tend(): void;
    /** Bytes on disk, for deciding when to `replace`. */
    readonly bytes: number;
    close(): void;
}
/** How far a log is known to reach, told to another file than its own. */
export interface WitnessMark {
    /** Grows with every `replace`. */
    readonly generation: number;
    /** Bytes of that generation that are durable. */
    readonly length: number;
    /** The checksum of the record that ends there. */
    readonly seed: number;
}
/**
 * A second place that knows how long the log is, so that a whole record missing at its end, or an old copy put in its
 * place, shows. It may lag behind; it must never be ahead of what is durable.
 */
export interface LogWitness {
    /** What was put last, or an earlier mark; undefined where nothing is known. */
    get(): WitnessMark | undefined;
    put(mark: WitnessMark): void;
}
/** A piece of a state that is still being fetched. */
export interface StatePart {
    readonly section: number;
    readonly piece: Uint8Array;
}
/** Certified states, newest last. */
export interface SnapshotStore {
    /** Writes a snapshot beside the others and removes all but the newest two, atomically. `meta` comes back as given. */
    save(sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void;
    /** The newest whole snapshot, or undefined. A damaged one is an error with code `snapshot-damaged`. */
    load(): {
        sequence: Sequence;
        meta: Uint8Array;
        chunks: Uint8Array[];
    } | undefined;
    /**
     * Keeps a piece of a state that is on its way, for after a restart: a hint, which may be lost, and of which nothing is
     * believed.
     */
    keepPart(part: StatePart): void;
    /** What was kept, oldest first, up to where it is damaged. */
    parts(): Iterable<StatePart>;
    /** Forgets what was kept. */
    dropParts(): void;
}
/** Questions about history. A promise is rejected with `store-damaged` where the disk does not give back what it got. */
export interface LedgerReader {
    summary(): Promise<LedgerSummary>;
    slot(sequence: Sequence): Promise<StoredSlot | undefined>;
    /** Sequences of stored slots from `from` on, ascending, at most `limit`. */
    slotsFrom(from: Sequence, limit: number): Promise<Sequence[]>;
    /** The first certified checkpoint at or above a sequence. */
    checkpointFrom(sequence: Sequence): Promise<StoredCheckpoint | undefined>;
    /** The last certified checkpoint at or below a sequence. */
    checkpointTo(sequence: Sequence): Promise<StoredCheckpoint | undefined>;
    evidence(limit: number): Promise<StoredEvidence[]>;
    /**
     * Where transactions of this digest, or of this client, may be: newest first, before `before` or from the end, up to
     * `limit`, a part of the way at a time. The index knows 4 bytes of each: the caller looks whether it is meant.
     */
    find(by: IndexKind, digest: Digest, before: Position | undefined, limit: number): Promise<Found>;
}
/**
 * The ledger on the disk. Writing never waits: what is handed over is queued and written soon, in order, in
 * transactions; a crash loses the queue. What is to be done about that is in this folder's README.
 */
export interface LedgerStore extends LedgerReader {
    /** False where nothing of history is to be kept: slots need not be handed over. */
    readonly keepsSlots: boolean;
    /** The last slot that is on the disk. */
    readonly head: Sequence;
    /** Bytes that wait. */
    readonly queuedBytes: number;
    /**
     * An executed slot. One that is here already is left alone; one that differs from what is here replaces it and all
     * above it. Waits for the disk only where more than `MAX_STORE_QUEUE_BYTES` wait already.
     */
    add(slot: ExecutedSlot): void;
    /** A certified checkpoint; older ones, and slots below them, go as the retention says. */
    certify(checkpoint: StoredCheckpoint): void;
    accuse(evidence: StoredEvidence): void;
    /** What is above this slot is not of the ledger: the state was replaced by that of a checkpoint. */
    truncate(sequence: Sequence): void;
    /** A few bytes for whoever keeps the vote log: the last ones that were put are here after a restart. */
    putWitness(bytes: Uint8Array): void;
    /** The bytes put last, or those on the disk; undefined where there never were any. */
    getWitness(): Uint8Array | undefined;
    /**
     * Returns when all that was handed over is on the disk. Throws `storage-failed`, or `disk-full` at once. Waits for it: not
     * for the vote path.
     */
    flushSync(): void;
    /**
     * Told that the disk is full (`disk-full`), once; what was handed over waits, and is tried again. Told undefined when it
     * was written.
     */
    onFull: (error: unknown) => void;
    /** Told once that writing failed (`storage-failed`): the replica must stop. */
    onFailure: (error: unknown) => void;
    /** Writes what waits, and closes. */
    close(): Promise<void>;
}
/** What proves the validator sets after the genesis: an entry per epoch, from 1 on, kept for ever. */
export interface EpochStore {
    /** Writes the entry of this epoch, durably at the power level: an epoch is entered only once it can be proven. */
    save(epoch: Epoch, bytes: Uint8Array): void;
    /** Entries in order, up to the first that is missing. */
    load(): Uint8Array[];
}
//# sourceMappingURL=interface.d.ts.map