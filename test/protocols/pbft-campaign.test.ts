import { describe, expect, test } from 'vitest';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import {
  type FaultKind,
  PBFT_TACTICS,
  PbftChecker,
  PbftCommitChecker,
  pbftLiar,
  runScenario,
  type ScenarioOptions,
  type ScenarioResult,
  SizeChecker,
} from '../../src/sim/index.ts';
import { entriesAllowed } from './pbft-world.ts';

type Options = ScenarioOptions<PbftMessage, PbftRecord>;

function scenario(n: number, seed: number, more: Partial<Options> = {}): ScenarioResult {
  return runScenario<PbftMessage, PbftRecord>({
    protocol: pbft,
    n,
    seed,
    tactics: Object.keys(PBFT_TACTICS),
    liar: pbftLiar,
    observers: () => [new PbftChecker(), new PbftCommitChecker(), new SizeChecker(entriesAllowed(n))],
    ...more,
  });
}

/** Runs `count` seeds and gives what all of them added up to; a failure names its seed. */
function campaign(n: number, first: number, count: number, more: Partial<Options> = {}): ScenarioResult[] {
  const results: ScenarioResult[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const result = scenario(n, seed, more);
    expect(result.failure).toBeUndefined();
    results.push(result);
  }
  return results;
}

describe('random campaigns', () => {
  const counts: [number, number][] = [
    [4, 250],
    [5, 150],
    [6, 120],
    [7, 120],
    [10, 40],
  ];

  test.each(counts)('n = %i: faults of every kind and up to f liars, %i seeds', (n, count) => {
    const results = campaign(n, 1, count);
    const struck = new Set(results.flatMap((result) => Object.keys(result.faults)));
    expect(struck.size).toBe(9);
    expect(results.some((result) => Object.keys(result.liars).length > 0)).toBe(true);
    expect(results.some((result) => result.views > 1)).toBe(true);
    expect(Math.min(...results.map((result) => result.commits))).toBeGreaterThan(0);
  });

  test('no faults, no liars: no view change, and all is done at once', () => {
    for (const result of campaign(4, 1, 100, { faults: [], tactics: [] })) {
      expect(result.views).toBe(0);
      expect(result.recoveryMs).toBeLessThan(50);
    }
  });

  test('crashes alone, n = 4, again and again', () => {
    campaign(4, 5_000, 150, {
      faults: ['crash', 'crashAll', 'lossy'] satisfies FaultKind[],
      tactics: [],
      faultyMs: 1_500,
    });
  });

  test('small windows and batches: every slot is a checkpoint or next to one', () => {
    campaign(4, 9_000, 150, { cluster: { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 2 } });
  });

  test.each(Object.keys(PBFT_TACTICS))(
    'up to f liars that know nothing but %s, on a network that is well',
    (tactic) => {
      for (const n of [4, 7]) campaign(n, 1, 15, { tactics: [tactic], faults: [] });
    },
  );
});

describe('once found, kept', () => {
  // A quorum that has moved on to a later view; a start from a checkpoint that only a liar and one other held; slots
  // past the window; a liar's two checkpoints; a certificate that one replica alone has; slots of a new view unseen;
  // a batch left out of a compacted log.
  test.each<[number, number]>([
    [4, 297],
    [4, 4_449],
    [4, 5_165],
    [4, 7_514],
    [4, 7_604],
    [4, 103_644],
    [4, 107_444],
    [5, 105_640],
    [5, 108_285],
    [5, 113_468],
    [5, 116_821],
    [5, 117_652],
    [6, 110_881],
    [7, 3_583],
    [7, 5_384],
    [7, 206_887],
  ])('n = %i, seed %i', (n, seed) => {
    expect(scenario(n, seed, { cluster: { fastPath: false } }).failure).toBeUndefined();
    expect(scenario(n, seed, { cluster: { fastPath: true } }).failure).toBeUndefined();
  });
});

test('a seed replays to the letter, and another seed is another run', () => {
  for (const n of [4, 7]) {
    for (let seed = 0; seed < 20; seed++) {
      const first = scenario(n, seed, { verbose: true });
      const again = scenario(n, seed, { verbose: true });
      expect(again.traceHash).toBe(first.traceHash);
      expect(again.trace).toEqual(first.trace);
      expect(scenario(n, seed + 1_000).traceHash).not.toBe(first.traceHash);
      // Writing the lines down changes nothing.
      expect(scenario(n, seed).traceHash).toBe(first.traceHash);
    }
  }
});

test('more than f liars, and the checkers see it: they can fail', () => {
  let found = 0;
  for (let seed = 1; seed <= 60 && found === 0; seed++) {
    const result = runScenario({
      protocol: pbft,
      n: 4,
      seed,
      faults: [],
      cluster: {
        adversaries: new Map([
          [0, pbftLiar('equivocating', 'votingForAll')],
          [1, pbftLiar('votingForAll')],
        ]),
      },
    });
    if (result.failure?.checker === 'agreement') {
      expect(result.failure.message).toContain(`seed ${seed}`);
      found++;
    }
  }
  expect(found).toBe(1);
});

test('what is not done in time is a failure that names its seed', () => {
  const { failure } = scenario(4, 77, { progressMs: 0.01, faults: ['crash'] });
  expect(failure?.checker).toBe('progress');
  expect(failure?.message).toMatch(/^seed 77, n = 4: progress: .*executed/);
});
