import { relative } from 'node:path';
import { LockstepError } from '../../core/errors.ts';
import { exitCode, FIT_CORES, FIT_FLOOR_MS, judge } from '../bench/judgement.ts';
import { describeMachine, machine, versions } from '../bench/machine.ts';
import { AUTHS, CLUSTER_OPTIONS, settingsOf } from '../bench/options.ts';
import { Progress } from '../bench/progress.ts';
import { demoText, type SettingReport } from '../bench/report.ts';
import { loadRow, type Setting } from '../bench/row.ts';
import { agreement, measure, measureFloorOf, Stopped, startCluster, stopSignal } from '../bench/session.ts';
import { missedTargets, TARGETS } from '../bench/targets.ts';
import { commandPath, describeExit } from '../child.ts';
import { httpUrl, type LocalCluster } from '../cluster.ts';
import { defineCommand } from '../command.ts';
import { note, table, writeJson } from '../output.ts';

/** The default last, because the last one stays up. */
const MEASURED = [...AUTHS.slice(1), ...AUTHS.slice(0, 1)];

/** The longest that the floor is measured; no longer than a window. */
const FLOOR_MS = 1_500;

/**
 * Of each load, before its window. A validator's code is compiled after some thousand slots: figures taken before that, of
 * a cluster that is seconds old, are several times those of one that has run for a minute.
 */
const WARMUP_S = 4;
/** The closed loop makes the fewest slots a second: its warm-up goes on until its medians change no more, so many times as long at most. */
const STEADY_WITHIN = 2;

export const command = defineCommand({
  name: 'demo',
  summary: 'run a cluster, drive signed transactions at it, and show the figures beside their targets',
  help: `For each way to authenticate votes: makes keys and homes for the validators in a temporary folder, starts them as processes of their own on the loopback, and drives signed transactions at them from a client process. First one client that sends the next transaction when the one before is acknowledged by f + 1 validators: commit latency. Then many in flight: throughput. Beside them stands the floor, measured in the same run: the bare message pattern of the protocol, with the same frame sizes and counts, sockets and processes, without protocol and cryptography.

What is measured is signed before its clock starts. Exit code 0 where at least 99.5 % of what was submitted was committed, all validators' state hashes agree, and every target of speed is met. A machine whose floor alone takes more than ${FIT_FLOOR_MS} ms at the median, or that has fewer than ${FIT_CORES} cores, is too slow or too busy for those targets: there they are shown, and do not decide the exit code unless --strict is given. --lenient only shows them anywhere. In a terminal the last cluster stays up until Ctrl-C.

Examples:
  npm start
  npm start -- --auth ml-dsa-87 --duration 10
  npm start -- --lenient
  lockstep demo --validators 7 --json out.json`,
  options: {
    ...CLUSTER_OPTIONS,
    auth: {
      kind: 'choices',
      of: AUTHS,
      default: MEASURED,
      doc: 'The settings to show, separated by commas. The last one stays up in a terminal.',
    },
    warmup: { ...CLUSTER_OPTIONS.warmup, default: WARMUP_S },
    duration: {
      kind: 'number',
      value: 'SECONDS',
      min: 0.5,
      max: 600,
      unit: 's',
      default: 3,
      doc: 'Length of each measured window.',
    },
    strict: { kind: 'flag', doc: 'Speed is judged however slow or busy the machine is.' },
    lenient: { kind: 'flag', doc: 'Speed is never judged, only shown.' },
  },
  json: true,
  async run({ values, json }) {
    const { signal, told } = stopSignal();
    if (values.strict && values.lenient)
      throw new LockstepError('bad-flag', '--strict and --lenient contradict each other: choose one');
    const settings = settingsOf(values, values.auth);
    const run: Run = {
      warmupMs: values.warmup * 1000,
      durationMs: values.duration * 1000,
      clients: values.clients,
      outstanding: values.outstanding,
      signal,
    };
    const stays = process.stdout.isTTY === true && json !== '-';
    const progress = new Progress();
    note(describeMachine());

    const reports: SettingReport[] = [];
    let cluster: LocalCluster | undefined;
    try {
      for (const setting of settings) {
        await cluster?.remove();
        cluster = undefined;
        const floor = await measureFloorOf(setting, Math.min(FLOOR_MS, run.durationMs), progress, signal);
        cluster = await startCluster(setting, progress, signal);
        reports.push(await measureSetting(cluster, setting, floor, run, progress));
      }
      progress.clear();
      // What a validator does by default comes first; it was measured last where it is to stay up.
      reports.sort((a, b) => Number(b.auth === AUTHS[0]) - Number(a.auth === AUTHS[0]));
      const rows = reports.flatMap(({ latency, throughput }) => [latency, throughput]);
      const summary = reports.map(({ latency: _, throughput: __, ...rest }) => rest);
      const judgement = judge(reports, values);
      const all = {
        machine: machine(),
        versions: versions(),
        settings: values,
        rows,
        summary,
        targets: TARGETS,
        judgement,
      };
      if (json !== undefined) writeJson(json, all);
      if (json !== '-') process.stdout.write(`\n${demoText(reports)}\n`);
      const code = exitCode(judgement, reports);
      if (stays && cluster !== undefined) await stayUp(cluster, told);
      return code;
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      progress.clear();
      note('stopped before the figures were complete');
      return 130;
    } finally {
      await cluster?.remove();
    }
  },
});

interface Run {
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly clients: number;
  readonly outstanding: number | undefined;
  readonly signal: AbortSignal;
}

async function measureSetting(
  cluster: LocalCluster,
  setting: Setting,
  floor: Awaited<ReturnType<typeof measureFloorOf>>,
  { warmupMs, durationMs, clients, outstanding, signal }: Run,
  progress: Progress,
): Promise<SettingReport> {
  cluster.onDeath = (id, exit) => {
    progress.clear();
    note(`validator v${id} ${describeExit(exit)}`);
  };
  // The saturated run first: what it compiles and caches is compiled and cached in a cluster that works for its living.
  const inFlight = outstanding === undefined ? {} : { outstanding };
  const busy = { kind: 'throughput', warmupMs, durationMs, clients, ...inFlight } as const;
  const many = await measure(cluster, setting, busy, progress, signal);
  const steadyWithinMs = STEADY_WITHIN * warmupMs;
  const calm = { kind: 'latency', warmupMs, steadyWithinMs, durationMs } as const;
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

async function stayUp(cluster: LocalCluster, told: Promise<string>): Promise<void> {
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
