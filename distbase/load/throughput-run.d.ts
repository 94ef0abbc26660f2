/**
 * The rate that a cluster bears. Clients keep a number of transactions in flight; the number is doubled until the rate
 * no longer grows, and the best one is measured. Everything that is sent in a measured window was signed before it:
 * on a small machine the client's signatures would otherwise be taken from the validators' share.
 */
import type { LoadProgress, LoadResult, ThroughputOrder } from './orders.ts';
export declare function runThroughput(order: ThroughputOrder, progress: (progress: LoadProgress) => void): Promise<LoadResult>;
//# sourceMappingURL=throughput-run.d.ts.map