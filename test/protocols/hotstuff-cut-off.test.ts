/** A HotStuff replica whose own lines were cut: it asks for another view, alone, and votes with the others as soon as it can. */

import { describe, expect, it } from 'vitest';
import { hotstuff } from '../../src/protocols/hotstuff/hotstuff.ts';
import type { HotstuffMessage, HotstuffRecord } from '../../src/protocols/hotstuff/messages.ts';
import { Cluster } from '../../src/sim/index.ts';

const clusterOf = (commit: string, leader: string, n = 4) =>
  new Cluster({ protocol: hotstuff, n, seed: 11, clientRetryMs: 0, parameters: { commit, leader } });

const work = (cluster: Cluster<HotstuffMessage, HotstuffRecord>, count: number) => {
  for (let i = 0; i < count; i++) {
    cluster.submit(1);
    cluster.run(5);
  }
  expect(cluster.runUntil(() => cluster.settled(), 5_000)).toBe(true);
};

const views = (cluster: Cluster<HotstuffMessage, HotstuffRecord>) =>
  cluster.up.map(({ machine }) => machine!.status()).map(({ view, active }) => [view, active]);

describe.each(['two-chain', 'three-chain'])('HotStuff by %s', (commit) => {
  it('a replica that was cut off votes in the view of the others again, which need its vote', () => {
    const cluster = clusterOf(commit, 'stable');
    work(cluster, 5);
    cluster.network.isolate(3);
    cluster.submit(3);
    cluster.run(10_000);
    expect(views(cluster)[3]).toEqual([0, true]);
    cluster.heal();
    work(cluster, 10);
    // Without its votes there is no quorum in this view.
    cluster.crash(2);
    for (let i = 0; i < 5; i++) {
      cluster.submit(1);
      const done = () =>
        cluster.up.every(({ ledger }) => ledger.executed.size === cluster.clients.issued.length);
      expect(cluster.runUntil(done, 45)).toBe(true);
    }
    expect(views(cluster)).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
    cluster.restart(2);
    work(cluster, 5);
  });

  it('a turn that it missed costs nobody anything with a leader that changes, either', () => {
    const cluster = clusterOf(commit, 'rotating');
    work(cluster, 5);
    cluster.network.isolate(3);
    cluster.submit(3);
    cluster.run(3_000);
    cluster.heal();
    work(cluster, 10);
    for (const { machine } of cluster.nodes) expect(machine!.status().active).toBe(true);
  });
});

it('what f + 1 ask for, everybody asks for, and so all leave', () => {
  const cluster = clusterOf('two-chain', 'stable', 7);
  work(cluster, 5);
  const cutOff = (...ids: number[]) => {
    for (const id of ids) cluster.network.isolate(id);
    cluster.submit(3);
    cluster.run(3_000);
    cluster.heal();
    work(cluster, 10);
  };
  cutOff(5, 6);
  // Two of seven ask: both may lie.
  expect(views(cluster)).toEqual(new Array(7).fill([0, true]));
  cutOff(4);
  expect(views(cluster)).toEqual(new Array(7).fill([1, true]));
});
