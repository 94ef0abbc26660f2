/** What a soak comes to. */
import { quantileOf } from '../torture/figures.js';
/** The last quarter beside the second one: the first is still filling up. */
export function growthPercent(samples, of) {
    const last = Math.max(...samples.map(({ transactions }) => transactions));
    const mean = (from, to) => {
        const inside = samples.filter(({ transactions }) => transactions > from * last && transactions <= to * last);
        return inside.reduce((sum, sample) => sum + of(sample), 0) / inside.length;
    };
    return 100 * (mean(0.75, 1) / mean(0.25, 0.5) - 1);
}
export function summarize(samples) {
    const most = (of) => Math.max(...samples.map(of));
    const lags = samples.map(({ lagP99Ms }) => lagP99Ms);
    return {
        diskMaxBytes: most((s) => s.diskBytes),
        heapMaxBytes: most((s) => s.heapBytes),
        residentMaxBytes: most((s) => s.residentBytes),
        anonymousMaxBytes: most((s) => s.anonymousBytes),
        diskGrowthPercent: growthPercent(samples, (s) => s.diskBytes),
        heapGrowthPercent: growthPercent(samples, (s) => s.heapBytes),
        residentGrowthPercent: growthPercent(samples, (s) => s.residentBytes),
        anonymousGrowthPercent: growthPercent(samples, (s) => s.anonymousBytes),
        lagP99MedianMs: quantileOf(lags, 0.5),
        lagP99WorstMs: quantileOf(lags, 1),
        lagMaxMs: most((s) => s.lagMaxMs),
        samples,
    };
}
//# sourceMappingURL=row.js.map