import { describe, expect, test } from 'vitest';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import { MAX_PREPREPARED_PER_SLOT } from '../../src/core/limits.ts';
import { Slot } from '../../src/protocols/pbft/slot.ts';
import { Clients } from '../../src/sim/index.ts';

const digestOf = (view: number): string => view.toString(16).padStart(64, 'a');

describe('what a slot remembers of other views', () => {
  test('a digest counts with the latest view in which it was pre-prepared', () => {
    const slot = new Slot(1, 4);
    slot.addPreprepared('a', 3);
    slot.addPreprepared('a', 1);
    expect(slot.preprepared.get('a')).toBe(3);
  });

  test('no more digests than the bound: the oldest goes, bytes and log mark with it', () => {
    const slot = new Slot(1, 4);
    const clients = new Clients();
    for (let view = 0; view < 3 * MAX_PREPREPARED_PER_SLOT; view++) {
      slot.batches.set(digestOf(view), clients.batch(view, []));
      slot.logged.add(digestOf(view));
      slot.addPreprepared(digestOf(view), view);
      if (view === 5) slot.addPrepared(digestOf(view), view);
      if (view === 7) slot.committedDigest = digestOf(view);
      expect(slot.preprepared.size).toBeLessThanOrEqual(MAX_PREPREPARED_PER_SLOT);
    }
    // What prepared is claimed on; the bytes of what committed are kept for those who ask.
    expect(slot.preprepared.has(digestOf(5))).toBe(true);
    expect(slot.batches.has(digestOf(7))).toBe(true);
    expect(slot.preprepared.has(digestOf(0))).toBe(false);
    expect(slot.batches.has(digestOf(0))).toBe(false);
    expect(slot.logged.has(digestOf(0))).toBe(false);
    expect(slot.preprepared.has(digestOf(3 * MAX_PREPREPARED_PER_SLOT - 1))).toBe(true);
    expect(slot.logged.has(NULL_DIGEST)).toBe(true);
  });

  test('the latest view that prepared stands', () => {
    const slot = new Slot(1, 4);
    slot.addPrepared('b', 4);
    slot.addPrepared('a', 2);
    expect([slot.preparedDigest, slot.preparedView]).toEqual(['b', 4]);
  });
});
