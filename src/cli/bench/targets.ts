/** The stated targets, and by how much a figure misses one. */

import type { BenchRow } from './row.ts';

export interface Target {
  readonly name: string;
  /** As it is printed beside the figure. */
  readonly stated: string;
  readonly limit: number;
  readonly atLeast: boolean;
}

export const TARGETS = {
  p50Ms: { name: 'p50', stated: '< 1 ms', limit: 1, atLeast: false },
  p99Ms: { name: 'p99', stated: '< 5 ms', limit: 5, atLeast: false },
  throughputTps: { name: 'throughput', stated: '≥ 10,000 tx/s', limit: 10_000, atLeast: true },
  committedPercent: { name: 'committed', stated: '≥ 99.5 %', limit: 99.5, atLeast: true },
} as const satisfies Record<string, Target>;

/**
 * The figures that the project holds itself to on a quiet machine of two cores, four validators, a payload of 64 bytes
 * and durability `process`, by how votes are authenticated; p50 also in multiples of the floor of the same run.
 */
export const LATENCY_TARGETS: Readonly<
  Record<string, { readonly p50Ms: number; readonly timesFloor?: number; readonly p99Ms: number }>
> = {
  channel: { p50Ms: 0.26, timesFloor: 1.4, p99Ms: 1 },
  ed25519: { p50Ms: 0.55, timesFloor: 3, p99Ms: 1.6 },
  'ml-dsa-87': { p50Ms: 1, timesFloor: 5, p99Ms: 2.5 },
  hybrid: { p50Ms: 1.4, p99Ms: 3.5 },
};

/** Saturated, by votes and transactions, as `VOTES/TRANSACTIONS`: at least so many per second. */
export const THROUGHPUT_TARGETS: Readonly<Record<string, number>> = {
  'channel/ed25519': 15_000,
  'ml-dsa-87/ml-dsa-87': 10_000,
  'channel/session': 110_000,
};

/** The 99th percentile with arrivals at half of the saturated rate, ms. */
export const HALF_LOAD_P99_MS = 5;

export function meets(target: Target, value: number): boolean {
  return target.atLeast ? value >= target.limit : value < target.limit;
}

/** Empty where the target is met; else how far off it is, relative to the target. */
export function missedBy(target: Target, value: number): string {
  if (meets(target, value)) return '';
  const off = (100 * (value - target.limit)) / target.limit;
  const rounded = Math.abs(off) < 10 ? off.toFixed(1) : off.toFixed(0);
  return `✗ ${off > 0 ? '+' : ''}${rounded} %`.replace('-', '−');
}

/** Targets that a setting's rows miss, by name. */
export function missedTargets(latency: BenchRow, throughput: BenchRow): string[] {
  const submitted = latency.submitted + throughput.submitted;
  const percent = submitted === 0 ? 0 : (100 * (latency.commits + throughput.commits)) / submitted;
  const missed: string[] = [];
  if (!meets(TARGETS.p50Ms, latency.p50Ms)) missed.push('p50');
  if (!meets(TARGETS.p99Ms, latency.p99Ms)) missed.push('p99');
  if (!meets(TARGETS.throughputTps, throughput.throughputTps)) missed.push('throughput');
  if (!meets(TARGETS.committedPercent, percent)) missed.push('committed');
  return missed;
}
