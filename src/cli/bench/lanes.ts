/**
 * Settings measured, each so many times. Interleaved, the clusters of all are up and take turns within each run, so that
 * what disturbs the machine for a while disturbs all alike; the others' processes are stopped meanwhile.
 */

import type { LatencySummary } from '../../load/histogram.ts';
import type { LocalCluster } from '../cluster.ts';
import type { Progress } from './progress.ts';
import { type BenchRow, floorRow, loadRow, type Setting } from './row.ts';
import { mergeRuns, type RunsRow } from './runs.ts';
import {
  agreement,
  type ClusterChoice,
  type LoadPlan,
  measure,
  measureFloorOf,
  pauseCluster,
  startCluster,
  wakeCluster,
} from './session.ts';

export interface LanesOptions extends ClusterChoice {
  readonly kind: 'latency' | 'throughput' | 'floor';
  readonly runs: number;
  readonly interleave: boolean;
  readonly warmupMs: number;
  /** Absent: the warm-up's time is fixed. */
  readonly steadyWithinMs?: number | undefined;
  readonly durationMs: number;
  readonly floorMs: number;
  readonly clients: number;
  /** Absent: searched for in the first run. */
  readonly outstanding?: number | undefined;
  /** Throughput: the share of the saturated rate at which latency is measured afterwards, in percent; 0: it is not. */
  readonly atPercent: number;
}

class Lane {
  readonly setting: Setting;
  readonly rows: BenchRow[] = [];
  cluster: LocalCluster | undefined;
  /** As the first run found it. */
  outstanding: number | undefined;
  agrees: boolean | undefined;

  constructor(setting: Setting, outstanding: number | undefined) {
    this.setting = setting;
    this.outstanding = outstanding;
  }
}

export async function measureLanes(
  settings: readonly Setting[],
  options: LanesOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<RunsRow[]> {
  const lanes = settings.map((setting) => new Lane(setting, options.outstanding));
  const together = options.interleave && lanes.length > 1;
  try {
    if (together) {
      for (const lane of lanes) {
        await open(lane, options, progress, signal);
        if (lane.cluster) await pauseCluster(lane.cluster);
      }
      for (let run = 0; run < options.runs; run++) {
        // Nobody always follows the same one.
        for (let i = 0; i < lanes.length; i++) {
          const lane = lanes[(i + run) % lanes.length]!;
          await turn(lane, run, options, progress, signal, true);
        }
      }
    }
    for (const lane of lanes) {
      if (!together) {
        await open(lane, options, progress, signal);
        for (let run = 0; run < options.runs; run++) await turn(lane, run, options, progress, signal, false);
      } else if (lane.cluster) await wakeCluster(lane.cluster);
      await close(lane, progress, signal);
    }
  } finally {
    for (const { cluster } of lanes) await cluster?.remove();
  }
  return lanes.map(({ rows, agrees }) => ({
    ...mergeRuns(rows),
    ...(agrees !== undefined && { stateHashesAgree: agrees }),
  }));
}

async function open(
  lane: Lane,
  options: LanesOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  if (options.kind === 'floor') return;
  lane.cluster = await startCluster(lane.setting, progress, signal, options.delays, options);
}

async function close(lane: Lane, progress: Progress, signal: AbortSignal): Promise<void> {
  if (lane.cluster === undefined) return;
  lane.agrees = (await agreement(lane.cluster, progress, signal)).agree;
  await lane.cluster.remove();
  lane.cluster = undefined;
}

function planOf(lane: Lane, options: LanesOptions): LoadPlan {
  const { warmupMs, durationMs, steadyWithinMs, clients, atPercent } = options;
  const common = { warmupMs, durationMs, ...(steadyWithinMs !== undefined && { steadyWithinMs }) };
  if (options.kind === 'latency') return { kind: 'latency', ...common };
  const { outstanding } = lane;
  return {
    kind: 'throughput',
    ...common,
    clients,
    ...(outstanding !== undefined && { outstanding }),
    ...(atPercent > 0 && { paced: { percent: atPercent, durationMs } }),
  };
}

async function turn(
  lane: Lane,
  run: number,
  options: LanesOptions,
  progress: Progress,
  signal: AbortSignal,
  together: boolean,
): Promise<void> {
  const { kind, durationMs, floorMs, delays, runs } = options;
  const counted = runs > 1 ? ` (run ${run + 1} of ${runs})` : '';
  const setting = { ...lane.setting, label: `${lane.setting.label ?? lane.setting.auth}${counted}` };
  const { cluster } = lane;
  if (cluster === undefined || kind === 'floor') {
    const floor = await measureFloorOf(setting, durationMs, progress, signal, { delays });
    lane.rows.push(floorRow(lane.setting, floor, durationMs));
    return;
  }
  let floor: LatencySummary | undefined;
  if (kind === 'latency') {
    if (!together) await pauseCluster(cluster);
    floor = await measureFloorOf(setting, floorMs, progress, signal, { delays });
  }
  await wakeCluster(cluster);
  const result = await measure(cluster, setting, planOf(lane, options), progress, signal);
  if (together) await pauseCluster(cluster);
  if (kind === 'throughput') lane.outstanding = result.outstanding;
  lane.rows.push(loadRow(kind, lane.setting, result, floor));
}
