import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/core/random.ts';
import { CALM, type LinkRule, Network, Scheduler } from '../../src/sim/index.ts';

interface Arrival {
  readonly atMs: number;
  readonly from: number;
  readonly to: number;
  readonly payload: number;
}

function world(n: number, rule?: LinkRule, seed = 1) {
  const scheduler = new Scheduler();
  const network = new Network(n, scheduler, new SeededRandom(seed), rule);
  const arrivals: Arrival[] = [];
  for (let to = 0; to < n; to++) {
    network.attach(to, {
      fire: (from, payload) => arrivals.push({ atMs: scheduler.nowMs, from, to, payload: payload as number }),
    });
  }
  /** The tag stands for the sender here. */
  const send = (from: number, to: number, payload: number): void => network.send(from, to, from, payload);
  const drain = (): Arrival[] => {
    while (scheduler.advance());
    return arrivals.splice(0);
  };
  const pairs = (): string[] => {
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) if (a !== b) send(a, b, 0);
    return drain()
      .map(({ from, to }) => `${from}${to}`)
      .sort();
  };
  return { scheduler, network, send, drain, pairs };
}

describe('a link', () => {
  test('delays within its bounds, and lets packets overtake each other', () => {
    const { send, drain } = world(2, { ...CALM, delayMs: 3, jitterMs: 4 });
    for (let i = 0; i < 200; i++) send(0, 1, i);
    const got = drain();
    expect(got).toHaveLength(200);
    for (const { atMs } of got) expect(atMs >= 3 && atMs < 7).toBe(true);
    expect(got.map((arrival) => arrival.payload)).not.toEqual([...Array(200).keys()]);
  });

  test('keeps the order where it is told to', () => {
    const { send, drain } = world(2, { ...CALM, jitterMs: 4, slow: 0.2, slowMs: 50, ordered: true });
    for (let i = 0; i < 200; i++) send(0, 1, i);
    expect(drain().map((arrival) => arrival.payload)).toEqual([...Array(200).keys()]);
  });

  test('loses and doubles about as many as it should, and counts them', () => {
    const { network, send, drain } = world(2, { ...CALM, loss: 0.2, duplicate: 0.1 });
    for (let i = 0; i < 5_000; i++) send(0, 1, i);
    const got = drain().length;
    expect(Math.abs(network.stats.lost - 1_000)).toBeLessThan(120);
    expect(Math.abs(network.stats.duplicated - 400)).toBeLessThan(90);
    expect(got).toBe(network.stats.sent - network.stats.lost + network.stats.duplicated);
  });

  test('has a long tail', () => {
    const { send, drain } = world(2, { ...CALM, slow: 0.1, slowMs: 500 });
    for (let i = 0; i < 1_000; i++) send(0, 1, i);
    const late = drain().filter(({ atMs }) => atMs > 1).length;
    expect(Math.abs(late - 100)).toBeLessThan(40);
  });

  test('flaps: down in every other period', () => {
    const { scheduler, send, drain } = world(2, { ...CALM, delayMs: 0, jitterMs: 0, flapMs: 10 });
    const passed: number[] = [];
    for (let ms = 0; ms < 40; ms += 5) {
      scheduler.skipTo(ms);
      send(0, 1, ms);
      passed.push(...drain().map((arrival) => arrival.payload));
    }
    expect(passed).toEqual([0, 5, 20, 25]);
  });

  test('may have a rule of its own', () => {
    const { network, pairs } = world(3);
    network.setRule({ ...CALM, loss: 1 }, 0, 1);
    expect(pairs()).toEqual(['02', '10', '12', '20', '21']);
    network.setRule({ ...CALM, loss: 1 }, undefined, 0);
    expect(pairs()).toEqual(['02', '12', '21']);
    network.setRule({ ...CALM, loss: 1 }, 1);
    expect(pairs()).toEqual(['02', '21']);
    network.mend();
    expect(pairs()).toHaveLength(6);
  });
});

describe('partitions', () => {
  test('symmetric: groups hear themselves alone; who is in none is on its own', () => {
    const { network, pairs } = world(5);
    network.partition([0, 1], [2, 3]);
    expect(pairs()).toEqual(['01', '10', '23', '32']);
    network.mend();
    expect(pairs()).toHaveLength(20);
  });

  test('one-way: the deaf still speak', () => {
    const { network, pairs } = world(4);
    network.partitionOneWay([0, 1], [1, 2]);
    expect(pairs()).toEqual(['03', '10', '13', '20', '21', '23', '30', '31', '32']);
  });

  test('an isolated replica neither hears nor is heard', () => {
    const { network, pairs } = world(3);
    network.isolate(1);
    expect(pairs()).toEqual(['02', '20']);
  });

  test('a new rule for the whole network stays after mending', () => {
    const { network, pairs } = world(3);
    network.setRule({ ...CALM, loss: 1 });
    network.mend();
    expect(pairs()).toEqual([]);
    network.mend(CALM);
    expect(pairs()).toHaveLength(6);
  });
});

test('one seed, one run', () => {
  const run = (seed: number): Arrival[] => {
    const rule = { ...CALM, loss: 0.3, duplicate: 0.3, slow: 0.3, slowMs: 9 };
    const { send, drain } = world(4, rule, seed);
    for (let i = 0; i < 100; i++) send(i % 4, (i + 1) % 4, i);
    return drain();
  };
  expect(run(5)).toEqual(run(5));
  expect(run(5)).not.toEqual(run(6));
});
