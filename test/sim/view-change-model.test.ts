import { describe, expect, it } from 'vitest';
import { decide } from '../../src/protocols/pbft/decide.ts';
import { forgetfulRule, plainRule, type Rule, runViewChangeModel } from '../../src/sim/models/view-change.ts';

/** The first seed that breaks the rule, and what commits on the way, so that an idle model cannot pass. */
function campaign(n: number, rule: Rule, seeds: number) {
  let slow = 0;
  let fast = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = runViewChangeModel({ n, seed, rule, views: 3 + (seed % 3) });
    slow += outcome.slow;
    fast += outcome.fast;
    if (outcome.violation !== undefined) return { seed, violation: outcome.violation, slow, fast };
  }
  return { seed: undefined, violation: undefined, slow, fast };
}

describe('the model of the view change', () => {
  it.each([4, 5, 6, 7])('finds no fork and no dead end in the rule, n = %i', (n) => {
    const { violation, slow, fast } = campaign(n, decide, 15_000);
    expect(violation).toBeUndefined();
    expect(slow).toBeGreaterThan(1_000);
    expect(fast).toBeGreaterThan(300);
  });

  it.each([4, 5, 6, 7])('catches the plain rule beside the fast path, n = %i', (n) => {
    expect(campaign(n, plainRule, 30_000).violation).toMatch(/fork|chosen|no decision/);
  });

  it('catches a rule that drops the prepared sets, and says how it came to it', () => {
    expect(campaign(4, forgetfulRule, 30_000).violation).toMatch(/fork|chosen/);
  });

  it('plays a seed to the letter', () => {
    expect(runViewChangeModel({ n: 7, seed: 9 })).toEqual(runViewChangeModel({ n: 7, seed: 9 }));
  });
});
