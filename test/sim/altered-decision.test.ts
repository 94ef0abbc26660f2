/** The decision that planted mistakes alter is, unaltered, the one of production. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/protocols/pbft/decide.ts';
import { altered } from '../../src/sim/bugs/altered-decision.ts';
import { someViewChanges } from './view-changes.ts';

it('decides as the original does', () => {
  const restated = altered({});
  let decided = 0;
  fc.assert(
    fc.property(someViewChanges(), ({ n, viewChanges }) => {
      const original = decide(viewChanges, n);
      if (original !== undefined && original.digests.length > 0) decided++;
      expect(restated(viewChanges, n)).toEqual(original);
    }),
    { numRuns: 3000 },
  );
  expect(decided).toBeGreaterThan(100);
});
