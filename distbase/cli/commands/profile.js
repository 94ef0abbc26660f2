import { availableParallelism, cpus } from 'node:os';
import { LockstepError } from '../../core/errors.js';
import { AUTHS, CLUSTER_OPTIONS, settingsOf } from '../bench/options.js';
import { defineCommand } from '../command.js';
import { note, writeJson } from '../output.js';
import { profileCluster } from '../profile/cluster.js';
import { withCpuProfile } from '../profile/cpu-profile.js';
import { makeInputs, SUITES } from '../profile/inputs.js';
import { profileOperations } from '../profile/operations.js';
import { writePage } from '../profile/page.js';
import { profileBatches, profileThreads } from '../profile/pool.js';
import { profileHtml, profileText } from '../profile/report.js';
import { version } from '../version.js';
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128];
/** Signed messages per suite, so that no call sees what the last one saw. */
const ITEMS = 1024;
/** Enough for a quick look. */
const QUICK_ITEMS = 128;
async function profileCrypto({ suites, threads, budgetMs }) {
    const rows = [];
    const batches = [];
    const scaling = [];
    for (const suite of suites) {
        note(`${suite}: signing inputs`);
        const inputs = await makeInputs(suite, budgetMs < 50 ? QUICK_ITEMS : ITEMS);
        note(`${suite}: operations`);
        rows.push(...(await profileOperations(inputs, budgetMs)));
        if (threads === 0)
            continue;
        note(`${suite}: batches`);
        const sizes = await profileBatches(inputs, BATCH_SIZES, budgetMs);
        batches.push(...sizes);
        rows.push(handOffRow(sizes[0]));
        note(`${suite}: threads`);
        const counts = Array.from({ length: threads }, (_, i) => i + 1);
        scaling.push(...(await profileThreads(inputs, counts, budgetMs)));
    }
    const { node, v8, openssl } = process.versions;
    return {
        machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
        versions: { lockstep: version, node, v8, openssl },
        settings: { suites, threads, budgetMs, messageBytes: 160 },
        rows,
        batches,
        threads: scaling,
    };
}
/** What one signature gains nothing from: the way to a thread and back. */
function handOffRow({ suite, inlineUs, pooledUs }) {
    const parts = { verify: inlineUs, 'hand-off': Math.max(0, pooledUs - inlineUs) };
    return { suite, backend: 'pool', operation: 'verify, prepared key, handed over', us: pooledUs, parts };
}
async function runCrypto(settings, file, html, json) {
    const work = () => profileCrypto(settings);
    const profile = file === undefined ? await work() : await withCpuProfile(file, work);
    if (html !== undefined)
        writePage(html, profileHtml(profile));
    if (json !== undefined)
        writeJson(json, profile);
    if (json !== '-')
        process.stdout.write(`${profileText(profile)}\n`);
    for (const path of [html, file])
        if (path !== undefined)
            note(`wrote ${path}`);
    return 0;
}
const HELP = `crypto    times every operation of every signature suite by every backend that is there (the WASM kernels, noble, OpenSSL), and splits a kernel's time into its parts. Then batches on the calling thread against batches handed to a pool, by size, and the pool's throughput by its threads. About half a minute.

cluster   starts a local cluster of real processes, has one closed-loop client commit transactions, and says where a commit's microseconds went: verify, sign, encode and decode, sockets and MACs, protocol step, execution, vote log, garbage collection, waiting.

How cluster knows: every process records what it works on, with one clock for all (CLOCK_MONOTONIC), and which message made it send which. Each commit is followed backwards, from the answer that settled it, message by message, through the validators to the client. So every instant of the commit belongs to one process, the one that it waited for, and is charged to what that process did then. Waiting is when it did nothing: the message was in the kernel or on the wire, the process had to wake up, or had no core. What the libraries and the event loop do before they call us counts as waiting too. Times are wall time, so that a part which the system interrupts is longer for it. "Typical" is the middle fifth of the commits by latency.

The check: the parts of the typical, of all and of the slowest commits are compared with the median, the mean and the mean of the slowest that the client measured for itself over the whole window; where one of the first two is more than 10 % off, the exit code is 1. Recording costs a commit some microseconds in each process: compare figures of \`lockstep bench latency\` with each other, not with these.

Keep the machine quiet.

Examples:
  lockstep profile crypto
  lockstep profile crypto --suite ml-dsa-87 --html profile.html
  lockstep profile crypto --json profile.json --cpu-profile crypto.cpuprofile
  lockstep profile cluster --auth ed25519,ml-dsa-87 --html cluster.html
  lockstep profile cluster --saturate --cpu-profile profiles/
                                          .cpuprofile files open in Chrome DevTools
  LOCKSTEP_PROFILE=1 lockstep testnet --home ./net
  lockstep profile cluster --home ./net   the second, while the first runs`;
