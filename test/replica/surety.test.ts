/** Who is asked to sign its votes, for how long, and what becomes of one that does not. */

import { expect, it } from 'vitest';
import { SIGNED_VOTES_MS, SIGNED_VOTES_PERIOD_MS } from '../../src/core/limits.ts';
import { SIGN_ITEM, Surety } from '../../src/replica/surety.ts';

function world(suspects: readonly number[]) {
  let nowMs = 0;
  let timers: { dueMs: number; call: () => void }[] = [];
  const sent: number[] = [];
  const refused: number[] = [];
  const surety = new Surety({
    n: 4,
    clock: {
      nowMs: () => nowMs,
      wallMs: () => nowMs,
      after: (delayMs, call) => {
        timers.push({ dueMs: nowMs + delayMs, call });
        return () => {};
      },
      endOfTurn: () => {},
    },
    suspects: () => suspects,
    send: (to) => sent.push(to),
    refused: (peer) => refused.push(peer),
  });
  surety.start();
  const advance = (ms: number) => {
    for (const end = nowMs + ms; nowMs < end; ) {
      nowMs = Math.min(end, nowMs + 100);
      const due = timers.filter(({ dueMs }) => dueMs <= nowMs);
      timers = timers.filter(({ dueMs }) => dueMs > nowMs);
      for (const { call } of due) call();
    }
  };
  return { surety, sent, refused, advance };
}

it('asks suspects alone, again and again, and counts a refusal once each time', () => {
  const { surety, sent, refused, advance } = world([2]);
  expect(surety.watching).toBe(false);
  advance(600);
  expect(sent).toEqual([2]);
  expect(surety.watching).toBe(true);
  // On its way before it was asked.
  for (let i = 0; i < 9; i++) surety.heard(2, false);
  expect(refused).toEqual([]);
  advance(1_500);
  for (let i = 0; i < 9; i++) surety.heard(2, true);
  for (let i = 0; i < 9; i++) surety.heard(1, false);
  expect(refused).toEqual([]);
  for (let i = 0; i < 9; i++) surety.heard(2, false);
  expect(refused).toEqual([2]);
  advance(SIGNED_VOTES_MS);
  expect(surety.watching).toBe(false);
  advance(SIGNED_VOTES_PERIOD_MS);
  expect(sent).toEqual([2, 2]);
});

it('asks at once who is in a dispute, and no more often for many of them', () => {
  const { surety, sent, advance } = world([]);
  for (let i = 0; i < 5; i++) {
    surety.dispute(1);
    surety.dispute(3);
  }
  expect(sent).toEqual([1, 3]);
  expect(surety.watching).toBe(true);
  advance(SIGNED_VOTES_PERIOD_MS - 1_000);
  surety.dispute(3);
  expect(sent).toEqual([1, 3]);
  // The one that is in it still, once it may be asked again.
  advance(2_000);
  expect(sent).toEqual([1, 3, 3]);
});

it('signs for whoever asks, for a while, and not all the time', () => {
  const { surety, advance } = world([]);
  expect(surety.signing).toBe(false);
  expect(surety.onItem(1, [SIGN_ITEM, 5])).toBe('body-malformed');
  expect(surety.onItem(1, [SIGN_ITEM])).toBeUndefined();
  expect(surety.signing).toBe(true);
  expect(surety.onItem(1, [SIGN_ITEM])).toBe('rate-limited');
  advance(SIGNED_VOTES_MS + 1_000);
  expect(surety.signing).toBe(false);
  expect(surety.onItem(1, [SIGN_ITEM])).toBe('rate-limited');
  expect(surety.signing).toBe(false);
  advance(SIGNED_VOTES_PERIOD_MS);
  expect(surety.onItem(1, [SIGN_ITEM])).toBeUndefined();
});
