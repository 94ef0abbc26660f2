/** Heap and garbage collection of every validator, while transactions arrive for a long time at a share of saturation. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCluster } from '../cluster.ts';
import { lookAt, type SoakSample } from '../soak/sampler.ts';
import { GC_FOLDER_VARIABLE } from './gc-observer.ts';
import type { Progress } from './progress.ts';
import { type BenchRow, loadRow, type Setting } from './row.ts';
import { agreement, measure, startCluster } from './session.ts';
import { median } from './statistics.ts';

export interface MemoryOptions {
  readonly warmupMs: number;
  /** With arrivals at `percent` of the saturated rate. */
  readonly durationMs: number;
  readonly percent: number;
  readonly clients: number;
  readonly outstanding: number | undefined;
}

/** Pauses of one kind in one validator. */
export interface Pauses {
  readonly kind: string;
  readonly count: number;
  readonly totalMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface ValidatorMemory {
  readonly validator: string;
  /** Heap in use: of all samples, and of the last quarter beside the second one, less one. */
  readonly heapMedianBytes: number;
  readonly heapMaxBytes: number;
  readonly heapGrowthPercent: number;
  readonly residentMaxBytes: number;
  /** Share of the time in which the collector held everything up. */
  readonly pausedPercent: number;
  readonly pauses: readonly Pauses[];
}

export interface MemoryReport {
  /** The saturated run and, as `paced`, the long one. */
  readonly load: BenchRow;
  readonly seconds: number;
  readonly validators: readonly ValidatorMemory[];
  readonly samples: readonly SoakSample[];
}

/** The rate is found in as much as a window. */
const SATURATED_MS = 3_000;
const SAMPLE_EVERY_MS = 2_000;

interface Pause {
  readonly atMs: number;
  readonly kind: string;
  readonly ms: number;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

function pausesOf(pauses: readonly Pause[]): Pauses[] {
  const kinds = [...new Set(pauses.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const times = pauses.flatMap((pause) => (pause.kind === kind ? pause.ms : [])).sort((a, b) => a - b);
    return {
      kind,
      count: times.length,
      totalMs: times.reduce((sum, one) => sum + one, 0),
      medianMs: median(times),
      p99Ms: quantile(times, 0.99),
      maxMs: times.at(-1) ?? 0,
    };
  });
}

/** Lines of `gc-observer.ts`; one that is not whole yet is left out. */
export function readPauses(text: string): Pause[] {
  return text.split('\n').flatMap((line) => {
    const [, at, kind, ms] = /^(\S+) (.+) (\S+)$/.exec(line) ?? [];
    if (at === undefined || kind === undefined || ms === undefined) return [];
    return [{ atMs: Number(at), kind, ms: Number(ms) }];
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

function memoryOf(
  name: string,
  samples: readonly SoakSample[],
  pauses: readonly Pause[],
  spanMs: number,
): ValidatorMemory {
  const heaps = samples.map(({ heapBytes }) => heapBytes);
  const quarter = Math.max(1, Math.floor(heaps.length / 4));
  const [early, late] = [mean(heaps.slice(quarter, 2 * quarter)), mean(heaps.slice(-quarter))];
  return {
    validator: name,
    heapMedianBytes: median(heaps),
    heapMaxBytes: Math.max(0, ...heaps),
    heapGrowthPercent: early > 0 ? 100 * (late / early - 1) : 0,
    residentMaxBytes: Math.max(0, ...samples.map(({ residentBytes }) => residentBytes)),
    pausedPercent: (100 * pauses.reduce((sum, { ms }) => sum + ms, 0)) / spanMs,
    pauses: pausesOf(pauses),
  };
}

/** Samples until the load ends. */
async function watch(
  cluster: LocalCluster,
  ended: () => boolean,
  startedMs: number,
  into: SoakSample[],
): Promise<void> {
  while (!ended()) {
    const seconds = (Date.now() - startedMs) / 1000;
    for (let id = 0; id < cluster.size && !ended(); id++) {
      const sample = await lookAt(cluster, id, seconds, 0);
      if (sample !== undefined && !ended()) into.push(sample);
    }
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
  }
}

export async function measureMemory(
  setting: Setting,
  { warmupMs, durationMs, percent, clients, outstanding }: MemoryOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<MemoryReport> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-gc-'));
  let cluster: LocalCluster | undefined;
  try {
    cluster = await startCluster(setting, progress, signal, undefined, {
      nodeArguments: ['--import', new URL('./gc-observer.js', import.meta.url).href],
      environment: { [GC_FOLDER_VARIABLE]: folder },
    });
    const running = cluster;
    const samples: SoakSample[] = [];
    let watching: Promise<void> | undefined;
    let ended = false;
    let startedMs = 0;
    let endedMs = 0;
    const plan = {
      kind: 'throughput',
      warmupMs,
      durationMs: SATURATED_MS,
      clients,
      ...(outstanding !== undefined && { outstanding }),
      paced: { percent, durationMs },
    } as const;
    const onPhase = (phase: string): void => {
      if (phase !== 'pacing' || watching !== undefined) return;
      startedMs = Date.now();
      watching = watch(running, () => ended, startedMs, samples);
    };
    const result = await measure(running, setting, plan, progress, signal, undefined, onPhase).finally(() => {
      ended = true;
      endedMs = Date.now();
    });
    await watching;
    const { agree } = await agreement(running, progress, signal);
    const spanMs = Math.max(1, endedMs - startedMs);
    const validators = running.names.map((name, id) => {
      const all = readPauses(readFileSync(join(folder, String(running.pid(id))), 'utf8'));
      const inside = all.filter(({ atMs }) => atMs >= startedMs && atMs < endedMs);
      const own = samples.filter(({ validator }) => validator === id);
      return memoryOf(name, own, inside, spanMs);
    });
    const load = { ...loadRow('throughput', setting, result, undefined), stateHashesAgree: agree };
    return { load, seconds: spanMs / 1000, validators, samples };
  } finally {
    await cluster?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
