/** Mistakes written without sight of the campaign's settings, of those that a few hundred scenarios show. */

import { describe, expect, test } from 'vitest';
import { DEFAULT_CAMPAIGN, findBug, runSeed } from '../../src/sim/index.ts';

const planted = [
  'claims-of-left-view',
  'fast-rule-late-bound',
  'held-across-views',
  'certificate-of-any',
  'first-certificate-kept',
  'relayed-once',
  'ahead-unbounded',
  'support-of-latest',
  'own-checkpoint-unchecked',
  'boundary-forgotten',
];

describe('the default campaign finds each of these', () => {
  test.each(planted)(
    '%s',
    (name) => {
      const found = findBug(name, 100);
      console.log(`${name}: seed ${found.seed}, ${found.seconds.toFixed(1)} s, ${found.failure?.message}`);
      expect(found.failure).toBeDefined();
      // The same scenario is fine where nothing is planted.
      expect(runSeed(DEFAULT_CAMPAIGN, found.seed!).failure).toBeUndefined();
    },
    120_000,
  );
});
