/** What waits is never lost sight of: not by the leader that took it too late, nor by a laggard, nor by a claim that ends. */

import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { Effects, MachineConfig } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import type { StreamletMessage, StreamletRecord } from '../../src/protocols/streamlet/messages.ts';
import { streamlet } from '../../src/protocols/streamlet/streamlet.ts';
import { Cluster } from '../../src/sim/cluster.ts';

const made = (seed: number, roundMs = 40, checkpointInterval = 512) =>
  new Cluster({
    protocol: streamlet,
    n: 4,
    seed,
    parameters: { roundMs },
    clientRetryMs: 0,
    checkpointInterval,
    window: 4 * checkpointInterval,
  });

describe('a batch that the machine said it would take', () => {
  const CONFIG: MachineConfig = {
    self: 0,
    n: 1,
    epoch: 0,
    checkpointInterval: 8,
    window: 16,
    restoredSequence: 0,
    restoredDigest: 'genesis',
    fastPath: false,
    timeoutFloorMs: 100,
    timeoutCeilingMs: 1_000,
    timeoutGrowth: 2,
    parameters: { roundMs: 40 },
  };
  const BATCH: Batch = { digest: '01', timeMs: 1, transactions: [new Uint8Array(1)], bytes: 1 };

  /** A machine that leads every round, in one that has just begun, at 100 ms. */
  const leading = () => {
    const out: Effects<StreamletMessage, StreamletRecord> = [];
    const machine = streamlet.create(CONFIG, [], 0, out);
    machine.step({ kind: 'demand', oldestMs: 100 }, 100, out);
    out.length = 0;
    return { machine, out };
  };

  test('is proposed though time has passed; and late by the clock none is asked for', () => {
    const { machine, out } = leading();
    expect(machine.proposable(100)).toBe(true);
    expect(machine.proposable(125)).toBe(false);
    // It took its time to put the batch together.
    machine.step({ kind: 'propose', batch: BATCH }, 125, out);
    expect(out).toContainEqual({
      kind: 'attest',
      message: expect.objectContaining({ type: 'proposal', batch: BATCH }),
    });
    expect(machine.proposable(125)).toBe(false);
  });

  test('is free again where its leader never came to vote for it', () => {
    const { machine, out } = leading();
    machine.step({ kind: 'propose', batch: BATCH }, 101, out);
    out.length = 0;
    // Its own message does not come back before the rounds go on without it.
    for (let nowMs = 140; nowMs < 400; nowMs += 20)
      machine.step({ kind: 'timer', timer: 'tick' }, nowMs, out);
    expect(out).toContainEqual(expect.objectContaining({ kind: 'view', active: true }));
  });

  test('is free again where a certified state came in its place', () => {
    const { machine, out } = leading();
    machine.step({ kind: 'propose', batch: BATCH }, 101, out);
    out.length = 0;
    machine.step({ kind: 'installed', sequence: 8, digest: '08', certificate: [] }, 102, out);
    expect(out).toContainEqual(expect.objectContaining({ kind: 'view', active: true }));
  });
});

describe('a laggard', () => {
  test('fills a gap of many blocks, of which it has the lowest and the highest', () => {
    const cluster = made(5, 10);
    cluster.submit(1);
    expect(cluster.runUntil(() => cluster.settled(), 5_000)).toBe(true);
    cluster.crash(3);
    const others = [0, 1, 2].map((id) => cluster.node(id));
    const commits = () => {
      cluster.submit(1);
      const count = cluster.clients.issued.length;
      return cluster.runUntil(() => others.every(({ ledger }) => ledger.executed.size === count), 10_000);
    };
    for (let i = 0; i < 120; i++) expect(commits()).toBe(true);
    cluster.restart(3);
    // No pause: it hears of the newest blocks while it asks for the oldest.
    for (let i = 0; i < 5; i++) expect(commits()).toBe(true);
    expect(cluster.runUntil(() => cluster.settled(), 20_000)).toBe(true);
  });
});

/** Closed-loop load: eight transactions under way at any time, answered once two replicas have executed them. */
class Load {
  private readonly cluster: Cluster<StreamletMessage, StreamletRecord>;

  constructor(cluster: Cluster<StreamletMessage, StreamletRecord>) {
    this.cluster = cluster;
  }

  private get answered(): number {
    const executed = this.cluster.up.map(({ ledger }) => ledger.executed.size).sort((a, b) => b - a);
    return executed[1] ?? 0;
  }

  /** Whether so many more are answered within 20 s of virtual time. */
  goesOn(count: number): boolean {
    const { cluster } = this;
    const goal = this.answered + count;
    const endMs = cluster.scheduler.nowMs + 20_000;
    while (this.answered < goal) {
      if (cluster.scheduler.nowMs > endMs) return false;
      while (cluster.clients.issued.length - this.answered < 8) cluster.submit(1);
      cluster.run(2);
    }
    return true;
  }
}

describe('a cluster of which one after the other is killed and comes back', () => {
  // Two laggards that never caught up: the next crash left no two that could answer, or none that could sign a checkpoint.
  test.each([3, 6])(
    'goes on (seed %i)',
    (seed) => {
      const cluster = new Cluster({
        protocol: streamlet,
        n: 4,
        seed,
        parameters: { roundMs: 0 },
        checkpointInterval: 64,
        window: 256,
        timeoutFloorMs: 500,
        timeoutCeilingMs: 16_000,
        clientRetryMs: 2_000,
      });
      const load = new Load(cluster);
      const random = new SeededRandom(seed);
      expect(load.goesOn(50)).toBe(true);
      for (let kill = 0; kill < 10; kill++) {
        const victim = random.below(4);
        cluster.crash(victim);
        expect(load.goesOn(30 + random.below(300)), `kill ${kill}`).toBe(true);
        cluster.restart(victim);
        // Ready is who is not far behind: the next one may be killed while this one still lacks something.
        const ready = () => (cluster.node(victim).machine!.status().behind ?? 256) <= 64;
        for (let i = 0; i < 4_000 && !ready(); i++) expect(load.goesOn(1), `kill ${kill}`).toBe(true);
        expect(ready()).toBe(true);
        expect(load.goesOn(random.below(60)), `kill ${kill}`).toBe(true);
      }
      expect(cluster.runUntil(() => cluster.settled(), 20_000)).toBe(true);
    },
    60_000,
  );
});
