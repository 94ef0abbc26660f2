/** What `bench sweep` reports. */

import type { BenchRow } from './row.ts';

export interface SweepPoint {
  /** What the dimension is set to, as it is printed and as it is plotted. */
  readonly label: string;
  readonly value: number;
  /** What the figures are to be read with, such as that there are fewer cores than threads. */
  readonly note?: string;
  /** One closed-loop client; absent where the dimension has nothing to do with it. */
  readonly latency?: BenchRow;
  readonly throughput: BenchRow;
}

export interface SweepDimension {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly SweepPoint[];
}

/** From spawning the processes of a cluster, ms: medians. */
export interface ColdStart {
  /** Until every validator is ready and connected to all others. */
  readonly readyMs: number;
  /** Until a client that connects then has its first transaction acknowledged. */
  readonly firstCommitMs: number;
  readonly runs: readonly { readonly readyMs: number; readonly firstCommitMs: number }[];
}

export interface SweepReport {
  readonly dimensions: readonly SweepDimension[];
  /** It was told to end before it had measured all. */
  readonly stopped?: boolean;
  /** Of new homes, and of those that hold data. */
  readonly coldStart?: { readonly fresh: ColdStart; readonly restarted: ColdStart };
}
