/**
 * The ML-DSA-87 kernel from outside: known answers, agreement with @noble/post-quantum, and what it must refuse.
 * LOCKSTEP_LONG=1 runs 10,000 accumulated answers and twenty to a hundred times the differential cases.
 * Longer than most files: one list of properties of one interface.
 */
import { shake128 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { describe, expect, test } from 'vitest';
import { instantiateMlDsa87, MlDsa87Error, type MlDsa87ErrorCode } from '../../src/crypto/kernels/mldsa87.ts';
import { LONG, module, randomBytes, vectors } from './mldsa87-kernel.ts';

const kernel = instantiateMlDsa87(module, { publicSlots: 4, secretSlots: 2 });
const NONE = new Uint8Array(0);
const ZERO = new Uint8Array(32);
const seed = randomBytes(1, 32);
const { publicKey, secretKey } = kernel.keyGen(seed);
const handle = kernel.prepare(publicKey);
const secret = kernel.prepareSecret(secretKey);
const message = randomBytes(2, 100);
const signature = kernel.signPrepared(secret, message, NONE, ZERO);

const verify = (sig: Uint8Array, msg: Uint8Array = message, context: Uint8Array = NONE) =>
  kernel.verifyPrepared(handle, msg, sig, context);
const changed = (bytes: Uint8Array, change: (copy: Uint8Array) => void) => {
  const copy = bytes.slice();
  change(copy);
  return copy;
};
const codeOf = (action: () => unknown): MlDsa87ErrorCode | undefined => {
  try {
    action();
  } catch (error) {
    if (error instanceof MlDsa87Error) return error.code;
    throw error;
  }
  return undefined;
};

describe('known answers', () => {
  /** Seeds from one SHAKE128; public keys and deterministic signatures of the empty message into another. */
  const accumulated = (iterations: number) => {
    const source = shake128.create();
    const sink = shake128.create();
    for (let i = 0; i < iterations; i++) {
      const pair = kernel.keyGen(source.xof(32));
      sink.update(pair.publicKey);
      sink.update(kernel.sign(pair.secretKey, NONE, NONE, ZERO));
    }
    return bytesToHex(sink.xof(32));
  };

  test('100 accumulated key pairs and signatures', () => {
    expect(accumulated(100)).toBe('8c3ad714777622b8f21ce31bb35f71394f23bc0fcf3c78ace5d608990f3b061b');
  });

  test.runIf(LONG)('10,000 accumulated key pairs and signatures', { timeout: 120_000 }, () => {
    expect(accumulated(10_000)).toBe('80a8cf39317f7d0be0e24972c51ac152bd2a3e09bc0c32ce29dd82c4e7385e60');
  });

  test.runIf(vectors('cctv-mldsa87-sign-bench.json'))(
    'signatures that need many candidates',
    { timeout: 120_000 },
    () => {
      const pair = kernel.keyGen(ZERO);
      const own = kernel.prepareSecret(pair.secretKey);
      const known = kernel.prepare(pair.publicKey);
      for (const name of ['cctv-mldsa87-sign-bench.json', 'cctv-mldsa87-sign-bench.alt.json']) {
        const texts = JSON.parse(vectors(name)!) as string[];
        for (const [i, text] of texts.entries()) {
          const bytes = new TextEncoder().encode(text);
          const made = kernel.signPrepared(own, bytes, NONE, ZERO);
          expect(kernel.verifyPrepared(known, bytes, made, NONE)).toBe(true);
          if (LONG || i % 16 === 0) {
            expect(made).toEqual(ml_dsa87.sign(bytes, pair.secretKey, { extraEntropy: false }));
          }
        }
      }
      kernel.release(own);
      kernel.release(known);
    },
  );
});

describe('agreement with noble', () => {
  test('keys and signatures, hedged and deterministic', { timeout: 600_000 }, () => {
    for (let i = 0; i < (LONG ? 1000 : 50); i++) {
      const pair = kernel.keyGen(randomBytes(1000 + i, 32));
      expect(pair).toEqual(ml_dsa87.keygen(randomBytes(1000 + i, 32)));
      const text = randomBytes(2000 + i, (i * 37) % 700);
      const context = randomBytes(3000 + i, (i * 11) % 256);
      const rnd = i % 3 ? randomBytes(4000 + i, 32) : ZERO;
      const ours = kernel.sign(pair.secretKey, text, context, rnd);
      expect(ours).toEqual(ml_dsa87.sign(text, pair.secretKey, { context, extraEntropy: rnd }));
      expect(kernel.verify(pair.publicKey, text, ours, context)).toBe(true);
      if (i % 5 === 0) expect(ml_dsa87.verify(ours, text, pair.publicKey, { context })).toBe(true);
    }
  });

  test('verdicts on damaged signatures', { timeout: 600_000 }, () => {
    for (let i = 0; i < (LONG ? 10_000 : 100); i++) {
      const [a, b] = [randomBytes(5000 + i, 8), i % 2 ? 4544 : 0];
      const damaged = changed(signature, (copy) => {
        copy[b + (((a[0]! << 8) | a[1]!) % (copy.length - b))]! ^= 1 << (a[2]! & 7);
      });
      const theirs = ml_dsa87.verify(damaged, message, publicKey);
      expect(verify(damaged)).toBe(theirs);
      expect(kernel.verify(publicKey, message, damaged, NONE)).toBe(theirs);
    }
  });
});

describe('signatures', () => {
  test('every single-bit corruption of one is refused', () => {
    expect(verify(signature)).toBe(true);
    const copy = signature.slice();
    const taken: number[] = [];
    for (let bit = 0; bit < 8 * copy.length; bit++) {
      copy[bit >> 3]! ^= 1 << (bit & 7);
      if (verify(copy)) taken.push(bit);
      copy[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(taken).toEqual([]);
    expect(verify(copy)).toBe(true);
  });

  test('every single-bit corruption of the message and of ρ, and a stride over t1, is refused', () => {
    for (let bit = 0; bit < 8 * message.length; bit++) {
      expect(
        verify(
          signature,
          changed(message, (m) => (m[bit >> 3]! ^= 1 << (bit & 7))),
        ),
      ).toBe(false);
    }
    for (let bit = 0; bit < 8 * publicKey.length; bit += bit < 256 ? 1 : 13) {
      const other = changed(publicKey, (key) => (key[bit >> 3]! ^= 1 << (bit & 7)));
      expect(kernel.verify(other, message, signature, NONE)).toBe(false);
    }
  });

  test('hints that are not as HintBitPack writes them are refused, though they name the same ones', () => {
    const hint = 64 + 7 * 640;
    const counts = Array.from(signature.subarray(hint + 75));
    const first = counts.findIndex((count, i) => count - (counts[i - 1] ?? 0) >= 2);
    const at = hint + (counts[first - 1] ?? 0);
    const swapped = changed(signature, (s) => s.set([s[at + 1]!, s[at]!], at));
    const total = counts[7]!;
    expect(total).toBeLessThan(75);
    // One more entry that repeats the last one, and every count from its row on raised.
    const lastRow = counts.indexOf(total);
    const repeated = changed(signature, (s) => {
      s[hint + total] = s[hint + total - 1]!;
      for (let row = lastRow; row < 8; row++) s[hint + 75 + row]!++;
    });
    const rest = changed(signature, (s) => (s[hint + total] = 1));
    const beyond = changed(signature, (s) => (s[hint + 75 + 7] = 76));
    const all = changed(signature, (s) => (s[hint + 75 + 7] = 255));
    const decreasing = changed(signature, (s) => (s[hint + 75 + 7] = counts[6]! - 1));
    for (const bad of [swapped, repeated, rest, beyond, all, decreasing]) {
      expect(verify(bad)).toBe(false);
      expect(ml_dsa87.verify(bad, message, publicKey)).toBe(false);
    }
  });

  test('z at and beyond its bound is refused', () => {
    for (let i = 0; i < 1792; i += 7) {
      for (const field of [0, 1, 119, 120, 2 * (1 << 19) - 120, (1 << 20) - 1]) {
        const bad = changed(signature, (s) => {
          const bit = 20 * i;
          for (let k = 0; k < 20; k++) {
            const at = 64 + ((bit + k) >> 3);
            const mask = 1 << ((bit + k) & 7);
            s[at] = (s[at]! & ~mask) | ((field >> k) & 1 ? mask : 0);
          }
        });
        expect(verify(bad)).toBe(false);
      }
    }
  });

  test('lengths that do not fit are refused before the kernel sees them', () => {
    expect(verify(signature.subarray(1))).toBe(false);
    expect(verify(Uint8Array.of(...signature, 0))).toBe(false);
    expect(verify(NONE)).toBe(false);
    expect(verify(signature, message, new Uint8Array(256))).toBe(false);
    expect(kernel.verify(publicKey.subarray(1), message, signature, NONE)).toBe(false);
    expect(codeOf(() => kernel.keyGen(new Uint8Array(31)))).toBe('length');
    expect(codeOf(() => kernel.prepare(new Uint8Array(2591)))).toBe('length');
    expect(codeOf(() => kernel.prepareSecret(new Uint8Array(4897)))).toBe('length');
    expect(codeOf(() => kernel.sign(secretKey, message, new Uint8Array(256), ZERO))).toBe('length');
    expect(codeOf(() => kernel.sign(secretKey, message, NONE, NONE))).toBe('length');
  });
});

describe('messages and contexts', () => {
  test('every context length from 0 to 255', () => {
    for (let length = 0; length <= 255; length++) {
      const context = randomBytes(length, length);
      const made = kernel.signPrepared(secret, message, context, ZERO);
      expect(verify(made, message, context)).toBe(true);
      expect(verify(made, message, randomBytes(length + 1, (length + 1) % 256))).toBe(false);
      if (length % 51 === 0) expect(ml_dsa87.verify(made, message, publicKey, { context })).toBe(true);
    }
  });

  test('a context is not part of the message', () => {
    const made = kernel.signPrepared(secret, message, message.subarray(0, 3), ZERO);
    expect(verify(made, message.subarray(3), message.subarray(0, 3))).toBe(false);
    expect(verify(made, Uint8Array.of(...message.subarray(0, 3), ...message))).toBe(false);
  });

  test('lengths around blocks and around the buffer, 64 KiB and 1 MiB', () => {
    const room = kernel.stagedMessageMax(0);
    const around = [0, 69, 70, 71, 136, 205, 206, 207, room, room + 16_320, room + 2 * 16_320];
    const lengths = around.flatMap((n) => [n - 1, n, n + 1]).filter((n) => n >= 0);
    for (const length of [...lengths, 65_536, 1_048_576]) {
      const text = randomBytes(length, length);
      const made = kernel.signPrepared(secret, text, NONE, ZERO);
      expect(verify(made, text)).toBe(true);
      expect(kernel.verify(publicKey, text, made, NONE)).toBe(true);
      expect(ml_dsa87.verify(made, text, publicKey)).toBe(true);
      if (length)
        expect(
          verify(
            made,
            changed(text, (t) => (t[length - 1]! ^= 1)),
          ),
        ).toBe(false);
    }
  });

  test('a message and its signature can be staged in memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(message.length + signature.length));
    shared.set(message);
    shared.set(signature, message.length);
    const stage = () => {
      kernel.memory.set(shared.subarray(message.length), kernel.signatureOffset);
      kernel.memory.set(shared.subarray(0, message.length), kernel.messageOffset(0));
    };
    stage();
    expect(kernel.verifyStaged(handle, message.length, 0)).toBe(true);
    stage();
    expect(kernel.verifyStaged(handle, message.length - 1, 0)).toBe(false);
    expect(kernel.verifyStaged(handle, kernel.stagedMessageMax(0) + 1, 0)).toBe(false);
    expect(kernel.verifyStaged(handle, 1, 256)).toBe(false);
    expect(kernel.verifyStaged(handle, -1, 0)).toBe(false);
    expect(kernel.verifyPrepared(handle, shared.subarray(0, 100), shared.subarray(100), NONE)).toBe(true);
  });
});

describe('slots', () => {
  test('are bounded, reused, and their handles never are', () => {
    const own = instantiateMlDsa87(module, { publicSlots: 2, secretSlots: 0 });
    const a = own.prepare(publicKey);
    const b = own.prepare(kernel.keyGen(ZERO).publicKey);
    expect(codeOf(() => own.prepare(publicKey))).toBe('slots');
    expect(codeOf(() => own.prepareSecret(secretKey))).toBe('slots');
    expect(own.verifyPrepared(a, message, signature, NONE)).toBe(true);
    expect(own.verifyPrepared(b, message, signature, NONE)).toBe(false);
    own.release(a);
    expect(own.publicKeys).toBe(1);
    expect(codeOf(() => own.verifyPrepared(a, message, signature, NONE))).toBe('handle');
    expect(codeOf(() => own.release(a))).toBe('handle');
    const c = own.prepare(publicKey);
    expect(c).not.toBe(a);
    expect(own.verifyPrepared(c, message, signature, NONE)).toBe(true);
    expect(codeOf(() => own.verifyPrepared(a, message, signature, NONE))).toBe('handle');
  });

  test('of public and secret keys are not confused', () => {
    expect(codeOf(() => kernel.verifyPrepared(secret as never, message, signature, NONE))).toBe('handle');
    expect(codeOf(() => kernel.signPrepared(handle as never, message, NONE, ZERO))).toBe('handle');
    for (const bad of [0, -1, 1.5, Number.NaN, 2 ** 40]) {
      expect(codeOf(() => kernel.release(bad as never))).toBe('handle');
    }
    expect(codeOf(() => instantiateMlDsa87(module, { publicSlots: 4097 }))).toBe('slots');
    expect(codeOf(() => instantiateMlDsa87(module, { secretSlots: -1 }))).toBe('slots');
  });
});

describe('secrets', () => {
  const contains = (haystack: Uint8Array, needle: Uint8Array) =>
    Buffer.from(haystack).includes(Buffer.from(needle));

  test('are wiped after key generation, signing and release', () => {
    const own = instantiateMlDsa87(module, { publicSlots: 0, secretSlots: 1 });
    const parts = [
      secretKey.subarray(32, 64),
      secretKey.subarray(128, 160),
      secretKey.subarray(1568, 1600),
      seed,
    ];
    const clean = () => parts.every((part) => !contains(own.memory, part));
    own.keyGen(seed);
    expect(clean()).toBe(true);
    own.sign(secretKey, message, NONE, randomBytes(9, 32));
    expect(clean()).toBe(true);
    const held = own.prepareSecret(secretKey);
    expect(contains(own.memory, parts[0]!)).toBe(true);
    own.release(held);
    expect(clean()).toBe(true);
  });

  test('leave no trace of one key that differs from that of another', () => {
    const own = instantiateMlDsa87(module, { publicSlots: 0, secretSlots: 0 });
    const others = [secretKey, kernel.keyGen(ZERO).secretKey];
    const [a, b] = others.map((key) => {
      own.sign(key, message, NONE, ZERO);
      return own.memory.slice();
    });
    // What is public may differ: the signature, and tr before the message.
    const tr = own.messageOffset(0) - 66;
    for (const copy of [a!, b!]) {
      copy.fill(0, tr, tr + 64);
      copy.fill(0, own.signatureOffset, own.signatureOffset + signature.length);
    }
    expect(Buffer.compare(a!, b!)).toBe(0);
  });

  test('that are malformed are refused, and leave nothing', () => {
    const bad = changed(secretKey, (key) => (key[130]! |= 0xe0));
    expect(codeOf(() => kernel.prepareSecret(bad))).toBe('secret-key');
    expect(codeOf(() => kernel.sign(bad, message, NONE, ZERO))).toBe('secret-key');
    expect(kernel.secretKeys).toBe(1);
    expect(verify(kernel.sign(secretKey, message, NONE, ZERO))).toBe(true);
  });
});

describe('warming up', () => {
  test('changes nothing for the keys that are prepared', () => {
    kernel.warmUp(3, 2);
    expect(verify(signature)).toBe(true);
    expect(kernel.signPrepared(secret, message, NONE, ZERO)).toEqual(signature);
    expect([kernel.publicKeys, kernel.secretKeys]).toEqual([1, 1]);
  });
});

describe('self-test', () => {
  test('refuses a module that computes something else, or is another', async () => {
    const { readFileSync } = await import('node:fs');
    const { kernelUrl } = await import('../../src/crypto/kernels/load.ts');
    const bytes = readFileSync(kernelUrl('mldsa87'));
    // The first root of the forward transform, −3572223: a wrong one still makes a module that runs.
    const root = Buffer.alloc(4);
    root.writeInt32LE(-3572223);
    const at = bytes.indexOf(root);
    expect(at).toBeGreaterThan(0);
    bytes[at]! ^= 2;
    expect(codeOf(() => instantiateMlDsa87(new WebAssembly.Module(bytes)))).toBe('self-test');
    const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    expect(codeOf(() => instantiateMlDsa87(empty))).toBe('self-test');
  });
});

describe('benchmark', () => {
  test('runs on tiny input', async () => {
    const { format, run } = await import('../../bench/mldsa87.ts');
    const rows = await run({ iterations: 1, messages: 2, vectors: undefined });
    expect(rows.map((row) => row.name)).toContain('verify, prepared key');
    for (const row of rows) expect(row.kernelUs).toBeGreaterThan(0);
    expect(format(rows).split('\n')).toHaveLength(rows.length);
  });
});
