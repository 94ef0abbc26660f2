/** A soak as one HTML page: disk, memory and event loop by transactions settled. */
import { lineChart } from '../../load/charts.js';
import { htmlPage } from '../../load/html.js';
/** Points of a line: a chart has room for so many marks. */
const POINTS = 20;
const MIB = 2 ** 20;
/** Per validator the greatest of each stretch, so that no peak is lost. */
function lines(samples, of) {
    const last = Math.max(...samples.map(({ transactions }) => transactions), 1);
    const ids = [...new Set(samples.map(({ validator }) => validator))].sort();
    return ids.map((id) => {
        const most = new Map();
        for (const sample of samples) {
            if (sample.validator !== id)
                continue;
            const stretch = Math.ceil((sample.transactions / last) * POINTS);
            most.set(stretch, Math.max(most.get(stretch) ?? 0, of(sample)));
        }
        const points = [...most].sort(([a], [b]) => a - b);
        const millions = (stretch) => Number(((stretch / POINTS) * (last / 1e6)).toPrecision(3));
        return { name: `v${id}`, points: points.map(([at, value]) => [millions(at), value]) };
    });
}
export function soakPage(row, machine) {
    const { samples } = row;
    const x = 'million transactions';
    const chart = (y, of) => lineChart(lines(samples, of), { x, y });
    const { diskGrowthPercent, heapGrowthPercent, residentGrowthPercent } = row;
    const growth = (percent) => `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} % in the second half`;
    return htmlPage(`${row.transactions.toLocaleString('en')} transactions`, `${row.validators} validators (${row.protocol}, ${row.auth}, durability ${row.durability}), ${row.throughputTps.toFixed(0)} tx/s for ${row.seconds.toFixed(0)} s, ${row.outstanding} in flight; ${machine}`, [
        {
            heading: 'Disk',
            text: `Vote log, snapshots and store: ${growth(diskGrowthPercent)}. The greatest of each stretch.`,
            charts: [
                chart('MiB on disk', (s) => s.diskBytes / MIB),
                chart('MiB of vote log', (s) => s.logBytes / MIB),
            ],
        },
        {
            heading: 'Memory',
            text: `Heap in use: ${growth(heapGrowthPercent)}; resident: ${growth(residentGrowthPercent)}.`,
            charts: [
                chart('MiB of heap in use', (s) => s.heapBytes / MIB),
                chart('MiB resident', (s) => s.residentBytes / MIB),
            ],
        },
        {
            heading: 'Event loop',
            text: `Lag p99: median of the samples ${row.lagP99MedianMs.toFixed(1)} ms, worst ${row.lagP99WorstMs.toFixed(1)} ms.`,
            charts: [chart('lag p99, ms', (s) => s.lagP99Ms)],
        },
    ]);
}
//# sourceMappingURL=page.js.map