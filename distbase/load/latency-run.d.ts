/** One client in a closed loop: the next transaction leaves when the one before is acknowledged. */
import type { LatencyOrder, LoadProgress, LoadResult } from './orders.ts';
export declare function runLatency(order: LatencyOrder, progress: (progress: LoadProgress) => void): Promise<LoadResult>;
//# sourceMappingURL=latency-run.d.ts.map