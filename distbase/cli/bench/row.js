/** What `bench` and `demo` report: one row per measurement. Every unit is in a name. */
const quantiles = ({ p50Ms, p90Ms, p99Ms, p999Ms, minMs, meanMs, maxMs }) => ({
    p50Ms,
    p90Ms,
    p99Ms,
    p999Ms,
    minMs,
    meanMs,
    maxMs,
});
export function loadRow(kind, setting, result, floor) {
    const { submitted, committed, failed, failures } = result;
    return {
        kind,
        ...setting,
        clients: result.clients,
        ...quantiles(result.latency),
        throughputTps: result.throughputTps,
        ...(floor !== undefined && { floorP50Ms: floor.p50Ms, floorP99Ms: floor.p99Ms }),
        submitted,
        commits: committed,
        failed,
        failures,
        committedPercent: submitted === 0 ? 0 : (100 * committed) / submitted,
        outstanding: result.outstanding,
        measuredMs: result.measuredMs,
        signedAhead: result.signedAhead,
        generatorCores: result.generatorCores,
    };
}
/** The floor as a row of its own; its rounds count as commits. */
export function floorRow(setting, floor, measuredMs) {
    return {
        kind: 'floor',
        ...setting,
        clients: 1,
        ...quantiles(floor),
        throughputTps: floor.count / (measuredMs / 1000),
        floorP50Ms: floor.p50Ms,
        floorP99Ms: floor.p99Ms,
        submitted: floor.count,
        commits: floor.count,
        failed: 0,
        failures: {},
        committedPercent: 100,
        outstanding: 1,
        measuredMs,
        signedAhead: 0,
        generatorCores: 0,
    };
}
//# sourceMappingURL=row.js.map