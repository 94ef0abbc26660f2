/** Too many have lost their logs: all stop, some logs are made anew from what the others know, and nothing that committed changes. */

import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { Attested } from '../../src/core/machine.ts';
import { quorumSize } from '../../src/core/quorum.ts';
import { SeededRandom } from '../../src/core/random.ts';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import {
  AgreementChecker,
  CALM,
  CheckpointChecker,
  Cluster,
  GENESIS,
  type Observer,
  PbftCommitChecker,
  sign,
} from '../../src/sim/index.ts';
import { expectSettled, ids, type PbftCluster } from './pbft-world.ts';

interface Outcome {
  readonly made: number;
  readonly claims: number;
}

/** Stops everybody at some moment of a bad time, and goes on with `lost` of the logs lost. */
function play(n: number, seed: number, lost: number): Outcome {
  const random = new SeededRandom(seed);
  const executed = new Map<number, Batch>();
  const history: Observer<PbftMessage, PbftRecord> = {
    executed: (_, sequence, __, batch) => executed.set(sequence, batch),
  };
  const observers = [new AgreementChecker(), new CheckpointChecker(), new PbftCommitChecker(), history];
  const rule = { ...CALM, loss: random.pick([0, 0.05, 0.3]), jitterMs: random.pick([0, 5]) };
  const cluster: PbftCluster = new Cluster({ protocol: pbft, n, seed, rule, observers });
  for (let i = 0; i < 4 + random.below(20); i++) {
    cluster.submit(1 + random.below(3));
    cluster.run(random.below(8));
    const victim = random.below(n);
    if (random.chance(0.2)) cluster.crash(victim);
    if (random.chance(0.1)) cluster.run(400);
    if (random.chance(0.6)) for (const { id, up } of cluster.nodes) if (!up) cluster.restart(id);
    if (random.chance(0.1)) cluster.network.isolate(random.below(n));
    if (random.chance(0.2)) cluster.network.mend();
  }
  for (const { id, up } of cluster.nodes) if (up) cluster.crash(id);
  // Until nothing is on its way any more.
  cluster.network.mend();
  cluster.run(10_000);

  const order = random.shuffle(ids(n));
  const forgetful = order.slice(0, lost);
  const whole = order.slice(lost);
  const certificates = new Map<number, readonly Attested<PbftMessage>[]>();
  for (const { disk } of cluster.nodes)
    for (const record of disk.open() ?? [])
      if (record.type === 'stable') certificates.set(record.sequence, record.certificate);
  for (const id of forgetful) cluster.node(id).disk.replace([]);
  const newest = Math.max(...whole.map((id) => cluster.node(id).disk.snapshots.at(-1)?.sequence ?? 0));
  let claims = 0;
  const again = forgetful.slice(0, quorumSize(n) - whole.length);
  for (const id of again) {
    const { disk, config } = cluster.node(id);
    const { sequence, digest } = disk.snapshots.at(-1) ?? GENESIS;
    const result = pbft.reconcile!(
      { ...config, restoredSequence: sequence, restoredDigest: digest },
      {
        certificate: certificates.get(sequence),
        logs: cluster.nodes.map((node) => node.disk.open() ?? []),
        // What a log gave up is in its replica's history, with what certified it. More may be missing from the histories.
        executed: [...executed]
          .filter(([at]) => at <= newest)
          .map(([at, batch]) => ({ sequence: at, batch })),
        skipViews: 0,
      },
    );
    claims += result.slots;
    disk.replace([...result.records, pbft.attestedRecord(sign(id, result.message))]);
  }
  // The others wait to be taken back, which is not this test's affair.
  for (const id of [...whole, ...again]) cluster.restart(id);
  cluster.network.setRule(CALM);
  cluster.submit(3);
  expectSettled(cluster);
  return { made: again.length, claims };
}

describe.each([
  [4, 2],
  [5, 2],
  [6, 3],
  [7, 4],
])('n = %i, %i logs lost', (n, lost) => {
  test('whatever committed stays, and the rest go on', () => {
    let claims = 0;
    for (let seed = 1; seed <= 60; seed++) {
      try {
        claims += play(n, seed, lost).claims;
      } catch (cause) {
        throw new Error(`seed ${seed}: ${(cause as Error).message}`, { cause });
      }
    }
    expect(claims).toBeGreaterThan(100);
  });
});
