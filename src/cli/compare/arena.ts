/**
 * A cluster for each contender and size, all of them up, and one at a time awake. Turns go round, so that what disturbs
 * the machine for a while disturbs all alike, and what is foretold of one size by another is not off by a machine that
 * is faster at one hour than at the next; the others' processes are stopped meanwhile, so that their heartbeats take
 * nothing from whoever has its turn. Longer than most files, since a turn, a warm-up and a row are about the same lane.
 */

import { setMaxListeners } from 'node:events';
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
import { Warmth } from './warmth.ts';

export interface Entrant {
  readonly contender: Contender;
  readonly auth: string;
  readonly validators: number;
}

export interface ArenaOptions {
  readonly common: CompareSetting;
  readonly rounds: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly floorMs: number;
  /** 0: throughput is not reported. */
  readonly outstanding: number;
  readonly clients: number;
  readonly delays: Delays | undefined;
  /** Called after each round, with everybody stopped. */
  readonly afterRound?: () => Promise<void>;
}

/** To the signal that ends all: of a lane at most. */
const LISTENERS = 4;
const FLOOR_WARMUP_MS = 150;
/** Before its first turn a floor runs this much longer than in one. */
const FLOOR_WARM_TURNS = 2;
/**
 * Who stands still for a minute is cold again: Linux takes back memory (with DAMON, a fifth of it), and a commit takes up
 * to twice the time for seconds after. So the warm-up goes round as well, in as many parts.
 */
const WARMUP_PARTS = 6;
/** Of the warm-up, again before each turn: caches alone are cold by then. */
const TURN_WARMUP = 0.4;

class Lane {
  readonly contender: Contender;
  readonly setting: Setting;
  readonly turns: Turn[] = [];
  readonly costs: CommitCosts[] = [];
  failed = 0;
  throughput: { readonly tps: number; readonly p50Ms: number } | undefined;
  agrees = true;
  /** Warm-up in the closed loop, ms. */
  warmedMs = 0;
  readonly warmth: Warmth;
  cluster: LocalCluster | undefined;
  floor: Floor | undefined;
  private session: LoadSession | undefined;

  constructor({ contender, auth, validators }: Entrant, common: CompareSetting) {
    this.contender = contender;
    this.setting = settingOf(contender, auth, validators, common);
    this.warmth = new Warmth(validators);
  }

  private get pids(): number[] {
    return Array.from({ length: this.setting.validators }, (_, id) => this.cluster!.pid(id)!);
  }

  /** The first round is a rehearsal. */
  forget(): void {
    this.turns.length = 0;
    this.costs.length = 0;
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
  entrants: readonly Entrant[],
  options: ArenaOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<CompareRow[]> {
  const { common, rounds } = options;
  const lanes = entrants.map((one) => new Lane(one, common));
  // Each floor waits for the signal for as long as it is up.
  setMaxListeners(LISTENERS * (lanes.length + 1), signal);
  try {
    for (const lane of lanes) {
      lane.cluster = await startCluster(lane.setting, progress, signal, options.delays);
      await lane.pause();
      lane.floor = await startFloor(lane.setting, progress, signal, { fast: true, delays: options.delays });
      await lane.floor.measure({ warmupMs: 0, durationMs: FLOOR_WARM_TURNS * options.floorMs });
      lane.floor.pause();
    }
    for (const lane of lanes) await prepare(lane, options, progress, signal);
    for (let part = 1; part <= WARMUP_PARTS; part++)
      for (const lane of lanes) await warmUp(lane, part / WARMUP_PARTS, options, progress, signal);
    for (let round = 0; round <= rounds; round++) {
      // Nobody always follows the same one.
      for (let i = 0; i < lanes.length; i++)
        await turn(lanes[(i + round) % lanes.length]!, options, progress, signal);
      if (round === 0) for (const lane of lanes) lane.forget();
      else await options.afterRound?.();
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
async function prepare(
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
  await lane.loop({ burstMs: warmupMs / 2, warmupMs: 0, durationMs: warmupMs / 2 }, progress, signal);
  await lane.pause();
}

/** Goes on until a share of the warm-up is over; 1: until it is enough. */
async function warmUp(
  lane: Lane,
  share: number,
  { warmupMs }: ArenaOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { warmth } = lane;
  await lane.wake();
  while (share < 1 ? warmth.share < share : !warmth.enough) {
    const order = { burstMs: 0, warmupMs: 0, durationMs: warmupMs };
    const { result, costs } = await lane.loop(order, progress, signal);
    warmth.add({
      commits: result.committed,
      messagesPerCommit: costs?.messagesPerCommit ?? 0,
      took: costs?.cpuUsPerCommit ?? result.latency.p50Ms,
    });
    lane.warmedMs += warmupMs;
  }
  await lane.pause();
}

/** Whether all validators say the same in the end. */
async function last(lane: Lane, progress: Progress, signal: AbortSignal): Promise<void> {
  await lane.wake();
  lane.agrees = (await agreement(lane.cluster!, progress, signal)).agree;
  await lane.remove();
}

function rowOf(lane: Lane, { common, outstanding }: ArenaOptions): CompareRow {
  const { contender, setting, turns, costs, throughput } = lane;
  const { auth, validators } = setting;
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
    warmedS: lane.warmedMs / 1000,
    warmedCommits: lane.warmth.commits,
    stateHashesAgree: lane.agrees,
    turns,
    theory: theoryOf(setting),
  };
}
