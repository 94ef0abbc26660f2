/** What the other protocols than PBFT may get wrong, each planted, is found by the default campaign of its protocol. */

import { describe, expect, test } from 'vitest';
import { BUGS, DEFAULT_CAMPAIGN, findBug, runSeed } from '../../src/sim/index.ts';

const planted = [
  'hotstuff-lock-ignored',
  'hotstuff-views-not-consecutive',
  'hotstuff-votes-again',
  'hotstuff-mixed-votes',
  'hotstuff-no-wait',
  'streamlet-off-longest-chain',
  'streamlet-two-in-a-row',
  'raft-commits-earlier-term',
  'raft-vote-not-persisted',
  'raft-stale-read',
];

describe('the default campaign finds each of these', () => {
  test.each(planted)(
    '%s',
    (name) => {
      const found = findBug(name, 100);
      console.log(`${name}: seed ${found.seed}, ${found.seconds.toFixed(1)} s, ${found.failure?.message}`);
      expect(found.failure).toBeDefined();
      // The same scenario is fine where nothing is planted.
      const { subject } = BUGS.get(name)!;
      expect(runSeed({ ...DEFAULT_CAMPAIGN, subject }, found.seed!).failure).toBeUndefined();
    },
    120_000,
  );
});
