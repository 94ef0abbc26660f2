/** What PBFT keeps below a stable checkpoint: enough for whoever was away a moment, and no more. */

import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { Sequence } from '../../src/core/ids.ts';
import { MAX_PAST_BYTES } from '../../src/core/limits.ts';
import { Past } from '../../src/protocols/pbft/past.ts';
import { drive, expectSettled, pbftWorld } from './pbft-world.ts';

const batch = (bytes: number): Batch => ({ digest: 'd', timeMs: 0, transactions: [], bytes });

describe('slots below the stable checkpoint', () => {
  it('are kept a window deep', () => {
    const past = new Past(8);
    for (let sequence = 1; sequence <= 20; sequence++) past.add(sequence, `d${sequence}`, batch(1));
    past.trim(20);
    expect(past.get(12)).toBeUndefined();
    expect(past.get(13)?.digest).toBe('d13');
    expect(past.get(20)?.digest).toBe('d20');
  });

  it('and no more bytes of them than the limit, the newest last to go', () => {
    const past = new Past(8);
    for (let sequence = 1; sequence <= 4; sequence++) past.add(sequence, 'd', batch(MAX_PAST_BYTES / 2));
    past.trim(4);
    expect([1, 2, 3, 4].map((sequence) => past.get(sequence) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    past.add(5, 'd', batch(MAX_PAST_BYTES + 1));
    past.trim(5);
    expect([3, 4, 5].map((sequence) => past.get(sequence))).toEqual([undefined, undefined, undefined]);
  });

  it('bring back a replica that missed stable checkpoints, slot by slot and without a state', () => {
    for (const missed of [14, 15, 16]) {
      const executed: Sequence[] = [];
      const seen = { executed: (replica: number, at: Sequence) => void (replica === 3 && executed.push(at)) };
      const { cluster } = pbftWorld({ n: 4, seed: missed, observers: [seen] }, true);
      drive(cluster, 5, 20);
      cluster.crash(3);
      drive(cluster, missed, 20);
      expect(cluster.nodes[0]!.machine!.status().lowWatermark).toBe(16);
      executed.length = 0;
      cluster.restart(3);
      expectSettled(cluster);
      // Nothing was passed over, as it would have been by a state.
      expect(executed.filter((at) => at > 5)).toEqual(Array.from({ length: missed }, (_, i) => 6 + i));
    }
  });
});
