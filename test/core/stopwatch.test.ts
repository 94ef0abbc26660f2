import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLIENTS,
  chargeInterval,
  NO_STOPWATCH,
  PARTS,
  type Part,
  Timeline,
  type TimelineData,
} from '../../src/core/stopwatch.ts';

/** A timeline on a clock that a script moves. */
function scripted(capacity = 1024) {
  let nowUs = 1000;
  const timeline = new Timeline(() => nowUs, capacity);
  const pass = (us: number): void => {
    nowUs += us;
  };
  return { timeline, pass, nowUs: () => nowUs };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const us = (timeline: Timeline, part: Part): number => timeline.totals()[part].us;

function charged(data: TimelineData, fromUs: number, toUs: number): Record<string, number> | undefined {
  const into = new Float64Array(PARTS.length);
  if (!chargeInterval(data, fromUs, toUs, into)) return undefined;
  return Object.fromEntries(PARTS.flatMap((part, i) => (into[i] === 0 ? [] : [[part, into[i]!]])));
}

describe('Timeline', () => {
  it('charges the innermost part, and waiting where there is none', () => {
    const { timeline, pass } = scripted();
    pass(5);
    timeline.begin('socket', 2);
    pass(1);
    timeline.enter('codec');
    pass(2);
    timeline.leave();
    timeline.enter('driver');
    pass(10);
    timeline.enter('verify');
    pass(20);
    timeline.leave();
    timeline.leave();
    pass(4);
    timeline.leave();
    pass(100);
    const totals = timeline.totals();
    expect(Object.fromEntries(PARTS.map((part) => [part, totals[part].us]))).toMatchObject({
      waiting: 105,
      socket: 5,
      codec: 2,
      driver: 10,
      verify: 20,
      sign: 0,
    });
    expect(totals.verify.count).toBe(1);
    expect(timeline.source).toBe(2);
    expect(timeline.begunUs).toBe(1005);
  });

  it('starts anew where an earlier callback left something open, and forgives a leave too many', () => {
    const { timeline, pass } = scripted();
    timeline.begin('driver');
    timeline.enter('storage');
    pass(3);
    timeline.begin('socket', CLIENTS);
    pass(4);
    timeline.leave();
    timeline.leave();
    pass(5);
    expect(us(timeline, 'storage')).toBe(3);
    expect(us(timeline, 'socket')).toBe(4);
    expect(us(timeline, 'waiting')).toBe(5);
    expect(timeline.clientsHeardUs).toBe(1003);
  });

  it('charges waiting for other threads to what they do', () => {
    const { timeline, pass } = scripted();
    timeline.begin('driver');
    timeline.awaits('verify');
    timeline.awaits('verify');
    pass(1);
    timeline.leave();
    pass(10);
    timeline.awaited();
    pass(20);
    timeline.awaited();
    pass(40);
    expect(us(timeline, 'driver')).toBe(1);
    expect(us(timeline, 'verify')).toBe(30);
    expect(us(timeline, 'waiting')).toBe(40);
  });

  it('takes a pause from what it interrupted, in the totals and in intervals', () => {
    const { timeline, pass } = scripted();
    timeline.begin('codec');
    pass(10);
    timeline.enter('verify');
    pass(10);
    timeline.leave();
    pass(10);
    timeline.leave();
    pass(10);
    // 5 µs each of codec and verify, told after it happened.
    timeline.paused(1005, 1015);
    expect(us(timeline, 'gc')).toBe(10);
    expect(us(timeline, 'codec')).toBe(15);
    expect(us(timeline, 'verify')).toBe(5);
    expect(charged(timeline.data(), 1000, 1040)).toEqual({ codec: 15, verify: 5, gc: 10, waiting: 10 });
    expect(charged(timeline.data(), 1006, 1012)).toEqual({ gc: 6 });
  });

  it('notes when a receiver was sent to', () => {
    const { timeline, pass } = scripted();
    pass(7);
    timeline.sent(3);
    expect(timeline.sentUs.get(3)).toBe(1007);
  });

  it('keeps the newest changes, and says where its record does not reach', () => {
    const { timeline, pass } = scripted(4);
    for (let i = 0; i < 10; i++) {
      timeline.begin('step');
      pass(1);
      timeline.leave();
      pass(1);
    }
    const data = timeline.data();
    expect(data.timesUs).toHaveLength(4);
    expect(charged(data, 1000, 1020)).toBeUndefined();
    expect(charged(data, 1016, 1020)).toEqual({ step: 2, waiting: 2 });
    expect(us(timeline, 'step')).toBe(10);
  });

  const action = fc.oneof(
    fc.record({ kind: fc.constant('enter' as const), part: fc.constantFrom(...PARTS) }),
    fc.record({ kind: fc.constant('begin' as const), part: fc.constantFrom(...PARTS) }),
    fc.record({ kind: fc.constant('leave' as const) }),
    fc.record({ kind: fc.constant('pass' as const), us: fc.integer({ min: 0, max: 1000 }) }),
  );

  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('accounts for every microsecond once, whatever happens, in total and in any interval', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 300 }),
        fc.array(fc.tuple(share, share), { maxLength: 5 }),
        (actions, cuts) => {
          const { timeline, pass, nowUs } = scripted(4096);
          for (const one of actions) {
            if (one.kind === 'pass') pass(one.us);
            else if (one.kind === 'leave') timeline.leave();
            else timeline[one.kind](one.part);
          }
          const totals = timeline.totals();
          expect(sum(PARTS.map((part) => totals[part].us))).toBeCloseTo(nowUs() - 1000, 6);
          const data = timeline.data();
          for (const [a, b] of cuts) {
            const [fromUs, toUs] = [a, b].sort((x, y) => x - y).map((x) => 1000 + x * (nowUs() - 1000));
            const into = new Float64Array(PARTS.length);
            expect(chargeInterval(data, fromUs!, toUs!, into)).toBe(true);
            expect(sum(into)).toBeCloseTo(toUs! - fromUs!, 6);
          }
        },
      ),
    );
  });
});

it('the stopwatch that nobody asked for does nothing', () => {
  NO_STOPWATCH.begin('driver', 1);
  NO_STOPWATCH.enter('verify');
  NO_STOPWATCH.leave();
  NO_STOPWATCH.sent(0);
  expect(Object.isFrozen(NO_STOPWATCH)).toBe(true);
});
