import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../src/core/assert.ts';
import { MIN_VALIDATORS, maxFaulty, primaryOf, quorumSize, weakQuorumSize } from '../../src/core/quorum.ts';

const sizes = Array.from({ length: 97 }, (_, i) => i + 4);

describe('quorum arithmetic', () => {
  test.each(sizes)('n = %i: quorums meet in an honest replica and can be reached without the faulty', (n) => {
    const f = maxFaulty(n);
    const q = quorumSize(n);
    expect(n).toBeGreaterThanOrEqual(3 * f + 1);
    expect(n).toBeLessThan(3 * (f + 1) + 1);
    expect(2 * q - n).toBeGreaterThanOrEqual(f + 1);
    expect(q).toBeLessThanOrEqual(n - f);
    // No smaller number would do.
    expect(2 * (q - 1) - n).toBeLessThan(f + 1);
    expect(weakQuorumSize(n)).toBe(f + 1);
  });

  test('is 2f + 1 where n = 3f + 1, and more between', () => {
    for (let f = 1; f <= 33; f++) expect(quorumSize(3 * f + 1)).toBe(2 * f + 1);
    expect(quorumSize(5)).toBe(4);
    expect(quorumSize(6)).toBe(4);
  });

  test('any two quorums of actual replicas share more than f', () => {
    const world = fc.integer({ min: MIN_VALIDATORS, max: 100 }).chain((n) => {
      const all = [...Array(n).keys()];
      const quorum = fc.shuffledSubarray(all, { minLength: quorumSize(n), maxLength: quorumSize(n) });
      return fc.tuple(fc.constant(n), quorum, quorum);
    });
    fc.assert(
      fc.property(world, ([n, a, b]) => {
        const shared = a.filter((id) => b.includes(id));
        expect(shared.length).toBeGreaterThan(maxFaulty(n));
      }),
    );
  });

  test('every replica is primary in turn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 100 }), fc.nat(), (n, view) => {
        const turn = new Set(Array.from({ length: n }, (_, i) => primaryOf(view + i, n)));
        expect(turn.size).toBe(n);
      }),
    );
  });

  test('refuses what is no number of replicas', () => {
    expect(() => maxFaulty(0)).toThrow(InvariantError);
    expect(() => quorumSize(4.5)).toThrow(InvariantError);
  });
});
