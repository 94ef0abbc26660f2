/**
 * Latencies in a log-linear histogram, as HdrHistogram lays them out: linear within an octave, 128 buckets to the
 * octave, so that a value is known to within 1/128 (0.8 %), and its bucket's middle to within 0.4 %. Recording is a
 * shift and an increment; nothing is allocated.
 */
export interface LatencySummary {
    readonly count: number;
    readonly minMs: number;
    readonly meanMs: number;
    readonly p50Ms: number;
    readonly p90Ms: number;
    readonly p99Ms: number;
    readonly p999Ms: number;
    readonly maxMs: number;
}
/** What a histogram is between processes: bucket, count, bucket, count, … for the buckets that are not empty. */
export interface HistogramData {
    readonly minMs: number;
    readonly maxMs: number;
    readonly sumMs: number;
    readonly buckets: readonly number[];
}
export declare class Histogram {
    private readonly counts;
    private total;
    private sumMs;
    private lowestMs;
    private highestMs;
    get count(): number;
    /** A latency in ms. What is negative or not a number counts as 0. */
    record(ms: number): void;
    /** The smallest latency that `percent` % of all do not exceed, in ms; 0 where nothing was recorded. */
    percentile(percent: number): number;
    summary(): LatencySummary;
    /** Forgets everything: after the warm-up. */
    reset(): void;
    toData(): HistogramData;
    /** Adds what another histogram, of another client or process, recorded. */
    add(data: HistogramData): void;
}
//# sourceMappingURL=histogram.d.ts.map