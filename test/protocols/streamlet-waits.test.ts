/** What waits is never lost sight of: not by the leader that took it too late, nor by a laggard, nor by a claim that ends. */

import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { Effects, MachineConfig } from '../../src/core/machine.ts';
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
