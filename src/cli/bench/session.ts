/** One measured cluster: real processes in a temporary folder, the floor before them, loads against them. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Delays, delayMs } from '../../core/delays.ts';
import type { AuthSetting, GenesisParameters } from '../../core/genesis.ts';
import type { EncryptionSetting } from '../../crypto/encryption.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import { Floor, measureFloor } from '../../load/floor.ts';
import {
  type LatencyOrder,
  type LoadOrder,
  type LoadProgress,
  type LoadResult,
  runLoad,
  type ThroughputOrder,
} from '../../load/generator.ts';
import type { LatencySummary } from '../../load/histogram.ts';
import type { Durability } from '../../storage/interface.ts';
import { LocalCluster } from '../cluster.ts';
import { untilToldToEnd } from '../signals.ts';
import { floorPattern } from './patterns.ts';
import type { Progress } from './progress.ts';
import type { Setting } from './row.ts';

/** Most time for validators that are behind to execute what the others have, ms. */
const AGREE_MS = 10_000;

/** What a measurement ends with where the process was told to end. */
export class Stopped extends Error {}

/** Aborted, with `Stopped`, at Ctrl-C or SIGTERM. The second promise is for who only waits. */
export function stopSignal(): { readonly signal: AbortSignal; readonly told: Promise<string> } {
  const controller = new AbortController();
  const told = untilToldToEnd();
  void told.then(() => controller.abort(new Stopped('told to end')));
  return { signal: controller.signal, told };
}

/** Rejects as soon as the signal is aborted; the work goes on unheard. */
function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export interface Agreement {
  /** All validators reported, at the same sequence, the same ledger header and the same checkpoint. */
  readonly agree: boolean;
  readonly sequences: readonly number[];
}

export async function startCluster(
  setting: Setting,
  progress: Progress,
  signal: AbortSignal,
  delays?: Delays,
  choice: Omit<ClusterChoice, 'delays'> = {},
): Promise<LocalCluster> {
  const { threads, parameters, nodeArguments, environment } = choice;
  progress.update(`${nameOf(setting)}: making keys and homes for ${setting.validators} validators`);
  const cluster = await LocalCluster.make({
    folder: mkdtempSync(join(tmpdir(), 'lockstep-bench-')),
    validators: setting.validators,
    protocol: setting.protocol,
    ...(setting.protocolParameters !== undefined && { protocolParameters: setting.protocolParameters }),
    delays,
    auth: setting.auth as AuthSetting,
    app: 'kv',
    ...(parameters && { parameters }),
    config: {
      durability: setting.durability as Durability,
      encryption: (setting.encryption ?? 'auto') as EncryptionSetting,
      logLevel: 'warn',
      ...(threads !== undefined && { threads }),
    },
  });
  if (nodeArguments) cluster.nodeArguments = nodeArguments;
  if (environment) cluster.environment = environment;
  try {
    progress.update(`${nameOf(setting)}: starting ${setting.validators} processes`);
    cluster.start();
    await abortable(signal, cluster.waitReady());
    return cluster;
  } catch (error) {
    await cluster.remove();
    throw error;
  }
}

/** Stops its processes where they are, so that they take nothing from whoever is measured. */
export async function pauseCluster(cluster: LocalCluster): Promise<void> {
  for (let id = 0; id < cluster.size; id++) await cluster.kill(id, 'SIGSTOP');
}

/** Lets them go on, and waits until all are ready. */
export async function wakeCluster(cluster: LocalCluster): Promise<void> {
  for (let id = 0; id < cluster.size; id++) await cluster.kill(id, 'SIGCONT');
  await cluster.waitReady();
}

