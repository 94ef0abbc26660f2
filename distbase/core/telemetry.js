/**
 * What a replica counts about itself. Plain number fields that the driver increments where things happen, so
 * that counting costs an addition; whoever shows them (metrics, status) reads them when asked.
 *
 * Counters only ever grow. Gauges, whose value lives elsewhere (the view, queue lengths), are not kept here.
 */
/** Bounds in ms that resolve a commit from 50 µs to 5 s. */
export const FINALITY_BOUNDS_MS = [
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15,
    20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000,
];
/** Bounds for counts of things that go together: transactions in a batch, signatures in a check. */
export const COUNT_BOUNDS = [
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384,
];
/** Label values kept apart by one `LabelCounts`; what comes after them is counted as `other`. */
export const MAX_LABELS = 64;
/** Observations counted in fixed buckets. No allocation after the constructor. */
export class Histogram {
    bounds;
    /** Not cumulative; the last is for what exceeds every bound. */
    counts;
    sum = 0;
    count = 0;
    /** `bounds` ascend strictly. */
    constructor(bounds) {
        this.bounds = bounds;
        this.counts = new Float64Array(bounds.length + 1);
    }
    /** Counts one value, in the unit of the bounds. */
    observe(value) {
        const bounds = this.bounds;
        let low = 0;
        let high = bounds.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            if (value <= bounds[middle])
                high = middle;
            else
                low = middle + 1;
        }
        this.counts[low] += 1;
        this.sum += value;
        this.count += 1;
    }
    /**
     * An estimate of the quantile `q` in [0, 1], linear within its bucket; the last bound for what lies beyond it,
     * 0 where nothing was observed.
     */
    quantile(q) {
        if (this.count === 0)
            return 0;
        const rank = q * this.count;
        let below = 0;
        for (let i = 0; i < this.bounds.length; i++) {
            const inside = this.counts[i];
            if (inside > 0 && below + inside >= rank) {
                const from = i === 0 ? 0 : this.bounds[i - 1];
                return from + ((this.bounds[i] - from) * (rank - below)) / inside;
            }
            below += inside;
        }
        return this.bounds[this.bounds.length - 1];
    }
    snapshot() {
        return { bounds: this.bounds, counts: Array.from(this.counts), sum: this.sum, count: this.count };
    }
}
/** Counts by label, with a bound on the labels, since some come from elsewhere. */
export class LabelCounts {
    #counts = new Map();
    add(label, by = 1) {
        const known = this.#counts.get(label);
        if (known !== undefined)
            this.#counts.set(label, known + by);
        else if (this.#counts.size < MAX_LABELS)
            this.#counts.set(label, by);
        else
            this.#counts.set('other', (this.#counts.get('other') ?? 0) + by);
    }
    get(label) {
        return this.#counts.get(label) ?? 0;
    }
    total() {
        let sum = 0;
        for (const count of this.#counts.values())
            sum += count;
        return sum;
    }
    entries() {
        return this.#counts.entries();
    }
    snapshot() {
        return Object.fromEntries(this.#counts);
    }
}
/** Every counter of one replica, since its process started. */
export class Telemetry {
    // ---- sent by this replica
    proposalsSent = 0;
    /** Votes for a proposal: PREPAREs, or the only votes of a protocol that has one kind. */
    preparesSent = 0;
    /** Votes that follow a quorum of the first ones. */
    commitsSent = 0;
    /** Requests to leave a view: VIEW-CHANGEs, timeouts. */
    viewChangesSent = 0;
    newViewsSent = 0;
    /** Everything sent first-hand, by type. */
    messagesSent = new LabelCounts();
    /** Messages of any kind that were sent again because they may have been lost. */
    retransmissions = 0;
    /** Others' messages passed on to all, by protocols that echo. */
    echoes = 0;
    // ---- what the protocol costs
    /** Messages handed to the transport, one for each receiver, echoes and repetitions among them; and their bytes. */
    peerMessagesSent = 0;
    peerBytesSent = 0;
    /** Signatures over protocol messages: made here, and checked here (two where both suites sign). */
    signaturesMade = 0;
    signaturesChecked = 0;
    // ---- progress
    /** Slots executed here, null slots included. */
    finalizedSlots = 0;
    finalizedTransactions = 0;
    /** Slots that were committed without the commit phase. */
    fastPath = 0;
    /** Views entered after the first. */
    viewChanges = 0;
    /** Checkpoints that became stable. */
    checkpoints = 0;
    /** Checkpoints at which our state was not the certified one, and returns to the last one at which it was. */
    divergences = 0;
    rollbacks = 0;
    /** States fetched from others and installed. */
    stateTransfers = 0;
    /** Pieces of a state that were fetched and hold, and their bytes. */
    statePiecesTaken = 0;
    stateBytesTaken = 0;
    /** Requests for pieces that nobody answered in time. */
    stateTimeouts = 0;
    /** Pieces of our state that were given to others, and their bytes. */
    statePiecesServed = 0;
    stateBytesServed = 0;
    /** Batches fetched by digest because the proposal was lost. */
    batchesFetched = 0;
    // ---- arrivals
    messagesReceived = 0;
    /** Messages whose signature was not checked, because it no longer mattered. */
    messagesSkipped = 0;
    transactionsReceived = 0;
    /** Transactions that were known already, waiting or executed. */
    transactionsRepeated = 0;
    /** Transactions that executed with an error of the application. */
    transactionsFailed = 0;
    repliesSent = 0;
    queriesAnswered = 0;
    // ---- storage
    logRecords = 0;
    logFlushes = 0;
    logReplacements = 0;
    snapshotsWritten = 0;
    /** What was not taken from peers and clients, by code. */
    rejections = new LabelCounts();
    /** Provable misbehaviour of peers, by kind of offence. */
    violations = new LabelCounts();
    /** Answers with a piece of a state that is not the certified one's, by the id of the peer that gave it. */
    falsePieces = new LabelCounts();
    /** From a transaction's arrival here to its execution here, ms; one observation per slot, of its oldest. */
    finalityMs = new Histogram(FINALITY_BOUNDS_MS);
    /** Transactions per executed batch. */
    batchSize = new Histogram(COUNT_BOUNDS);
    /** Signatures handed to the verifier at once. */
    verifyBatch = new Histogram(COUNT_BOUNDS);
    /** What a sync of the vote log took, ms; there are none where a promise need not survive the machine. */
    logSyncMs = new Histogram(FINALITY_BOUNDS_MS);
    /** A plain copy for JSON: numbers as they are, maps as objects, histograms with their buckets. */
    snapshot() {
        const counters = {};
        for (const [name, value] of Object.entries(this))
            if (typeof value === 'number')
                counters[name] = value;
        return {
            counters,
            messagesSent: this.messagesSent.snapshot(),
            rejections: this.rejections.snapshot(),
            violations: this.violations.snapshot(),
            falsePieces: this.falsePieces.snapshot(),
            finalityMs: this.finalityMs.snapshot(),
            batchSize: this.batchSize.snapshot(),
            verifyBatch: this.verifyBatch.snapshot(),
            logSyncMs: this.logSyncMs.snapshot(),
        };
    }
}
//# sourceMappingURL=telemetry.js.map