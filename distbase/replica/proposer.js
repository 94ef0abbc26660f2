/** Natural batching (DESIGN §3): an idle primary proposes at once; while slots are in flight, arrivals gather. */
export class Proposer {
    o;
    constructor(options) {
        this.o = options;
    }
    /** The next batch to propose, or undefined where nothing waits or enough is in flight. */
    next(inFlight) {
        const { mempool, limits, pipelineDepth, clock, digests, executor } = this.o;
        if (inFlight >= pipelineDepth || mempool.waiting === 0)
            return undefined;
        const taken = mempool.take(limits.maxBatchTransactions, limits.maxBatchBytes, executor.sequence + 1);
        if (taken.length === 0)
            return undefined;
        return digests.batchOf(Math.floor(clock.wallMs()), taken.map((entry) => entry.bytes));
    }
    /** A batch of nothing, on the way to a checkpoint. Not at time 0, which is the null batch's. */
    empty() {
        return this.o.digests.batchOf(Math.max(1, Math.floor(this.o.clock.wallMs())), []);
    }
    /**
     * Whether a proposal may be voted for, as far as its content goes: its time is near ours, and its transactions are
     * transactions. Gives the signatures that this replica has not checked yet. An empty batch is taken at any time: it
     * is what leads an idle cluster to the checkpoint of a set change, which a backup may not have heard of yet; a primary
     * gains no more by it than by proposing again what was executed before.
     */
    inspect(batch) {
        const { clock, limits, digests, intake } = this.o;
        if (Math.abs(batch.timeMs - clock.wallMs()) > limits.clockDriftMs)
            return 'time-drift';
        return intake.unchecked(batch.transactions, digests.of(batch).hex);
    }
    /** Somebody's proposal is on its way: what is in it waits for its outcome. */
    pending(batch) {
        this.o.mempool.pending(this.o.digests.of(batch).hex);
    }
    viewChanged() {
        this.o.mempool.returnAll();
    }
}
//# sourceMappingURL=proposer.js.map