/** What may have committed as far as VIEW-CHANGEs tell, beside what the rule of production chooses, and wrong rules. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decision, decide } from '../../src/protocols/pbft/decide.ts';
import type { ViewChange } from '../../src/protocols/pbft/messages.ts';
import type { Rules } from '../../src/protocols/pbft/rules.ts';
import { altered, type Conditions } from '../../src/sim/bugs/altered-decision.ts';
import { mayHaveCommitted } from '../../src/sim/pbft-choice-checker.ts';
import { someViewChanges } from './view-changes.ts';

/** A slot at which the decision does not choose what may have committed. */
function unsafe(viewChanges: readonly ViewChange[], n: number, decision: Decision | undefined) {
  if (decision === undefined) return undefined;
  const { checkpoint, digests } = decision;
  for (const [sequence, possible] of mayHaveCommitted(viewChanges, n)) {
    if (sequence <= checkpoint.sequence) continue;
    const chosen = digests[sequence - checkpoint.sequence - 1];
    for (const digest of possible) if (digest !== chosen) return sequence;
  }
  return undefined;
}

test('the rule of production chooses whatever may have committed', () => {
  let constrained = 0;
  fc.assert(
    fc.property(someViewChanges(), ({ n, viewChanges }) => {
      const decision = decide(viewChanges, n);
      if (decision !== undefined && mayHaveCommitted(viewChanges, n).size > 0) constrained++;
      expect(unsafe(viewChanges, n, decision)).toBeUndefined();
    }),
    { numRuns: 6000 },
  );
  expect(constrained).toBeGreaterThan(100);
});

const wrong: Readonly<Record<string, Partial<Conditions>>> = {
  'same-view-any-digest': { admits: (own, candidate) => own === undefined || own.view <= candidate.view },
  'fast-rule-late-bound': {
    spares: (own, digest, u) => own === undefined || own.view <= u || own.digest === digest,
  },
  'support-of-latest': { reached: (views) => views[0]! },
  'covered-by-stable': { covers: () => true },
};

test.each(Object.entries(wrong))('a rule like %s does not', (_, changes) => {
  const rule: Rules['decide'] = altered(changes);
  const found = fc.check(
    fc.property(
      someViewChanges(),
      ({ n, viewChanges }) => unsafe(viewChanges, n, rule(viewChanges, n)) === undefined,
    ),
    { numRuns: 40_000, endOnFailure: true, seed: 7 },
  );
  expect(found.failed).toBe(true);
});
