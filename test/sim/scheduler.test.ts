import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fireable, Scheduler } from '../../src/sim/index.ts';

const recorder = (scheduler: Scheduler): Fireable & { seen: [number, unknown][] } => ({
  seen: [],
  fire(_tag, payload) {
    this.seen.push([scheduler.nowMs, payload]);
  },
});

test('events happen in the order of their times, those of one instant in the order of their making', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (delays) => {
      const scheduler = new Scheduler();
      const target = recorder(scheduler);
      delays.forEach((delayMs, index) => {
        scheduler.schedule(delayMs, target, 0, index);
      });
      while (scheduler.advance());
      const expected = delays
        .map((ms, index) => [ms, index] as const)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(target.seen).toEqual(expected);
      expect(scheduler.fired).toBe(delays.length);
      expect(scheduler.pending).toBe(0);
    }),
  );
});

test('an event may make others, now or later, never earlier', () => {
  const scheduler = new Scheduler();
  const times: number[] = [];
  const target: Fireable = {
    fire(tag) {
      times.push(scheduler.nowMs);
      if (tag > 0) scheduler.schedule(tag === 3 ? -5 : 2.5, target, tag - 1, undefined);
    },
  };
  scheduler.schedule(1, target, 3, undefined);
  while (scheduler.advance());
  expect(times).toEqual([1, 1, 3.5, 6]);
});

test('skipping stops before what is due', () => {
  const scheduler = new Scheduler();
  expect(scheduler.nextMs).toBe(Number.POSITIVE_INFINITY);
  scheduler.skipTo(5);
  expect(scheduler.nowMs).toBe(5);
  scheduler.schedule(5, recorder(scheduler), 0, undefined);
  scheduler.skipTo(11);
  expect(scheduler.nowMs).toBe(5);
  scheduler.skipTo(4);
  expect(scheduler.nowMs).toBe(5);
  expect(scheduler.nextMs).toBe(10);
});
