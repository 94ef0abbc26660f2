/** The figures of `lockstep profile crypto` for people: terminal tables and an HTML page. */
import { lineChart, shortNumber, stackedBars } from '../../load/charts.js';
import { htmlPage } from '../../load/html.js';
import { table } from '../output.js';
function partsText(row) {
    if (row.parts === undefined)
        return '';
    return Object.entries(row.parts)
        .map(([name, us]) => `${name} ${shortNumber(us)}`)
        .join(', ');
}
function byBackend(rows, operation) {
    const verify = (backend) => rows.find((row) => row.backend === backend && row.operation.startsWith(operation));
    const [wasm, noble] = [verify('wasm'), verify('noble')];
    return wasm && noble ? `${shortNumber(noble.us / wasm.us)}× as fast as noble` : '';
}
/** µs everywhere, but for throughput. */
export function profileText(profile) {
    const operations = table(['suite', 'backend', 'operation', 'µs', 'of it'], profile.rows.map((row) => [row.suite, row.backend, row.operation, shortNumber(row.us), partsText(row)]), ['left', 'left', 'left', 'right', 'left']);
    const batches = table(['suite', 'batch', 'inline µs', 'pooled µs', 'inline µs/item', 'pooled µs/item', 'main thread µs/item'], profile.batches.map((row) => [
        row.suite,
        String(row.items),
        shortNumber(row.inlineUs),
        shortNumber(row.pooledUs),
        shortNumber(row.inlineUs / row.items),
        shortNumber(row.pooledUs / row.items),
        shortNumber(row.mainThreadUsPerItem),
    ]));
    const threads = table(['suite', 'threads', 'items/s', 'speed-up'], profile.threads.map((row) => [
        row.suite,
        String(row.threads),
        shortNumber(row.itemsPerSecond),
        `${row.speedup.toFixed(2)}×`,
    ]));
    return [
        operations,
        `A batch on the calling thread, and handed to a pool of one thread:\n${batches}`,
        `Throughput of the pool, batches of 64:\n${threads}`,
    ].join('\n\n');
}
function suiteSections(profile, suite) {
    const rows = profile.rows.filter((row) => row.suite === suite);
    const split = rows.filter((row) => row.parts !== undefined);
    const batches = profile.batches.filter((row) => row.suite === suite);
    const sections = [
        {
            heading: `${suite}: time per operation`,
            text: [
                'Median µs of one call with a fresh message and signature.',
                byBackend(rows, 'verify, prepared') &&
                    `Verification under a prepared key: ${byBackend(rows, 'verify')} unprepared.`,
            ]
                .filter(Boolean)
                .join(' '),
            table: {
                head: ['operation', 'backend', 'µs'],
                rows: rows.map((row) => [row.operation, row.backend, shortNumber(row.us)]),
            },
        },
    ];
    if (split.length > 0) {
        sections.push({
            heading: `${suite}: where the time goes`,
            text: 'The kernel by its parts, each timed by itself; “other” is what is left of the whole.',
            charts: [
                stackedBars(split.map(({ operation, parts }) => ({ name: operation, parts: parts })), 'µs'),
            ],
        });
    }
    if (batches.length > 0) {
        sections.push({
            heading: `${suite}: inline or handed over`,
            text: 'µs per item of a batch, by its size, until its verdicts are there.',
            charts: [
                lineChart([
                    { name: 'inline', points: batches.map((row) => [row.items, row.inlineUs / row.items]) },
                    {
                        name: 'pool of one thread',
                        points: batches.map((row) => [row.items, row.pooledUs / row.items]),
                    },
                    { name: 'main thread', points: batches.map((row) => [row.items, row.mainThreadUsPerItem]) },
                ], { x: 'batch size', y: 'µs per item', logX: true }),
            ],
        });
    }
    return sections;
}
export function profileHtml(profile) {
    const suites = [...new Set(profile.rows.map(({ suite }) => suite))];
    const sections = suites.flatMap((suite) => suiteSections(profile, suite));
    if (profile.threads.length > 0) {
        sections.push({
            heading: 'Throughput by threads',
            text: 'Signatures per second with sixteen batches of 64 waiting at any time, prepared keys.',
            charts: [
                lineChart(suites.map((suite) => ({
                    name: suite,
                    points: profile.threads
                        .filter((row) => row.suite === suite)
                        .map((row) => [row.threads, row.itemsPerSecond]),
                })), { x: 'threads', y: 'signatures per second' }),
            ],
        });
    }
    const { cpu, cores } = profile.machine;
    return htmlPage('Lockstep: where cryptography spends its time', `${cores} × ${cpu} · Node ${profile.versions.node} · OpenSSL ${profile.versions.openssl}`, sections);
}
//# sourceMappingURL=report.js.map