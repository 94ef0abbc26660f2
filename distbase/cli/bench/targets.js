/** The stated targets, and by how much a figure misses one. */
export const TARGETS = {
    p50Ms: { name: 'p50', stated: '< 1 ms', limit: 1, atLeast: false },
    p99Ms: { name: 'p99', stated: '< 5 ms', limit: 5, atLeast: false },
    throughputTps: { name: 'throughput', stated: '≥ 10,000 tx/s', limit: 10_000, atLeast: true },
    committedPercent: { name: 'committed', stated: '≥ 99.5 %', limit: 99.5, atLeast: true },
};
export function meets(target, value) {
    return target.atLeast ? value >= target.limit : value < target.limit;
}
/** Empty where the target is met; else how far off it is, relative to the target. */
export function missedBy(target, value) {
    if (meets(target, value))
        return '';
    const off = (100 * (value - target.limit)) / target.limit;
    const rounded = Math.abs(off) < 10 ? off.toFixed(1) : off.toFixed(0);
    return `✗ ${off > 0 ? '+' : ''}${rounded} %`.replace('-', '−');
}
/** Targets that a setting's rows miss, by name. */
export function missedTargets(latency, throughput) {
    const submitted = latency.submitted + throughput.submitted;
    const percent = submitted === 0 ? 0 : (100 * (latency.commits + throughput.commits)) / submitted;
    const missed = [];
    if (!meets(TARGETS.p50Ms, latency.p50Ms))
        missed.push('p50');
    if (!meets(TARGETS.p99Ms, latency.p99Ms))
        missed.push('p99');
    if (!meets(TARGETS.throughputTps, throughput.throughputTps))
        missed.push('throughput');
    if (!meets(TARGETS.committedPercent, percent))
        missed.push('committed');
    return missed;
}
//# sourceMappingURL=targets.js.map