export const command = defineCommand({
    name: 'profile',
    summary: 'show where the time of cryptography, or of a commit, goes',
    usage: 'crypto|cluster [flags]',
    help: HELP,
    options: {
        suite: { kind: 'choices', of: SUITES, default: SUITES, doc: 'Crypto: signature suites.' },
        threads: {
            kind: 'integer',
            min: 0,
            max: 64,
            doc: 'Crypto: most threads of the pool; 0 leaves the pool out. Default: as many as there are cores.',
        },
        budget: {
            kind: 'integer',
            min: 1,
            max: 60_000,
            unit: 'ms',
            default: 200,
            doc: 'Crypto: time for each measurement.',
        },
        auth: {
            kind: 'choices',
            of: AUTHS,
            default: ['ed25519'],
            doc: 'Cluster: how votes are authenticated; several, separated by commas, are profiled one after the other.',
        },
        validators: { ...CLUSTER_OPTIONS.validators, doc: `Cluster: ${CLUSTER_OPTIONS.validators.doc}` },
        protocol: { ...CLUSTER_OPTIONS.protocol, doc: `Cluster: ${CLUSTER_OPTIONS.protocol.doc}` },
        'tx-auth': { ...CLUSTER_OPTIONS['tx-auth'], doc: `Cluster: ${CLUSTER_OPTIONS['tx-auth'].doc}` },
        payload: { ...CLUSTER_OPTIONS.payload, doc: `Cluster: ${CLUSTER_OPTIONS.payload.doc}` },
        durability: { ...CLUSTER_OPTIONS.durability, doc: `Cluster: ${CLUSTER_OPTIONS.durability.doc}` },
        warmup: { ...CLUSTER_OPTIONS.warmup, doc: `Cluster: ${CLUSTER_OPTIONS.warmup.doc}` },
        duration: {
            kind: 'number',
            value: 'SECONDS',
            min: 0.1,
            max: 60,
            unit: 's',
            default: 5,
            doc: 'Cluster: length of each measured window.',
        },
        saturate: {
            kind: 'flag',
            doc: 'Cluster: then many transactions at once, and what each of them costs each process.',
        },
        clients: { ...CLUSTER_OPTIONS.clients, doc: 'Cluster: clients of the load of --saturate.' },
        home: {
            kind: 'text',
            value: 'DIR',
            doc: "Cluster: a cluster's folder, instead of a temporary one. If it runs, with LOCKSTEP_PROFILE=1, it is profiled as it runs; else it is started and stopped again.",
        },
        html: { kind: 'text', value: 'FILE', doc: 'Write a page with charts, in one file.' },
        'cpu-profile': {
            kind: 'text',
            value: 'PATH',
            doc: 'Crypto: record what the main thread does, into this file. cluster: record every validator, into this folder. Times are longer then.',
        },
    },
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const [what] = words;
        if (what === 'crypto') {
            const settings = {
                suites: values.suite,
                threads: values.threads ?? availableParallelism(),
                budgetMs: values.budget,
            };
            return runCrypto(settings, values['cpu-profile'], values.html, json);
        }
        if (what !== 'cluster') {
            const given = what === undefined ? 'nothing' : `"${what}"`;
            throw new LockstepError('bad-flag', `lockstep profile takes one of crypto, cluster, not ${given}`);
        }
        const settings = settingsOf(values, values.auth);
        return profileCluster({
            // A folder's cluster has its own setting.
            settings: values.home === undefined ? settings : settings.slice(0, 1),
            home: values.home,
            warmupMs: 1000 * values.warmup,
            durationMs: 1000 * values.duration,
            saturate: values.saturate,
            clients: values.clients,
            cpuProfileDir: values['cpu-profile'],
            html: values.html,
            json,
        });
    },
});
//# sourceMappingURL=profile.js.map