import { describe, expect, it } from 'vitest';
import { measure, median } from '../../bench/harness.ts';
import { SUBJECTS } from '../../bench/main.ts';

describe('the benchmarks', () => {
  it.each(Object.keys(SUBJECTS))('of %s run on tiny inputs', async (name) => {
    let text = '';
    const rows = await SUBJECTS[name]!('tiny', (part) => {
      text += part;
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(text.split('\n').length).toBeGreaterThan(rows.length);
    for (const row of rows) {
      const numbers = Object.values(row).filter((value) => typeof value === 'number');
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    }
  });

  it('compare with their baseline', async () => {
    let fast = 0;
    const slow = () => {
      for (const end = performance.now() + 1; performance.now() < end; );
    };
    const group = {
      title: 'a group',
      baseline: 'slow',
      cases: [
        { name: 'slow', run: slow },
        { name: 'fast', items: 2, run: () => void fast++ },
      ],
    };
    const { cases } = await measure(group, 'tiny');
    expect(cases.map(({ name }) => name)).toEqual(['slow', 'fast']);
    expect(cases[0]).toMatchObject({ ratio: 1 });
    expect(cases[1]!.ratio).toBeGreaterThan(1);
    expect(fast).toBeGreaterThan(0);
  });

  it('take medians', () => {
    expect(median([3])).toBe(3);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it('refuse a group whose baseline is not there', async () => {
    const group = { title: 'a group', baseline: 'b', cases: [{ name: 'a', run() {} }] };
    await expect(measure(group, 'tiny')).rejects.toThrow('has no case b');
  });
});
