/** The table of `demo`: figures of every setting beside their targets and beside the floor. */
import { table } from '../output.js';
import { missedBy, TARGETS } from './targets.js';
const ms = (value) => value.toFixed(3);
const count = (value) => Math.round(value).toLocaleString('en-US');
const LINES = [
    { label: 'commit latency p50, ms', target: TARGETS.p50Ms, value: (r) => r.latency.p50Ms, text: ms },
    { label: '               p90, ms', value: (r) => r.latency.p90Ms, text: ms },
    { label: '               p99, ms', target: TARGETS.p99Ms, value: (r) => r.latency.p99Ms, text: ms },
    { label: '             p99.9, ms', value: (r) => r.latency.p999Ms, text: ms },
    { label: 'floor          p50, ms', value: (r) => r.latency.floorP50Ms ?? 0, text: ms },
    { label: '               p99, ms', value: (r) => r.latency.floorP99Ms ?? 0, text: ms },
    {
        label: 'throughput, tx/s',
        target: TARGETS.throughputTps,
        value: (r) => r.throughput.throughputTps,
        text: count,
    },
    { label: '  latency p50 there, ms', value: (r) => r.throughput.p50Ms, text: ms },
    { label: '  transactions in flight', value: (r) => r.throughput.outstanding, text: count },
    { label: '  load generator, cores', value: (r) => r.throughput.generatorCores, text: (v) => v.toFixed(2) },
    {
        label: 'committed, % of submitted',
        target: TARGETS.committedPercent,
        value: (r) => r.committedPercent,
        text: (v) => v.toFixed(2),
    },
];
/** One column per setting; a missed target is marked with ✗ and by how much. */
export function demoTable(reports) {
    const head = ['', 'target', ...reports.map((report) => report.auth)];
    const rows = LINES.map(({ label, target, value, text }) => [
        label,
        target?.stated ?? '',
        ...reports.map((report) => {
            const figure = value(report);
            if (target === undefined)
                return text(figure);
            const missed = missedBy(target, figure);
            return missed === '' ? `${text(figure)} ✓` : `${text(figure)} ${missed}`;
        }),
    ]);
    rows.push([
        'state hashes agree',
        'all',
        ...reports.map((report) => (report.stateHashesAgree ? 'yes ✓' : 'no ✗')),
    ]);
    return table(head, rows);
}
//# sourceMappingURL=report.js.map