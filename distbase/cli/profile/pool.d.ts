/** The pool: a batch inline and handed over, by its size; throughput by the number of threads. */
import type { SuiteName } from '../../crypto/interface.ts';
import type { Inputs } from './inputs.ts';
export interface BatchRow {
    readonly suite: SuiteName;
    readonly items: number;
    /** µs of a whole batch: on the calling thread, and from handing over to the verdicts. */
    readonly inlineUs: number;
    readonly pooledUs: number;
    /** What handing over cost the main thread, µs per item. */
    readonly mainThreadUsPerItem: number;
}
export interface ThreadRow {
    readonly suite: SuiteName;
    readonly threads: number;
    /** With sixteen batches of 64 waiting at any time. */
    readonly itemsPerSecond: number;
    /** How many times as many as one thread. */
    readonly speedup: number;
}
export declare function profileBatches(inputs: Inputs, sizes: readonly number[], budgetMs: number): Promise<BatchRow[]>;
export declare function profileThreads(inputs: Inputs, threads: readonly number[], budgetMs: number): Promise<ThreadRow[]>;
//# sourceMappingURL=pool.d.ts.map