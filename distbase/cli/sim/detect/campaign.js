/** `lockstep sim --detect`: every listed misbehaviour in seeded runs, and runs in which nobody misbehaves. */
import { performance } from 'node:perf_hooks';
import { realSetting } from '../../../sim/real/index.js';
import { machine, versions } from '../../bench/machine.js';
import { Progress } from '../../bench/progress.js';
import { note, table, writeJson } from '../../output.js';
import { revision } from '../revision.js';
import { MISBEHAVIOURS } from './tactics.js';
import { runDetection } from './world.js';
/** A network of a validator set's usual make, with a time-out that no run's delays reach. */
const PARAMETERS = {
    checkpointInterval: 16,
    window: 64,
    viewChangeTimeoutMs: 500,
    viewChangeTimeoutMaxMs: 8_000,
};
/** Of the statistical ones so many of a hundred runs have to be found. */
const STATISTICAL_SHARE = 0.95;
const JUDGED_KINDS = new Set(MISBEHAVIOURS.map(({ kind }) => kind));
function rowOf(mix, n, results) {
    const lie = typeof mix === 'string' ? undefined : mix;
    let found = 0;
    let foundByAll = 0;
    let provenByAll = 0;
    let accused = 0;
    const firstMs = [];
    const failures = [];
    for (const { seed, liar, findings, proven, wrong, suspected, broken } of results) {
        if (broken !== undefined)
            failures.push(`seed ${seed}: ${broken}`);
        const of = findings.filter((finding) => finding.of === liar && finding.kind === lie?.kind);
        const by = new Set(of.map((finding) => finding.by));
        if (by.size > 0) {
            found++;
            firstMs.push(Math.min(...of.map(({ atMs }) => atMs)));
        }
        if (by.size >= (lie?.kind === 'conflicting-result' ? 1 : n - 1))
            foundByAll++;
        if (proven.length >= n - 1)
            provenByAll++;
        const innocent = findings.filter((finding) => finding.of !== liar && JUDGED_KINDS.has(finding.kind));
        const harm = [
            ...wrong,
            ...suspected,
            ...innocent.map(({ by: who, of: whom, kind, atMs }) => `${who} found ${whom} at ${kind} after ${atMs.toFixed(0)} ms`),
        ];
        accused += harm.length;
        if (harm.length > 0)
            failures.push(`seed ${seed}: ${harm.join('; ')}`);
        else if (lie?.provable === true && proven.length < n - 1)
            failures.push(`seed ${seed}: ${proven.length} of ${n - 1} hold evidence`);
        else if (lie !== undefined && by.size === 0)
            failures.push(`seed ${seed}: nobody found it`);
    }
    firstMs.sort((a, b) => a - b);
    return {
        name: lie?.name ?? (mix === 'honest' ? 'nobody misbehaves' : 'crashes and cut lines'),
        kind: lie?.kind ?? '',
        provable: lie?.provable ?? null,
        runs: results.length,
        found,
        foundByAll,
        provenByAll,
        medianMs: firstMs[firstMs.length >> 1] ?? null,
        worstMs: firstMs.at(-1) ?? null,
        accused,
        commits: results.reduce((sum, { commits }) => sum + commits, 0),
        failures,
    };
}
function holds({ provable, runs, found, provenByAll, accused }) {
    if (accused > 0)
        return false;
    if (provable === null)
        return true;
    return provable ? provenByAll === runs : found >= STATISTICAL_SHARE * runs;
}
/** `only`: the rows whose name contains it. Resolves with the exit code. */
export async function runDetect(first, runs, auth, only, json) {
    const n = 4;
    const setting = await realSetting(auth, n, PARAMETERS);
    const progress = new Progress();
    const startedMs = performance.now();
    const rows = [];
    const mixes = [...MISBEHAVIOURS, 'honest', 'crash'];
    for (const mix of mixes) {
        const name = typeof mix === 'string' ? mix : mix.name;
        if (only !== undefined && !name.includes(only))
            continue;
        const results = [];
        for (let seed = first; seed < first + runs; seed++) {
            results.push(await runDetection(setting, seed, mix));
            progress.update('detect', `${name}: ${results.length} of ${runs} runs`);
        }
        const row = rowOf(mix, n, results);
        rows.push(row);
        progress.clear();
        for (const failure of row.failures.slice(0, 5))
            note(`${row.name}, ${failure}`);
    }
    await setting.verifier.close();
    const ok = rows.every(holds);
    const seconds = (performance.now() - startedMs) / 1000;
    const settings = {
        command: 'sim --detect',
        auth,
        validators: n,
        seeds: [first, first + runs - 1],
        commit: revision(),
    };
    if (json !== undefined)
        writeJson(json, { machine: machine(), versions: versions(), settings, seconds, ok, rows });
    if (json !== '-')
        process.stdout.write(`${printed(rows)}\n${ok ? 'all hold' : 'NOT ALL HOLD'}, ${seconds.toFixed(0)} s\n`);
    return ok ? 0 : 1;
}
function printed(rows) {
    const ms = (value) => (value === null ? '–' : value.toFixed(0));
    const cells = rows.map((row) => [
        row.name,
        row.kind,
        String(row.runs),
        row.provable === null ? '–' : String(row.found),
        row.provable === null ? '–' : String(row.foundByAll),
        row.provable === true ? String(row.provenByAll) : '–',
        ms(row.medianMs),
        ms(row.worstMs),
        String(row.accused),
        holds(row) ? 'yes' : 'NO',
    ]);
    const head = [
        'misbehaviour',
        'counted as',
        'runs',
        'found',
        'by all',
        'proven by all',
        'p50 ms',
        'worst ms',
        'honest accused',
        'holds',
    ];
    return table(head, cells, head.map((_, i) => (i < 2 ? 'left' : 'right')));
}
//# sourceMappingURL=campaign.js.map