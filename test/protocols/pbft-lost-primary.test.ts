/** A closed connection to the primary is a hint: it shortens a wait that has a reason, and moves nobody otherwise. */

import { describe, expect, it } from 'vitest';
import { CALM } from '../../src/sim/network.ts';
import { TAG } from '../../src/sim/node.ts';
import { drive, expectSettled, type PbftCluster, pbftWorld } from './pbft-world.ts';

/** Far above what the virtual network takes for anything. */
const FLOOR_MS = 1_000;

const views = (cluster: PbftCluster) => cluster.nodes.map((node) => node.machine?.status().view);

/** The link to the primary closes at these replicas, and nowhere else. */
function close(cluster: PbftCluster, at: readonly number[]): void {
  for (const id of at) cluster.scheduler.schedule(0, cluster.nodes[id]!, TAG.disconnected, 0);
}

describe('a connection to the primary that closed', () => {
  it('makes a crash cost less than half of the timeout', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS });
    drive(cluster, 5);
    cluster.crash(0);
    cluster.submit(1);
    cluster.run(FLOOR_MS * 0.45);
    expect(views(cluster)).toEqual([undefined, 1, 1, 1]);
    for (const { id, ledger } of cluster.nodes.slice(1)) expect(ledger.executed.size, `${id}`).toBe(6);
  });

  it('moves nobody while nobody waits', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS }, true);
    drive(cluster, 5);
    cluster.run(100);
    close(cluster, [1, 2, 3]);
    cluster.run(5 * FLOOR_MS);
    expect(views(cluster)).toEqual([0, 0, 0, 0]);
  });

  it('moves nobody where work goes on, however long it stays closed', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS }, true);
    close(cluster, [1, 2, 3]);
    drive(cluster, 200, 20);
    expectSettled(cluster);
  });

  it('does not take out of the view whose link to the primary is really cut, while the others commit', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS }, true);
    drive(cluster, 5);
    cluster.network.setRule({ ...CALM, loss: 1 }, 0, 3);
    close(cluster, [3]);
    drive(cluster, 100, 50);
    expectSettled(cluster);
  });

  it('is forgotten when the link is back sooner than the hint counts, again and again', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS }, true);
    drive(cluster, 5);
    // The primary is slow, not gone: it answers a little before its time is up, and its links flap meanwhile.
    cluster.nodes[0]!.host.pause(cluster.scheduler.nowMs, FLOOR_MS * 0.8);
    cluster.submit(1);
    for (let i = 0; i < 8; i++) {
      cluster.hangUp(0, FLOOR_MS * 0.05);
      cluster.run(FLOOR_MS * 0.1);
    }
    expectSettled(cluster);
    expect(views(cluster)).toEqual([0, 0, 0, 0]);
  });
});

describe('a replica without connections to a quorum', () => {
  it('stays in its view, and votes as soon as the others are back in reach', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS }, true);
    drive(cluster, 5);
    cluster.network.isolate(3);
    for (const peer of [0, 1, 2]) cluster.scheduler.schedule(0, cluster.nodes[3]!, TAG.disconnected, peer);
    drive(cluster, 100, 100);
    expect(views(cluster)).toEqual([0, 0, 0, 0]);
    cluster.heal();
    cluster.submit(1);
    expectSettled(cluster);
    expect(cluster.nodes[3]!.machine!.status().active).toBe(true);
  });

  it('still blames a primary that does nothing, with a quorum in reach', () => {
    const { cluster } = pbftWorld({ n: 4, timeoutFloorMs: FLOOR_MS });
    drive(cluster, 5);
    for (const id of [1, 2]) cluster.scheduler.schedule(0, cluster.nodes[id]!, TAG.disconnected, 3);
    cluster.network.isolate(0);
    cluster.crash(3);
    cluster.restart(3);
    cluster.submit(1, [1, 2, 3]);
    cluster.run(5 * FLOOR_MS);
    expect(views(cluster).slice(1)).toEqual([1, 1, 1]);
  });
});
