import { relative } from 'node:path';
import { toleranceOf } from '../../core/quorum.js';
import { protocolByName } from '../../protocols/registry.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { AUTHS, CLUSTER_OPTIONS, settingsOf } from '../bench/options.js';
import { Progress } from '../bench/progress.js';
import { demoTable } from '../bench/report.js';
import { loadRow } from '../bench/row.js';
import { agreement, measure, measureFloorOf, Stopped, startCluster, stopSignal } from '../bench/session.js';
import { missedTargets, TARGETS } from '../bench/targets.js';
import { commandPath, describeExit } from '../child.js';
import { httpUrl } from '../cluster.js';
import { defineCommand } from '../command.js';
import { note, table, writeJson } from '../output.js';
const FLOOR_MS = 1_500;
export const command = defineCommand({
    name: 'demo',
    summary: 'run a cluster, drive signed transactions at it, and show the figures beside their targets',
    help: `For each way to authenticate votes: makes keys and homes for the validators in a temporary folder, starts them as processes of their own on the loopback, and drives signed transactions at them from a client process. First one client that sends the next transaction when the one before is acknowledged by f + 1 validators: commit latency. Then many in flight: throughput. Beside them stands the floor, measured in the same run: the bare message pattern of the protocol, with the same frame sizes and counts, sockets and processes, without protocol and cryptography.

What is measured is signed before its clock starts. Exit code 0 where at least 99.5 % of what was submitted was committed and all validators' state hashes agree; --strict wants every target met. In a terminal the last cluster stays up until Ctrl-C.

Examples:
  npm start
  npm start -- --auth ml-dsa-87 --duration 10
  lockstep demo --validators 7 --strict --json out.json`,
    options: {
        ...CLUSTER_OPTIONS,
        auth: {
            kind: 'choices',
            of: AUTHS,
            default: AUTHS,
            doc: 'The settings to show, separated by commas. The last one stays up in a terminal.',
        },
        duration: {
            kind: 'number',
            value: 'SECONDS',
            min: 0.5,
            max: 600,
            unit: 's',
            default: 3,
            doc: 'Length of each measured window.',
        },
        strict: { kind: 'flag', doc: 'Exit code 1 where a target is missed.' },
    },
    json: true,
    async run({ values, json }) {
        const { signal, told } = stopSignal();
        const settings = settingsOf(values, values.auth);
        const run = {
            warmupMs: values.warmup * 1000,
            durationMs: values.duration * 1000,
            clients: values.clients,
            outstanding: values.outstanding,
            signal,
        };
        const stays = process.stdout.isTTY === true && json !== '-';
        const progress = new Progress();
        note(describeMachine());
        const reports = [];
        let cluster;
        try {
            for (const setting of settings) {
                await cluster?.remove();
                cluster = undefined;
                const floor = await measureFloorOf(setting, FLOOR_MS, progress, signal);
                cluster = await startCluster(setting, progress, signal);
                reports.push(await measureSetting(cluster, setting, floor, run, progress));
            }
            progress.clear();
            const rows = reports.flatMap(({ latency, throughput }) => [latency, throughput]);
            const summary = reports.map(({ latency: _, throughput: __, ...rest }) => rest);
            const all = {
                machine: machine(),
                versions: versions(),
                settings: values,
                rows,
                summary,
                targets: TARGETS,
            };
            if (json !== undefined)
                writeJson(json, all);
            if (json !== '-')
                process.stdout.write(`${page(settings[0], reports)}\n`);
            const code = exitCode(reports, values.strict);
            if (stays && cluster !== undefined)
                await stayUp(cluster, told);
            return code;
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
            progress.clear();
            note('stopped before the figures were complete');
            return 130;
        }
        finally {
            await cluster?.remove();
        }
    },
});
async function measureSetting(cluster, setting, floor, { warmupMs, durationMs, clients, outstanding, signal }, progress) {
    cluster.onDeath = (id, exit) => {
        progress.clear();
        note(`validator v${id} ${describeExit(exit)}`);
    };
    // The saturated run first: what it compiles and caches is compiled and cached in a cluster that works for its living.
    const inFlight = outstanding === undefined ? {} : { outstanding };
    const busy = { kind: 'throughput', warmupMs, durationMs, clients, ...inFlight };
    const many = await measure(cluster, setting, busy, progress, signal);
    const calm = { kind: 'latency', warmupMs, durationMs };
    const one = await measure(cluster, setting, calm, progress, signal);
    const { agree } = await agreement(cluster, progress, signal);
    const latency = loadRow('latency', setting, one, floor);
    const throughput = loadRow('throughput', setting, many, floor);
    const submitted = latency.submitted + throughput.submitted;
    return {
        auth: setting.auth,
        latency,
        throughput,
        committedPercent: submitted === 0 ? 0 : (100 * (latency.commits + throughput.commits)) / submitted,
        stateHashesAgree: agree,
        missed: missedTargets(latency, throughput),
    };
}
function page(setting, reports) {
    const { validators: n, protocol, txAuth, payloadBytes, durability } = setting;
    const byzantine = protocolByName(protocol).byzantine;
    const { faulty, matching } = toleranceOf(byzantine, n);
    const alike = matching === 1 ? 'a validator gave the result' : 'f + 1 validators gave the same result';
    return `
${n} validators (${protocol}, ${faulty} of them may ${byzantine ? 'be faulty' : 'crash, and none may lie'}), ${n} processes and a client process on the loopback.
Transactions signed with ${txAuth}, ${payloadBytes} bytes written each; durability ${durability}. Columns: how votes are authenticated.

${demoTable(reports)}

Latency: one closed-loop client, from handing over the signed bytes until ${alike}.
Floor: the bare message pattern, same frames, sockets and processes, no protocol and no cryptography.
Throughput: saturated; transactions are signed before the measured window.
`;
}
function exitCode(reports, strict) {
    const sound = reports.every((report) => report.stateHashesAgree && report.committedPercent >= TARGETS.committedPercent.limit);
    if (!sound)
        note('failed: too little was committed, or state hashes differ');
    const missed = reports.filter((report) => report.missed.length > 0);
    for (const { auth, missed: names } of missed)
        note(`${auth} misses: ${names.join(', ')}`);
    return sound && !(strict && missed.length > 0) ? 0 : 1;
}
async function stayUp(cluster, told) {
    const rows = cluster.urls.map((url, id) => [
        `v${id}`,
        url,
        `${httpUrl(url)}/status`,
        `${httpUrl(url)}/metrics`,
    ]);
    const head = ['name', 'address', 'status', 'metrics'];
    const lockstep = `node ${relative(process.cwd(), commandPath())}`;
    process.stdout.write(`The ${cluster.genesis.auth} cluster stays up.

${table(head, rows, ['left', 'left', 'left', 'left'])}

Try in another terminal:
  ${lockstep} submit --home ${cluster.folder} put greeting hello
  ${lockstep} query --home ${cluster.folder} get greeting

Ctrl-C stops it.
`);
    await told;
}
//# sourceMappingURL=demo.js.map