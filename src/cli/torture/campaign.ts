/** One kind of campaign, and what comes of it. */

import { performance } from 'node:perf_hooks';
import type { Progress } from '../bench/progress.ts';
import { Arena, type Ground, type TortureSettings } from './arena.ts';
import type { SampleSummary } from './sampler.ts';

/** Figures by name, each with its unit in it. */
export type Figures = Readonly<Record<string, number | readonly number[]>>;

export interface Campaign {
  readonly name: string;
  readonly title: string;
  /** How many faults unless told otherwise. */
  readonly runs: number;
  /** Default: transfers on the ledger, and no line is cut. */
  readonly ground?: Ground;
  /** Requests per second unless told otherwise. Default 1,500. */
  readonly rate?: number;
  /** Strikes until its runs are over or something failed. Throws where a ceiling is passed. */
  run(arena: Arena): Promise<Figures>;
}

export interface CampaignRow extends SampleSummary {
  readonly campaign: string;
  readonly protocol: string;
  readonly runs: number;
  readonly seed: number;
  readonly seconds: number;
  /** Of them the machine stood still for so many, which counts as no time at all. */
  readonly standstillSeconds: number;
  readonly figures: Figures;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly throughputTps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly votesAudited: number;
  readonly viewChanges: number;
  readonly failures: readonly string[];
}

const LEDGER: Ground = { app: 'ledger', cuts: false };

/** Runs a campaign on a cluster of its own, and settles its books. Throws the signal's reason where it is told to stop. */
export async function runCampaign(
  campaign: Campaign,
  settings: TortureSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<CampaignRow> {
  const arena = await Arena.open(settings, campaign.ground ?? LEDGER, progress, signal);
  const startedMs = performance.now();
  try {
    let figures: Figures = {};
    try {
      figures = await campaign.run(arena);
      await arena.finish();
    } catch (error) {
      signal.throwIfAborted();
      arena.failures.push(error instanceof Error ? error.message : String(error));
    }
    const { load, votes, sampler, failures } = arena;
    return {
      campaign: campaign.name,
      protocol: settings.protocol,
      runs: settings.runs,
      seed: settings.seed,
      seconds: (performance.now() - startedMs) / 1000,
      standstillSeconds: arena.standstill.totalMs / 1000,
      figures,
      acknowledged: load.acknowledged,
      unknown: load.unknown,
      throughputTps: load.ratePerSecond,
      p50Ms: load.latency.percentile(50),
      p99Ms: load.latency.percentile(99),
      maxMs: load.latency.percentile(100),
      votesAudited: votes.votes,
      viewChanges: sampler.viewChanges(),
      ...sampler.summary(),
      failures,
    };
  } finally {
    progress.clear();
    await arena.close();
  }
}
