/**
 * The load of a campaign: clients that keep some requests under way each, all together at a steady pace. A pause of
 * the cluster is made up for afterwards, as far as a second's worth. What is asked and what answers mean is the
 * affair of each kind of load.
 */
import { Histogram } from '../../load/histogram.js';
/**
 * Requests that one client has under way at most. A replica keeps the results of a client's last eight transactions
 * in its state, so that as many find their answer even after all validators restarted.
 */
export const LANES_PER_CLIENT = 8;
const TICK_MS = 5;
/** Longest that a request may take, ms: the ceiling for any fault, twice. */
export const TIMEOUT_MS = 60_000;
export class Load {
    latency = new Histogram();
    acknowledged = 0;
    /** Requests whose outcome their client never learnt. */
    unknown = 0;
    /** What is wrong with the answers. */
    failures = [];
    clients = [];
    rate;
    clock;
    timer;
    tokens = 0;
    tickedMs = 0;
    idle = [];
    lanes = [];
    stopped = false;
    startedMs = 0;
    runMs = 0;
    lastMs = 0;
    longestMs = 0;
    /** `rate`: requests per second, of all clients together. */
    constructor(rate, clock) {
        this.rate = rate;
        this.clock = clock;
    }
    start() {
        this.startedMs = this.clock.nowMs();
        this.tickedMs = this.startedMs;
        this.lastMs = this.startedMs;
        this.timer = setInterval(() => this.tick(), TICK_MS);
        this.lanes = this.clients.flatMap((client, index) => Array.from({ length: LANES_PER_CLIENT }, () => this.lane(client, index)));
    }
    /** No new requests; resolves when all are settled or given up. */
    async stop() {
        if (this.stopped)
            return;
        this.stopped = true;
        this.runMs = this.clock.nowMs() - this.startedMs;
        clearInterval(this.timer);
        for (const wake of this.idle.splice(0))
            wake();
        await Promise.all(this.lanes);
    }
    async close() {
        clearInterval(this.timer);
        this.stopped = true;
        await Promise.all(this.clients.map((client) => client.close()));
    }
    /** Acknowledged per second, over the time between `start` and `stop`. */
    get ratePerSecond() {
        const ms = this.runMs || this.clock.nowMs() - this.startedMs;
        return ms === 0 ? 0 : (this.acknowledged * 1000) / ms;
    }
    /** From here on the longest time without an acknowledgement is looked for. */
    openGap() {
        this.longestMs = 0;
    }
    /** The longest time between two acknowledgements since `openGap`, the one that runs now included, ms. */
    gapMs() {
        return Math.max(this.longestMs, this.clock.nowMs() - this.lastMs);
    }
    tick() {
        const nowMs = this.clock.nowMs();
        const due = ((nowMs - this.tickedMs) * this.rate) / 1000;
        this.tickedMs = nowMs;
        this.tokens = Math.min(this.tokens + due, this.rate);
        while (this.tokens >= 1 && this.idle.length > 0) {
            this.tokens--;
            this.idle.shift()();
        }
    }
    turn() {
        return this.stopped ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
    }
    async lane(client, index) {
        for (;;) {
            await this.turn();
            if (this.stopped)
                return;
            try {
                const { latencyMs } = await this.request(client, index);
                this.acknowledged++;
                this.latency.record(latencyMs);
                const nowMs = this.clock.nowMs();
                this.longestMs = Math.max(this.longestMs, nowMs - this.lastMs);
                this.lastMs = nowMs;
            }
            catch (error) {
                if (this.stopped && error.code === 'closed')
                    return;
                this.unknown++;
            }
        }
    }
}
//# sourceMappingURL=load.js.map