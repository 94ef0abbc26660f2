/** From traces to figures: where the time of typical, of all and of the slowest commits went. */

import { PARTS, type Part } from '../../core/stopwatch.ts';
import type { LoadResult } from '../../load/orders.ts';
import { decodeTimeline } from '../../load/timeline.ts';
import { type CommitCharges, chargePath, OutputIndex, pathOf } from './critical-path.ts';
import type { ProcessTrace } from './recorder.ts';

/** The parts must add up to the latency that the client measured within this share of it. */
export const TOLERANCE = 0.1;

export type PartsUs = Readonly<Record<Part, number>>;

export interface StageRow {
  readonly stage: string;
  /** Share of the commits whose path has this stage. */
  readonly share: number;
  /** Mean over those. */
  readonly us: number;
  readonly partsUs: PartsUs;
}

export interface PathRow {
  /** `typical`: the middle fifth by latency. `all`. `slowest`: the slowest hundredth. */
  readonly commits: 'typical' | 'all' | 'slowest';
  readonly count: number;
  /** Mean µs of each part over these commits. */
  readonly partsUs: PartsUs;
  readonly sumUs: number;
  /** What the client measured of the whole window, traced or not: the median, the mean, and the mean of the slowest. */
  readonly latencyUs: number;
  /** How far the sum is off the latency, in hundredths of the latency. */
  readonly offPercent: number;
  readonly within: boolean;
  /** Of the waiting: on the wire and until the receiver woke up, and the rest, inside the receiver. */
  readonly wireUs: number;
  readonly insideUs: number;
  readonly stages: readonly StageRow[];
}

export interface Attribution {
  readonly commits: number;
  /** Those whose path is known from end to end. */
  readonly traced: number;
  /** Typical, all, slowest. */
  readonly rows: readonly PathRow[];
  /** Whether the parts of typical and of all commits add up to what the client measured. */
  readonly addsUp: boolean;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function meanParts(charges: readonly Float64Array[]): PartsUs {
  return Object.fromEntries(
    PARTS.map((part, code) => [part, mean(charges.map((one) => one[code]!))]),
  ) as PartsUs;
}

const total = (parts: PartsUs): number => Object.values(parts).reduce((sum, us) => sum + us, 0);

/** Stages in the order of a path; those of equal name add up within a commit. */
function stageRows(commits: readonly CommitCharges[]): StageRow[] {
  const byStage = new Map<string, Float64Array[]>();
  // The longest path names all the stages in their order.
  const order = [...commits].sort((a, b) => b.stages.length - a.stages.length)[0]?.stages ?? [];
  for (const { stage } of order) byStage.set(stage, []);
  for (const { stages } of commits) {
    const own = new Map<string, Float64Array>();
    for (const { stage, charges } of stages) {
      const sum = own.get(stage);
      if (sum === undefined) own.set(stage, charges.slice());
      else for (let i = 0; i < sum.length; i++) sum[i]! += charges[i]!;
    }
    for (const [stage, charges] of own) {
      const all = byStage.get(stage);
      if (all === undefined) byStage.set(stage, [charges]);
      else all.push(charges);
    }
  }
  return [...byStage].map(([stage, charges]) => {
    const parts = meanParts(charges);
    return { stage, share: charges.length / commits.length, us: total(parts), partsUs: parts };
  });
}

function pathRow(name: PathRow['commits'], commits: readonly CommitCharges[], latencyUs: number): PathRow {
  const parts = meanParts(commits.map(({ charges }) => charges));
  const sumUs = total(parts);
  const off = latencyUs > 0 ? sumUs / latencyUs - 1 : Number.NaN;
  const wireUs = mean(commits.map(({ untilArrivedUs }) => untilArrivedUs));
  return {
    commits: name,
    count: commits.length,
    partsUs: parts,
    sumUs,
    latencyUs,
    offPercent: 100 * off,
    within: Math.abs(off) <= TOLERANCE,
    wireUs,
    insideUs: Math.max(0, parts.waiting - wireUs),
    stages: stageRows(commits),
  };
}

/** Undefined where no commit could be followed from end to end. */
export function attribute(load: LoadResult, traces: readonly ProcessTrace[]): Attribution | undefined {
  const client = load.trace && decodeTimeline(load.trace.timeline);
  const timelines = traces.map(({ timeline }) => decodeTimeline(timeline));
  if (client === undefined || load.trace === undefined) return undefined;
  const known = timelines.filter((timeline) => timeline !== undefined);
  if (known.length < timelines.length) return undefined;
  const outputs = traces.map((trace) => new OutputIndex(trace.outputs));
  const followed: CommitCharges[] = [];
  for (const commit of load.trace.commits) {
    const hops = pathOf(commit, outputs);
    const charged = hops && chargePath(hops, client, known);
    if (charged !== undefined) followed.push(charged);
  }
  if (followed.length === 0) return undefined;
  followed.sort((a, b) => a.latencyUs - b.latencyUs);
  const measured = load.trace.commits.map(({ latencyMs }) => 1000 * latencyMs).sort((a, b) => a - b);
  const slowest = <T>(values: readonly T[]): readonly T[] => values.slice(-Math.ceil(values.length / 100));
  const typical = followed.slice(
    Math.floor(0.4 * followed.length),
    Math.max(1, Math.ceil(0.6 * followed.length)),
  );
  const rows = [
    pathRow('typical', typical, 1000 * load.latency.p50Ms),
    pathRow('all', followed, 1000 * load.latency.meanMs),
    pathRow('slowest', slowest(followed), mean(slowest(measured))),
  ];
  const addsUp = rows.every(({ commits, within }) => within || commits === 'slowest');
  return { commits: load.trace.commits.length, traced: followed.length, rows, addsUp };
}
