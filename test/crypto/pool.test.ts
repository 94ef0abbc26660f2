import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuiteName, Verifier, VerifyItem } from '../../src/crypto/interface.ts';
import { PoolVerifier } from '../../src/crypto/pool.ts';
import { createSigner, generateKeyPair } from '../../src/crypto/signing.ts';
import { defaultThreads } from '../../src/crypto/threads.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';

/** A few signed messages per suite; items of a batch are drawn from them. */
const good: Record<SuiteName, VerifyItem[]> = { ed25519: [], 'ml-dsa-87': [] };

function poolOf(verifier: Verifier): PoolVerifier {
  if (!(verifier instanceof PoolVerifier)) throw new Error('it has no pool');
  return verifier;
}

beforeAll(async () => {
  for (const suite of ['ed25519', 'ml-dsa-87'] as const) {
    for (let key = 0; key < 3; key++) {
      const { publicKey, secretKey } = await generateKeyPair(suite);
      const signer = await createSigner(suite, secretKey);
      for (let i = 0; i < 3; i++) {
        const message = crypto.getRandomValues(new Uint8Array(10 + 100 * i));
        good[suite].push({ suite, publicKey, message, signature: signer.sign(message) });
      }
    }
  }
});

function batch(suite: SuiteName, size: number): VerifyItem[] {
  return Array.from({ length: size }, (_, i) => good[suite][i % good[suite].length]!);
}

function broken(item: VerifyItem, at = 7): VerifyItem {
  return { ...item, signature: item.signature.map((byte, i) => (i === at ? byte ^ 1 : byte)) };
}

function withBad(items: readonly VerifyItem[], bad: readonly number[]): VerifyItem[] {
  return items.map((item, i) => (bad.includes(i) ? broken(item) : item));
}

function expected(size: number, bad: readonly number[]): number[] {
  return Array.from({ length: size }, (_, i) => (bad.includes(i) ? 0 : 1));
}

describe('the pool', () => {
  let pool: PoolVerifier;
  beforeAll(async () => {
    pool = poolOf(await createVerifier({ threads: 2 }));
    pool.prepare('ml-dsa-87', good['ml-dsa-87'][0]!.publicKey);
    pool.prepare('ed25519', good.ed25519[0]!.publicKey);
  });
  afterAll(() => pool.close());

  it('judges batches of any size around its boundaries', async () => {
    for (const size of [0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 130]) {
      const verdicts = await pool.verify(batch('ed25519', size));
      expect([...verdicts]).toEqual(expected(size, []));
    }
    expect([...(await pool.verify(batch('ml-dsa-87', 130)))]).toEqual(expected(130, []));
    expect(pool.stats().pooled).toBeGreaterThan(0);
  });

  it.each([2, 33, 64])('fails only the bad item of %i, at every position', async (size) => {
    const items = batch('ed25519', size);
    const calls = items.map((_, bad) => pool.verify(withBad(items, [bad])));
    for (const [bad, verdicts] of (await Promise.all(calls)).entries()) {
      expect([...verdicts]).toEqual(expected(size, [bad]));
    }
  });

  it('fails only the bad item of every size from 1 to 130, first, last or between', async () => {
    for (const suite of ['ed25519', 'ml-dsa-87'] as const) {
      const calls: Promise<void>[] = [];
      for (let size = 1; size <= 130; size += suite === 'ed25519' ? 1 : 3) {
        for (const bad of new Set([0, (size * 5 + 3) % size, size >> 1, size - 1])) {
          const items = withBad(batch(suite, size), [bad]);
          const pooled = pool.verifyPooled(items);
          calls.push(pooled.then((verdicts) => expect([...verdicts]).toEqual(expected(size, [bad]))));
        }
        await Promise.all(calls.splice(0));
      }
    }
  });

  it('fails every bad item of a batch and no other', async () => {
    for (const suite of ['ed25519', 'ml-dsa-87'] as const) {
      const size = suite === 'ed25519' ? 130 : 70;
      const bad = [0, 1, 5, 31, 32, 63, 64, size - 1];
      expect([...(await pool.verify(withBad(batch(suite, size), bad)))]).toEqual(expected(size, bad));
    }
  });

  it('judges mixed suites, wrong lengths and unknown suites in one batch', async () => {
    const items = [...batch('ed25519', 40), ...batch('ml-dsa-87', 9)];
    const edge = items[45]!;
    items[3] = { ...items[3]!, signature: new Uint8Array(0) };
    items[4] = { ...items[4]!, publicKey: new Uint8Array(33) };
    items[5] = { ...items[5]!, suite: 'rsa' as SuiteName };
    items[6] = { ...items[6]!, context: Uint8Array.of(1) };
    items[45] = { ...edge, context: new Uint8Array(256) };
    items[46] = { ...edge, context: new Uint8Array(255) };
    expect([...(await pool.verify(items))]).toEqual(expected(49, [3, 4, 5, 6, 45, 46]));
    expect([...(await pool.verify(items.slice(3, 7)))]).toEqual([0, 0, 0, 0]);
  });

  it('carries contexts and messages larger than a region', async () => {
    const { publicKey, secretKey } = await generateKeyPair('ml-dsa-87');
    const signer = await createSigner('ml-dsa-87', secretKey);
    const context = new Uint8Array(255).fill(3);
    const message = new Uint8Array(2_200_000).fill(9);
    const large: VerifyItem = {
      suite: 'ml-dsa-87',
      publicKey,
      message,
      signature: signer.sign(message, { context }),
      context,
    };
    const items = [...batch('ml-dsa-87', 20), large, broken(large), ...batch('ml-dsa-87', 20)];
    expect([...(await pool.verify(items))]).toEqual(expected(42, [21]));
  });

  it('splits items that do not fit one region together', async () => {
    const { publicKey, secretKey } = await generateKeyPair('ed25519');
    const signer = await createSigner('ed25519', secretKey);
    const message = new Uint8Array(300_000);
    const items = Array.from({ length: 7 }, (_, i): VerifyItem => {
      const own = message.slice().fill(i);
      return { suite: 'ed25519', publicKey, message: own, signature: signer.sign(own) };
    });
    expect([...(await pool.verify([...batch('ed25519', 60), ...items]))]).toEqual(expected(67, []));
  });

  it('counts what ran where', async () => {
    const before = pool.stats();
    await pool.verify(batch('ed25519', 1));
    pool.verifySync(good.ed25519[0]!);
    await pool.verify(withBad(batch('ml-dsa-87', 64), [9]), 'vote');
    const after = pool.stats();
    expect(after.threads).toBe(2);
    expect(after.inline + after.pooled).toBe(before.inline + before.pooled + 66);
    expect(after.pooled).toBeGreaterThanOrEqual(before.pooled + 64);
    expect(after.failed).toBe(before.failed + 1);
    expect(after.queued).toBe(0);
    expect(after.queuedMax).toBeGreaterThan(0);
  });
});

