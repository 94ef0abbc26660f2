/** Runs a load in a process of its own, so that what measures shares no event loop with what is measured. */
import type { LoadOrder, LoadProgress, LoadResult } from './orders.ts';
export type { LatencyOrder, LoadOrder, LoadProgress, LoadResult, ThroughputOrder } from './orders.ts';
/** Throws what the generator met: `not-connected`, or `internal` where it died. */
export declare function runLoad(order: LoadOrder, onProgress?: (progress: LoadProgress) => void, signal?: AbortSignal): Promise<LoadResult>;
//# sourceMappingURL=generator.d.ts.map