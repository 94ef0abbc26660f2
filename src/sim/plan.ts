/** A scenario as data, drawn from its seed before anything runs: what strikes when, who lies how, what is submitted. */

import type { ReplicaId } from '../core/ids.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import { maxFaulty } from '../core/quorum.ts';
import { SeededRandom } from '../core/random.ts';
import { type FaultKind, roughRule } from './faults.ts';
import type { Mask, Part } from './mask.ts';
import type { LinkRule } from './network.ts';
import { type FaultGroup, kindsOf, type Profile, tacticsOf } from './profile.ts';
import type { Subject } from './subject.ts';
import { TWIN_ROUNDS } from './twins.ts';

export interface PlannedStrike {
  readonly number: number;
  readonly atMs: number;
  readonly kind: FaultKind;
  /** Draws its victim and its extent, so that leaving one out changes no other. */
  readonly seed: number;
}

export interface PlannedLie {
  readonly number: number;
  readonly liar: ReplicaId;
  readonly tactic: string;
}

export interface PlannedSubmission {
  readonly number: number;
  readonly atMs: number;
  /** Bit i: sent to replica i; 0: to all. */
  readonly to: number;
}

export interface Plan {
  readonly n: number;
  readonly profile: Profile;
  /** Whether nothing at all goes wrong. */
  readonly calm: boolean;
  /** The network's rule from the start, where it is not a quiet one. */
  readonly rule: LinkRule | undefined;
  readonly strikes: readonly PlannedStrike[];
  readonly lies: readonly PlannedLie[];
  /** Liars with one plan. */
  readonly conspirators: readonly ReplicaId[];
  /** Rounds of twins in which nothing is cut. */
  readonly undivided: ReadonlySet<number>;
  readonly submissions: readonly PlannedSubmission[];
  /** How many faults, lies and transactions there are where nothing is left out. */
  readonly counts: Readonly<Record<Part, number>>;
  readonly fastPath: boolean;
  readonly timeoutFloorMs: number;
  /** The protocol's own. */
  readonly parameters?: ProtocolParameters | undefined;
}

export interface PlanSettings {
  readonly subject: Subject;
  readonly profile: Profile;
  readonly groups: ReadonlySet<FaultGroup>;
  /** Fixed size of the cluster; undefined: one of the profile's. */
  readonly validators: number | undefined;
  readonly seed: number;
  readonly mask: Mask;
}

/** Fast path on in two of three scenarios. Timeouts: ample, or about as long as a commit takes, so that views change. */
const FLOORS_MS = [50, 50, 10, 3] as const;

export function plan({ subject, profile, groups, validators, seed, mask }: PlanSettings): Plan {
  const random = new SeededRandom(seed ^ 0x5eed);
  const n = validators ?? random.pick(profile.sizes);
  const kinds = kindsOf(profile, groups, subject.faults);
  const drawn = drawStrikes(profile, kinds, random);
  const strikes = [...drawn, ...drawFlip(profile, groups, seed, drawn.length)];
  const lies = drawLies(profile, n, tacticsOf(subject, groups), random);
  const conspirators = profile.liars === 'colluding' ? drawIds(n, maxFaulty(n), random) : [];
  const rounds = profile.name === 'twins' ? TWIN_ROUNDS : 0;
  const submissions = drawSubmissions(profile, n, random);
  const rough = kinds.includes('lossy') && random.chance(0.4) ? roughRule(random) : undefined;
  const calm = profile.name === 'calm';
  return {
    n,
    profile,
    calm,
    rule: rough,
    strikes: strikes.filter(({ number }) => !mask.f.has(number)),
    lies: lies.filter(({ number }) => !mask.l.has(number)),
    conspirators: conspirators.filter((_, number) => !mask.l.has(number)),
    undivided: profile.name === 'twins' ? mask.f : new Set(),
    submissions: submissions.filter(({ number }) => !mask.t.has(number)),
    counts: {
      f: strikes.length + rounds,
      l: lies.length + conspirators.length,
      t: submissions.length,
    },
    fastPath: random.below(3) !== 0,
    timeoutFloorMs: calm ? FLOORS_MS[0] : random.pick(FLOORS_MS),
    // A generator of its own: a protocol that draws none has the same scenarios as before.
    parameters: subject.parameters?.(new SeededRandom(seed ^ 0x9a7a)),
  };
}

function drawStrikes(profile: Profile, kinds: readonly FaultKind[], random: SeededRandom): PlannedStrike[] {
  if (kinds.length === 0 || profile.faults === 0) return [];
  const count = random.below(2 * profile.faults + 1);
  const drawn = Array.from({ length: count }, () => ({
    atMs: random.float() * profile.faultyMs,
    kind: random.pick(kinds),
    seed: random.uint32(),
  }));
  return drawn.sort((a, b) => a.atMs - b.atMs).map((strike, number) => ({ number, ...strike }));
}

/** How often a bit of somebody's state flips where that may be. */
const FLIP_CHANCE = 0.15;

/** By a generator of its own: the rest of a scenario is the same with it and without it. At most once in a scenario. */
function drawFlip(
  { groups, faultyMs }: Profile,
  allowed: ReadonlySet<FaultGroup>,
  seed: number,
  number: number,
): PlannedStrike[] {
  if (!allowed.has('memory') || !groups.includes('memory')) return [];
  const random = new SeededRandom(seed ^ 0xf11b);
  if (!random.chance(FLIP_CHANCE)) return [];
  return [{ number, atMs: random.float() * faultyMs, kind: 'flip', seed: random.uint32() }];
}

function drawLies(
  profile: Profile,
  n: number,
  independent: readonly string[],
  random: SeededRandom,
): PlannedLie[] {
  if (profile.liars === undefined || profile.liars === 'colluding') return [];
  const mutants = profile.liars === 'mutating';
  const tactics = mutants ? ['mutating'] : independent;
  if (tactics.length === 0) return [];
  const most = mutants ? 1 : maxFaulty(n);
  const liars = drawIds(n, profile.allLiars ? most : random.below(most + 1), random);
  const lies: PlannedLie[] = [];
  for (const liar of liars) {
    const names = new Set(
      Array.from({ length: mutants ? 1 : 1 + random.below(3) }, () => random.pick(tactics)),
    );
    for (const tactic of names) lies.push({ number: lies.length, liar, tactic });
  }
  return lies;
}

function drawIds(n: number, count: number, random: SeededRandom): ReplicaId[] {
  return random.shuffle([...Array(n).keys()]).slice(0, count);
}

function drawSubmissions(profile: Profile, n: number, random: SeededRandom): PlannedSubmission[] {
  return Array.from({ length: profile.transactions }, (_, number) => ({
    number,
    atMs: random.float() * profile.faultyMs,
    to: random.chance(0.7) ? 0 : 1 + random.below(2 ** n - 1),
  }));
}
