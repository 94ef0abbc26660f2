/** A stretch of load: so many transactions in flight at any time, until a window is over or the stock is used up. */
import { Histogram } from './histogram.ts';
import type { LoadProgress } from './orders.ts';
import { Tally } from './tally.ts';
import type { LoadClient } from './workload.ts';
export interface BurstOptions {
    readonly clients: readonly LoadClient[];
    /** Transactions in flight, all clients together. */
    readonly outstanding: number;
    /** Load before the window opens, ms. */
    readonly leadMs: number;
    readonly windowMs: number;
    readonly phase: LoadProgress['phase'];
    readonly progress: (progress: LoadProgress) => void;
}
export interface BurstResult {
    /** Of what was submitted inside the window. */
    readonly tally: Tally;
    readonly histogram: Histogram;
    /** Settled inside the window, per second of it. */
    readonly ratePerSecond: number;
    /** The window's length: shorter than asked for where the stock was used up. */
    readonly measuredMs: number;
    /** CPU time of this process in the window, in cores. */
    readonly cores: number;
}
export declare function runBurst(options: BurstOptions): Promise<BurstResult>;
//# sourceMappingURL=burst.d.ts.map