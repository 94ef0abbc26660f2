/**
 * How everything in this folder is measured: the cases of a group take turns, round after round, so that a noisy
 * second hits all of them alike; a case's figure is the median of its rounds' medians, and a ratio is the median of
 * the rounds' ratios.
 *
 * A file exports `groups(scale)`. `tiny` is for the tests, which run every case a few times and time nothing.
 */

import { Bench } from 'tinybench';

export type Scale = 'tiny' | 'full';

export interface BenchCase {
  readonly name: string;
  /** What one call works on, to be divided by: signatures of a batch, say. Default 1. */
  readonly items?: number;
  /** Least ratio to the baseline that is aimed for. */
  readonly atLeast?: number;
  run(): void | Promise<void>;
}

export interface BenchGroup {
  readonly title: string;
  /** The case that ratios are against: a ratio of 2 is twice as fast. */
  readonly baseline: string;
  readonly cases: readonly BenchCase[];
  /** A figure that is no ratio, taken from what the cases left behind after all rounds. */
  readonly figures?: () => readonly Figure[];
  /** Called after the last round. */
  close?(): Promise<void>;
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
}

export interface CaseResult {
  readonly group: string;
  readonly name: string;
  /** Median time per item, µs. */
  readonly us: number;
  /** How many times as fast as the baseline. */
  readonly ratio: number;
  readonly atLeast?: number;
}

export interface GroupResult {
  readonly cases: readonly CaseResult[];
  readonly figures: readonly Figure[];
}

const ROUNDS = { tiny: 1, full: 7 };
/** Per case and round, ms; a case slower than this runs at least `ITERATIONS` times. */
const TIME_MS = { tiny: 1, full: 100 };
const ITERATIONS = { tiny: 2, full: 8 };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** One round: the median µs per item of each case. */
async function round(group: BenchGroup, scale: Scale): Promise<number[]> {
  const bench = new Bench({
    time: TIME_MS[scale],
    iterations: ITERATIONS[scale],
    warmup: scale === 'full',
    warmupTime: 20,
    warmupIterations: 2,
    throws: true,
    retainSamples: true,
  });
  for (const { name, run } of group.cases) bench.add(name, run);
  await bench.run();
  return group.cases.map(({ name, items }) => {
    const result = bench.getTask(name)?.result;
    if (result === undefined || !('latency' in result))
      throw new Error(`${group.title}: ${name} has no result`);
    return (1000 * result.latency.p50) / (items ?? 1);
  });
}

export async function measure(group: BenchGroup, scale: Scale): Promise<GroupResult> {
  const base = group.cases.findIndex(({ name }) => name === group.baseline);
  if (base < 0) throw new Error(`${group.title} has no case ${group.baseline}`);
  const rounds: number[][] = [];
  try {
    for (let i = 0; i < ROUNDS[scale]; i++) rounds.push(await round(group, scale));
    return {
      figures: group.figures?.() ?? [],
      cases: group.cases.map(({ name, atLeast }, i) => ({
        group: group.title,
        name,
        us: median(rounds.map((times) => times[i]!)),
        ratio: median(rounds.map((times) => times[base]! / times[i]!)),
        ...(atLeast === undefined ? {} : { atLeast }),
      })),
    };
  } finally {
    await group.close?.();
  }
}

/** For the terminal: one line per case and figure. */
export function format(group: BenchGroup, result: GroupResult): string {
  const wide = Math.max(...group.cases.map(({ name }) => name.length), 26);
  const lines = [`\n${group.title}`];
  for (const { name, us, ratio, atLeast } of result.cases) {
    const time = us < 100 ? us.toFixed(2) : us.toFixed(0);
    const aim = atLeast === undefined ? '' : `  at least ${atLeast}×: ${ratio >= atLeast ? 'met' : 'missed'}`;
    lines.push(`  ${name.padEnd(wide)} ${time.padStart(9)} µs ${ratio.toFixed(2).padStart(8)}×${aim}`);
  }
  for (const { name, value, unit, atMost } of result.figures) {
    const aim = atMost === undefined ? '' : `  at most ${atMost}: ${value <= atMost ? 'met' : 'missed'}`;
    lines.push(`  ${name.padEnd(wide)} ${value.toFixed(2).padStart(9)} ${unit}${aim}`);
  }
  return lines.join('\n');
}
