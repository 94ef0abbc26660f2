/**
 * The load of a campaign: clients that keep some requests under way each, all together at a steady pace. A pause of
 * the cluster is made up for afterwards, as far as a second's worth. What is asked and what answers mean is the
 * affair of each kind of load.
 */
import type { Client } from '../../client/index.ts';
import { Histogram } from '../../load/histogram.ts';
import type { Standstill } from './standstill.ts';
/**
 * Requests that one client has under way at most. A replica keeps the results of a client's last eight transactions
 * in its state, so that as many find their answer even after all validators restarted.
 */
export declare const LANES_PER_CLIENT = 8;
/** Longest that a request may take, ms: the ceiling for any fault, twice. */
export declare const TIMEOUT_MS = 60000;
export declare abstract class Load {
    readonly latency: Histogram;
    acknowledged: number;
    /** Requests whose outcome their client never learnt. */
    unknown: number;
    /** What is wrong with the answers. */
    readonly failures: string[];
    protected readonly clients: Client[];
    private readonly rate;
    private readonly clock;
    private timer;
    private tokens;
    private tickedMs;
    private readonly idle;
    private lanes;
    private stopped;
    private startedMs;
    private runMs;
    private lastMs;
    private longestMs;
    /** `rate`: requests per second, of all clients together. */
    constructor(rate: number, clock: Standstill);
    /** One request of a client. Throws where its outcome stays unknown. */
    protected abstract request(client: Client, index: number): Promise<{
        readonly latencyMs: number;
    }>;
    /** Nothing is under way any more and the cluster has settled: what the answers come to, in `failures`. */
    abstract settle(): Promise<void>;
    start(): void;
    /** No new requests; resolves when all are settled or given up. */
    stop(): Promise<void>;
    close(): Promise<void>;
    /** Acknowledged per second, over the time between `start` and `stop`. */
    get ratePerSecond(): number;
    /** From here on the longest time without an acknowledgement is looked for. */
    openGap(): void;
    /** The longest time between two acknowledgements since `openGap`, the one that runs now included, ms. */
    gapMs(): number;
    private tick;
    private turn;
    private lane;
}
//# sourceMappingURL=load.d.ts.map