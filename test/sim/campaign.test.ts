import { describe, expect, test } from 'vitest';
import {
  BUGS,
  Coverage,
  DEFAULT_CAMPAIGN,
  FAULT_GROUPS,
  findBug,
  formatScenario,
  NOTHING,
  PROFILES,
  parseScenario,
  profileOf,
  runSeed,
  shrinkFailure,
  Tally,
  usableProfiles,
} from '../../src/sim/index.ts';

describe('the default campaign', () => {
  test('finds nothing in its first scenarios, and sees every profile', () => {
    const tally = new Tally();
    const witness = new Coverage();
    for (let seed = 1; seed <= 250; seed++) {
      const result = runSeed({ ...DEFAULT_CAMPAIGN, witness }, seed);
      expect(result.failure, `seed ${seed}, ${result.profile}, n = ${result.n}`).toBeUndefined();
      tally.add(result);
    }
    expect([...tally.profiles.keys()].sort()).toEqual(
      PROFILES.filter(({ weight }) => weight > 0)
        .map(({ name }) => name)
        .sort(),
    );
    for (const [name, { scenarios, commits, faults }] of tally.profiles) {
      expect(commits).toBeGreaterThan(scenarios);
      if (name !== 'calm') expect(faults).toBeGreaterThan(0);
    }
    expect(tally.total.views).toBeGreaterThan(100);
    expect(witness.seen).toBeGreaterThan(200);
  }, 120_000);

  test('a seed is the same scenario every time, with a trace or without', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const first = runSeed(DEFAULT_CAMPAIGN, seed, NOTHING, true);
      const again = runSeed(DEFAULT_CAMPAIGN, seed, NOTHING, true);
      expect(again.trace).toEqual(first.trace);
      expect(again.traceHash).toBe(first.traceHash);
      expect(runSeed(DEFAULT_CAMPAIGN, seed).traceHash).toBe(first.traceHash);
    }
  });
});

test('profiles take turns by their weights; what is not allowed takes none', () => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { weight } of PROFILES) total += weight;
  for (let seed = 0; seed < total; seed++) {
    const { name } = profileOf(PROFILES, seed);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const { name, weight } of PROFILES) expect(counts.get(name) ?? 0).toBe(weight);
  const groups = new Set(FAULT_GROUPS.filter((group) => group === 'crash' || group === 'mutate'));
  const usable = usableProfiles({ ...DEFAULT_CAMPAIGN, groups }).map(({ name }) => name);
  expect(usable).toEqual(['full', 'small', 'mutation', 'calm']);
  expect(usableProfiles({ ...DEFAULT_CAMPAIGN, validators: 7 }).map(({ name }) => name)).not.toContain(
    'twins',
  );
});

describe('masks', () => {
  test('are written and read back', () => {
    const mask = { f: new Set([0, 1, 2, 5]), l: new Set<number>(), t: new Set([7]) };
    expect(formatScenario(12, mask)).toBe('12:f0-2.5,t7');
    expect(parseScenario('12:f0-2.5,t7')).toEqual({ seed: 12, mask });
    expect(parseScenario('12')).toEqual({ seed: 12, mask: NOTHING });
    for (const bad of ['', 'x', '12:', '12:q1', '12:f', '12:f3-1', '-1', '12:f0-99999999']) {
      expect(parseScenario(bad), bad).toBeUndefined();
    }
  });

  test('leave out what they name and nothing else', () => {
    const all = runSeed(DEFAULT_CAMPAIGN, 3, NOTHING, true);
    const { parts } = all;
    const everything = {
      f: new Set(Array(parts.f).keys()),
      l: new Set(Array(parts.l).keys()),
      t: new Set(Array(parts.t).keys()),
    };
    const none = runSeed(DEFAULT_CAMPAIGN, 3, everything, true);
    expect(none.parts).toEqual(parts);
    expect(none.faults).toBe(0);
    expect(none.commits).toBeLessThan(all.commits);
  });
});

describe('planted mistakes', () => {
  test('a failure is shrunk, and what is left still fails in the same way', () => {
    const bug = BUGS.get('commit-across-views')!;
    const find = findBug(bug.name, 60);
    expect(find.seed).toBeDefined();
    const settings = { ...DEFAULT_CAMPAIGN, parts: bug.plant(bug.subject.parts) };
    const first = runSeed(settings, find.seed!);
    const mask = shrinkFailure(settings, first, NOTHING);
    const left = runSeed(settings, find.seed!, mask);
    expect(left.failure?.checker).toBe(first.failure?.checker);
    expect(mask.f.size + mask.l.size + mask.t.size).toBeGreaterThan(0);
    // Honest parts do not fail on it.
    expect(runSeed(DEFAULT_CAMPAIGN, find.seed!, mask).failure).toBeUndefined();
  });

  // Those that take thousands of seeds belong to the long campaign.
  test.each(['quorum-2f', 'vote-before-log', 'view-change-replayed', 'amnesiac'])('%s is found', (name) => {
    const { seed, failure } = findBug(name, 30);
    expect(seed, name).toBeDefined();
    expect(failure?.message).toMatch(/\w/);
  });

  test('an unknown name is refused', () => {
    expect(() => findBug('no-such-bug', 1)).toThrow('no-such-bug');
  });
});
