/** What the process that generates load is told, and what it answers. */

import type { SuiteName } from '../crypto/interface.ts';
import type { LatencySummary } from './histogram.ts';
import type { TimelineText } from './timeline.ts';

export interface ClientOrder {
  /** A local cluster's folder. */
  readonly home: string;
  /** What transactions are signed with. */
  readonly txAuth: SuiteName;
  /** Bytes of the value that each transaction writes. */
  readonly payloadBytes: number;
}

interface CommonOrder extends ClientOrder {
  /** Not measured: code is compiled, connections and caches are warmed. */
  readonly warmupMs: number;
  /** Warm up further until the figures of successive windows no longer change, for at most so long, ms. */
  readonly steadyWithinMs?: number;
  readonly durationMs: number;
}

/** One client, one transaction at a time. */
export interface LatencyOrder extends CommonOrder {
  readonly kind: 'latency';
  /** Whether the client records where its own time goes. */
  readonly trace?: boolean;
}

/** Many transactions at once: the rate that the cluster bears. */
export interface ThroughputOrder extends CommonOrder {
  readonly kind: 'throughput';
  /** Clients, each with a key and connections of its own. */
  readonly clients: number;
  /** Transactions in flight, all clients together. Default: found by raising it until the rate no longer grows. */
  readonly outstanding?: number;
  /** Afterwards, with arrivals at a share of the rate that was found: what a latency at such a load is. */
  readonly paced?: { readonly percent: number; readonly durationMs: number };
}

export type LoadOrder = LatencyOrder | ThroughputOrder;

/** One client that stays connected and is told, time and again, what to do: see `LoadSession`. */
export interface SessionOrder extends ClientOrder {
  readonly kind: 'session';
}

/** One stretch of a session's closed loop. */
export interface TurnOrder {
  /** With several transactions in flight, before the loop. */
  readonly burstMs: number;
  readonly warmupMs: number;
  readonly durationMs: number;
}

export interface LoadProgress {
  readonly phase: 'connecting' | 'warming up' | 'searching' | 'signing' | 'measuring' | 'pacing';
  /** Share of the phase that is over, 0 to 1. */
  readonly done: number;
  readonly committed: number;
  readonly failed: number;
  readonly ratePerSecond: number;
  /** In flight at most, as it is set now. */
  readonly outstanding: number;
}

/** A transaction's way as the client saw it; times in µs of the machine's monotonic clock. */
export interface TracedCommit {
  readonly startUs: number;
  readonly settledUs: number;
  readonly sequence: number;
  /** Whose answer settled it, and when the callback began that brought it. */
  readonly from: number;
  readonly arrivedUs: number;
  /** When the request was with the socket of each validator, by id. */
  readonly sentUs: readonly number[];
  /** As counted in the result's latency. */
  readonly latencyMs: number;
}

export interface ClientTrace {
  readonly timeline: TimelineText;
  readonly commits: readonly TracedCommit[];
}

/** What went before the measured window. */
export interface WarmupReport {
  readonly ms: number;
  /** Whether the last windows were as those before; absent where the time was fixed. */
  readonly steady?: boolean;
  /** Of the windows in turn: the median latency in ms, or transactions per second. */
  readonly windows: readonly number[];
}

/** What arrivals at a fixed rate came to. Latencies count from when a transaction was due. */
export interface PacedResult {
  /** Of the saturated rate. */
  readonly percent: number;
  readonly offeredTps: number;
  readonly throughputTps: number;
  readonly latency: LatencySummary;
  readonly submitted: number;
  readonly committed: number;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  /** How much later than due the generator sent, at the 99th percentile: its share of the latency. */
  readonly lateP99Ms: number;
  /** Most transactions in flight. */
  readonly outstanding: number;
  readonly measuredMs: number;
  readonly signedAhead: number;
  readonly signedInside: number;
  readonly generatorCores: number;
}

export interface LoadResult {
  /** Where it was ordered. */
  readonly trace?: ClientTrace;
  /**
   * Of transactions submitted in the measured window: from handing the signed bytes to the client until f + 1
   * validators had given the same result. Signing is not in it.
   */
  readonly latency: LatencySummary;
  /** Submitted in the measured window, and what became of them, those that were settled after it included. */
  readonly submitted: number;
  readonly committed: number;
  readonly failed: number;
  /** Failures by error code. */
  readonly failures: Readonly<Record<string, number>>;
  /** Settled inside the window, per second of it. */
  readonly throughputTps: number;
  readonly measuredMs: number;
  readonly clients: number;
  readonly outstanding: number;
  /** Transactions signed before the window began, so that signing takes nothing from the cluster during it. */
  readonly signedAhead: number;
  /** Signed inside it nevertheless, because that was not enough. */
  readonly signedInside: number;
  /** CPU time of the generator's process during the window, in cores. */
  readonly generatorCores: number;
  readonly warmup: WarmupReport;
  /** Where it was ordered. */
  readonly paced?: PacedResult;
}

export type LoadReport =
  /** A session is connected. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: LoadProgress }
  | { readonly kind: 'done'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
