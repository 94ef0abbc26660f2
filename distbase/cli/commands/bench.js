import { LockstepError } from '../../core/errors.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { AUTHS, CLUSTER_OPTIONS, settingsOf } from '../bench/options.js';
import { Progress } from '../bench/progress.js';
import { floorRow, loadRow } from '../bench/row.js';
import { measure, measureFloorOf, Stopped, startCluster, stopSignal, } from '../bench/session.js';
import { defineCommand } from '../command.js';
import { CONTENDER_NAMES } from '../compare/contenders.js';
import { DELAYS_HELP, readDelays } from '../delays.js';
import { note, table, writeJson } from '../output.js';
const KINDS = ['latency', 'throughput', 'floor'];
const FLOOR_MS = 2_000;
const DURATION_S = 5;
/** Of a comparison, whose turns are many: the length of a window, and of the floor before it. */
const COMPARE_S = 1.5;
const COMPARE_FLOOR_MS = 700;
const COMPARE_OUTSTANDING = 256;
export const command = defineCommand({
    name: 'bench',
    summary: 'measure commit latency, throughput, or the floor, on a local cluster; compare protocols',
    usage: 'latency|throughput|floor|compare [flags]',
    help: `Starts a cluster of real processes on the loopback, with its data in a temporary folder, and measures it from a client process.

  latency      one client, one transaction at a time: from handing the signed bytes to the client until f + 1 validators gave the same result
  throughput   many transactions in flight, as many as it takes until the rate no longer grows; all signed before the measured window
  floor        the bare message pattern of the protocol: as many processes, the same sockets, frame sizes and frame counts, and nothing else
  compare      all protocols in one run, turn by turn: latency, throughput, messages, bytes and signatures of a commit, beside the floor of each and the theory

A latency run measures the floor as well. --auth takes several settings, separated by commas: one row for each.

compare makes a cluster for each protocol at each of --sizes and each of --auth, and has many transactions in flight at each, --outstanding of them, which warms it up too. Then they take turns: the floor, and one closed-loop client; --rounds times, in an order that goes round, and medians are given. While one has its turn the others' processes are stopped. For numbers of validators that this machine has no cores for, --simulate runs the same machines in virtual time, with costs measured and fitted at the smallest of --sizes, and says how far off it is at each of --sizes. With --delays the validators are as if far apart; the client is beside each of them. Exit code 1 where something did not commit, or where validators of one cluster differ in the end.

${DELAYS_HELP}

Examples:
  lockstep bench latency --auth ed25519,ml-dsa-87
  lockstep bench throughput --payload 256 --duration 10 --json out.json
  lockstep bench floor --validators 7
  lockstep bench compare                                 about two minutes for each size
  lockstep bench compare --protocols pbft,raft --auth ed25519,ml-dsa-87 --sizes 4 --html compare.html
  lockstep bench compare --delays regions.yaml --sizes 4 --latency-only`,
    options: {
        ...CLUSTER_OPTIONS,
        auth: {
            kind: 'choices',
            of: AUTHS,
            default: ['ed25519'],
            doc: 'How votes are authenticated; several, separated by commas, are measured one after the other.',
        },
        duration: {
            kind: 'number',
            value: 'SECONDS',
            min: 0.1,
            max: 3600,
            unit: 's',
            doc: `Length of each measured window. Default: ${DURATION_S}; compare: ${COMPARE_S}.`,
        },
        delays: {
            kind: 'text',
            value: 'FILE',
            doc: 'Distances between the validators, as said above.',
        },
        sizes: { kind: 'text', value: 'N,N,…', default: '4,7,10', doc: 'Compare: numbers of validators.' },
        simulate: {
            kind: 'text',
            value: 'N,N,…',
            doc: 'Compare: numbers of validators for the simulator, such as 13,31,100. Default: none.',
        },
        protocols: {
            kind: 'choices',
            of: CONTENDER_NAMES,
            default: CONTENDER_NAMES,
            doc: 'Compare: who takes part; hotstuff-2 and hotstuff-3 commit by two and by three chains.',
        },
        rounds: { kind: 'integer', min: 1, max: 100, default: 3, doc: 'Compare: turns of each protocol.' },
        'latency-only': { kind: 'flag', doc: 'Compare: no throughput.' },
        html: { kind: 'text', value: 'FILE', doc: 'Compare: write a page with charts, in one file.' },
    },
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const [kind] = words;
        if (kind !== 'compare' && !KINDS.includes(kind)) {
            const given = kind === undefined ? 'nothing' : `"${kind}"`;
            throw new LockstepError('bad-flag', `lockstep bench takes one of ${KINDS.join(', ')}, compare, not ${given}`);
        }
        const delays = values.delays === undefined ? undefined : readDelays(values.delays);
        if (kind === 'compare') {
            const { compare, readSizes } = await import('../compare/compare.js');
            return compare({
                contenders: values.protocols,
                auths: [...new Set(values.auth)],
                sizes: readSizes('sizes', values.sizes),
                simulated: values.simulate === undefined ? [] : readSizes('simulate', values.simulate),
                common: {
                    txAuth: values['tx-auth'],
                    durability: values.durability,
                    payloadBytes: values.payload,
                },
                rounds: values.rounds,
                warmupMs: values.warmup * 1000,
                durationMs: (values.duration ?? COMPARE_S) * 1000,
                floorMs: COMPARE_FLOOR_MS,
                outstanding: values['latency-only'] ? 0 : (values.outstanding ?? COMPARE_OUTSTANDING),
                clients: values.clients,
                delays,
                html: values.html,
                json,
                asked: { command: kind, ...values },
            });
        }
        const settings = settingsOf(values, values.auth);
        const durations = {
            delays,
            warmupMs: values.warmup * 1000,
            durationMs: (values.duration ?? DURATION_S) * 1000,
            clients: values.clients,
            outstanding: values.outstanding,
        };
        const progress = new Progress();
        note(describeMachine());
        const rows = [];
        const { signal } = stopSignal();
        try {
            for (const setting of settings) {
                rows.push(await measureRow(kind, setting, durations, progress, signal));
            }
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
            note('stopped before the figures were complete');
            return 130;
        }
        finally {
            progress.clear();
        }
        const report = { machine: machine(), versions: versions(), settings: { command: kind, ...values }, rows };
        if (json !== undefined)
            writeJson(json, report);
        if (json !== '-')
            process.stdout.write(`${print(rows)}\n`);
        return 0;
    },
});
async function measureRow(kind, setting, run, progress, signal) {
    const { warmupMs, durationMs, clients, outstanding, delays } = run;
    if (kind === 'floor') {
        return floorRow(setting, await measureFloorOf(setting, durationMs, progress, signal, { delays }), durationMs);
    }
    const floor = kind === 'latency' ? await measureFloorOf(setting, FLOOR_MS, progress, signal, { delays }) : undefined;
    const cluster = await startCluster(setting, progress, signal, delays);
    try {
        const order = kind === 'latency'
            ? { kind, warmupMs, durationMs }
            : { kind, warmupMs, durationMs, clients, ...(outstanding !== undefined && { outstanding }) };
        return loadRow(kind, setting, await measure(cluster, setting, order, progress, signal), floor);
    }
    finally {
        progress.clear();
        await cluster.remove();
    }
}
function print(rows) {
    const ms = (value) => value.toFixed(3);
    const head = [
        'votes',
        'transactions',
        'validators',
        'payload B',
        'in flight',
        'p50 ms',
        'p90 ms',
        'p99 ms',
        'p99.9 ms',
        'tx/s',
        'commits',
        'failed',
        'client cores',
        'floor p50 ms',
    ];
    const cells = rows.map((row) => [
        row.auth,
        row.txAuth,
        String(row.validators),
        String(row.payloadBytes),
        String(row.outstanding),
        ms(row.p50Ms),
        ms(row.p90Ms),
        ms(row.p99Ms),
        ms(row.p999Ms),
        row.throughputTps.toFixed(0),
        String(row.commits),
        String(row.failed),
        row.generatorCores.toFixed(2),
        row.floorP50Ms === undefined ? '–' : ms(row.floorP50Ms),
    ]);
    return table(head, cells, ['left', 'left'].concat(Array(head.length - 2).fill('right')));
}
//# sourceMappingURL=bench.js.map