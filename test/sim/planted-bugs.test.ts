import { describe, expect, test } from 'vitest';
import { DEFAULT_CAMPAIGN, findBug, runSeed } from '../../src/sim/index.ts';

// commit-across-views is found, and shrunk, in campaign.test.ts.
const planted = [
  'quorum-2f',
  'prepared-dropped',
  'vote-before-log',
  'checkpoint-without-quorum',
  'watermark-of-one',
  'view-change-replayed',
  'fast-path-ignored',
];

describe('the default campaign finds each of these', () => {
  test.each(planted)(
    '%s',
    (name) => {
      const found = findBug(name, 250);
      console.log(`${name}: seed ${found.seed}, ${found.seconds.toFixed(1)} s, ${found.failure?.message}`);
      expect(found.failure).toBeDefined();
      // The same scenario is fine where nothing is planted.
      expect(runSeed(DEFAULT_CAMPAIGN, found.seed!).failure).toBeUndefined();
    },
    300_000,
  );
});
