/** A replica that was away for less than a window, whose vote is needed as soon as it is back. */

import { expect, it } from 'vitest';
import { hotstuff } from '../../src/protocols/hotstuff/hotstuff.ts';
import { Cluster } from '../../src/sim/index.ts';

it('is given the state that it lacks at once, and holds nobody up', () => {
  const cluster = new Cluster({
    protocol: hotstuff,
    n: 4,
    seed: 2,
    timeoutFloorMs: 500,
    timeoutCeilingMs: 16_000,
    checkpointInterval: 64,
    window: 128,
    clientRetryMs: 0,
    parameters: { commit: 'two-chain', leader: 'rotating' },
  });
  const tip = () => Math.max(...cluster.up.map(({ ledger }) => ledger.tip.sequence));
  const work = (ms: number) => {
    for (let spent = 0; spent < ms; spent += 5) {
      cluster.submit(4);
      cluster.run(5);
    }
  };
  work(600);
  cluster.crash(3);
  const before = tip();
  while (tip() < before + 100) work(50);
  cluster.restart(3);
  // The slots that it lacks are gone at the others, and one of these is gone, too: nothing commits without it.
  cluster.crash(0);
  const from = tip();
  work(5_000);
  expect(cluster.node(3).ledger.tip.sequence).toBeGreaterThan(from + 64);
});
