import { expect, test } from 'vitest';
import { runLogCuts } from '../../src/sim/models/log-cuts.ts';

test('the vote log keeps its word over a thousand power cuts, and refuses what was tampered with', () => {
  let cuts = 0;
  let refusals = 0;
  for (let seed = 1; cuts < 1000; seed++) {
    const result = runLogCuts(seed);
    expect(result.violation, `seed ${seed}`).toBeUndefined();
    cuts += result.cuts;
    refusals += result.refusals;
  }
  expect(refusals).toBeGreaterThan(100);
});

test('a seed is the same run every time', () => {
  expect(runLogCuts(3)).toEqual(runLogCuts(3));
});
