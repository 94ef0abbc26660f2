import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PreparedKeys } from '../../src/crypto/prepared-keys.ts';

/** Counts expansions, as a kernel's slots would. */
class Slots {
  readonly open = new Set<number>();
  #next = 0;
  readonly expand = (publicKey: Uint8Array): number | undefined => {
    if (publicKey[31] === 255) return undefined;
    this.open.add(this.#next);
    return this.#next++;
  };
  readonly release = (slot: number): void => {
    if (!this.open.delete(slot)) throw new Error(`slot ${slot} was not taken`);
  };
}

function key(id: number, last = 0): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes[0] = id & 255;
  bytes[1] = id >> 8;
  bytes[31] = last;
  return bytes;
}

function keysOf(capacity: number): { keys: PreparedKeys<number>; slots: Slots } {
  const slots = new Slots();
  return { slots, keys: new PreparedKeys(capacity, slots.expand, slots.release) };
}

describe('prepared keys', () => {
  it('are made for a key that signed well twice, and not before', () => {
    const { keys } = keysOf(4);
    expect(keys.get(key(1))).toBeUndefined();
    keys.signedWell(key(1));
    expect(keys.get(key(1))).toBeUndefined();
    keys.signedWell(key(1));
    expect(keys.get(key(1))).toBe(0);
    expect(keys.counts).toEqual({ hits: 1, misses: 2, keys: 1, evictions: 0 });
    expect(keys.has(key(1))).toBe(true);
    expect(keys.counts.hits).toBe(1);
  });

  it('push out the least recently used, never a pinned one', () => {
    const { keys, slots } = keysOf(2);
    keys.pin(key(100));
    const learn = (id: number) => {
      keys.signedWell(key(id));
      keys.signedWell(key(id));
    };
    learn(1);
    learn(2);
    keys.get(key(1));
    learn(3);
    expect([1, 2, 3, 100].map((id) => keys.has(key(id)))).toEqual([true, false, true, true]);
    expect(keys.counts).toMatchObject({ keys: 3, evictions: 1 });
    expect(slots.open.size).toBe(3);
  });

  it('are pinned once, and moved from the cache when pinned later', () => {
    const { keys, slots } = keysOf(2);
    keys.signedWell(key(1));
    keys.signedWell(key(1));
    expect(keys.pin(key(1))).toBe(true);
    expect(keys.pin(key(1))).toBe(true);
    expect(slots.open.size).toBe(1);
    expect(keys.counts.keys).toBe(1);
    expect(keys.pin(key(9, 255))).toBe(false);
    expect(keys.has(key(9, 255))).toBe(false);
  });

  it('that share an index are told apart by all their bytes', () => {
    const { keys, slots } = keysOf(4);
    const [one, other] = [key(1, 1), key(1, 2)];
    keys.pin(one);
    expect(keys.has(other)).toBe(false);
    keys.pin(other);
    expect(keys.get(one)).not.toBe(keys.get(other));
    const [third, fourth] = [key(1, 3), key(1, 4)];
    for (const publicKey of [third, third, fourth, fourth]) keys.signedWell(publicKey);
    expect(keys.has(third) && keys.has(fourth)).toBe(false);
    expect(slots.open.size).toBe(keys.counts.keys);
  });

  it('keep their own copy of a key', () => {
    const { keys } = keysOf(1);
    const mutable = key(5);
    keys.pin(mutable);
    mutable[7] = 1;
    expect(keys.has(mutable)).toBe(false);
    expect(keys.has(key(5))).toBe(true);
  });

  it('stay within their bound whatever comes, and hold exactly the slots they count', () => {
    const action = fc.record({
      what: fc.constantFrom('get', 'signedWell', 'pin'),
      id: fc.nat(12),
      last: fc.constantFrom(0, 1, 255),
    });
    fc.assert(
      fc.property(fc.nat(4), fc.array(action, { maxLength: 300 }), (capacity, actions) => {
        const { keys, slots } = keysOf(capacity);
        const pinned = new Set<string>();
        for (const { what, id, last } of actions) {
          const publicKey = key(id, last);
          if (what === 'get') keys.get(publicKey);
          // The judge calls it only for keys that are not expanded.
          else if (what === 'signedWell' && !keys.has(publicKey)) keys.signedWell(publicKey);
          else if (what === 'pin' && keys.pin(publicKey)) pinned.add(publicKey.join());
          expect(slots.open.size).toBe(keys.counts.keys);
          expect(keys.counts.keys).toBeLessThanOrEqual(capacity + pinned.size);
        }
        for (const text of pinned) expect(keys.has(Uint8Array.from(text.split(',').map(Number)))).toBe(true);
      }),
    );
  });
});
