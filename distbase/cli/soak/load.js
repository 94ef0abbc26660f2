/** Transactions without an end: so many in flight at any time, signed as they go. */
import { Histogram } from '../../load/histogram.js';
import { failureCode } from '../../load/tally.js';
import { LoadClient } from '../../load/workload.js';
/** Until a client sends again after a failure, ms. */
const AFTER_FAILURE_MS = 10;
export class SoakLoad {
    latency = new Histogram();
    committed = 0;
    /** By error code. */
    failures = {};
    o;
    clients = [];
    started = 0;
    inFlight = 0;
    stopped = false;
    done = () => { };
    constructor(options) {
        this.o = options;
    }
    static async connect(options) {
        const load = new SoakLoad(options);
        const { home, payloadBytes } = options;
        const order = {
            kind: 'latency',
            home,
            txAuth: 'ed25519',
            payloadBytes,
            warmupMs: 0,
            durationMs: 0,
        };
        for (let i = 0; i < options.clients; i++)
            load.clients.push(await LoadClient.connect(order));
        return load;
    }
    /** Resolves when all are settled, or what was in flight when it was stopped. */
    run() {
        return new Promise((resolve) => {
            this.done = resolve;
            for (let i = 0; i < this.o.outstanding; i++)
                this.next(this.clients[i % this.clients.length]);
        });
    }
    stop() {
        this.stopped = true;
    }
    async close() {
        this.stopped = true;
        await Promise.all(this.clients.map(({ client }) => client.close()));
    }
    next(load) {
        if (this.stopped || this.started >= this.o.transactions) {
            if (this.inFlight === 0)
                this.done();
            return;
        }
        this.started++;
        this.inFlight++;
        load.client.transmit(load.sign(), {
            settled: ({ latencyMs }) => {
                this.inFlight--;
                this.committed++;
                this.latency.record(latencyMs);
                this.next(load);
            },
            failed: (error) => {
                this.inFlight--;
                this.started--;
                const code = failureCode(error);
                this.failures[code] = (this.failures[code] ?? 0) + 1;
                setTimeout(() => this.next(load), AFTER_FAILURE_MS);
            },
        });
    }
}
//# sourceMappingURL=load.js.map