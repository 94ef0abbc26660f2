/** Many scenarios, one after another: which seed is which scenario, what all of them add up to, and what failed. */

import type { Delays } from '../core/delays.ts';
import type { Coverage } from './coverage.ts';
import { type Mask, NOTHING } from './mask.ts';
import type { SimParts } from './parts.ts';
import { FAULT_GROUPS, type FaultGroup, groupsFor, PROFILES, type Profile } from './profile.ts';
import { DEFAULT_SUBJECT } from './protocols/registry.ts';
import { type RunResult, runPlanned } from './run.ts';
import { shrink } from './shrink.ts';
import type { Subject } from './subject.ts';

export interface CampaignSettings {
  readonly profiles: readonly Profile[];
  readonly groups: ReadonlySet<FaultGroup>;
  /** Fixed size of the clusters; undefined: what the profiles say. */
  readonly validators: number | undefined;
  readonly subject: Subject;
  /** In place of the subject's own. */
  readonly parts?: SimParts | undefined;
  /** How far the replicas are apart. */
  readonly delays?: Delays | undefined;
  /** Sees all runs. */
  readonly witness?: Coverage | undefined;
}

/** What `lockstep sim` does when it is told nothing. */
export const DEFAULT_CAMPAIGN: CampaignSettings = {
  profiles: PROFILES,
  groups: new Set(FAULT_GROUPS),
  validators: undefined,
  subject: DEFAULT_SUBJECT,
};

/** The profiles that have scenarios under these settings, as the subject wants them. */
export function usableProfiles({ profiles, groups, validators, subject }: CampaignSettings): Profile[] {
  const allowed = groupsFor(subject, groups);
  const usable = profiles
    .filter(
      ({ needs, sizes, name, liars, joiners }) =>
        needs.every((group) => allowed.has(group)) &&
        (joiners === undefined || subject.sets === true) &&
        (liars !== 'colluding' || subject.conspire !== undefined) &&
        (name !== 'twins' || validators === undefined || sizes.includes(validators)),
    )
    .map((profile) => ({ ...profile, ...subject.profiles?.[profile.name] }));
  const drawn = usable.filter(({ weight }) => weight > 0);
  return drawn.length > 0 ? drawn : usable.map((profile) => ({ ...profile, weight: 1 }));
}

/** The profile of a seed: profiles take turns, each as often as its weight says. */
export function profileOf(profiles: readonly Profile[], seed: number): Profile {
  let total = 0;
  for (const { weight } of profiles) total += weight;
  // An odd factor spreads the turns, so that a short campaign sees every profile early.
  let turn = (seed * spreadOf(total)) % total;
  for (const profile of profiles) {
    turn -= profile.weight;
    if (turn < 0) return profile;
  }
  return profiles[0]!;
}

const SPREAD = 7;

/** The spread, or the next one that has no divisor in common with the weights' total: else some profiles never come up. */
function spreadOf(total: number): number {
  let spread = SPREAD;
  while (divisor(spread, total) > 1) spread += 2;
  return spread;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** The scenario of one seed. */
export function runSeed(
  settings: CampaignSettings,
  seed: number,
  mask: Mask = NOTHING,
  verbose = false,
): RunResult {
  const profile = profileOf(usableProfiles(settings), seed);
  const { subject, validators, parts, witness, delays } = settings;
  const groups = groupsFor(subject, settings.groups);
  return runPlanned({ subject, profile, groups, validators, seed, mask, parts, verbose, witness, delays });
}

/** The mask of as little as still fails as this result does. */
export function shrinkFailure(
  settings: CampaignSettings,
  { seed, parts, failure }: RunResult,
  mask: Mask,
): Mask {
  const silent = { ...settings, witness: undefined };
  return shrink(mask, parts, (tried) => runSeed(silent, seed, tried).failure?.checker === failure?.checker);
}

export interface ProfileTally {
  scenarios: number;
  commits: number;
  events: number;
  faults: number;
  views: number;
  virtualMs: number;
}

/** What the scenarios so far add up to. */
export class Tally {
  readonly profiles = new Map<string, ProfileTally>();
  readonly total: ProfileTally = emptyTally();

  add(result: RunResult): void {
    let own = this.profiles.get(result.profile);
    if (own === undefined) {
      own = emptyTally();
      this.profiles.set(result.profile, own);
    }
    for (const tally of [own, this.total]) {
      tally.scenarios++;
      tally.commits += result.commits;
      tally.events += result.events;
      tally.faults += result.faults;
      tally.views += result.views;
      tally.virtualMs += result.virtualMs;
    }
  }
}

function emptyTally(): ProfileTally {
  return { scenarios: 0, commits: 0, events: 0, faults: 0, views: 0, virtualMs: 0 };
}
