/**
 * Answers kept on this replica alone, beside those in the state: a client that retries at once finds its own, however
 * many transactions it has under way. They are for replies; no ledger header depends on them.
 */
/** Seconds' worth at a saturated cluster; some 20 MiB where results are short. */
const KEPT = 65_536;
/** Results together, in bytes: a cluster that answers large reads keeps fewer. */
const KEPT_BYTES = 64 << 20;
export class RecentResults {
    byDigest = new Map();
    /** Oldest at `from`. A queue of its own, because the first key of a map that was deleted from is slow to find. */
    queue = [];
    from = 0;
    bytes = 0;
    get(digest) {
        return this.byDigest.get(digest);
    }
    /** A transaction that just executed: each does so once. */
    add(executed) {
        this.byDigest.set(executed.digest, executed);
        this.queue.push(executed);
        this.bytes += executed.result.length;
        while (this.byDigest.size > KEPT || this.bytes > KEPT_BYTES) {
            const oldest = this.queue[this.from++];
            this.byDigest.delete(oldest.digest);
            this.bytes -= oldest.result.length;
        }
        if (this.from < 1024 || 2 * this.from < this.queue.length)
            return;
        this.queue = this.queue.slice(this.from);
        this.from = 0;
    }
    clear() {
        this.byDigest.clear();
        this.queue = [];
        this.from = 0;
        this.bytes = 0;
    }
}
//# sourceMappingURL=recent-results.js.map