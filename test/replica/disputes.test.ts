/** Which of two that contradict each other lies, where nobody signs. */

import { expect, it } from 'vitest';
import type { AnyMessage, Attested } from '../../src/core/machine.ts';
import { Disputes } from '../../src/replica/watch/disputes.ts';

const word = (from: number, digest: string, sequence = 7): Attested => ({
  from,
  message: { type: 'any', view: 2, sequence, digest } as AnyMessage,
  envelope: { body: new Uint8Array(1), signature: new Uint8Array(0) },
});

it('finds the primary once more vote for something else than can lie, in whichever order they come', () => {
  const disputes = new Disputes(1);
  expect(disputes.add(word(0, 'A'), 'proposal')).toBeUndefined();
  // One may lie, twice.
  expect(disputes.add(word(2, 'B'), 'vote')).toBeUndefined();
  expect(disputes.add(word(2, 'B'), 'commit-vote')).toBeUndefined();
  expect(disputes.add(word(3, 'B'), 'vote')).toBe(0);
  // Once per slot.
  expect(disputes.add(word(1, 'B'), 'vote')).toBeUndefined();
  expect(disputes.add(word(2, 'B', 8), 'vote')).toBeUndefined();
  expect(disputes.add(word(3, 'B', 8), 'vote')).toBeUndefined();
  expect(disputes.add(word(0, 'A', 8), 'proposal')).toBe(0);
});

it('finds nobody where the primary is its own witness, where voters differ, or where they agree with it', () => {
  const disputes = new Disputes(1);
  disputes.add(word(0, 'A'), 'proposal');
  for (const [from, digest] of [
    [0, 'B'],
    [2, 'B'],
    [3, 'C'],
    [1, 'A'],
    [2, 'A'],
  ] as const)
    expect(disputes.add(word(from, digest), 'commit-vote')).toBeUndefined();
});

it('keeps few of them', () => {
  const disputes = new Disputes(1);
  disputes.add(word(0, 'A', 1), 'proposal');
  disputes.add(word(2, 'B', 1), 'vote');
  for (let sequence = 2; sequence < 1_000; sequence++) disputes.add(word(3, 'B', sequence), 'vote');
  // Forgotten: it would take both votes anew.
  expect(disputes.add(word(3, 'B', 1), 'vote')).toBeUndefined();
  expect(disputes.add(word(0, 'A', 1), 'proposal')).toBeUndefined();
});
