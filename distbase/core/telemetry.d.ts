/**
 * What a replica counts about itself. Plain number fields that the driver increments where things happen, so
 * that counting costs an addition; whoever shows them (metrics, status) reads them when asked.
 *
 * Counters only ever grow. Gauges, whose value lives elsewhere (the view, queue lengths), are not kept here.
 */
import type { RejectionCode } from './errors.ts';
/** Bounds in ms that resolve a commit from 50 µs to 5 s. */
export declare const FINALITY_BOUNDS_MS: readonly number[];
/** Bounds for counts of things that go together: transactions in a batch, signatures in a check. */
export declare const COUNT_BOUNDS: readonly number[];
/** Label values kept apart by one `LabelCounts`; what comes after them is counted as `other`. */
export declare const MAX_LABELS = 64;
export interface HistogramSnapshot {
    /** Upper bounds (inclusive) of the buckets; one more bucket, unbounded, follows them. */
    readonly bounds: readonly number[];
    /** Observations per bucket, not cumulative; one longer than `bounds`. */
    readonly counts: readonly number[];
    readonly sum: number;
    readonly count: number;
}
/** Observations counted in fixed buckets. No allocation after the constructor. */
export declare class Histogram {
    readonly bounds: readonly number[];
    /** Not cumulative; the last is for what exceeds every bound. */
    readonly counts: Float64Array;
    sum: number;
    count: number;
    /** `bounds` ascend strictly. */
    constructor(bounds: readonly number[]);
    /** Counts one value, in the unit of the bounds. */
    observe(value: number): void;
    /**
     * An estimate of the quantile `q` in [0, 1], linear within its bucket; the last bound for what lies beyond it,
     * 0 where nothing was observed.
     */
    quantile(q: number): number;
    snapshot(): HistogramSnapshot;
}
/** Counts by label, with a bound on the labels, since some come from elsewhere. */
export declare class LabelCounts<L extends string = string> {
    #private;
    add(label: L, by?: number): void;
    get(label: L | 'other'): number;
    total(): number;
    entries(): IterableIterator<[L | 'other', number]>;
    snapshot(): Record<string, number>;
}
/** Every counter of one replica, since its process started. */
export declare class Telemetry {
    proposalsSent: number;
    /** Votes for a proposal: PREPAREs, or the only votes of a protocol that has one kind. */
    preparesSent: number;
    /** Votes that follow a quorum of the first ones. */
    commitsSent: number;
    /** Requests to leave a view: VIEW-CHANGEs, timeouts. */
    viewChangesSent: number;
    newViewsSent: number;
    /** Everything sent first-hand, by type. */
    readonly messagesSent: LabelCounts<string>;
    /** Messages of any kind that were sent again because they may have been lost. */
    retransmissions: number;
    /** Others' messages passed on to all, by protocols that echo. */
    echoes: number;
    /** Messages handed to the transport, one for each receiver, echoes and repetitions among them; and their bytes. */
    peerMessagesSent: number;
    peerBytesSent: number;
    /** Signatures over protocol messages: made here, and checked here (two where both suites sign). */
    signaturesMade: number;
    signaturesChecked: number;
    /** Slots executed here, null slots included. */
    finalizedSlots: number;
    finalizedTransactions: number;
    /** Slots that were committed without the commit phase. */
    fastPath: number;
    /** Views entered after the first. */
    viewChanges: number;
    /** Checkpoints that became stable. */
    checkpoints: number;
    /** Checkpoints at which our state was not the certified one, and returns to the last one at which it was. */
    divergences: number;
    rollbacks: number;
    /** States fetched from others and installed. */
    stateTransfers: number;
    /** Pieces of a state that were fetched and hold, and their bytes. */
    statePiecesTaken: number;
    stateBytesTaken: number;
    /** Requests for pieces that nobody answered in time. */
    stateTimeouts: number;
    /** Pieces of our state that were given to others, and their bytes. */
    statePiecesServed: number;
    stateBytesServed: number;
    /** Batches fetched by digest because the proposal was lost. */
    batchesFetched: number;
    messagesReceived: number;
    /** Messages whose signature was not checked, because it no longer mattered. */
    messagesSkipped: number;
    transactionsReceived: number;
    /** Transactions that were known already, waiting or executed. */
    transactionsRepeated: number;
    /** Transactions that executed with an error of the application. */
    transactionsFailed: number;
    repliesSent: number;
    queriesAnswered: number;
    logRecords: number;
    logFlushes: number;
    logReplacements: number;
    snapshotsWritten: number;
    /** What was not taken from peers and clients, by code. */
    readonly rejections: LabelCounts<RejectionCode>;
    /** Provable misbehaviour of peers, by kind of offence. */
    readonly violations: LabelCounts<string>;
    /** Answers with a piece of a state that is not the certified one's, by the id of the peer that gave it. */
    readonly falsePieces: LabelCounts<string>;
    /** From a transaction's arrival here to its execution here, ms; one observation per slot, of its oldest. */
    readonly finalityMs: Histogram;
    /** Transactions per executed batch. */
    readonly batchSize: Histogram;
    /** Signatures handed to the verifier at once. */
    readonly verifyBatch: Histogram;
    /** What a sync of the vote log took, ms; there are none where a promise need not survive the machine. */
    readonly logSyncMs: Histogram;
    /** A plain copy for JSON: numbers as they are, maps as objects, histograms with their buckets. */
    snapshot(): TelemetrySnapshot;
}
export interface TelemetrySnapshot {
    readonly counters: Readonly<Record<string, number>>;
    readonly messagesSent: Readonly<Record<string, number>>;
    readonly rejections: Readonly<Record<string, number>>;
    readonly violations: Readonly<Record<string, number>>;
    readonly falsePieces: Readonly<Record<string, number>>;
    readonly finalityMs: HistogramSnapshot;
    readonly batchSize: HistogramSnapshot;
    readonly verifyBatch: HistogramSnapshot;
    readonly logSyncMs: HistogramSnapshot;
}
//# sourceMappingURL=telemetry.d.ts.map