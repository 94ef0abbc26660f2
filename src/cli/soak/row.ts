/** What a soak comes to. */

import { quantileOf } from '../torture/figures.ts';
import type { SoakSample } from './sampler.ts';

export interface SoakSetting {
  readonly protocol: string;
  readonly auth: string;
  readonly durability: string;
  readonly validators: number;
  readonly clients: number;
  readonly payloadBytes: number;
  readonly outstanding: number;
}

export interface SoakRow extends SoakSetting {
  readonly transactions: number;
  readonly failed: number;
  readonly seconds: number;
  readonly throughputTps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly stateHashesAgree: boolean;
  readonly diskMaxBytes: number;
  readonly heapMaxBytes: number;
  readonly residentMaxBytes: number;
  readonly anonymousMaxBytes: number;
  /** Mean of the last quarter over that of the second, less one, in percent: what grows for ever grows by 133 %. */
  readonly diskGrowthPercent: number;
  readonly heapGrowthPercent: number;
  readonly residentGrowthPercent: number;
  readonly anonymousGrowthPercent: number;
  readonly lagP99MedianMs: number;
  readonly lagP99WorstMs: number;
  readonly lagMaxMs: number;
  readonly samples: readonly SoakSample[];
}

/** The last quarter beside the second one: the first is still filling up. */
export function growthPercent(samples: readonly SoakSample[], of: (sample: SoakSample) => number): number {
  const last = Math.max(...samples.map(({ transactions }) => transactions));
  const mean = (from: number, to: number): number => {
    const inside = samples.filter(
      ({ transactions }) => transactions > from * last && transactions <= to * last,
    );
    return inside.reduce((sum, sample) => sum + of(sample), 0) / inside.length;
  };
  return 100 * (mean(0.75, 1) / mean(0.25, 0.5) - 1);
}

export function summarize(samples: readonly SoakSample[]) {
  const most = (of: (sample: SoakSample) => number) => Math.max(...samples.map(of));
  const lags = samples.map(({ lagP99Ms }) => lagP99Ms);
  return {
    diskMaxBytes: most((s) => s.diskBytes),
    heapMaxBytes: most((s) => s.heapBytes),
    residentMaxBytes: most((s) => s.residentBytes),
    anonymousMaxBytes: most((s) => s.anonymousBytes),
    diskGrowthPercent: growthPercent(samples, (s) => s.diskBytes),
    heapGrowthPercent: growthPercent(samples, (s) => s.heapBytes),
    residentGrowthPercent: growthPercent(samples, (s) => s.residentBytes),
    anonymousGrowthPercent: growthPercent(samples, (s) => s.anonymousBytes),
    lagP99MedianMs: quantileOf(lags, 0.5),
    lagP99WorstMs: quantileOf(lags, 1),
    lagMaxMs: most((s) => s.lagMaxMs),
    samples,
  };
}