describe('a pool under load', () => {
  it('takes votes before transactions', async () => {
    const pool = poolOf(await createVerifier({ threads: 1 }));
    const order: string[] = [];
    const calls = [];
    for (let i = 0; i < 6; i++) {
      calls.push(pool.verify(batch('ml-dsa-87', 64), 'transaction').then(() => order.push('transaction')));
    }
    calls.push(pool.verify(batch('ml-dsa-87', 64), 'vote').then(() => order.push('vote')));
    await Promise.all(calls);
    // At most two tasks were with the thread already.
    expect(order.indexOf('vote')).toBeLessThanOrEqual(2);
    await pool.close();
  });

  it('judges on the calling thread what the queue has no room for', async () => {
    const pool = poolOf(await createVerifier({ threads: 1 }));
    const large = batch('ml-dsa-87', 4096);
    const before = pool.stats();
    const calls = [pool.verify(large), pool.verify(large), pool.verify(large.slice(0, 600))];
    expect(pool.stats().queued).toBeLessThanOrEqual(8192);
    for (const verdicts of await Promise.all(calls))
      expect(verdicts.every((verdict) => verdict === 1)).toBe(true);
    const after = pool.stats();
    expect(after.inline - before.inline).toBe(600);
    expect(after.pooled - before.pooled).toBe(8192);
    expect(after.queuedMax).toBeLessThanOrEqual(8192);
    await pool.close();
  });
});

describe('a thread that dies', () => {
  it('is replaced, and what it had is judged again', async () => {
    const pool = poolOf(await createVerifier({ threads: 2 }));
    const bad = [3, 64, 129];
    const items = withBad(batch('ml-dsa-87', 130), bad);
    const calls = Array.from({ length: 4 }, () => pool.verify(items));
    await Promise.all(pool.piscina.threads.map((thread) => thread.terminate()));
    for (const verdicts of await Promise.all(calls)) expect([...verdicts]).toEqual(expected(130, bad));
    expect(pool.stats().workersReplaced).toBeGreaterThanOrEqual(2);
    expect(pool.piscina.threads.length).toBe(2);
    const before = pool.stats().pooled;
    expect([...(await pool.verify(items))]).toEqual(expected(130, bad));
    expect(pool.stats().pooled).toBe(before + 130);
    await pool.close();
  });

  it('again and again does not keep a batch from its verdicts', async () => {
    const pool = poolOf(await createVerifier({ threads: 1 }));
    const call = pool.verify(batch('ml-dsa-87', 100));
    let verdicts: Uint8Array | undefined;
    call.then((value) => {
      verdicts = value;
    });
    for (let i = 0; i < 40 && verdicts === undefined; i++) {
      for (const thread of pool.piscina.threads) await thread.terminate();
    }
    expect([...(await call)]).toEqual(expected(100, []));
    await pool.close();
  });
});

describe('close', () => {
  it('rejects what waits and everything after', async () => {
    const pool = poolOf(await createVerifier({ threads: 1 }));
    const calls = Array.from({ length: 5 }, () => pool.verify(batch('ml-dsa-87', 64)));
    const outcomes = Promise.allSettled(calls);
    await pool.close();
    await pool.close();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    }
    await expect(pool.verify(batch('ed25519', 1))).rejects.toMatchObject({ code: 'closed' });
    expect(pool.stats().queued).toBe(0);
  });
});

describe('the number of threads', () => {
  it('by default leaves a core to each main thread', () => {
    expect(defaultThreads(1, 1)).toBe(0);
    expect(defaultThreads(1, 2)).toBe(1);
    expect(defaultThreads(4, 2)).toBe(0);
    expect(defaultThreads(1, 64)).toBe(8);
    expect(defaultThreads(4, 16)).toBe(3);
  });

  it('is what is asked for', async () => {
    const none = await createVerifier({ threads: 0 });
    expect(none.stats().threads).toBe(0);
    await none.close();
    const three = await createVerifier({ threads: 3 });
    expect(three.stats().threads).toBe(3);
    expect(poolOf(three).piscina.threads.length).toBe(3);
    await three.close();
  });
});
