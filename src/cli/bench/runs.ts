/** Several runs of one setting as one row: medians, and how sure they are. */

import type { BenchRow, PacedRow } from './row.ts';
import { median, medianInterval } from './statistics.ts';

/** One run's own figures. */
export type RunFigures = Pick<
  BenchRow,
  | 'p50Ms'
  | 'p90Ms'
  | 'p99Ms'
  | 'p999Ms'
  | 'throughputTps'
  | 'floorP50Ms'
  | 'floorP99Ms'
  | 'commits'
  | 'failed'
  | 'warmupMs'
  | 'warmupSteady'
  | 'generatorCores'
  | 'paced'
>;

/** Every figure is the median of the runs'; counts are sums, `minMs` and `maxMs` of all. */
export interface RunsRow extends BenchRow {
  readonly runs: readonly RunFigures[];
  /** p50 over the floor of the same run: the median of the runs. */
  readonly timesFloor?: number;
  /** Of the medians, by order statistics, with the coverage that so many runs allow. Absent with one run. */
  readonly intervals?: Intervals;
}

export interface Intervals {
  readonly coveragePercent: number;
  readonly p50Ms: readonly [low: number, high: number];
  readonly p99Ms: readonly [low: number, high: number];
  readonly throughputTps: readonly [low: number, high: number];
  readonly timesFloor?: readonly [low: number, high: number];
}

const FIGURES = [
  'p50Ms',
  'p90Ms',
  'p99Ms',
  'p999Ms',
  'meanMs',
  'throughputTps',
  'generatorCores',
  'generatorPercent',
  'warmupMs',
  'outstanding',
] as const satisfies readonly (keyof BenchRow)[];

const COUNTS = ['submitted', 'commits', 'failed', 'measuredMs', 'signedAhead', 'signedInside'] as const;

const PACED_FIGURES = [
  'offeredTps',
  'throughputTps',
  'p50Ms',
  'p90Ms',
  'p99Ms',
  'p999Ms',
  'lateP99Ms',
  'generatorCores',
] as const satisfies readonly (keyof PacedRow)[];

function over<K extends string>(
  keys: readonly K[],
  rows: readonly Readonly<Record<K, number>>[],
  how: (values: readonly number[]) => number,
): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, how(rows.map((row) => row[key]))])) as Record<K, number>;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function mergePaced(rows: readonly PacedRow[]): PacedRow {
  return {
    loadPercent: rows[0]!.loadPercent,
    ...over(PACED_FIGURES, rows, median),
    ...over(['commits', 'failed'], rows, sum),
  };
}

function figuresOf(row: BenchRow): RunFigures {
  const { p50Ms, p90Ms, p99Ms, p999Ms, throughputTps, floorP50Ms, floorP99Ms } = row;
  const { commits, failed, warmupMs, warmupSteady, generatorCores, paced } = row;
  return {
    p50Ms,
    p90Ms,
    p99Ms,
    p999Ms,
    throughputTps,
    ...(floorP50Ms !== undefined && { floorP50Ms }),
    ...(floorP99Ms !== undefined && { floorP99Ms }),
    commits,
    failed,
    warmupMs,
    ...(warmupSteady !== undefined && { warmupSteady }),
    generatorCores,
    ...(paced && { paced }),
  };
}

function intervalsOf(rows: readonly BenchRow[], ratios: readonly number[]): Intervals | undefined {
  const p50 = medianInterval(rows.map(({ p50Ms }) => p50Ms));
  if (p50 === undefined) return undefined;
  const ends = (values: readonly number[]): [number, number] => {
    const { low, high } = medianInterval(values)!;
    return [low, high];
  };
  return {
    coveragePercent: p50.coveragePercent,
    p50Ms: [p50.low, p50.high],
    p99Ms: ends(rows.map(({ p99Ms }) => p99Ms)),
    throughputTps: ends(rows.map(({ throughputTps }) => throughputTps)),
    ...(ratios.length === rows.length && { timesFloor: ends(ratios) }),
  };
}

/** Rows of one setting, one for each run; at least one. */
export function mergeRuns(rows: readonly BenchRow[]): RunsRow {
  const [first] = rows as readonly [BenchRow, ...BenchRow[]];
  const floors = rows.filter(({ floorP50Ms = 0 }) => floorP50Ms > 0);
  const ratios = floors.map(({ p50Ms, floorP50Ms }) => p50Ms / floorP50Ms!);
  const paced = rows.flatMap((row) => row.paced ?? []);
  const failures: Record<string, number> = {};
  for (const row of rows)
    for (const [code, count] of Object.entries(row.failures)) failures[code] = (failures[code] ?? 0) + count;
  const counts = over(COUNTS, rows, sum);
  const intervals = intervalsOf(rows, ratios);
  return {
    ...first,
    ...over(FIGURES, rows, median),
    ...counts,
    failures,
    committedPercent: counts.submitted === 0 ? 0 : (100 * counts.commits) / counts.submitted,
    minMs: Math.min(...rows.map(({ minMs }) => minMs)),
    maxMs: Math.max(...rows.map(({ maxMs }) => maxMs)),
    ...(floors.length > 0 && {
      floorP50Ms: median(floors.map(({ floorP50Ms }) => floorP50Ms!)),
      floorP99Ms: median(floors.map(({ floorP99Ms }) => floorP99Ms!)),
    }),
    ...(ratios.length > 0 && first.kind === 'latency' && { timesFloor: median(ratios) }),
    ...(rows.some(({ warmupSteady }) => warmupSteady !== undefined) && {
      warmupSteady: rows.every(({ warmupSteady }) => warmupSteady !== false),
    }),
    ...(paced.length > 0 && { paced: mergePaced(paced) }),
    runs: rows.map(figuresOf),
    ...(intervals && { intervals }),
  };
}