/** What a cluster has beside its setting, in an experiment. */
export interface ClusterChoice {
  readonly delays?: Delays | undefined;
  /** Threads of each validator that check signatures. */
  readonly threads?: number | undefined;
  readonly parameters?: Partial<GenesisParameters> | undefined;
  /** Further arguments of Node for the validators, and variables of their environment. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How the floor of a comparison differs from that of a single run. */
export interface FloorChoice {
  readonly warmupMs?: number;
  /** PBFT's pattern is that of its fast path. */
  readonly fast?: boolean;
  readonly delays?: Delays | undefined;
}

export async function measureFloorOf(
  setting: Setting,
  durationMs: number,
  progress: Progress,
  signal: AbortSignal,
  { warmupMs, fast, delays }: FloorChoice = {},
): Promise<LatencySummary> {
  const { validators } = setting;
  progress.update(
    `${nameOf(setting)}: the floor, ${validators} processes and a client that pass the bare messages`,
  );
  return measureFloor({
    validators,
    pattern: floorPattern(setting, fast),
    durationMs,
    signal,
    ...(warmupMs !== undefined && { warmupMs }),
    ...(delays && { delayMs: (from, to) => delayMs(delays, from, to) }),
  });
}

/** The same, for who measures it time and again. */
export function startFloor(
  setting: Setting,
  progress: Progress,
  signal: AbortSignal,
  { fast, delays }: FloorChoice = {},
): Promise<Floor> {
  const { validators } = setting;
  progress.update(`${nameOf(setting)}: starting ${validators} processes that pass the bare messages`);
  return Floor.start({
    validators,
    pattern: floorPattern(setting, fast),
    signal,
    ...(delays && { delayMs: (from, to) => delayMs(delays, from, to) }),
  });
}

const nameOf = ({ auth, label }: Setting): string => label ?? auth;

/** What is left of an order once the cluster and the setting are known. */
export type LoadPlan =
  | Omit<LatencyOrder, 'home' | 'txAuth' | 'payloadBytes'>
  | Omit<ThroughputOrder, 'home' | 'txAuth' | 'payloadBytes'>;

/** Runs a load with live progress; says once when the measured window has begun. */
export async function measure(
  cluster: LocalCluster,
  setting: Setting,
  plan: LoadPlan,
  progress: Progress,
  signal: AbortSignal,
  onMeasuring: () => void = () => {},
  onPhase: (phase: LoadProgress['phase']) => void = () => {},
): Promise<LoadResult> {
  const { txAuth, payloadBytes } = setting;
  let measuring = false;
  const what = plan.kind === 'latency' ? 'latency, one closed-loop client' : 'throughput';
  const order: LoadOrder = { ...plan, home: cluster.folder, txAuth: txAuth as SuiteName, payloadBytes };
  const tell = (state: LoadProgress): void => {
    progress.update(`${nameOf(setting)}: ${what}`, describe(state));
    onPhase(state.phase);
    if (state.phase !== 'measuring' || measuring) return;
    measuring = true;
    onMeasuring();
  };
  return runLoad(order, tell, signal);
}

function describe(state: LoadProgress): string {
  const percent = `${state.phase} ${Math.round(100 * Math.min(1, state.done))} %`;
  if (state.phase === 'connecting' || state.phase === 'signing') return percent;
  const inFlight = state.outstanding > 1 ? `, ${state.outstanding} in flight` : '';
  const failed = state.failed > 0 ? `, ${state.failed} failed` : '';
  return `${percent}, ${state.committed} committed${failed}, ${Math.round(state.ratePerSecond)} tx/s${inFlight}`;
}

/** Whether all validators have executed the same: waits for those that are behind. */
export async function agreement(
  cluster: LocalCluster,
  progress: Progress,
  signal?: AbortSignal,
  withinMs = AGREE_MS,
): Promise<Agreement> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    const documents = await Promise.all(
      cluster.urls.map((_, id) => cluster.status(id).catch(() => undefined)),
    );
    const seen = documents.map((document) => document?.sequence ?? -1);
    const states = documents.map((d) =>
      d === undefined ? '' : [d.sequence, d.header, d.checkpoint.stateHash].join(),
    );
    const agree = states[0] !== '' && states.every((state) => state === states[0]);
    if (agree || performance.now() > deadline) return { agree, sequences: seen };
    progress.update('comparing the state hashes of all validators', `at ${seen.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
