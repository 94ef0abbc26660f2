/**
 * One size under one setting: a cluster for each contender, all of them up, and one at a time awake. Turns go round, so
 * that what disturbs the machine for a while disturbs all alike; the others' processes are stopped meanwhile, so that
 * their heartbeats take nothing from whoever has its turn.
 */

import type { Delays } from '../../core/delays.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import type { Floor } from '../../load/floor.ts';
import type { LoadProgress, LoadResult, TurnOrder } from '../../load/generator.ts';
import { LoadSession } from '../../load/session.ts';
import { theoryOf } from '../bench/patterns.ts';
import type { Progress } from '../bench/progress.ts';
import type { Setting } from '../bench/row.ts';
import { agreement, measure, startCluster, startFloor } from '../bench/session.ts';
import type { LocalCluster } from '../cluster.ts';
import type { Contender } from './contenders.ts';
import { costsBetween, processorUs, readCounters } from './counters.ts';
import {
  type CommitCosts,
  type CompareRow,
  type CompareSetting,
  median,
  settingOf,
  type Turn,
} from './row.ts';

export interface ArenaOptions {
  readonly contenders: readonly Contender[];
  readonly auth: string;
  readonly validators: number;
  readonly common: CompareSetting;
  readonly rounds: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly floorMs: number;
  /** 0: throughput is not reported. */
  readonly outstanding: number;
  readonly clients: number;
  readonly delays: Delays | undefined;
}

const FLOOR_WARMUP_MS = 150;
/** Before its first turn a floor runs this much longer than in one. */
const FLOOR_WARM_TURNS = 2;
/**
 * A cluster is warm when a stretch of its warm-up took at least this share of the processor time, for a commit, of the
 * best before it: until then compilers still gain. They take as long as the work lasts, of which each of n processes that
 * share the cores gets its part: stretches are counted for each validator.
 */
const STILL_GAINS = 0.95;
const LEAST_STRETCHES = 1.5;
const MOST_STRETCHES = 3;
/** Of the warm-up, again before each turn: caches alone are cold by then. */
const TURN_WARMUP = 0.3;

class Lane {
  readonly contender: Contender;
  readonly setting: Setting;
  readonly turns: Turn[] = [];
  readonly costs: CommitCosts[] = [];
  failed = 0;
  throughput: { readonly tps: number; readonly p50Ms: number } | undefined;
  agrees = true;
  /** Seconds of warm-up in the closed loop. */
  warmedS = 0;
  cluster: LocalCluster | undefined;
  floor: Floor | undefined;
  private session: LoadSession | undefined;

  constructor(contender: Contender, setting: Setting) {
    this.contender = contender;
    this.setting = setting;
  }

  private get pids(): number[] {
    return Array.from({ length: this.setting.validators }, (_, id) => this.cluster!.pid(id)!);
  }

  async pause(): Promise<void> {
    this.session?.pause();
    for (let id = 0; id < this.setting.validators; id++) await this.cluster!.kill(id, 'SIGSTOP');
  }

  async wake(): Promise<void> {
    for (let id = 0; id < this.setting.validators; id++) await this.cluster!.kill(id, 'SIGCONT');
    this.session?.resume();
    await this.cluster!.waitReady();
  }

  async openSession(signal: AbortSignal): Promise<void> {
    const { txAuth, payloadBytes } = this.setting;
    const order = { home: this.cluster!.folder, txAuth: txAuth as SuiteName, payloadBytes };
    this.session = await LoadSession.open(order, signal);
  }

