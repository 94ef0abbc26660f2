/** What `bench` and `demo` report: one row per measurement. Every unit is in a name. */

import { availableParallelism } from 'node:os';
import type { ProtocolParameters } from '../../core/machine.ts';
import type { LatencySummary } from '../../load/histogram.ts';
import type { LoadResult, PacedResult } from '../../load/orders.ts';

export interface BenchRow {
  /** One closed-loop client; many transactions in flight; or the message pattern alone. */
  readonly kind: 'latency' | 'throughput' | 'floor';
  readonly protocol: string;
  /** How votes are authenticated. */
  readonly auth: string;
  /** What clients sign transactions with. */
  readonly txAuth: string;
  readonly durability: string;
  /** The setting: see `encryption` of config.yaml. */
  readonly encryption?: string;
  readonly validators: number;
  readonly clients: number;
  /** Bytes of the value that each transaction writes. */
  readonly payloadBytes: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** Commits per second that a client saw, inside the measured window. */
  readonly throughputTps: number;
  /** The floor in the same run, with this row's frame sizes. */
  readonly floorP50Ms?: number;
  readonly floorP99Ms?: number;
  readonly submitted: number;
  readonly commits: number;
  readonly failed: number;
  /** Failures by error code. */
  readonly failures: Readonly<Record<string, number>>;
  /** Commits in 100 submissions. */
  readonly committedPercent: number;
  /** Transactions in flight at most. */
  readonly outstanding: number;
  readonly measuredMs: number;
  /** Transactions signed before the measured window, and those signed inside it because the others were used up. */
  readonly signedAhead: number;
  readonly signedInside: number;
  /** CPU time that the load generator took, in cores, and its share of the machine's. */
  readonly generatorCores: number;
  readonly generatorPercent: number;
  /** What went before, and whether figures had ceased to change by then; absent where the time was fixed. */
  readonly warmupMs: number;
  readonly warmupSteady?: boolean;
  /** Arrivals at a share of the saturated rate; latencies from when a transaction was due. */
  readonly paced?: PacedRow;
  /** Whether all validators had the same state in the end. */
  readonly stateHashesAgree?: boolean;
}

export interface PacedRow {
  /** Of the saturated rate. */
  readonly loadPercent: number;
  readonly offeredTps: number;
  readonly throughputTps: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  /** How much later than due the generator sent: part of the latencies. */
  readonly lateP99Ms: number;
  readonly commits: number;
  readonly failed: number;
  readonly generatorCores: number;
}

function pacedRow({ percent, latency, committed, ...paced }: PacedResult): PacedRow {
  const { p50Ms, p90Ms, p99Ms, p999Ms } = latency;
  const { offeredTps, throughputTps, lateP99Ms, failed, generatorCores } = paced;
  return {
    loadPercent: percent,
    offeredTps,
    throughputTps,
    p50Ms,
    p90Ms,
    p99Ms,
    p999Ms,
    lateP99Ms,
    commits: committed,
    failed,
    generatorCores,
  };
}

const generatorPercent = (cores: number): number => (100 * cores) / availableParallelism();

export interface Setting {
  readonly protocol: string;
  /** Those of the protocol's own parameters that differ from its defaults. */
  readonly protocolParameters?: ProtocolParameters;
  /** What its progress is shown under. Default: how votes are authenticated. */
  readonly label?: string;
  readonly auth: string;
  readonly txAuth: string;
  readonly durability: string;
  /** The setting: see `encryption` of config.yaml. */
  readonly encryption?: string;
  readonly validators: number;
  readonly payloadBytes: number;
}

const quantiles = ({ p50Ms, p90Ms, p99Ms, p999Ms, minMs, meanMs, maxMs }: LatencySummary) => ({
  p50Ms,
  p90Ms,
  p99Ms,
  p999Ms,
  minMs,
  meanMs,
  maxMs,
});

export function loadRow(
  kind: 'latency' | 'throughput',
  setting: Setting,
  result: LoadResult,
  floor: LatencySummary | undefined,
): BenchRow {
  const { submitted, committed, failed, failures } = result;
  const { label: _, ...named } = setting;
  return {
    kind,
    ...named,
    clients: result.clients,
    ...quantiles(result.latency),
    throughputTps: result.throughputTps,
    ...(floor !== undefined && { floorP50Ms: floor.p50Ms, floorP99Ms: floor.p99Ms }),
    submitted,
    commits: committed,
    failed,
    failures,
    committedPercent: submitted === 0 ? 0 : (100 * committed) / submitted,
    outstanding: result.outstanding,
    measuredMs: result.measuredMs,
    signedAhead: result.signedAhead,
    signedInside: result.signedInside,
    generatorCores: result.generatorCores,
    generatorPercent: generatorPercent(result.generatorCores),
    warmupMs: result.warmup.ms,
    ...(result.warmup.steady !== undefined && { warmupSteady: result.warmup.steady }),
    ...(result.paced && { paced: pacedRow(result.paced) }),
  };
}

/** The floor as a row of its own; its rounds count as commits. */
export function floorRow(setting: Setting, floor: LatencySummary, measuredMs: number): BenchRow {
  const { label: _, ...named } = setting;
  return {
    kind: 'floor',
    ...named,
    clients: 1,
    ...quantiles(floor),
    throughputTps: floor.count / (measuredMs / 1000),
    floorP50Ms: floor.p50Ms,
    floorP99Ms: floor.p99Ms,
    submitted: floor.count,
    commits: floor.count,
    failed: 0,
    failures: {},
    committedPercent: 100,
    outstanding: 1,
    measuredMs,
    signedAhead: 0,
    signedInside: 0,
    generatorCores: 0,
    generatorPercent: 0,
    warmupMs: 0,
  };
}
