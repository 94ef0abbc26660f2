import { describe, expect, it } from 'vitest';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import { Cluster } from '../../src/sim/cluster.ts';

const BOUNDARY = 16;

describe('PBFT at the end of a validator set', () => {
  it.each([true, false])(
    'delivers up to the boundary, certifies it, and stops (fast path %s)',
    (fastPath) => {
      const cluster = new Cluster({ protocol: pbft, n: 4, seed: 7, maxBatch: 1, fastPath });
      for (const node of cluster.nodes) node.feed({ kind: 'boundary', sequence: BOUNDARY });
      for (let i = 0; i < 40; i++) {
        cluster.submit(1);
        cluster.run(5);
      }
      cluster.run(2_000);
      for (const { machine } of cluster.nodes) {
        const { delivered, lowWatermark, highWatermark, view } = machine!.status();
        expect([delivered, lowWatermark, highWatermark]).toEqual([BOUNDARY, BOUNDARY, BOUNDARY]);
        expect(machine!.proposable(cluster.scheduler.nowMs)).toBe(false);
        // Work that waits for the next set is no reason to leave a view.
        expect(view).toBe(0);
      }
    },
  );

  it('holds in a new view, and after a restart from the log', () => {
    const cluster = new Cluster({ protocol: pbft, n: 4, seed: 8, maxBatch: 1 });
    cluster.submit(4);
    cluster.run(50);
    for (const node of cluster.nodes) node.feed({ kind: 'boundary', sequence: BOUNDARY });
    cluster.crash(0);
    for (let i = 0; i < 40; i++) {
      cluster.submit(1);
      cluster.run(20);
    }
    cluster.run(3_000);
    for (const id of [1, 2, 3]) expect(cluster.node(id).machine!.status().delivered).toBe(BOUNDARY);
    cluster.restart(0);
    cluster.node(0).feed({ kind: 'boundary', sequence: BOUNDARY });
    cluster.run(3_000);
    expect(cluster.node(0).machine!.status().lowWatermark).toBe(BOUNDARY);
  });
});
