import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/core/random.ts';

const draws = (random: SeededRandom, count: number): number[] =>
  Array.from({ length: count }, () => random.uint32());

describe('SeededRandom', () => {
  test('one seed gives one sequence, another seed another', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(draws(new SeededRandom(seed), 20)).toEqual(draws(new SeededRandom(seed), 20));
        expect(draws(new SeededRandom(seed), 20)).not.toEqual(draws(new SeededRandom(seed + 1), 20));
      }),
    );
  });

  test('even the seed zero draws from all 32 bits', () => {
    let either = 0;
    let both = 0xffffffff;
    for (const value of draws(new SeededRandom(0), 200)) {
      either |= value;
      both &= value;
    }
    expect(either >>> 0).toBe(0xffffffff);
    expect(both >>> 0).toBe(0);
  });

  test('float is in [0, 1), below in [0, bound), and both spread evenly', () => {
    const random = new SeededRandom(7);
    const counts = new Array<number>(10).fill(0);
    let sum = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = random.float();
      expect(x >= 0 && x < 1).toBe(true);
      sum += x;
      counts[random.below(10)]!++;
    }
    expect(sum / 20_000).toBeCloseTo(0.5, 1);
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(250);
  });

  test('chance follows its probability', () => {
    const random = new SeededRandom(3);
    let hits = 0;
    for (let i = 0; i < 20_000; i++) if (random.chance(0.2)) hits++;
    expect(Math.abs(hits - 4_000)).toBeLessThan(300);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  test('pick takes an item, shuffle keeps them all', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.integer(), { minLength: 1 }), (seed, items) => {
        const random = new SeededRandom(seed);
        expect(items).toContain(random.pick(items));
        const shuffled = random.shuffle(items.slice());
        expect(shuffled.sort((a, b) => a - b)).toEqual(items.slice().sort((a, b) => a - b));
      }),
    );
  });

  test('a shuffle reaches every order', () => {
    const random = new SeededRandom(11);
    const orders = new Set(Array.from({ length: 400 }, () => random.shuffle([1, 2, 3, 4]).join('')));
    expect(orders.size).toBe(24);
  });

  test("a fork's draws do not depend on how far its parent went on", () => {
    const parent = new SeededRandom(5);
    const child = parent.fork();
    draws(parent, 100);
    expect(draws(child, 10)).toEqual(draws(new SeededRandom(5).fork(), 10));
  });
});
