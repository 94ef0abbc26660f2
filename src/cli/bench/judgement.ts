/** What `demo` exits with: strict wherever the machine can show what is asked for. */

import { availableParallelism } from 'node:os';
import { note } from '../output.ts';
import type { SettingReport } from './report.ts';
import { TARGETS } from './targets.ts';

/**
 * The bare message pattern of four validators takes 0.19 ms at the median on the two quiet cores that the targets were
 * stated for. Where that alone takes a sixth longer, cores are slower or somebody else has them, and a commit's time says
 * more of that than of Lockstep.
 */
export const FIT_FLOOR_MS = 0.22;
export const FIT_CORES = 2;

export interface Judgement {
  /** Enough was committed, and all validators of each cluster have one state. */
  readonly sound: boolean;
  /** Settings that miss a target of speed, and which. */
  readonly missed: readonly { readonly auth: string; readonly targets: readonly string[] }[];
  /** Why those do not decide the exit code; absent where they do. */
  readonly unjudged?: string;
}

export function judge(
  reports: readonly SettingReport[],
  { strict, lenient }: { readonly strict: boolean; readonly lenient: boolean },
  cores: number = availableParallelism(),
): Judgement {
  const sound = reports.every(
    (report) => report.stateHashesAgree && report.committedPercent >= TARGETS.committedPercent.limit,
  );
  const missed = reports.flatMap(({ auth, missed: all }) => {
    const targets = all.filter((name) => name !== TARGETS.committedPercent.name);
    return targets.length > 0 ? [{ auth, targets }] : [];
  });
  const unjudged = lenient ? '--lenient' : strict ? undefined : unfit(reports, cores);
  return { sound, missed, ...(unjudged !== undefined && { unjudged }) };
}

/** Why this machine, as it is now, cannot show the targets; undefined where it can. */
function unfit(reports: readonly SettingReport[], cores: number): string | undefined {
  if (cores < FIT_CORES) return `${cores} core for all processes; the targets are for ${FIT_CORES}`;
  const floors = reports.map(({ latency }) => latency.floorP50Ms ?? 0);
  const floor = Math.min(...floors);
  if (floor <= FIT_FLOOR_MS) return undefined;
  return `the bare message pattern alone takes ${floor.toFixed(3)} ms at the median here, and no more than ${FIT_FLOOR_MS} ms on a quiet machine of ${FIT_CORES} cores`;
}

/** Says what is met and what is missed; gives the exit code. */
export function exitCode({ sound, missed, unjudged }: Judgement, reports: readonly SettingReport[]): number {
  if (!sound) note('failed: too little was committed, or state hashes differ');
  const met = reports.filter(({ auth }) => !missed.some((one) => one.auth === auth));
  if (met.length > 0) note(`every target of speed is met: ${met.map(({ auth }) => auth).join(', ')}`);
  for (const { auth, targets } of missed) note(`${auth} misses: ${targets.join(', ')}`);
  if (missed.length > 0 && unjudged !== undefined)
    note(`what is missed does not decide the exit code: ${unjudged}`);
  return sound && (missed.length === 0 || unjudged !== undefined) ? 0 : 1;
}
