/** Validator sets that change while faults strike. */

import { describe, expect, it } from 'vitest';
import type { ValidatorSet } from '../../src/core/membership.ts';
import {
  CALM,
  Cluster,
  DEFAULT_CAMPAIGN,
  findBug,
  type Observer,
  PROFILES,
  runSeed,
  type SetChange,
  SUBJECTS,
} from '../../src/sim/index.ts';

const profiles = PROFILES.filter(({ name }) => name === 'sets');

const OTHERS = [...SUBJECTS.keys()].filter((name) => name !== 'pbft');

function chain(seed: number, protocol = 'pbft') {
  const entered: [number, ValidatorSet][] = [];
  const observer: Observer = { entered: (member, set) => void entered.push([member, set]) };
  const cluster = new Cluster({
    protocol: SUBJECTS.get(protocol)!.parts.protocol,
    n: 4,
    seed,
    joiners: 1,
    checkpointInterval: 2,
    window: 4,
    maxBatch: 1,
    observers: [observer as Observer<never, never>],
  });
  const settle = () => expect(cluster.runUntil(() => cluster.settled(), 20_000)).toBe(true);
  /** It is executed, and as much after it as it takes to be in effect. */
  const change = (wanted: SetChange) => {
    cluster.change(wanted);
    settle();
    cluster.submit(12);
    settle();
    cluster.run(1_000);
  };
  const places = (epoch: number) =>
    entered.filter(([, set]) => set.epoch === epoch).map(([member]) => member);
  return { cluster, settle, change, places };
}

describe('a validator set', () => {
  it('takes in one that joins, which fetches the state and votes', () => {
    const { cluster, settle, change, places } = chain(1);
    cluster.submit(3);
    settle();
    change({ kind: 'join', member: 4 });
    expect(places(1).sort()).toEqual([0, 1, 2, 3, 4]);
    // Five need four: with one of the old ones gone it takes the new one's vote.
    cluster.crash(2);
    cluster.submit(3);
    expect(
      cluster.runUntil(() => cluster.node(4).ledger.executed.size === cluster.clients.issued.length, 5_000),
    ).toBe(true);
  });

  it('leaves one out that it removed, and a rotation is an epoch of its own', () => {
    const { cluster, change, places } = chain(2);
    change({ kind: 'join', member: 4 });
    change({ kind: 'leave', member: 0 });
    change({ kind: 'rotate', member: 3 });
    expect(places(2).sort()).toEqual([1, 2, 3, 4]);
    expect(places(3).sort()).toEqual([1, 2, 3, 4]);
    expect(cluster.node(0).standby).toBe(true);
    expect(cluster.latestSet?.members.map(({ incarnation }) => incarnation)).toEqual([0, 0, 1, 0]);
  });

  it('refuses a second change while one is on its way, and never shrinks below four', () => {
    const { cluster, change } = chain(3);
    cluster.change({ kind: 'leave', member: 0 });
    cluster.change({ kind: 'rotate', member: 1 });
    change({ kind: 'rotate', member: 2 });
    expect(cluster.latestSet).toMatchObject({ epoch: 1 });
    expect(cluster.latestSet?.members).toHaveLength(4);
  });

  it('goes over to the next where all crash at any moment of that', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { cluster, settle } = chain(seed);
      cluster.change({ kind: 'rotate', member: seed % 4 });
      cluster.submit(6);
      cluster.run(2 + seed / 4);
      for (const { id } of cluster.nodes) cluster.crash(id);
      cluster.heal(CALM);
      cluster.submit(8);
      settle();
      cluster.run(1_000);
      expect(cluster.latestSet?.epoch, `seed ${seed}`).toBe(1);
    }
  });
});

describe.each(OTHERS)('%s', (protocol) => {
  it('numbers the slots of an epoch from its first checkpoint on', () => {
    const { cluster, change } = chain(4, protocol);
    change({ kind: 'join', member: 4 });
    change({ kind: 'leave', member: 0 });
    const { epoch, since } = cluster.latestSet!;
    expect(epoch).toBe(2);
    const before = cluster.node(1).ledger.tip.sequence;
    expect(before).toBeGreaterThan(since);
    cluster.submit(1);
    expect(cluster.runUntil(() => cluster.settled(), 1_000)).toBe(true);
    expect(cluster.node(1).ledger.tip.sequence).toBe(before + 1);
  });

  it('goes over to the next epoch where its first leader is gone', () => {
    const { cluster, settle } = chain(5, protocol);
    cluster.change({ kind: 'rotate', member: 1 });
    settle();
    cluster.submit(12);
    const entered = () => cluster.nodes.slice(1, 4).every(({ set }) => set?.epoch === 1);
    expect(cluster.runUntil(entered, 5_000)).toBe(true);
    cluster.crash(0);
    cluster.submit(2);
    const executed = () =>
      cluster.nodes.slice(1, 4).every(({ ledger }) => ledger.executed.size === cluster.clients.issued.length);
    expect(cluster.runUntil(executed, 20_000)).toBe(true);
    cluster.heal(CALM);
    settle();
  });
});

describe('changes under faults', () => {
  it('nothing is found', () => {
    const settings = { ...DEFAULT_CAMPAIGN, profiles };
    for (let seed = 1; seed <= 30; seed++) {
      expect(runSeed(settings, seed).failure, `seed ${seed}`).toBeUndefined();
    }
  });

  it.each(OTHERS)('nothing is found of %s', (protocol) => {
    const settings = { ...DEFAULT_CAMPAIGN, profiles, subject: SUBJECTS.get(protocol)! };
    // 70: nobody has an entry of the new epoch, and its first leader is gone.
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 70]) {
      expect(runSeed(settings, seed).failure, `seed ${seed}`).toBeUndefined();
    }
  });

  it('a change in effect before its checkpoint is certified is found', () => {
    const found = findBug('set-before-certified', 60);
    expect(found.failure?.checker).toBe('set');
    expect(runSeed(DEFAULT_CAMPAIGN, found.seed!).failure).toBeUndefined();
  });
});
