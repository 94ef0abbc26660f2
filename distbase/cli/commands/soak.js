import { writeFileSync } from 'node:fs';
import { MAX_VALIDATORS } from '../../core/limits.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { AUTHS, settingsOf } from '../bench/options.js';
import { Progress } from '../bench/progress.js';
import { agreement, Stopped, startCluster, stopSignal } from '../bench/session.js';
import { defineCommand } from '../command.js';
import { PROTOCOLS } from '../genesis.js';
import { note, table, writeJson } from '../output.js';
import { SoakLoad } from '../soak/load.js';
import { soakPage } from '../soak/page.js';
import { summarize } from '../soak/row.js';
import { lookAt } from '../soak/sampler.js';
const SAMPLES_AT_LEAST = 40;
async function soak(cluster, setting, transactions, everyMs, progress, signal) {
    const { clients, payloadBytes, outstanding } = setting;
    const load = await SoakLoad.connect({
        home: cluster.folder,
        clients,
        payloadBytes,
        outstanding,
        transactions,
    });
    const samples = [];
    const startedMs = performance.now();
    const seconds = () => (performance.now() - startedMs) / 1000;
    const look = async () => {
        const [at, committed] = [seconds(), load.committed];
        const seen = await Promise.all(cluster.urls.map((_, id) => lookAt(cluster, id, at, committed)));
        samples.push(...seen.filter((sample) => sample !== undefined));
        const rate = (committed / at).toFixed(0);
        const done = `${committed.toLocaleString('en')} of ${transactions.toLocaleString('en')}`;
        progress.update('soak', `${done}, ${rate} tx/s, ${Math.max(...samples.slice(-1).map((s) => s.diskBytes / 2 ** 20)).toFixed(0)} MiB on disk`);
    };
    const timer = setInterval(() => void look(), everyMs);
    const stop = () => load.stop();
    signal.addEventListener('abort', stop);
    try {
        await load.run();
        const took = seconds();
        clearInterval(timer);
        await look();
        const { agree } = await agreement(cluster, progress);
        return {
            ...setting,
            transactions: load.committed,
            failed: Object.values(load.failures).reduce((a, b) => a + b, 0),
            seconds: took,
            throughputTps: load.committed / took,
            p50Ms: load.latency.percentile(50),
            p99Ms: load.latency.percentile(99),
            stateHashesAgree: agree,
            ...summarize(samples),
        };
    }
    finally {
        clearInterval(timer);
        signal.removeEventListener('abort', stop);
        await load.close();
    }
}
function print(row) {
    const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
    const percent = (value) => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;
    return table(['', ''], [
        ['transactions', row.transactions.toLocaleString('en')],
        ['  failed', String(row.failed)],
        ['  per second', row.throughputTps.toFixed(0)],
        ['  p50 / p99, ms', `${row.p50Ms.toFixed(1)} / ${row.p99Ms.toFixed(1)}`],
        ['disk at most, MiB', mebibytes(row.diskMaxBytes)],
        ['  last quarter beside the second, %', percent(row.diskGrowthPercent)],
        ['heap in use at most, MiB', mebibytes(row.heapMaxBytes)],
        ['  last quarter beside the second, %', percent(row.heapGrowthPercent)],
        ['resident at most, MiB', mebibytes(row.residentMaxBytes)],
        ['  last quarter beside the second, %', percent(row.residentGrowthPercent)],
        ['  of it no mapped file, MiB', mebibytes(row.anonymousMaxBytes)],
        ['  last quarter beside the second, %', percent(row.anonymousGrowthPercent)],
        [
            'event-loop lag p99, ms: median / worst',
            `${row.lagP99MedianMs.toFixed(1)} / ${row.lagP99WorstMs.toFixed(1)}`,
        ],
        ['state hashes', row.stateHashesAgree ? 'agree' : 'DIFFER'],
    ]);
}
export const command = defineCommand({
    name: 'soak',
    summary: 'run millions of transactions, and show that disk and memory level off',
    help: `Starts validators as processes of their own, keeps transactions in flight until as many as asked for have committed, and looks at every validator's disk, heap and event loop meanwhile. What grows for ever shows as the last quarter beside the second.

Exit code 1 where the validators' states differ, or where it was stopped.

Examples:
  lockstep soak --transactions 100000
  lockstep soak --transactions 10000000 --json soak.json --html soak.html`,
    options: {
        transactions: {
            kind: 'integer',
            min: 1000,
            max: 1e12,
            default: 1_000_000,
            doc: 'How many are to commit.',
        },
        protocol: { kind: 'choice', of: PROTOCOLS, default: 'pbft', doc: 'The consensus protocol.' },
        auth: { kind: 'choice', of: AUTHS, default: 'ed25519', doc: 'How votes are authenticated.' },
        validators: { kind: 'integer', min: 0, max: MAX_VALIDATORS, default: 4, doc: 'How many.' },
        durability: {
            kind: 'choice',
            of: ['process', 'power'],
            default: 'process',
            doc: 'What a promise survives before it is sent.',
        },
        clients: { kind: 'integer', min: 1, max: 256, default: 8, doc: 'Clients, each with a key of its own.' },
        outstanding: { kind: 'integer', min: 1, max: 100_000, default: 2048, doc: 'Transactions in flight.' },
        payload: {
            kind: 'integer',
            value: 'BYTES',
            min: 0,
            max: 100_000,
            unit: 'bytes',
            default: 64,
            doc: 'Length of the value that each transaction writes.',
        },
        every: {
            kind: 'number',
            value: 'SECONDS',
            min: 0.1,
            max: 3600,
            unit: 's',
            default: 5,
            doc: 'Between two looks.',
        },
        html: { kind: 'text', value: 'FILE', doc: 'Where a page with plots is written.' },
    },
    json: true,
    async run({ values, json }) {
        const [bench] = settingsOf({ ...values, 'tx-auth': 'ed25519' }, [values.auth]);
        const { protocol, auth, durability, validators, clients, payload: payloadBytes, outstanding } = values;
        const setting = { protocol, auth, durability, validators, clients, payloadBytes, outstanding };
        note(describeMachine());
        const progress = new Progress();
        const { signal } = stopSignal();
        let row;
        try {
            const cluster = await startCluster(bench, progress, signal);
            try {
                const everyMs = Math.min(values.every * 1000, (values.transactions / SAMPLES_AT_LEAST / 1000) * 1000);
                row = await soak(cluster, setting, values.transactions, everyMs, progress, signal);
            }
            finally {
                await cluster.remove();
            }
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
            return 130;
        }
        finally {
            progress.clear();
        }
        const settings = { command: 'soak', ...values };
        if (json !== undefined)
            writeJson(json, { machine: machine(), versions: versions(), settings, rows: [row] });
        if (values.html !== undefined)
            writeFileSync(values.html, soakPage(row, describeMachine()));
        if (json !== '-')
            process.stdout.write(`${print(row)}\n`);
        return row.stateHashesAgree && !signal.aborted ? 0 : 1;
    },
});
//# sourceMappingURL=soak.js.map