/** The figures of `lockstep profile cluster` for people: terminal tables and an HTML page. */
import { PARTS } from '../../core/stopwatch.js';
import { shortNumber, stackedBars } from '../../load/charts.js';
import { htmlPage } from '../../load/html.js';
import { table } from '../output.js';
import { TOLERANCE } from './attribution.js';
/** In the order of the tables and charts. */
const LABELS = {
    verify: 'verify signatures',
    sign: 'sign',
    codec: 'encode and decode',
    socket: 'sockets and MACs',
    step: 'protocol step',
    execution: 'execute, hash, reply',
    storage: 'vote log',
    driver: 'driver: digests, queues',
    client: 'client: match answers',
    gc: 'garbage collection',
    waiting: 'waiting',
};
const ORDER = Object.keys(LABELS);
const STAGES = {
    submit: 'the client sends',
    'pre-prepare': 'the primary checks and proposes',
    prepare: 'a backup checks and prepares',
    commit: 'a validator has its quorum, commits',
    reply: 'a validator is certain, executes, replies',
    answer: 'the client takes the answer',
};
const COMMITS = {
    typical: 'typical',
    all: 'all',
    slowest: 'slowest 1 %',
};
const us = (value) => value.toFixed(1);
const named = (parts) => Object.fromEntries(ORDER.filter((part) => parts[part] > 0).map((part) => [LABELS[part], parts[part]]));
const stageName = (stage) => STAGES[stage] ?? stage;
function title({ setting }) {
    const { validators, auth, txAuth, protocol, durability, payloadBytes } = setting;
    return `${validators} validators, ${protocol}, votes ${auth}, transactions ${txAuth} of ${payloadBytes} bytes, durability ${durability}`;
}
/** The sentence that the whole report stands on. */
export function verdict({ attribution }) {
    const sentences = attribution.rows.map(({ commits, sumUs, latencyUs, offPercent, within }) => {
        const what = { typical: 'median', all: 'mean', slowest: 'mean of the slowest 1 %' }[commits];
        const sign = within ? '✓' : '✗';
        return `${sign} ${what}: the parts sum to ${us(sumUs)} µs, the client measured ${us(latencyUs)} µs (${offPercent >= 0 ? '+' : '−'}${Math.abs(offPercent).toFixed(1)} %)`;
    });
    const end = attribution.addsUp
        ? `The parts add up to the latency, within ${100 * TOLERANCE} %.`
        : `The parts do not add up to the latency within ${100 * TOLERANCE} %.`;
    return `${sentences.join('\n')}\n${end}`;
}
function partRows(rows) {
    const used = ORDER.filter((part) => rows.some(({ partsUs }) => partsUs[part] >= 0.05));
    const share = (row, part) => `${((100 * row.partsUs[part]) / row.sumUs).toFixed(1)} %`;
    return [
        ...used.map((part) => [
            LABELS[part],
            us(rows[0].partsUs[part]),
            share(rows[0], part),
            ...rows.slice(1).map(({ partsUs }) => us(partsUs[part])),
        ]),
        [
            '  of it: wire, kernel, wake-up',
            us(rows[0].wireUs),
            '',
            ...rows.slice(1).map((row) => us(row.wireUs)),
        ],
        ['  of it: in the receiver', us(rows[0].insideUs), '', ...rows.slice(1).map((row) => us(row.insideUs))],
        ['sum', us(rows[0].sumUs), '100 %', ...rows.slice(1).map((row) => us(row.sumUs))],
        ['measured by the client', us(rows[0].latencyUs), '', ...rows.slice(1).map((row) => us(row.latencyUs))],
    ];
}
const partHead = (rows) => [
    'µs of a commit',
    COMMITS[rows[0].commits],
    '',
    ...rows.slice(1).map(({ commits }) => COMMITS[commits]),
];
const STAGE_HEAD = ['stage, typical commits', 'of commits', 'µs', 'waiting µs', 'most of the rest'];
function stageRows({ stages }) {
    return stages.map(({ stage, share, us: all, partsUs }) => {
        const most = ORDER.filter((part) => part !== 'waiting')
            .sort((a, b) => partsUs[b] - partsUs[a])
            .slice(0, 3)
            .filter((part) => partsUs[part] >= 0.5)
            .map((part) => `${LABELS[part]} ${us(partsUs[part])}`);
        return [stageName(stage), `${Math.round(100 * share)} %`, us(all), us(partsUs.waiting), most.join(', ')];
    });
}
function processTable(processes) {
    const used = ORDER.filter((part) => part !== 'waiting' && processes.some((row) => row.partsUsPerTransaction[part] >= 0.05));
    return {
        head: ['µs per transaction', ...used, 'busy', 'cores', 'preempted'],
        rows: processes.map((row) => [
            `${row.name}${row.isPrimary ? ' (primary)' : ''}`,
            ...used.map((part) => us(row.partsUsPerTransaction[part])),
            `${row.busyPercent.toFixed(0)} %`,
            row.cores.toFixed(2),
            row.preemptedPerTransaction.toFixed(2),
        ]),
    };
}
function processText(heading, processes) {
    const { head, rows } = processTable(processes);
    return `${heading}\n${table(head, rows)}`;
}
function saturatedHeading({ saturated }) {
    if (saturated === undefined)
        return '';
    const { throughputTps, outstanding, latency } = saturated;
    return `Saturated, ${outstanding} in flight: ${shortNumber(throughputTps)} transactions per second, median ${latency.p50Ms.toFixed(1)} ms:`;
}
export function clusterText(profile) {
    const sections = profile.profiles.map((one) => {
        const { rows, traced, commits } = one.attribution;
        const text = [
            `${title(one)}\n${traced} of ${commits} commits followed from end to end; p50 ${one.latency.p50Ms.toFixed(3)} ms, p99 ${one.latency.p99Ms.toFixed(3)} ms`,
            table(partHead(rows), partRows(rows)),
            table(STAGE_HEAD, stageRows(rows[0]), ['left', 'right', 'right', 'right', 'left']),
            verdict(one),
        ];
        if (one.processes.length > 0)
            text.push(processText('Every process, on the path or beside it:', one.processes));
        if (one.saturated)
            text.push(processText(saturatedHeading(one), one.saturated.processes));
        return text.join('\n\n');
    });
    return sections.join('\n\n\n');
}
const METHOD = 'A commit is followed backwards from the answer that settled it, message by message, to the client. Each instant belongs to the process that the commit waited for then, and is charged to what that process was doing. Waiting is the time in which it ran nothing: the message was in the kernel, or the process had no core.';
function processSection(heading, processes) {
    return {
        heading,
        text: 'µs per transaction in callbacks, on the path of the commit or beside it. Times are wall time: one that another process interrupts is longer for it.',
        charts: [
            stackedBars(processes.map(({ name, isPrimary, partsUsPerTransaction }) => ({
                name: isPrimary ? `${name} (primary)` : name,
                parts: named({ ...partsUsPerTransaction, waiting: 0 }),
            })), 'µs'),
        ],
        table: processTable(processes),
    };
}
function settingSections(one) {
    const { rows } = one.attribution;
    const sections = [
        {
            heading: `Where a commit's time goes: ${title(one)}`,
            text: `${METHOD} ${verdict(one)}`,
            charts: [
                stackedBars(rows.map(({ commits, partsUs }) => ({
                    name: `${COMMITS[commits]} commits`,
                    parts: named(partsUs),
                })), 'µs'),
            ],
            table: { head: partHead(rows), rows: partRows(rows) },
        },
        {
            heading: 'Stage by stage',
            text: 'Typical commits, in the order of the path. A stage lasts from the hand-over to its process until that process has handed over in turn.',
            charts: [
                stackedBars(rows[0].stages.map(({ stage, partsUs }) => ({ name: stageName(stage), parts: named(partsUs) })), 'µs'),
            ],
            table: { head: STAGE_HEAD, rows: stageRows(rows[0]) },
        },
    ];
    if (one.processes.length > 0)
        sections.push(processSection('Every process', one.processes));
    if (one.saturated)
        sections.push(processSection(saturatedHeading(one), one.saturated.processes));
    return sections;
}
export function clusterHtml(profile) {
    const { cpu, cores } = profile.machine;
    return htmlPage('Lockstep: where a commit spends its time', `${cores} × ${cpu} · Node ${profile.versions.node}`, profile.profiles.flatMap(settingSections));
}
/** What `--json` gives: one row for each setting and kind of commits. */
export function clusterJson(profile, machine, settings) {
    return {
        machine,
        versions: profile.versions,
        settings,
        parts: PARTS,
        rows: profile.profiles.flatMap(({ setting, latency, attribution }) => attribution.rows.map(({ commits, count, ...row }) => ({
            ...setting,
            commits,
            count,
            traced: attribution.traced,
            addsUp: attribution.addsUp,
            measured: attribution.commits,
            p50Ms: latency.p50Ms,
            p99Ms: latency.p99Ms,
            ...row,
        }))),
        processes: profile.profiles.flatMap(({ setting, processes }) => processes.map((row) => ({ auth: setting.auth, load: 'latency', ...row }))),
        saturated: profile.profiles.flatMap(({ setting, saturated }) => saturated === undefined
            ? []
            : [
                {
                    auth: setting.auth,
                    throughputTps: saturated.throughputTps,
                    outstanding: saturated.outstanding,
                    p50Ms: saturated.latency.p50Ms,
                    p99Ms: saturated.latency.p99Ms,
                    processes: saturated.processes,
                },
            ]),
    };
}
//# sourceMappingURL=cluster-report.js.map