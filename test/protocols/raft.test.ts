import { describe, expect, it } from 'vitest';
import type { ReplicaId } from '../../src/core/ids.ts';
import type { RaftMessage, RaftRecord } from '../../src/protocols/raft/messages.ts';
import { raft } from '../../src/protocols/raft/raft.ts';
import {
  AgreementChecker,
  CheckpointChecker,
  Cluster,
  type ClusterOptions,
  type Observer,
  ViewChecker,
} from '../../src/sim/index.ts';

type RaftCluster = Cluster<RaftMessage, RaftRecord>;

function world(options: Partial<ClusterOptions<RaftMessage, RaftRecord>> & { n: number }): RaftCluster {
  const observers: Observer<RaftMessage, RaftRecord>[] = [
    new AgreementChecker(),
    new CheckpointChecker(),
    new ViewChecker(),
  ];
  return new Cluster<RaftMessage, RaftRecord>({
    protocol: raft,
    seed: 1,
    maxBatch: 1,
    observers,
    ...options,
  });
}

function drive(cluster: RaftCluster, count: number, everyMs = 2, to?: readonly ReplicaId[]): void {
  for (let i = 0; i < count; i++) {
    cluster.submit(1, to);
    cluster.run(everyMs);
  }
}

function settle(cluster: RaftCluster, ms = 20_000): void {
  const done = () => cluster.up.every((node) => node.ledger.executed.size === cluster.clients.issued.length);
  expect(cluster.runUntil(done, ms)).toBe(true);
}

const leadersOf = (cluster: RaftCluster) =>
  cluster.up
    .filter((node) => node.machine!.status().primary === node.id && node.machine!.status().active)
    .map((node) => node.id);

describe('Raft', () => {
  it.each([1, 2, 3, 4, 5, 7])('orders without an election where nothing goes wrong, n = %i', (n) => {
    const cluster = world({ n });
    drive(cluster, 20);
    settle(cluster);
    for (const { machine } of cluster.nodes) {
      expect(machine!.status()).toMatchObject({ view: 0, active: true, primary: 0, delivered: 20 });
    }
  });

  it.each([3, 5])('elects a successor when the leader dies, and takes it back as a follower, n = %i', (n) => {
    const cluster = world({ n });
    drive(cluster, 5);
    settle(cluster);
    cluster.crash(0);
    drive(cluster, 10, 20);
    settle(cluster);
    const [leader] = leadersOf(cluster);
    expect(leader).toBeGreaterThan(0);
    cluster.restart(0);
    drive(cluster, 5, 20);
    settle(cluster);
    expect(leadersOf(cluster)).toEqual([leader]);
  });

  it('stands still without a majority, and goes on with one', () => {
    const cluster = world({ n: 5 });
    for (const id of [0, 1, 2]) cluster.crash(id);
    drive(cluster, 5, 50);
    expect(cluster.up.every(({ machine }) => machine!.status().delivered === 0)).toBe(true);
    // Pre-votes that nobody grants leave the term alone.
    expect(cluster.up.map(({ machine }) => machine!.status().view)).toEqual([0, 0]);
    cluster.restart(1);
    settle(cluster);
  });

  it('is not disturbed by a replica that was cut off', () => {
    const cluster = world({ n: 3 });
    cluster.network.isolate(2);
    drive(cluster, 30, 50);
    cluster.network.mend();
    drive(cluster, 10, 20);
    settle(cluster);
    for (const { machine } of cluster.nodes) expect(machine!.status()).toMatchObject({ view: 0, primary: 0 });
  });

  it('deposes a leader that hears nobody', () => {
    const cluster = world({ n: 3 });
    drive(cluster, 3);
    cluster.network.partitionOneWay([1, 2], [0]);
    drive(cluster, 20, 50, [1, 2]);
    const [leader] = leadersOf(cluster);
    expect(leader).toBeGreaterThan(0);
    cluster.network.mend();
    settle(cluster);
  });

  it('brings back who missed so much that the entries are gone', () => {
    const cluster = world({ n: 3, checkpointInterval: 2, window: 4 });
    let installed = 0;
    cluster.network.isolate(2);
    drive(cluster, 60, 5);
    cluster.network.mend();
    const node = cluster.node(2);
    const before = node.ledger.tip.sequence;
    installed = node.disk.snapshots.length;
    settle(cluster);
    expect(before).toBe(0);
    expect(installed).toBe(0);
    expect(node.disk.snapshots.at(-1)!.sequence).toBeGreaterThan(40);
  });

  it('delivers up to the end of a validator set and no further, whoever leads', () => {
    const cluster = world({ n: 3 });
    for (const node of cluster.nodes) node.feed({ kind: 'boundary', sequence: 16 });
    drive(cluster, 12);
    cluster.crash(0);
    drive(cluster, 30, 20);
    cluster.run(3_000);
    for (const { machine } of cluster.up) {
      expect(machine!.status()).toMatchObject({ delivered: 16, lowWatermark: 16, highWatermark: 16 });
      expect(machine!.proposable(cluster.scheduler.nowMs)).toBe(false);
    }
  });

  it('has learners that follow and neither vote nor count', () => {
    const cluster = world({ n: 4, parameters: { learners: 1, leasePercent: 75 } });
    drive(cluster, 5);
    settle(cluster);
    cluster.crash(0);
    cluster.crash(1);
    drive(cluster, 5, 50);
    // One voter of three is left; the learner does not help it.
    expect(cluster.node(2).machine!.status()).toMatchObject({ view: 0, delivered: 5 });
    cluster.restart(1);
    settle(cluster);
    expect(leadersOf(cluster)).not.toContain(3);
  });
});
