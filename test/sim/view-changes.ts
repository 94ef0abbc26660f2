/** VIEW-CHANGEs of different replicas at random: what each claims of a few slots. */

import fc from 'fast-check';
import { quorumSize } from '../../src/core/quorum.ts';
import type { ViewChange } from '../../src/protocols/pbft/messages.ts';

export interface SomeViewChanges {
  readonly n: number;
  readonly viewChanges: readonly ViewChange[];
}

const digest = fc.constantFrom('a'.repeat(64), 'b'.repeat(64), '0'.repeat(64));

/** `slots`: as many as are claimed at most; few of them make their claims meet. */
const viewChange = (slots: number): fc.Arbitrary<ViewChange> => {
  const claim = fc.record({ view: fc.nat(3), sequence: fc.integer({ min: 1, max: slots }), digest });
  return fc
    .record({
      stable: fc.constantFrom(0, 0, 0, 2, 4),
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
};

export function someViewChanges(): fc.Arbitrary<SomeViewChanges> {
  return fc
    .tuple(fc.constantFrom(4, 4, 5, 7), fc.constantFrom(1, 3, 6))
    .chain(([n, slots]) =>
      fc
        .array(viewChange(slots), { minLength: quorumSize(n), maxLength: n })
        .map((viewChanges) => ({ n, viewChanges })),
    );
}