  /** One stretch of the closed loop, and what its commits cost. */
  async loop(
    order: TurnOrder,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<{ result: LoadResult; costs: CommitCosts | undefined }> {
    const cluster = this.cluster!;
    let before: ReturnType<typeof readCounters> | undefined;
    let beforeUs: number | undefined;
    const tell = (state: LoadProgress): void => {
      const rate = `${state.committed} committed, ${Math.round(state.ratePerSecond)} tx/s`;
      progress.update(`${this.setting.label}: latency, ${state.phase}`, rate);
      if (state.phase !== 'measuring' || before !== undefined) return;
      beforeUs = processorUs(this.pids);
      before = readCounters(cluster);
      before.catch(() => {});
    };
    const result = await this.session!.turn(order, tell, signal);
    this.failed += result.failed;
    if (before === undefined) return { result, costs: undefined };
    const afterUs = processorUs(this.pids);
    const cpu =
      beforeUs !== undefined && afterUs !== undefined && result.committed > 0
        ? { cpuUsPerCommit: (afterUs - beforeUs) / result.committed }
        : {};
    return { result, costs: { ...costsBetween(await before, await readCounters(cluster)), ...cpu } };
  }

  async remove(): Promise<void> {
    this.floor?.stop();
    this.session?.close();
    this.session = undefined;
    await this.cluster?.remove();
    this.cluster = undefined;
  }
}

export async function runArena(
  options: ArenaOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<CompareRow[]> {
  const { auth, validators, common, contenders, rounds } = options;
  const lanes = contenders.map((one) => new Lane(one, settingOf(one, auth, validators, common)));
  try {
    for (const lane of lanes) {
      lane.cluster = await startCluster(lane.setting, progress, signal, options.delays);
      await lane.pause();
      lane.floor = await startFloor(lane.setting, progress, signal, { fast: true, delays: options.delays });
      await lane.floor.measure({ warmupMs: 0, durationMs: FLOOR_WARM_TURNS * options.floorMs });
      lane.floor.pause();
    }
    for (const lane of lanes) await warmUp(lane, options, progress, signal);
    for (let round = 0; round < rounds; round++) {
      // Nobody always follows the same one.
      for (let i = 0; i < lanes.length; i++)
        await turn(lanes[(i + round) % lanes.length]!, options, progress, signal);
    }
    for (const lane of lanes) await last(lane, progress, signal);
    return lanes.map((lane) => rowOf(lane, options));
  } finally {
    for (const lane of lanes) await lane.remove();
  }
}

async function turn(
  lane: Lane,
  { warmupMs, durationMs, floorMs }: ArenaOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  progress.update(`${lane.setting.label}: the floor, the bare messages between as many processes`);
  lane.floor!.resume();
  const floor = await lane.floor!.measure({ warmupMs: FLOOR_WARMUP_MS, durationMs: floorMs });
  lane.floor!.pause();
  await lane.wake();
  const order = { burstMs: 0, warmupMs: TURN_WARMUP * warmupMs, durationMs };
  const { result, costs } = await lane.loop(order, progress, signal);
  await lane.pause();
  if (costs !== undefined) lane.costs.push(costs);
  const { p50Ms, p90Ms, p99Ms } = result.latency;
  lane.turns.push({
    p50Ms,
    p90Ms,
    p99Ms,
    floorP50Ms: floor.p50Ms,
    floorP99Ms: floor.p99Ms,
    commits: result.committed,
    ...(costs?.cpuUsPerCommit !== undefined && { cpuUsPerCommit: costs.cpuUsPerCommit }),
  });
}

/** Many in flight: it comes first, since what it compiles and caches is compiled and cached by work. */
async function warmUp(
  lane: Lane,
  { warmupMs, durationMs, outstanding, clients }: ArenaOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await lane.wake();
  if (outstanding > 0) {
    const order = { kind: 'throughput', warmupMs, durationMs, clients, outstanding } as const;
    const result = await measure(lane.cluster!, lane.setting, order, progress, signal);
    lane.failed += result.failed;
    lane.throughput = { tps: result.throughputTps, p50Ms: result.latency.p50Ms };
  }
  await lane.openSession(signal);
  // Batches warm up what handles batches. What handles messages needs as many of them as a few thousand slots have.
  const { validators } = lane.setting;
  const [least, most] = [LEAST_STRETCHES * validators, MOST_STRETCHES * validators];
  let best = Number.POSITIVE_INFINITY;
  for (let stretch = 1; stretch <= most; stretch++) {
    const order = { burstMs: stretch === 1 ? warmupMs / 2 : 0, warmupMs: 0, durationMs: warmupMs };
    const { result, costs } = await lane.loop(order, progress, signal);
    const took = costs?.cpuUsPerCommit ?? result.latency.p50Ms;
    lane.warmedS = (stretch * warmupMs) / 1000;
    if (stretch >= least && took >= STILL_GAINS * best) break;
    best = Math.min(best, took);
  }
  await lane.pause();
}

/** Whether all validators say the same in the end. */
async function last(lane: Lane, progress: Progress, signal: AbortSignal): Promise<void> {
  await lane.wake();
  lane.agrees = (await agreement(lane.cluster!, progress, signal)).agree;
  await lane.remove();
}

function rowOf(lane: Lane, { auth, validators, common, outstanding }: ArenaOptions): CompareRow {
  const { contender, setting, turns, costs, throughput } = lane;
  const over = (of: (turn: Turn) => number): number => median(turns.map(of));
  const cost = (of: (costs: CommitCosts) => number): number => median(costs.map(of));
  return {
    kind: 'measured',
    contender: contender.name,
    protocol: contender.protocol,
    protocolParameters: contender.parameters,
    auth,
    ...common,
    validators,
    clients: 1,
    p50Ms: over((one) => one.p50Ms),
    p90Ms: over((one) => one.p90Ms),
    p99Ms: over((one) => one.p99Ms),
    floorP50Ms: over((one) => one.floorP50Ms),
    floorP99Ms: over((one) => one.floorP99Ms),
    commits: turns.reduce((sum, { commits }) => sum + commits, 0),
    failed: lane.failed,
    ...(throughput && {
      throughputTps: throughput.tps,
      throughputP50Ms: throughput.p50Ms,
      outstanding,
    }),
    messagesPerCommit: cost((one) => one.messagesPerCommit),
    bytesPerCommit: cost((one) => one.bytesPerCommit),
    signaturesMadePerCommit: cost((one) => one.signaturesMadePerCommit),
    signaturesCheckedPerCommit: cost((one) => one.signaturesCheckedPerCommit),
    ...(costs.every(({ cpuUsPerCommit }) => cpuUsPerCommit !== undefined) && {
      cpuUsPerCommit: cost((one) => one.cpuUsPerCommit!),
    }),
    warmedS: lane.warmedS,
    stateHashesAgree: lane.agrees,
    turns,
    theory: theoryOf(setting),
  };
}
