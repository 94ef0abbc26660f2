import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_SHARED_FRAME_BYTES, SHARED_SLAB_ARENAS } from '../../src/core/limits.ts';
import type { VerifyItem } from '../../src/crypto/interface.ts';
import { PoolVerifier } from '../../src/crypto/pool.ts';
import { sharedSet, staged } from '../../src/crypto/shared-copy.ts';
import { SharedSlab } from '../../src/crypto/shared-slab.ts';
import { createSigner, generateKeyPair } from '../../src/crypto/signing.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 7) & 255);
}

describe('copies to and from shared memory', () => {
  it('are right at every skew, around the detour and around its buffer', () => {
    const source = pattern(20_016, 1);
    const shared = new Uint8Array(new SharedArrayBuffer(20_016));
    for (const length of [0, 1, 255, 256, 257, 4627, 8176, 8184, 8192, 8193, 16_384, 20_000]) {
      for (let skew = 0; skew < 8; skew++) {
        const part = source.subarray(skew, skew + length);
        shared.fill(0);
        sharedSet(shared, part, 8);
        expect(Buffer.compare(shared.subarray(8, 8 + length), part)).toBe(0);
        expect(shared.subarray(8 + length).every((byte) => byte === 0)).toBe(true);
        shared.set(source);
        expect(Buffer.compare(staged(shared.subarray(skew, skew + length)), part)).toBe(0);
        expect(Buffer.compare(staged(part), part)).toBe(0);
      }
    }
  });

  it('stage the last bytes of a memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(1003));
    shared.set(pattern(1003, 2));
    expect([...staged(shared.subarray(3))]).toEqual([...pattern(1003, 2).subarray(3)]);
  });
});

describe('the slab', () => {
  it('knows its own bytes and no others', () => {
    const slab = new SharedSlab();
    const copy = slab.copy(pattern(5000, 3))!;
    expect([...copy]).toEqual([...pattern(5000, 3)]);
    expect(new Uint8Array(slab.memory, slab.offsetOf(copy.subarray(17)), 4983)).toEqual(copy.subarray(17));
    expect(slab.offsetOf(new Uint8Array(10))).toBe(-1);
    expect(slab.offsetOf(new Uint8Array(new SharedArrayBuffer(10)))).toBe(-1);
    expect(new SharedSlab().offsetOf(copy)).toBe(-1);
    expect(slab.copy(new Uint8Array(MAX_SHARED_FRAME_BYTES + 1))).toBeUndefined();
  });

  it('writes nothing that is kept, says when it is full, and takes back what is not kept', async () => {
    const slab = new SharedSlab();
    const size = 100_000;
    const kept: Uint8Array[] = [];
    for (let i = 0; ; i++) {
      const copy = slab.copy(pattern(size, i));
      if (copy === undefined) break;
      // Of most arenas nothing is kept, of some a small view.
      if (i % 16 === 0) kept[i] = copy.subarray(5, 105);
    }
    expect(kept.length).toBeGreaterThan(2 * (SHARED_SLAB_ARENAS - 16));
    let regained = 0;
    for (let round = 0; round < 50 && regained === 0; round++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
      while (slab.copy(new Uint8Array(size)) !== undefined) regained++;
    }
    expect(regained).toBeGreaterThan(0);
    // Two frames to an arena: those of which something is kept are not among the regained.
    expect(regained).toBeLessThanOrEqual(2 * (SHARED_SLAB_ARENAS - Object.keys(kept).length));
    kept.forEach((view, i) => {
      expect([...view]).toEqual([...pattern(size, i).subarray(5, 105)]);
    });
  });
});

describe('the pool with shared frames', () => {
  let pool: PoolVerifier;
  beforeAll(async () => {
    const verifier = await createVerifier({ threads: 2 });
    if (!(verifier instanceof PoolVerifier)) throw new Error('it has no pool');
    pool = verifier;
  });
  afterAll(() => pool.close());

  async function items(count: number): Promise<VerifyItem[]> {
    const { publicKey, secretKey } = await generateKeyPair('ml-dsa-87');
    const signer = await createSigner('ml-dsa-87', secretKey);
    return Array.from({ length: count }, (_, i): VerifyItem => {
      const message = pattern(300 + i, i);
      return { suite: 'ml-dsa-87', publicKey, message, signature: signer.sign(message) };
    });
  }

  /** The same items as views into one shared frame, at whatever places they come to lie. */
  function framed(list: readonly VerifyItem[]): VerifyItem[] {
    const parts = list.flatMap(({ publicKey, message, signature }) => [publicKey, message, signature]);
    const frame = pool.share(Buffer.concat(parts))!;
    expect(frame).toBeDefined();
    let at = 0;
    const take = (length: number) => {
      at += length;
      return frame.subarray(at - length, at);
    };
    return list.map((item) => ({
      ...item,
      publicKey: take(item.publicKey.length),
      message: take(item.message.length),
      signature: take(item.signature.length),
    }));
  }

  it('judges what lies in them, mixed with what does not, prepared key or not', async () => {
    const list = await items(24);
    for (const prepared of [false, true]) {
      if (prepared) pool.prepare('ml-dsa-87', list[0]!.publicKey);
      const bad = { ...list[5]!, signature: list[6]!.signature };
      const shared = framed([...list.slice(0, 5), bad, ...list.slice(6)]);
      const mixed = shared.map((item, i) => (i % 3 === 0 ? list[i]! : item));
      for (const call of [shared, mixed]) {
        expect([...(await pool.verifyPooled(call))]).toEqual(list.map((_, i) => (i === 5 ? 0 : 1)));
        expect(call.map((item) => pool.verifySync(item))).toEqual(list.map((_, i) => i !== 5));
      }
    }
  });

  it('judges them again when the threads die', async () => {
    const shared = framed(await items(24));
    const calls = Array.from({ length: 6 }, () => pool.verifyPooled(shared));
    await Promise.all(pool.piscina.threads.map((thread) => thread.terminate()));
    for (const verdicts of await Promise.all(calls)) expect([...verdicts]).toEqual(shared.map(() => 1));
  });

  it('leaves small frames where they are', () => {
    expect(pool.share(new Uint8Array(100))).toBeUndefined();
  });
});
