import { describe, expect, test } from 'vitest';
import {
  FAULT_GROUPS,
  type FaultGroup,
  NOTHING,
  DEFAULT_SUBJECT as PBFT,
  PBFT_TACTICS,
  type Plan,
  PROFILES,
  type Profile,
  plan,
  type RunResult,
  runPlan,
} from '../../src/sim/index.ts';

const profileOf = (name: string, more: Partial<Profile> = {}): Profile => ({
  ...PROFILES.find((profile) => profile.name === name)!,
  ...more,
});

const FULL = profileOf('full');

interface Settings {
  readonly n: number;
  readonly profile?: Profile;
  readonly groups?: readonly FaultGroup[];
  readonly tactics?: readonly string[];
  readonly fastPath?: boolean;
}

/** The plan of a seed, with these tactics to draw from. */
function planOf(
  seed: number,
  { n, profile = FULL, groups = FAULT_GROUPS, tactics, fastPath }: Settings,
): Plan {
  const chosen = Object.fromEntries((tactics ?? []).map((name) => [name, PBFT_TACTICS[name]!]));
  const subject = tactics === undefined ? PBFT : { ...PBFT, tactics: chosen };
  const drawn = plan({ subject, profile, groups: new Set(groups), validators: n, seed, mask: NOTHING });
  return { ...drawn, fastPath: fastPath ?? drawn.fastPath };
}

interface Played {
  readonly drawn: Plan;
  readonly result: RunResult;
}

/** Runs `count` seeds; a failure names its seed. */
function campaign(first: number, count: number, settings: Settings): Played[] {
  const played: Played[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const drawn = planOf(seed, settings);
    const result = runPlan(drawn, { seed, subject: PBFT });
    expect(result.failure, `seed ${seed}, n = ${settings.n}`).toBeUndefined();
    played.push({ drawn, result });
  }
  return played;
}

describe('random campaigns', () => {
  const counts: [number, number][] = [
    [4, 150],
    [5, 80],
    [6, 60],
    [7, 70],
    [10, 25],
  ];

  test.each(counts)('n = %i: faults of every kind and up to f liars, %i seeds', (n, count) => {
    const played = campaign(1, count, { n });
    const struck = new Set(played.flatMap(({ drawn }) => drawn.strikes.map(({ kind }) => kind)));
    expect(struck.size).toBe(16);
    expect(played.some(({ drawn }) => drawn.lies.length > 0)).toBe(true);
    expect(played.some(({ result }) => result.views > 1)).toBe(true);
    expect(Math.min(...played.map(({ result }) => result.commits))).toBeGreaterThan(0);
  });

  test('no faults, no liars: no view change, and all is done at once', () => {
    for (const { result } of campaign(1, 50, { n: 4, profile: profileOf('calm') })) {
      expect(result.views).toBe(0);
      expect(result.virtualMs).toBeLessThan(110);
    }
  });

  test('crashes alone, n = 4, again and again', () => {
    const profile = profileOf('full', { faults: 40, faultyMs: 1_500, transactions: 40 });
    campaign(5_000, 80, { n: 4, profile, groups: ['crash', 'loss'] });
  });

  test('small windows and batches: every slot is a checkpoint or next to one', () => {
    campaign(9_000, 80, { n: 4, profile: profileOf('small', { transactions: 40 }) });
  });

  test.each(Object.keys(PBFT_TACTICS))(
    'up to f liars that know nothing but %s, on a network that is well',
    (tactic) => {
      // Mutating is a group of its own.
      const groups: FaultGroup[] = ['byzantine', 'mutate'];
      for (const n of [4, 7]) campaign(1, 15, { n, groups, tactics: [tactic] });
    },
  );

  test('the same faults with the fast path and without it', () => {
    for (const fastPath of [false, true]) campaign(20_000, 40, { n: 4, fastPath });
  });
});

test('a seed replays to the letter, and another seed is another run', () => {
  for (const n of [4, 7]) {
    for (let seed = 0; seed < 10; seed++) {
      const run = (verbose: boolean, of = seed) =>
        runPlan(planOf(of, { n }), { seed: of, subject: PBFT, verbose });
      const first = run(true);
      const again = run(true);
      expect(again.traceHash).toBe(first.traceHash);
      expect(again.trace).toEqual(first.trace);
      expect(run(false, seed + 1_000).traceHash).not.toBe(first.traceHash);
      // Writing the lines down changes nothing.
      expect(run(false).traceHash).toBe(first.traceHash);
    }
  }
});

describe('the checkers can fail', () => {
  const lies = (...named: [number, string][]): Plan['lies'] =>
    named.map(([liar, tactic], number) => ({ number, liar, tactic }));
  const quiet = (seed: number): Plan => ({ ...planOf(seed, { n: 4, groups: [] }), fastPath: true });

  test('more than f liars fork', () => {
    const checkers = new Set<string | undefined>();
    for (let seed = 1; seed <= 60 && !checkers.has('agreement'); seed++) {
      const plan = {
        ...quiet(seed),
        lies: lies([0, 'equivocating'], [0, 'votingForAll'], [1, 'votingForAll']),
      };
      checkers.add(runPlan(plan, { seed, subject: PBFT }).failure?.checker);
    }
    expect(checkers).toContain('agreement');
  });

  test('more than f that say nothing stop the others', () => {
    const plan = { ...quiet(77), lies: lies([0, 'silent'], [1, 'silent']) };
    const { failure } = runPlan(plan, { seed: 77, subject: PBFT });
    expect(failure?.checker).toBe('progress');
    expect(failure?.message).toMatch(/^progress: .*executed/);
  });
});
