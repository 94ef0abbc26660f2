/**
 * The rate that a cluster bears. Clients keep a number of transactions in flight; the number is doubled until the rate
 * no longer grows, and the best one is measured. Everything that is sent in a measured window was signed before it:
 * on a small machine the client's signatures would otherwise be taken from the validators' share.
 */
import { runBurst } from './burst.js';
import { LoadClient, stockLimit } from './workload.js';
const FIRST_OUTSTANDING = 128;
/** Per client: half of the chain's window of nonces, so that nothing falls out of it. */
const MAX_OUTSTANDING_PER_CLIENT = 512;
/** A step of the search, and before it the time for the pipeline to fill. */
const SEARCH_MS = 500;
const LEAD_MS = 300;
/** A step must be this much faster than the best one before to be worth its longer queue. */
const WORTHWHILE = 1.05;
/** Steps in a row that brought nothing, before the search ends: one may be an accident. */
const PATIENCE = 2;
/** Stock for this much more than the rate that the search found. */
const STOCK_MARGIN = 1.7;
/** Signatures between two turns of the event loop, so that sessions answer pings meanwhile. */
const SIGN_CHUNK = 500;
export async function runThroughput(order, progress) {
    const clients = [];
    try {
        for (let i = 0; i < order.clients; i++) {
            clients.push(await LoadClient.connect(order));
            const done = (i + 1) / order.clients;
            progress({ phase: 'connecting', done, committed: 0, failed: 0, ratePerSecond: 0, outstanding: 0 });
        }
        return await new ThroughputRun(clients, order, progress).run();
    }
    finally {
        await Promise.all(clients.map(({ client }) => client.close()));
    }
}
class ThroughputRun {
    clients;
    order;
    progress;
    stockLimit;
    constructor(clients, order, progress) {
        this.clients = clients;
        this.order = order;
        this.progress = progress;
        this.stockLimit = stockLimit(clients);
    }
    async run() {
        const { warmupMs, durationMs, outstanding: fixed } = this.order;
        const first = fixed ?? FIRST_OUTSTANDING;
        const warm = await this.warmUp(first, warmupMs);
        const { outstanding, rate } = fixed === undefined
            ? await this.search(warm.ratePerSecond)
            : { outstanding: fixed, rate: warm.ratePerSecond };
        const seconds = (LEAD_MS + durationMs) / 1000;
        const signedAhead = await this.stockUp(rate * seconds * STOCK_MARGIN + 2 * outstanding);
        const last = await this.burst(outstanding, LEAD_MS, durationMs, 'measuring');
        return {
            latency: last.histogram.summary(),
            ...last.tally.result(),
            throughputTps: last.ratePerSecond,
            measuredMs: last.measuredMs,
            clients: this.clients.length,
            outstanding,
            signedAhead,
            generatorCores: last.cores,
        };
    }
    /** Twice: how many transactions a warm-up takes is known only after a first, short one. */
    async warmUp(outstanding, warmupMs) {
        await this.stockUp(10 * outstanding);
        const cold = await this.burst(outstanding, 0, SEARCH_MS, 'warming up');
        await this.stockUp((2 * cold.ratePerSecond * warmupMs) / 1000 + 2 * outstanding);
        return this.burst(outstanding, 0, warmupMs, 'warming up');
    }
    /** Doubles what is in flight while that pays. */
    async search(warmRate) {
        let best = { outstanding: FIRST_OUTSTANDING, rate: 0 };
        let fastest = warmRate;
        let fruitless = 0;
        const most = MAX_OUTSTANDING_PER_CLIENT * this.clients.length;
        for (let tried = FIRST_OUTSTANDING; tried <= most && fruitless < PATIENCE; tried *= 2) {
            // A step may be twice as fast as the one before.
            await this.stockUp((2 * fastest * (LEAD_MS + SEARCH_MS)) / 1000 + 2 * tried);
            const step = await this.burst(tried, LEAD_MS, SEARCH_MS, 'searching');
            if (step.tally.failed > 0)
                break;
            if (step.ratePerSecond > best.rate * WORTHWHILE) {
                best = { outstanding: tried, rate: step.ratePerSecond };
                fruitless = 0;
            }
            else
                fruitless++;
            fastest = Math.max(fastest, step.ratePerSecond);
        }
        return best;
    }
    /** Signs until there are so many, all clients together; gives how many there are. */
    async stockUp(total) {
        const each = Math.min(this.stockLimit, Math.ceil(total / this.clients.length));
        for (const [i, client] of this.clients.entries()) {
            for (let have = client.stock; have < each; have += SIGN_CHUNK) {
                client.stockUp(Math.min(each, have + SIGN_CHUNK));
                const done = (i + have / each) / this.clients.length;
                this.progress({ phase: 'signing', done, committed: 0, failed: 0, ratePerSecond: 0, outstanding: 0 });
                await new Promise((resolve) => setImmediate(resolve));
            }
        }
        return this.clients.reduce((sum, client) => sum + client.stock, 0);
    }
    burst(outstanding, leadMs, windowMs, phase) {
        const { clients, progress } = this;
        return runBurst({ clients, outstanding, leadMs, windowMs, phase, progress });
    }
}
//# sourceMappingURL=throughput-run.js.map