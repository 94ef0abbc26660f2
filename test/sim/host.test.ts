import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/core/random.ts';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import { Host } from '../../src/sim/host.ts';
import { Cluster } from '../../src/sim/index.ts';

const cluster = (more: object = {}) =>
  new Cluster<PbftMessage, PbftRecord>({ protocol: pbft, n: 4, seed: 7, ...more });

describe('a host', () => {
  test('has a clock that changes its pace and jumps, but never goes back', () => {
    const host = new Host();
    expect(host.clockMs(100)).toBe(100);
    host.setRate(100, 2);
    expect(host.clockMs(100)).toBe(100);
    expect(host.clockMs(110)).toBe(120);
    host.jump(50);
    expect(host.clockMs(110)).toBe(170);
    host.heal(110);
    expect(host.clockMs(110)).toBe(170);
    expect(host.clockMs(111)).toBe(171);
  });

  test('that is paused handles everything afterwards, in turn', () => {
    const world = cluster();
    world.run(5);
    const node = world.node(3);
    node.host.pause(world.scheduler.nowMs, 30);
    world.submit(8);
    world.run(25);
    expect(node.ledger.tip.sequence).toBe(0);
    expect(world.node(0).ledger.executed.size).toBe(8);
    world.run(20);
    expect(node.ledger.executed.size).toBe(8);
  });

  test('with a slow disk delays the cluster that waits for it, and loses nothing', () => {
    const quick = cluster();
    const slow = cluster();
    for (const node of slow.nodes) node.host.flushMs = 3;
    for (const world of [quick, slow]) {
      world.submit(4);
      expect(world.runUntil(() => world.settled(), 1_000)).toBe(true);
    }
    expect(slow.scheduler.nowMs).toBeGreaterThan(quick.scheduler.nowMs + 3);
  });

  test('whose time of day is wrong has its proposals refused, and is replaced as primary', () => {
    const world = cluster({ driftMs: 500 });
    world.node(0).host.wallSkewMs = 2_000;
    world.submit(4);
    expect(world.runUntil(() => world.settled(), 5_000)).toBe(true);
    expect(world.node(1).machine!.status().view).toBeGreaterThan(0);
  });
});

test('a replica whose log is damaged says nothing any more, and the others go on', () => {
  const world = cluster({ verbose: true });
  world.submit(4);
  world.run(20);
  world.crash(2);
  world.node(2).disk.damage(new SeededRandom(1));
  const before = world.trace.lines.length;
  world.restart(2);
  expect(world.node(2).retired).toBe(true);
  world.submit(4);
  expect(world.runUntil(() => world.settled(), 2_000)).toBe(true);
  expect(world.node(0).ledger.executed.size).toBe(8);
  expect(world.trace.lines.slice(before).filter((line) => /^ *[\d.]+ {2}2 →/.test(line))).toEqual([]);
});

test('twins have two addresses and one key; others hear both', () => {
  const world = cluster({ twins: [1], verbose: true });
  expect(world.nodes.map(({ id, port, honest }) => [id, port, honest])).toEqual([
    [0, 0, true],
    [1, 1, false],
    [2, 2, true],
    [3, 3, true],
    [1, 4, false],
  ]);
  // The second half alone with a quorum, then the first.
  world.divide(0b00010);
  world.submit(2);
  world.run(20);
  expect(world.nodes[4]!.ledger.executed.size).toBe(2);
  expect(world.nodes[1]!.ledger.executed.size).toBe(0);
  world.heal();
  expect(world.runUntil(() => world.settled(), 2_000)).toBe(true);
});
