/** How `lockstep profile` times things: medians of short samples, after a warm-up. */
export declare function median(values: readonly number[]): number;
/** Median µs of one call, within about `budgetMs`; warm-up not counted. */
export declare function timeUs(call: () => unknown, budgetMs: number): number;
/** The same for calls that resolve. */
export declare function timeAsyncUs(call: () => Promise<unknown>, budgetMs: number): Promise<number>;
//# sourceMappingURL=timing.d.ts.map