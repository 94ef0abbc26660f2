/** One measured cluster: real processes in a temporary folder, the floor before them, loads against them. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthSetting } from '../../core/genesis.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import { measureFloor } from '../../load/floor.ts';
import { type LoadOrder, type LoadProgress, type LoadResult, runLoad } from '../../load/generator.ts';
import type { LatencySummary } from '../../load/histogram.ts';
import type { Durability } from '../../storage/interface.ts';
import { LocalCluster } from '../cluster.ts';
import { frameSizes } from './frame-sizes.ts';
import type { Progress } from './progress.ts';
import type { Setting } from './row.ts';

/** Most time for validators that are behind to execute what the others have, ms. */
const AGREE_MS = 10_000;

export interface Agreement {
  /** All validators reported, at the same sequence, the same ledger header and the same checkpoint. */
  readonly agree: boolean;
  readonly sequences: readonly number[];
}

export async function startCluster(setting: Setting, progress: Progress): Promise<LocalCluster> {
  progress.update(`${setting.auth}: making keys and homes for ${setting.validators} validators`);
  const cluster = await LocalCluster.make({
    folder: mkdtempSync(join(tmpdir(), 'lockstep-bench-')),
    validators: setting.validators,
    protocol: setting.protocol,
    auth: setting.auth as AuthSetting,
    app: 'kv',
    config: { durability: setting.durability as Durability, logLevel: 'warn' },
  });
  try {
    progress.update(`${setting.auth}: starting ${setting.validators} processes`);
    cluster.start();
    await cluster.waitReady();
    return cluster;
  } catch (error) {
    await cluster.remove();
    throw error;
  }
}

export async function measureFloorOf(
  setting: Setting,
  durationMs: number,
  progress: Progress,
): Promise<LatencySummary> {
  const { auth, txAuth, payloadBytes, validators } = setting;
  progress.update(`${auth}: the floor, ${validators} processes and a client that pass the bare messages`);
  const sizes = frameSizes(auth as AuthSetting, txAuth as SuiteName, payloadBytes);
  return measureFloor({ validators, sizes, durationMs });
}

/** Runs a load with live progress. Throws where a validator dies meanwhile. */
export async function measure(
  cluster: LocalCluster,
  setting: Setting,
  order: {
    [K in LoadOrder['kind']]: Omit<LoadOrder & { kind: K }, 'home' | 'txAuth' | 'payloadBytes'>;
  }[LoadOrder['kind']],
  progress: Progress,
): Promise<LoadResult> {
  const { txAuth, payloadBytes, auth } = setting;
  const what = order.kind === 'latency' ? 'latency, one closed-loop client' : 'throughput, saturated';
  const full = { ...order, home: cluster.folder, txAuth: txAuth as SuiteName, payloadBytes } as LoadOrder;
  return runLoad(full, (state) => progress.update(`${auth}: ${what}`, describe(state)));
}

function describe(state: LoadProgress): string {
  const percent = `${state.phase} ${Math.round(100 * Math.min(1, state.done))} %`;
  if (state.phase === 'connecting' || state.phase === 'signing') return percent;
  const inFlight = state.outstanding > 1 ? `, ${state.outstanding} in flight` : '';
  const failed = state.failed > 0 ? `, ${state.failed} failed` : '';
  return `${percent}, ${state.committed} committed${failed}, ${Math.round(state.ratePerSecond)} tx/s${inFlight}`;
}

/** Whether all validators have executed the same: waits for those that are behind. */
export async function agreement(cluster: LocalCluster, progress: Progress): Promise<Agreement> {
  const deadline = performance.now() + AGREE_MS;
  for (;;) {
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
