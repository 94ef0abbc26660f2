/** The score and the states of health, line by line, at their very thresholds. */

import { describe, expect, it } from 'vitest';
import {
  type Cause,
  type Conduct,
  HEALTH_STATES,
  judge,
  REPUTATION_RULES,
  Reputation,
} from '../../src/replica/watch/reputation.ts';
import { Allowance } from '../../src/transport/allowance.ts';
import { Budget } from '../../src/transport/budget.ts';

const FINE: Conduct = {
  samples: 64,
  medianMs: 1,
  failures: 0,
  invalidSignatures: 0,
  right: 1,
  participation: 1,
};

describe('the score', () => {
  it('starts at 1 and stays in [0, 1]', () => {
    const reputation = new Reputation(2);
    expect(reputation.score(1)).toBe(1);
    reputation.note(1, 'agreement', 0);
    expect(reputation.score(1)).toBe(1);
    for (let i = 0; i < 20; i++) reputation.note(1, 'equivocation', i);
    expect(reputation.score(1)).toBe(0);
  });

  it.each([
    ['agreement', 0.01],
    ['invalid-signature', -0.1],
    ['timing-violation', -0.05],
    ['equivocation', -0.15],
    ['wrong-state-hash', -0.15],
    ['conflicting-result', -0.15],
    ['partition', -0.02],
  ] as const)('%s: %d', (cause: Cause, delta) => {
    expect(REPUTATION_RULES.deltas[cause]).toBe(delta);
    const reputation = new Reputation(2);
    reputation.note(1, 'timing-violation', 0);
    reputation.note(1, cause, 20_000);
    expect(reputation.score(1)).toBeCloseTo(0.95 + delta, 10);
    expect(reputation.history(1).at(-1)).toMatchObject({ cause, atMs: 20_000 });
  });
});

describe('the states of health', () => {
  it('are five, and the gravest that applies counts', () => {
    expect(HEALTH_STATES).toEqual(['healthy', 'degraded', 'unreliable', 'suspicious', 'quarantined']);
    const all = { ...FINE, medianMs: 500, failures: 1, invalidSignatures: 1, right: 0, participation: 0 };
    expect(judge(0.29, all).health).toBe('quarantined');
    expect(judge(0.3, all).health).toBe('suspicious');
  });

  it.each([
    ['a median answer of 100 ms', { medianMs: 100 }, 'healthy'],
    ['a median answer above 100 ms', { medianMs: 100.1 }, 'degraded'],
    ['10 % failures', { failures: 0.1 }, 'healthy'],
    ['more than 10 % failures', { failures: 0.101 }, 'unreliable'],
  ] as const)('%s', (_, conduct, health) => {
    expect(judge(1, { ...FINE, ...conduct }).health).toBe(health);
  });

  it('suspicious: any two of four, each beyond its threshold, and no one of them alone', () => {
    const beyond: readonly [Partial<Conduct>, number][] = [
      [{ invalidSignatures: 0.101 }, 1],
      [{ right: 0.799 }, 1],
      [{ participation: 0.699 }, 1],
      [{}, 0.499],
    ];
    const at: readonly [Partial<Conduct>, number][] = [
      [{ invalidSignatures: 0.1 }, 1],
      [{ right: 0.8 }, 1],
      [{ participation: 0.7 }, 1],
      [{}, 0.5],
    ];
    const health = (a: readonly [Partial<Conduct>, number], b: readonly [Partial<Conduct>, number]) =>
      judge(Math.min(a[1], b[1]), { ...FINE, ...a[0], ...b[0] });
    for (let i = 0; i < 4; i++) {
      expect(health(beyond[i]!, beyond[i]!).health).not.toBe('suspicious');
      for (let j = 0; j < 4; j++) {
        if (i === j) continue;
        expect(health(beyond[i]!, beyond[j]!).health).toBe('suspicious');
        expect(health(beyond[i]!, at[j]!).health).not.toBe('suspicious');
        const { confidence, action, reasons } = health(beyond[i]!, beyond[j]!);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(action).not.toBe('none');
        expect(reasons).toHaveLength(2);
      }
    }
  });

  it('quarantined: a score below 0.3', () => {
    expect(judge(0.3, FINE).health).toBe('healthy');
    expect(judge(0.299, FINE).health).toBe('quarantined');
  });
});

describe('the floor in quarantine', () => {
  it('carries the votes of a validator that says what the others say, period after period', () => {
    const budget = new Budget();
    const allowance = new Allowance();
    budget.throttled = true;
    // Per tenth of a second: 200 slots, a proposal and two votes each, in a frame of 100 bytes a message.
    const said = 600;
    for (let period = 0; period < 50; period++) {
      budget.renew();
      allowance.renew(said, budget.throttled);
      for (let frame = 0; frame < said / 2; frame++) {
        expect(budget.take(200)).toBe(true);
        expect(allowance.free).toBe(true);
        allowance.count(2, 200);
        allowance.spend(2);
      }
    }
  });
});
