/**
 * Latencies in a log-linear histogram, as HdrHistogram lays them out: linear within an octave, 128 buckets to the
 * octave, so that a value is known to within 1/128 (0.8 %), and its bucket's middle to within 0.4 %. Recording is a
 * shift and an increment; nothing is allocated.
 */
/** One unit is 100 ns; 2³² of them are 429 s, and a longer latency counts as that. */
const UNITS_PER_MS = 10_000;
const SUB_BITS = 7;
const SUB = 1 << SUB_BITS;
const MAX_UNITS = 0xffff_ffff;
const BUCKETS = (32 - SUB_BITS) * SUB + SUB;
function bucketOf(units) {
    if (units < 2 * SUB)
        return units;
    const shift = 31 - Math.clz32(units) - SUB_BITS;
    return shift * SUB + (units >>> shift);
}
/** The middle of a bucket, in units: the smallest value in it, and half of what lies up to the next. */
function middleOf(bucket) {
    if (bucket < 2 * SUB)
        return bucket;
    const shift = Math.floor(bucket / SUB) - 1;
    const lowest = (bucket - shift * SUB) * 2 ** shift;
    return lowest + (2 ** shift - 1) / 2;
}
export class Histogram {
    counts = new Float64Array(BUCKETS);
    total = 0;
    sumMs = 0;
    lowestMs = Number.POSITIVE_INFINITY;
    highestMs = 0;
    get count() {
        return this.total;
    }
    /** A latency in ms. What is negative or not a number counts as 0. */
    record(ms) {
        const value = Number.isNaN(ms) ? 0 : Math.max(ms, 0);
        this.counts[bucketOf(Math.min(Math.round(value * UNITS_PER_MS), MAX_UNITS) >>> 0)] += 1;
        this.total++;
        this.sumMs += value;
        if (value < this.lowestMs)
            this.lowestMs = value;
        if (value > this.highestMs)
            this.highestMs = value;
    }
    /** The smallest latency that `percent` % of all do not exceed, in ms; 0 where nothing was recorded. */
    percentile(percent) {
        if (this.total === 0)
            return 0;
        const rank = Math.min(this.total, Math.max(1, Math.ceil((percent / 100) * this.total)));
        if (rank === this.total)
            return this.highestMs;
        let seen = 0;
        for (let bucket = 0; bucket < BUCKETS; bucket++) {
            seen += this.counts[bucket];
            if (seen >= rank) {
                const ms = middleOf(bucket) / UNITS_PER_MS;
                return Math.min(Math.max(ms, this.lowestMs), this.highestMs);
            }
        }
        return this.highestMs;
    }
    summary() {
        return {
            count: this.total,
            minMs: this.total === 0 ? 0 : this.lowestMs,
            meanMs: this.total === 0 ? 0 : this.sumMs / this.total,
            p50Ms: this.percentile(50),
            p90Ms: this.percentile(90),
            p99Ms: this.percentile(99),
            p999Ms: this.percentile(99.9),
            maxMs: this.highestMs,
        };
    }
    /** Forgets everything: after the warm-up. */
    reset() {
        this.counts.fill(0);
        this.total = 0;
        this.sumMs = 0;
        this.lowestMs = Number.POSITIVE_INFINITY;
        this.highestMs = 0;
    }
    toData() {
        const buckets = [];
        for (let i = 0; i < BUCKETS; i++)
            if (this.counts[i] > 0)
                buckets.push(i, this.counts[i]);
        return { minMs: this.total === 0 ? 0 : this.lowestMs, maxMs: this.highestMs, sumMs: this.sumMs, buckets };
    }
    /** Adds what another histogram, of another client or process, recorded. */
    add(data) {
        for (let i = 0; i + 1 < data.buckets.length; i += 2) {
            const bucket = data.buckets[i];
            if (bucket >= BUCKETS)
                continue;
            this.counts[bucket] += data.buckets[i + 1];
            this.total += data.buckets[i + 1];
        }
        this.sumMs += data.sumMs;
        if (data.buckets.length === 0)
            return;
        this.lowestMs = Math.min(this.lowestMs, data.minMs);
        this.highestMs = Math.max(this.highestMs, data.maxMs);
    }
}
//# sourceMappingURL=histogram.js.map