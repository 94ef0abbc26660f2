/** A stretch of load: so many transactions in flight at any time, until a window is over or the stock is used up. */
import { Histogram } from './histogram.js';
import { failureCode, Tally } from './tally.js';
/** Most time for what is in flight at the end of a window, ms. */
const DRAIN_MS = 10_000;
const PROGRESS_EVERY_MS = 250;
/** Until a client sends again after a failure, ms: a cluster that has no room is not to be asked in a tight loop. */
const AFTER_FAILURE_MS = 10;
export function runBurst(options) {
    return new Promise((resolve) => new Burst(options, resolve).start());
}
class Burst {
    o;
    resolve;
    tally = new Tally();
    histogram = new Histogram();
    openMs;
    closeMs;
    timer;
    cpu = process.cpuUsage();
    cores = 0;
    settledInside = 0;
    inFlight = 0;
    /** When the window was over; 0 while it is not. */
    endedMs = 0;
    resolved = false;
    constructor(options, resolve) {
        this.o = options;
        this.resolve = resolve;
        this.openMs = performance.now() + options.leadMs;
        this.closeMs = this.openMs + options.windowMs;
        this.timer = setInterval(() => this.tick(), PROGRESS_EVERY_MS);
    }
    start() {
        const { outstanding, clients } = this.o;
        setTimeout(() => {
            this.cpu = process.cpuUsage();
        }, this.o.leadMs);
        for (let i = 0; i < outstanding; i++)
            this.next(clients[i % clients.length]);
    }
    next(load) {
        const nowMs = performance.now();
        if (nowMs >= this.closeMs)
            this.close(this.closeMs);
        const transaction = this.endedMs === 0 ? load.take() : undefined;
        if (transaction === undefined) {
            this.close(nowMs);
            if (this.inFlight === 0)
                this.finish();
            return;
        }
        const counted = nowMs >= this.openMs;
        if (counted)
            this.tally.submitted++;
        this.inFlight++;
        load.client.transmit(transaction, {
            settled: ({ latencyMs }) => {
                this.inFlight--;
                if (this.endedMs === 0) {
                    const settledMs = performance.now();
                    if (settledMs >= this.openMs && settledMs < this.closeMs)
                        this.settledInside++;
                }
                if (counted) {
                    this.tally.committed++;
                    this.histogram.record(latencyMs);
                }
                this.next(load);
            },
            failed: (error) => {
                this.inFlight--;
                if (counted)
                    this.tally.fail(failureCode(error));
                setTimeout(() => this.next(load), AFTER_FAILURE_MS);
            },
        });
    }
    tick() {
        const nowMs = performance.now();
        const { phase, outstanding, windowMs, progress } = this.o;
        const insideMs = Math.max(0, Math.min(nowMs, this.closeMs) - this.openMs);
        const ratePerSecond = insideMs > 0 ? this.settledInside / (insideMs / 1000) : 0;
        progress({ phase, done: insideMs / windowMs, ...this.tally.counts(), ratePerSecond, outstanding });
        if (nowMs >= this.closeMs)
            this.close(this.closeMs);
        if (nowMs > this.closeMs + DRAIN_MS) {
            for (let left = this.tally.unsettled(); left > 0; left--)
                this.tally.fail('timeout');
            this.finish();
        }
    }
    close(nowMs) {
        if (this.endedMs !== 0)
            return;
        this.endedMs = Math.max(nowMs, this.openMs);
        this.cores = this.tally.cores(this.cpu, Math.max(1, this.endedMs - this.openMs));
    }
    finish() {
        if (this.resolved)
            return;
        this.resolved = true;
        clearInterval(this.timer);
        const measuredMs = Math.max(1, this.endedMs - this.openMs);
        const { tally, histogram, cores, settledInside } = this;
        this.resolve({
            tally,
            histogram,
            cores,
            measuredMs,
            ratePerSecond: settledInside / (measuredMs / 1000),
        });
    }
}
//# sourceMappingURL=burst.js.map