/** The decision that planted mistakes alter is, unaltered, the one of production. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/protocols/pbft/decide.ts';
import type { ViewChange } from '../../src/protocols/pbft/messages.ts';
import { altered } from '../../src/sim/bugs/altered-decision.ts';

const digest = fc.constantFrom('a'.repeat(64), 'b'.repeat(64), '0'.repeat(64));
const claim = fc.record({ view: fc.nat(3), sequence: fc.integer({ min: 1, max: 6 }), digest });

const viewChange = fc
  .record({
    stable: fc.constantFrom(0, 0, 2, 4),
    ahead: fc.boolean(),
    prepared: fc.uniqueArray(claim, { selector: (c) => c.sequence, maxLength: 3 }),
    preprepared: fc.uniqueArray(claim, { selector: (c) => `${c.sequence}${c.digest}`, maxLength: 5 }),
  })
  .map(({ stable, ahead, prepared, preprepared }): ViewChange => {
    const checkpoints = (ahead ? [stable, stable + 2] : [stable]).map((sequence) => ({
      sequence,
      digest: 'c'.repeat(64),
    }));
    const above = ({ sequence }: { sequence: number }): boolean => sequence > stable;
    return {
      type: 'view-change',
      epoch: 0,
      view: 4,
      stable,
      checkpoints,
      prepared: prepared.filter(above),
      preprepared: preprepared.filter(above),
    };
  });

it('decides as the original does', () => {
  const restated = altered({});
  let decided = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(4, 5, 7),
      fc.array(viewChange, { minLength: 3, maxLength: 7 }),
      (n, messages) => {
        const original = decide(messages, n);
        if (original !== undefined && original.digests.length > 0) decided++;
        expect(restated(messages, n)).toEqual(original);
      },
    ),
    { numRuns: 4000 },
  );
  expect(decided).toBeGreaterThan(100);
});
