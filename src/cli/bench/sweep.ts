/**
 * The shape of the cost: one thing is changed at a time, everything else left as it is by default, and each point has a
 * cluster of its own.
 */

import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../../client/index.ts';
import type { AuthSetting, GenesisParameters } from '../../core/genesis.ts';
import { LocalCluster } from '../cluster.ts';
import type { Progress } from './progress.ts';
import { loadRow, type Setting } from './row.ts';
import { measure, Stopped, startCluster } from './session.ts';
import { median } from './statistics.ts';
import type { ColdStart, SweepDimension, SweepPoint, SweepReport } from './sweep-row.ts';

export const DIMENSIONS = ['validators', 'payload', 'batch', 'clients', 'threads', 'start'] as const;
export type DimensionName = (typeof DIMENSIONS)[number];

export interface SweepOptions {
  readonly dimensions: readonly string[];
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly clients: number;
  readonly outstanding: number;
}

interface Point {
  readonly value: number;
  readonly label?: string;
  readonly note?: string | undefined;
  readonly setting?: Partial<Setting>;
  readonly parameters?: Partial<GenesisParameters>;
  readonly threads?: number;
  readonly clients?: number;
}

interface Dimension {
  readonly unit: string;
  readonly points: readonly Point[];
  /** Whether a closed-loop client is measured too. */
  readonly latency: boolean;
}

const COLD_RUNS = 3;

function dimensionOf(name: Exclude<DimensionName, 'start'>): Dimension {
  const cores = availableParallelism();
  switch (name) {
    case 'validators': {
      const points = [4, 7, 10, 13].map((value) => ({
        value,
        note: value > 2 * cores ? `${value} validators share ${cores} cores` : undefined,
        setting: { validators: value },
      }));
      return { unit: '', points, latency: true };
    }
    case 'payload': {
      const points = [0, 64, 1_024, 4_096, 16_384, 65_536].map((value) => ({
        value,
        label: value < 1_024 ? `${value} B` : `${value / 1_024} KiB`,
        setting: { payloadBytes: value },
      }));
      return { unit: '', points, latency: true };
    }
    case 'batch': {
      const points = [1, 4, 16, 64, 256, 1_024].map((value) => ({
        value,
        parameters: { maxBatchTransactions: value },
      }));
      return { unit: 'transactions at most', points, latency: false };
    }
    case 'clients': {
      const points = [1, 4, 16, 64, 256, 1_024].map((value) => ({ value, clients: value }));
      return { unit: '', points, latency: false };
    }
    case 'threads': {
      const points = [1, 2, 4, 8].map((value) => ({
        value,
        note: value > cores ? `more threads than the ${cores} cores, which are shared, not added` : undefined,
        threads: value,
      }));
      return { unit: 'per validator', points, latency: false };
    }
  }
}

export async function sweep(
  base: Setting,
  options: SweepOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<SweepReport> {
  const dimensions: SweepDimension[] = [];
  for (const name of DIMENSIONS) {
    if (name === 'start' || !options.dimensions.includes(name)) continue;
    const { unit, points, latency } = dimensionOf(name);
    const measured: SweepPoint[] = [];
    for (const point of points) {
      const label = point.label ?? point.value.toLocaleString('en-US');
      const setting: Setting = { ...base, ...point.setting, label: `${name} ${label}` };
      try {
        measured.push(await measurePoint(setting, { ...point, label }, latency, options, progress, signal));
      } catch (error) {
        // Minutes of measuring are not thrown away.
        if (!(error instanceof Stopped) || dimensions.length + measured.length === 0) throw error;
        if (measured.length > 0) dimensions.push({ name, unit, points: measured });
        return { dimensions, stopped: true };
      }
    }
    dimensions.push({ name, unit, points: measured });
  }
  if (!options.dimensions.includes('start')) return { dimensions };
  return { dimensions, coldStart: await coldStart(base, progress, signal) };
}

async function measurePoint(
  setting: Setting,
  point: Point & { readonly label: string },
  withLatency: boolean,
  { warmupMs, durationMs, clients, outstanding }: SweepOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<SweepPoint> {
  const { value, label, note, parameters, threads } = point;
  const cluster = await startCluster(setting, progress, signal, undefined, { parameters, threads });
  try {
    const many = point.clients ?? clients;
    // Each client has one in flight at least.
    const inFlight = Math.max(outstanding, many);
    const order = { kind: 'throughput', warmupMs, durationMs, clients: many, outstanding: inFlight } as const;
    const throughput = loadRow(
      'throughput',
      setting,
      await measure(cluster, setting, order, progress, signal),
      undefined,
    );
    const calm = { kind: 'latency', warmupMs, durationMs } as const;
    const latency = withLatency
      ? loadRow('latency', setting, await measure(cluster, setting, calm, progress, signal), undefined)
      : undefined;
    return { label, value, ...(note !== undefined && { note }), ...(latency && { latency }), throughput };
  } finally {
    await cluster.remove();
  }
}

/** New homes, whose keys are made before the clock starts; then the same ones again, with their data. */
async function coldStart(
  setting: Setting,
  progress: Progress,
  signal: AbortSignal,
): Promise<NonNullable<SweepReport['coldStart']>> {
  const fresh: ColdStart['runs'][number][] = [];
  const restarted: ColdStart['runs'][number][] = [];
  for (let run = 0; run < COLD_RUNS; run++) {
    signal.throwIfAborted();
    progress.update(`cold start ${run + 1} of ${COLD_RUNS}`);
    const cluster = await LocalCluster.make({
      folder: mkdtempSync(join(tmpdir(), 'lockstep-bench-')),
      validators: setting.validators,
      protocol: setting.protocol,
      auth: setting.auth as AuthSetting,
      app: 'kv',
      config: { logLevel: 'warn' },
    });
    try {
      fresh.push(await startOnce(cluster));
      await cluster.stop();
      restarted.push(await startOnce(cluster));
    } finally {
      await cluster.remove();
    }
  }
  return { fresh: mediansOf(fresh), restarted: mediansOf(restarted) };
}

async function startOnce(cluster: LocalCluster): Promise<ColdStart['runs'][number]> {
  const startedMs = performance.now();
  cluster.start();
  await cluster.waitReady();
  const readyMs = performance.now() - startedMs;
  const client = await Client.connect({ home: cluster.folder });
  try {
    await client.submit({ op: 'put', key: 'first', value: 'commit' });
    return { readyMs, firstCommitMs: performance.now() - startedMs };
  } finally {
    await client.close();
  }
}

function mediansOf(runs: ColdStart['runs']): ColdStart {
  return {
    readyMs: median(runs.map(({ readyMs }) => readyMs)),
    firstCommitMs: median(runs.map(({ firstCommitMs }) => firstCommitMs)),
    runs,
  };
}
