import { LockstepError } from '../../core/errors.ts';
import { type LanesOptions, measureLanes } from '../bench/lanes.ts';
import { lanesText, verdictsOf } from '../bench/lanes-report.ts';
import { describeMachine, machine, processorShares, processorTime, versions } from '../bench/machine.ts';
import { measureMemory } from '../bench/memory.ts';
import { AUTHS, CLUSTER_OPTIONS, pairedSettings, settingsOf } from '../bench/options.ts';
import { Progress } from '../bench/progress.ts';
import { Stopped, stopSignal } from '../bench/session.ts';
import { DIMENSIONS, sweep } from '../bench/sweep.ts';
import { memoryText, sweepText } from '../bench/sweep-report.ts';
import { defineCommand } from '../command.ts';
import { CONTENDER_NAMES } from '../compare/contenders.ts';
import { DELAYS_HELP, readDelays } from '../delays.ts';
import { note, writeJson } from '../output.ts';
import { writePage } from '../profile/page.ts';

const KINDS = ['latency', 'throughput', 'floor'] as const;
type Kind = (typeof KINDS)[number];
/** What else it can be told to do. */
const OTHERS = ['compare', 'sweep', 'memory', 'page'] as const;
type Other = (typeof OTHERS)[number];

const PACED_PERCENT = 50;

const SWEEP_S = 1;
const SWEEP_WARMUP_S = 0.8;
const SWEEP_OUTSTANDING = 256;

const MEMORY_S = 600;
const MEMORY_PERCENT = 80;

const MAX_PAGE_FILES = 100;

/** The longest that a floor is measured; no longer than the window that it stands beside. */
const FLOOR_MS = 2_000;
/** Of each of several runs: they make up for it together. */
const FLOOR_OF_RUNS_MS = 1_000;
const DURATION_S = 5;
/** The least of a warm-up whose end is detected, and its most, in seconds. */
const WARMUP_S = 1;
const STEADY_WITHIN_S = 20;

/**
 * Of a comparison, the length of a window, and of the floor before it. Turns are short and many: a machine that others use
 * too is slower for seconds at a time, and then so for all.
 */
const COMPARE_S = 0.7;
const COMPARE_WARMUP_S = 1;
const COMPARE_FLOOR_MS = 350;
const COMPARE_OUTSTANDING = 256;

