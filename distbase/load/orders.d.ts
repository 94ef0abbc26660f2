/** What the process that generates load is told, and what it answers. */
import type { SuiteName } from '../crypto/interface.ts';
import type { LatencySummary } from './histogram.ts';
import type { TimelineText } from './timeline.ts';
interface CommonOrder {
    /** A local cluster's folder. */
    readonly home: string;
    /** What transactions are signed with. */
    readonly txAuth: SuiteName;
    /** Bytes of the value that each transaction writes. */
    readonly payloadBytes: number;
    /** Not measured: code is compiled, connections and caches are warmed. */
    readonly warmupMs: number;
    readonly durationMs: number;
}
/** One client, one transaction at a time. */
export interface LatencyOrder extends CommonOrder {
    readonly kind: 'latency';
    /** Whether the client records where its own time goes. */
    readonly trace?: boolean;
}
/** Many transactions at once: the rate that the cluster bears. */
export interface ThroughputOrder extends CommonOrder {
    readonly kind: 'throughput';
    /** Clients, each with a key and connections of its own. */
    readonly clients: number;
    /** Transactions in flight, all clients together. Default: found by raising it until the rate no longer grows. */
    readonly outstanding?: number;
}
export type LoadOrder = LatencyOrder | ThroughputOrder;
export interface LoadProgress {
    readonly phase: 'connecting' | 'warming up' | 'searching' | 'signing' | 'measuring';
    /** Share of the phase that is over, 0 to 1. */
    readonly done: number;
    readonly committed: number;
    readonly failed: number;
    readonly ratePerSecond: number;
    /** In flight at most, as it is set now. */
    readonly outstanding: number;
}
/** A transaction's way as the client saw it; times in µs of the machine's monotonic clock. */
export interface TracedCommit {
    readonly startUs: number;
    readonly settledUs: number;
    readonly sequence: number;
    /** Whose answer settled it, and when the callback began that brought it. */
    readonly from: number;
    readonly arrivedUs: number;
    /** When the request was with the socket of each validator, by id. */
    readonly sentUs: readonly number[];
    /** As counted in the result's latency. */
    readonly latencyMs: number;
}
export interface ClientTrace {
    readonly timeline: TimelineText;
    readonly commits: readonly TracedCommit[];
}
export interface LoadResult {
    /** Where it was ordered. */
    readonly trace?: ClientTrace;
    /**
     * Of transactions submitted in the measured window: from handing the signed bytes to the client until f + 1
     * validators had given the same result. Signing is not in it.
     */
    readonly latency: LatencySummary;
    /** Submitted in the measured window, and what became of them, those that were settled after it included. */
    readonly submitted: number;
    readonly committed: number;
    readonly failed: number;
    /** Failures by error code. */
    readonly failures: Readonly<Record<string, number>>;
    /** Settled inside the window, per second of it. */
    readonly throughputTps: number;
    readonly measuredMs: number;
    readonly clients: number;
    readonly outstanding: number;
    /** Transactions signed before the window began, so that signing takes nothing from the cluster during it. */
    readonly signedAhead: number;
    /** CPU time of the generator's process during the window, in cores. */
    readonly generatorCores: number;
}
export type LoadReport = {
    readonly kind: 'progress';
    readonly progress: LoadProgress;
} | {
    readonly kind: 'done';
    readonly result: LoadResult;
} | {
    readonly kind: 'failed';
    readonly code: string;
    readonly message: string;
};
export {};
//# sourceMappingURL=orders.d.ts.map