import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SuiteName, VerifyItem } from '../../src/crypto/interface.ts';
import { Bench } from '../../src/crypto/judge.ts';
import { compileKernels, loadSuites, type Suites, suitesOf } from '../../src/crypto/suites/load.ts';

const SUITES: readonly SuiteName[] = ['ed25519', 'ml-dsa-87'];
const context = Uint8Array.of(1, 2, 3);

let kernels: Suites;
let noble: Suites;
beforeAll(async () => {
  kernels = await loadSuites();
  noble = suitesOf({});
});

describe('the backends', () => {
  it('are the kernels where they are sound, and noble where they are missing or wrong', async () => {
    expect(new Bench(kernels, 0).backends()).toEqual({ ed25519: 'wasm', 'ml-dsa-87': 'wasm' });
    expect(new Bench(noble, 0).backends()).toEqual({ ed25519: 'noble', 'ml-dsa-87': 'noble' });
    const modules = await compileKernels();
    const swapped = suitesOf({ ed25519: modules['ml-dsa-87']!, 'ml-dsa-87': modules.ed25519! });
    expect(new Bench(swapped, 0).backends()).toEqual({ ed25519: 'noble', 'ml-dsa-87': 'noble' });
  });

  it.each(SUITES)('make the same %s keys and take each other’s signatures', (suite) => {
    const options = suite === 'ml-dsa-87' ? { context } : {};
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 300 }),
        (seed, message) => {
          const pair = kernels[suite].generate(seed);
          expect(pair).toEqual(noble[suite].generate(seed));
          for (const [signing, judging] of [
            [kernels, noble],
            [noble, kernels],
          ] as const) {
            const signature = signing[suite].signer(pair.secretKey).sign(message, options);
            const item: VerifyItem = { suite, publicKey: pair.publicKey, message, signature, ...options };
            expect(new Bench(judging, 0).judge(item)).toBe(true);
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('sign alike when they are deterministic', () => {
    const { secretKey } = kernels['ml-dsa-87'].generate(new Uint8Array(32));
    const message = new Uint8Array(100);
    const expected = ml_dsa87.sign(message, secretKey, { extraEntropy: false, context });
    for (const suites of [kernels, noble]) {
      const signer = suites['ml-dsa-87'].signer(secretKey);
      expect(signer.sign(message, { deterministic: true, context })).toEqual(expected);
    }
  });
});

describe('judging with prepared keys', () => {
  /** Eight signatures of each of six keys, some broken. */
  function mixture(suite: SuiteName): { items: VerifyItem[]; expected: number[] } {
    const items: VerifyItem[] = [];
    const expected: number[] = [];
    for (let key = 0; key < 6; key++) {
      const { publicKey, secretKey } = kernels[suite].generate(new Uint8Array(32).fill(key));
      const signer = kernels[suite].signer(secretKey);
      for (let i = 0; i < 8; i++) {
        const message = Uint8Array.of(key, i);
        const signature = signer.sign(message);
        const good = (key + i) % 3 !== 0;
        if (!good) signature[(key * 31 + i * 7) % signature.length]! ^= 0x10;
        items.push({ suite, publicKey, message, signature });
        expected.push(good ? 1 : 0);
      }
    }
    return { items, expected };
  }

  it.each(SUITES)('%s gives the verdicts that it gives without, in any order and grouping', (suite) => {
    const { items, expected } = mixture(suite);
    for (const cache of [0, 2, 16]) {
      const bench = new Bench(kernels, cache);
      bench.prepare(suite, items[0]!.publicKey);
      for (const size of [1, 5, 48]) {
        for (let from = 0; from < items.length; from += size) {
          const part = items.slice(from, from + size);
          const verdicts = new Uint8Array(part.length);
          const failed = bench.judgeAll(part, verdicts);
          expect([...verdicts]).toEqual(expected.slice(from, from + size));
          expect(failed).toBe([...verdicts].filter((verdict) => verdict === 0).length);
        }
      }
      for (let i = 0; i < items.length; i++) expect(bench.judge(items[i]!)).toBe(expected[i] === 1);
      const counts = bench.cache();
      expect(counts.keys).toBeLessThanOrEqual(cache + 1);
      expect(counts.hits).toBeGreaterThan(0);
      if (cache === 2) expect(counts.evictions).toBeGreaterThan(0);
    }
  });

  it('costs less with a prepared key, and nothing for what is refused unread', () => {
    const { items } = mixture('ml-dsa-87');
    const bench = new Bench(kernels, 0);
    const item = items[0]!;
    const before = bench.costUs(item);
    bench.prepare(item.suite, item.publicKey);
    expect(bench.costUs(item)).toBeLessThan(before);
    expect(bench.costUs({ ...item, signature: new Uint8Array(1) })).toBe(0);
  });

  it('keeps its kernels however large a cache is asked for', () => {
    for (const cache of [1e9, -5, 2.5]) {
      expect(new Bench(kernels, cache).backends()).toEqual({ ed25519: 'wasm', 'ml-dsa-87': 'wasm' });
    }
  });

  it('takes a public key that is none for what it is', () => {
    // y = 2 has no x on the curve.
    const none = new Uint8Array(32);
    none[0] = 2;
    expect(() => ed25519.Point.fromBytes(none, true)).toThrow();
    const bench = new Bench(kernels, 4);
    bench.prepare('ed25519', none);
    const item: VerifyItem = {
      suite: 'ed25519',
      publicKey: none,
      message: context,
      signature: new Uint8Array(64),
    };
    expect(bench.judge(item)).toBe(false);
    expect(bench.cache().keys).toBe(0);
  });
});