export const command = defineCommand({
  name: 'bench',
  summary: 'measure commit latency, throughput, or the floor, on a local cluster; compare protocols',
  usage: 'latency|throughput|floor|compare|sweep|memory|page [flags]',
  help: `Starts a cluster of real processes on the loopback, with its data in a temporary folder, and measures it from a client process.

  latency      one client, one transaction at a time: from handing the signed bytes to the client until f + 1 validators gave the same result
  throughput   many transactions in flight, as many as it takes until the rate no longer grows; all signed before the measured window
  floor        the bare message pattern of the protocol: as many processes, the same sockets, frame sizes and frame counts, and nothing else
  sweep        latency and throughput by number of validators, payload, batch size, clients and threads, one changed at a time; and the time from a cold start to the first commit
  memory       heap and pauses of the garbage collector in every validator, while transactions arrive for long at a share of saturation
  page         FILE… --html FILE: what the others wrote with --json as one page with charts, which fetches nothing
  compare      all protocols in one run, turn by turn: latency, throughput, messages, bytes and signatures of a commit, beside the floor of each and the theory

A latency run measures the floor as well. --auth takes several settings, separated by commas, --settings such settings with what transactions are signed with: one row for each. --runs measures each so many times and gives medians with a confidence interval that assumes nothing about how the figures are distributed; with --interleave the settings take turns within each run, the processes of the others stopped, so that a disturbance of the machine is nobody's alone.

A measured window begins when the figures of successive windows no longer change (the medians of three, and of the three before them, are within 5 %; latency: 400 commits each), after ${WARMUP_S} s at least and ${STEADY_WITHIN_S} s at most; --warmup fixes the time instead. Transactions are signed before the window that they are measured in. After a throughput run arrivals come at --at percent of the rate that was found, as of many clients that know nothing of each other: latency there counts from when a transaction was due.

compare makes a cluster for each protocol at each of --sizes and each of --auth, and has many transactions in flight at each, --outstanding of them, which warms it up too; one closed-loop client goes on for some thousand commits, until one takes no less processor time than before. Then they take turns, all sizes that the memory has room for: the floor, and the client; --rounds times and a first time that does not count, in an order that goes round, and medians are given, with the lowest and the highest turn. While one has its turn the others' processes are stopped. For numbers of validators that this machine has no cores for, --simulate runs the same machines in virtual time, with costs measured between the turns and fitted at the smallest of --sizes, and says how far off it is at each of --sizes. With --delays the validators are as if far apart; the client is beside each of them. Exit code 1 where something did not commit, or where validators of one cluster differ in the end.

sweep gives each point a cluster of its own, with --outstanding transactions in flight (${SWEEP_OUTSTANDING}); --dimensions chooses. It says where the machine has fewer cores than a point asks for. memory takes --duration seconds (${MEMORY_S}) at --at percent (${MEMORY_PERCENT}); what is too much to be signed ahead is signed as it goes, on the generator's share of the processor.

${DELAYS_HELP}

Examples:
  lockstep bench latency --auth ed25519,ml-dsa-87
  lockstep bench latency --auth channel,ed25519,ml-dsa-87,hybrid --runs 5 --interleave --json latency.json
  lockstep bench throughput --payload 256 --duration 10 --json out.json
  lockstep bench throughput --settings channel/ed25519,ml-dsa-87/ml-dsa-87 --runs 3 --interleave
  lockstep bench floor --validators 7
  lockstep bench sweep --dimensions validators,payload --json sweep.json      all of it: about four minutes
  lockstep bench memory --auth ml-dsa-87 --duration 60
  lockstep bench page latency.json throughput.json sweep.json --html figures.html
  lockstep bench compare                                 three to five minutes for each size
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
    settings: {
      kind: 'text',
      value: 'VOTES/TXS,…',
      doc: 'Instead of --auth and --tx-auth: pairs, such as channel/ed25519,ml-dsa-87/ml-dsa-87.',
    },
    warmup: {
      kind: 'number',
      value: 'SECONDS',
      min: 0,
      max: 600,
      unit: 's',
      doc: `Load before a measured window that is not counted. Default: until figures no longer change; compare: ${COMPARE_WARMUP_S}.`,
    },
    runs: { kind: 'integer', min: 1, max: 1000, default: 1, doc: 'Runs of each setting; medians are given.' },
    interleave: { kind: 'flag', doc: 'The settings take turns within each run.' },
    at: {
      kind: 'number',
      value: 'PERCENT',
      min: 0,
      max: 95,
      unit: '%',
      doc: `The share of the saturated rate at which latency is measured too; 0: it is not. Default: throughput ${PACED_PERCENT}, memory ${MEMORY_PERCENT}.`,
    },
    duration: {
      kind: 'number',
      value: 'SECONDS',
      min: 0.1,
      max: 3600,
      unit: 's',
      doc: `Length of each measured window. Default: ${DURATION_S}; compare: ${COMPARE_S}; sweep: ${SWEEP_S}; memory: ${MEMORY_S}.`,
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
    rounds: { kind: 'integer', min: 1, max: 100, default: 7, doc: 'Compare: turns of each protocol.' },
    'latency-only': { kind: 'flag', doc: 'Compare: no throughput.' },
    dimensions: { kind: 'choices', of: DIMENSIONS, default: DIMENSIONS, doc: 'Sweep: what is changed.' },
    html: { kind: 'text', value: 'FILE', doc: 'Compare, page: write a page with charts, in one file.' },
  },
  words: 1 + MAX_PAGE_FILES,
  json: true,
  async run({ values, words, json }) {
    const [kind, ...files] = words;
    if (![...KINDS, ...OTHERS].includes(kind as Kind | Other)) {
      const given = kind === undefined ? 'nothing' : `"${kind}"`;
      throw new LockstepError(
        'bad-flag',
        `lockstep bench takes one of ${[...KINDS, ...OTHERS].join(', ')}, not ${given}`,
      );
    }
    if (kind === 'page') return page(files, values.html);
    if (files.length > 0)
      throw new LockstepError('bad-flag', `lockstep bench ${kind} takes flags only, not "${files[0]}"`);
    const delays = values.delays === undefined ? undefined : readDelays(values.delays);
    if (kind === 'compare') {
      const { compare, readSizes } = await import('../compare/compare.ts');
      return compare({
        contenders: values.protocols,
        auths: [...new Set(values.auth)],
        sizes: readSizes('sizes', values.sizes),
        simulated: values.simulate === undefined ? [] : readSizes('simulate', values.simulate),
        common: {
          txAuth: values['tx-auth'],
          durability: values.durability,
          encryption: values.encryption,
          payloadBytes: values.payload,
        },
        rounds: values.rounds,
        warmupMs: (values.warmup ?? COMPARE_WARMUP_S) * 1000,
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
    const settings =
      values.settings === undefined
        ? settingsOf(values, values.auth)
        : pairedSettings(values, values.settings);
    const asked = { command: kind, ...values };
    if (kind === 'sweep') {
      return give(json, asked, async (progress, signal) => {
        const options = {
          dimensions: values.dimensions,
          warmupMs: (values.warmup ?? SWEEP_WARMUP_S) * 1000,
          durationMs: (values.duration ?? SWEEP_S) * 1000,
          clients: values.clients,
          outstanding: values.outstanding ?? SWEEP_OUTSTANDING,
        };
        const report = await sweep(settings[0]!, options, progress, signal);
        return { report, text: sweepText(report), sound: report.stopped !== true };
      });
    }
    if (kind === 'memory') {
      return give(json, asked, async (progress, signal) => {
        const memory = [];
        for (const setting of settings) {
          const options = {
            warmupMs: (values.warmup ?? WARMUP_S) * 1000,
            durationMs: (values.duration ?? MEMORY_S) * 1000,
            percent: values.at ?? MEMORY_PERCENT,
            clients: values.clients,
            outstanding: values.outstanding,
          };
          memory.push(await measureMemory(setting, options, progress, signal));
        }
        const sound = memory.every(({ load }) => load.stateHashesAgree !== false);
        return { report: { memory }, text: memoryText(memory), sound };
      });
    }
    const durationMs = (values.duration ?? DURATION_S) * 1000;
    const options: LanesOptions = {
      kind: kind as Kind,
      delays,
      runs: values.runs,
      interleave: values.interleave,
      warmupMs: (values.warmup ?? WARMUP_S) * 1000,
      ...(values.warmup === undefined && { steadyWithinMs: STEADY_WITHIN_S * 1000 }),
      durationMs,
      floorMs: Math.min(durationMs, values.runs > 1 ? FLOOR_OF_RUNS_MS : FLOOR_MS),
      clients: values.clients,
      outstanding: values.outstanding,
      atPercent: values.at ?? PACED_PERCENT,
    };
    return give(json, asked, async (progress, signal) => {
      const rows = await measureLanes(settings, options, progress, signal);
      const targets = verdictsOf(rows);
      const sound = rows.every(({ stateHashesAgree }) => stateHashesAgree !== false);
      return { report: { rows, targets }, text: lanesText(rows, targets), sound };
    });
  },
});

interface Measured {
  readonly report: object;
  readonly text: string;
  /** Whether the validators of each cluster agreed in the end. */
  readonly sound: boolean;
}

/** Measures, and gives what came out; resolves with the exit code. */
async function give(
  json: string | undefined,
  asked: Readonly<Record<string, unknown>>,
  work: (progress: Progress, signal: AbortSignal) => Promise<Measured>,
): Promise<number> {
  const progress = new Progress();
  const { signal } = stopSignal();
  note(describeMachine());
  const before = machine();
  const since = processorTime();
  let measured: Measured;
  try {
    measured = await work(progress, signal);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    note('stopped before the figures were complete');
    return 130;
  } finally {
    progress.clear();
  }
  const { report, text, sound } = measured;
  const shares = processorShares(since);
  const head = { machine: { ...before, ...shares }, versions: versions(), settings: asked };
  if (json !== undefined) writeJson(json, { ...head, ...report });
  if (json !== '-') process.stdout.write(`${text}\n`);
  if (shares !== undefined && shares.stolenPercent >= 1)
    note(`the hypervisor gave ${shares.stolenPercent.toFixed(1)} % of the processor to others meanwhile`);
  return sound ? 0 : 1;
}

async function page(files: readonly string[], html: string | undefined): Promise<number> {
  if (files.length === 0 || html === undefined)
    throw new LockstepError(
      'bad-flag',
      'lockstep bench page takes results files and --html FILE, such as `lockstep bench page latency.json --html latency.html`',
    );
  const { resultsPage } = await import('../bench/results-page.ts');
  writePage(html, resultsPage(files));
  note(`wrote ${html}`);
  return 0;
}
