/**
 * The arithmetic inside the ML-DSA-87 kernel: Keccak against noble, the transforms and products at the extremes of their
 * proven bounds against plain integers, and the rounding functions over the whole field.
 * Longer than most files: the plain reference implementations stand beside what they judge.
 */
import { createHash } from 'node:crypto';
import { sha3_256, shake128, shake256 } from '@noble/hashes/sha3.js';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: a build script without types
import * as bounds from '../../scripts/gen-ntt.mjs';
import { LONG, randomBytes, rawKernel } from './mldsa87-kernel.ts';

const raw = rawKernel(8);
const bytes = new Uint8Array(raw.memory.buffer);
const words = new Int32Array(raw.memory.buffer);
/** Free memory, 1,024-byte steps. */
const FREE = raw.SLOTS.value;
const Q = 8380417;
const mod = (v: number) => ((v % Q) + Q) % Q;
const centre = (v: number) => (mod(v) > (Q - 1) / 2 ? mod(v) - Q : mod(v));
/** Both below 2^23 in magnitude: the product is exact. */
const mulMod = (a: number, b: number) => mod(mod(a) * mod(b));

describe('Keccak', () => {
  const cases = [
    ['SHAKE128', 168, 0x1f, (m: Uint8Array, n: number) => shake128(m, { dkLen: n })],
    ['SHAKE256', 136, 0x1f, (m: Uint8Array, n: number) => shake256(m, { dkLen: n })],
    ['SHA3-256', 136, 0x06, (m: Uint8Array, n: number) => sha3_256(m).subarray(0, n)],
  ] as const;

  test.each(cases)(
    '%s agrees with noble on every length over two blocks',
    (name, rate, suffix, reference) => {
      const outLengths = name === 'SHA3-256' ? [32] : [1, 32, rate - 1, rate, rate + 1, 2 * rate, 1000];
      for (let length = 0; length <= 2 * rate + 2; length++) {
        const input = randomBytes(length, length);
        const outLength = outLengths[length % outLengths.length]!;
        bytes.set(input, FREE);
        raw.testSponge(rate, suffix, FREE, length, FREE + 4096, outLength);
        expect(bytes.slice(FREE + 4096, FREE + 4096 + outLength)).toEqual(reference(input, outLength));
      }
    },
  );

  test('two-way equals one-way', () => {
    for (const rate of [168, 136]) {
      for (let length = 0; length < rate; length++) {
        const inputs = [randomBytes(length, length), randomBytes(length + 1000, length)];
        bytes.set(inputs[0]!, FREE);
        bytes.set(inputs[1]!, FREE + 1024);
        raw.testSponge2(rate, 0x1f, FREE, FREE + 1024, length, FREE + 4096, 5);
        inputs.forEach((input, i) => {
          const out = FREE + 4096 + i * 5 * rate;
          const reference = rate === 168 ? shake128 : shake256;
          expect(bytes.slice(out, out + 5 * rate)).toEqual(reference(input, { dkLen: 5 * rate }));
        });
      }
    }
  });
});

/** ζ^BitRev8(k), k = 0..255 (FIPS 204, Appendix B). */
const ZETAS = Array.from({ length: 256 }, (_, k) => {
  let exponent = 0;
  for (let i = 0; i < 8; i++) exponent |= ((k >> i) & 1) << (7 - i);
  let z = 1;
  for (let i = 0; i < exponent; i++) z = mulMod(z, 1753);
  return z;
});

/** Algorithm 41, by the letter. */
function plainNtt(input: readonly number[]): number[] {
  const w = input.map(mod);
  let m = 0;
  for (let len = 128; len >= 1; len >>= 1) {
    for (let start = 0; start < 256; start += 2 * len) {
      const z = ZETAS[++m]!;
      for (let j = start; j < start + len; j++) {
        const t = mulMod(z, w[j + len]!);
        w[j + len] = mod(w[j]! - t);
        w[j] = mod(w[j]! + t);
      }
    }
  }
  return w;
}

/** Position in the kernel's order of coefficient i of the standard's: rows and columns of blocks of 16 exchanged. */
const place = (i: number) => (i & ~15) | ((i & 3) << 2) | ((i >> 2) & 3);

const put = (values: readonly number[], at = FREE) => words.set(values, at >> 2);
const get = (at = FREE) => Array.from(words.subarray(at >> 2, (at >> 2) + 256));
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

/** Inputs of magnitude `top`: the signs of every Walsh function, and random ones. */
function* extremes(top: number, random: number): Generator<number[]> {
  const index = Array.from({ length: 256 }, (_, i) => i);
  const parity = (v: number) => {
    let p = v;
    for (const s of [4, 2, 1]) p ^= p >> s;
    return p & 1;
  };
  for (let pattern = 0; pattern < 256; pattern++) {
    yield index.map((i) => (parity(i & pattern) ? -top : top));
    yield index.map((i) => (((i >> (pattern & 7)) + pattern) % 3 ? top : -top));
  }
  for (let n = 0; n < random; n++) {
    const signs = randomBytes(n, 256);
    yield index.map((i) => (signs[i]! & 16 ? top : signs[i]! & 32 ? -top : top - signs[i]!));
  }
}

describe('transforms', () => {
  const rounds = LONG ? 20_000 : 500;

  test('forward: right, and within 0.52q, at the extremes of its input', () => {
    for (const input of extremes(Math.floor(0.52 * Q), rounds)) {
      put(input);
      raw.testNtt(FREE);
      const output = get();
      expect(largest(output)).toBeLessThanOrEqual(0.52 * Q);
      const expected = plainNtt(input);
      for (let i = 0; i < 256; i++) if (mod(output[place(i)]!) !== expected[i]) expect.fail(`index ${i}`);
    }
  });

  test('inverse: right, and within 0.67q, at the extremes of its input', () => {
    for (const input of extremes(Math.floor(0.92 * Q), rounds)) {
      put(input);
      raw.testInverseNtt(FREE);
      const output = get();
      expect(largest(output)).toBeLessThanOrEqual(0.67 * Q);
      const back = plainNtt(output);
      for (let i = 0; i < 256; i++) if (back[i] !== mod(input[place(i)]!)) expect.fail(`index ${i}`);
    }
  });

  test('small values come back as they are', () => {
    const input = Array.from({ length: 256 }, (_, i) => (i % 2 ? -1 : 1) * (i * 9000));
    put(input);
    raw.testNtt(FREE);
    raw.testInverseNtt(FREE);
    expect(get()).toEqual(input);
  });
});

describe('products', () => {
  test('by every root, at the extremes of what each layer takes, stay within the proven bound', () => {
    // Largest input in units of q, by shift: the table at the head of the generated roots.
    const layers = [
      [0, 0.52],
      [1, 1.28],
      [1, 1.84],
      [2, 2.919],
      [2, 3.839],
      [3, 7.107],
      [4, 9.752],
      [5, 30.614],
    ] as const;
    for (const [s, beta] of layers) {
      const limit = bounds.mulRootBound(beta, s) * Q;
      const top = Math.floor(beta * Q);
      for (const zeta of ZETAS.slice(1)) {
        const w = centre(zeta);
        const noise = randomBytes(w & 0xffff, 256);
        const input = Array.from({ length: 256 }, (_, i) => {
          const b = i & 2 ? Math.floor((top * noise[i]!) / 256) - i : top - (i >> 2);
          return i & 1 ? -b : b;
        });
        put(input);
        raw.testMulRoots(FREE, w, Math.fround(w / Q), s);
        const output = get();
        if (largest(output) > limit) expect.fail(`bound of shift ${s}, root ${w}`);
        for (let i = 0; i < 256; i++) {
          if (mod(output[i]!) !== mulMod(mod(input[i]!), w))
            expect.fail(`shift ${s}, root ${w}, ${input[i]}`);
        }
      }
    }
  });

  test('of the matrix, with all entries extreme', () => {
    const a = (Q - 1) / 2;
    const z = Math.floor(0.52 * Q);
    for (const [p, q] of [
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ] as const) {
      words.fill(p * a, FREE >> 2, (FREE + 65536) >> 2);
      words.fill(q * z, raw.VECTOR.value >> 2, (raw.VECTOR.value + 8192) >> 2);
      raw.testMulMatrix(FREE);
      const expected = mod(p * q * 8 * mulMod(a, z));
      for (let i = 0; i < 8; i++) {
        const row = get(raw.W.value + 1024 * i);
        expect(largest(row)).toBeLessThanOrEqual(0.52 * Q);
        expect(row.every((v) => mod(v) === expected)).toBe(true);
      }
    }
  });
});

describe('rejection sampling', () => {
  test('takes what is below q, in order, however much is not, and stops at 256', () => {
    for (let round = 0; round < 400; round++) {
      const input = randomBytes(round, 168);
      // From none to nearly all candidates out of range.
      const share = randomBytes(round + 5000, 56);
      for (let i = 0; i < 56; i++) if (share[i]! < (round * 5) % 256) input.fill(255, 3 * i, 3 * i + 3);
      // Around q itself: q − 1 is taken, q is not, bit 23 is ignored.
      input.set([0x00, 0xe0, 0x7f, 0x01, 0xe0, 0x7f, 0x00, 0xe0, 0xff], 3 * (round % 54));
      const from = (round * 7) % 257;
      const expected: number[] = [];
      for (let i = 0; i < 56; i++) {
        const t = (input[3 * i]! | (input[3 * i + 1]! << 8) | (input[3 * i + 2]! << 16)) & 0x7fffff;
        if (t < Q && from + expected.length < 256) expected.push(t);
      }
      bytes.set(input, FREE);
      const count = raw.testRejectUniform(FREE, 168, FREE + 4096, from);
      expect(count).toBe(from + expected.length);
      expect(get(FREE + 4096).slice(from, count)).toEqual(expected);
    }
  });
});

describe('norms and encodings', () => {
  test('the norm is judged exactly, in every position and sign', () => {
    for (let i = 0; i < 256; i++) {
      for (const [value, below] of [
        [524167, 1],
        [-524167, 1],
        [524168, 0],
        [-524168, 0],
        [524288, 0],
        [-(2 ** 31), 0],
      ]) {
        const poly = new Array<number>(256).fill(0);
        poly[i] = value!;
        put(poly);
        // The smallest integer has no magnitude in 32 bits; no polynomial of the kernel can hold it.
        if (value !== -(2 ** 31)) expect(raw.testNorm(FREE, 524288 - 120)).toBe(below);
      }
    }
  });

  test('z is unpacked as γ1 minus twenty bits', () => {
    const input = randomBytes(77, 640);
    bytes.set(input, FREE);
    raw.testDecodeZ(FREE, FREE + 4096);
    let stream = 0n;
    for (let i = 639; i >= 0; i--) stream = (stream << 8n) | BigInt(input[i]!);
    const expected = Array.from(
      { length: 256 },
      (_, i) => 524288 - Number((stream >> BigInt(20 * i)) & 0xfffffn),
    );
    expect(get(FREE + 4096)).toEqual(expected);
  });
});

describe('rounding', () => {
  /** Decimals, one a line, into SHAKE128. */
  class Lines {
    readonly #hash = createHash('shake128', { outputLength: 32 });
    readonly #buffer = Buffer.alloc(1 << 20);
    #at = 0;
    add(value: number) {
      if (this.#at > this.#buffer.length - 16) this.#flush();
      let v = value;
      if (v < 0) {
        this.#buffer[this.#at++] = 45;
        v = -v;
      }
      const digits = v < 10 ? 1 : v < 100 ? 2 : v < 1e3 ? 3 : v < 1e4 ? 4 : v < 1e5 ? 5 : v < 1e6 ? 6 : 7;
      for (let i = digits - 1; i >= 0; i--) {
        const tenth = (v / 10) | 0;
        this.#buffer[this.#at + i] = 48 + v - 10 * tenth;
        v = tenth;
      }
      this.#at += digits;
      this.#buffer[this.#at++] = 10;
    }
    #flush() {
      this.#hash.update(this.#buffer.subarray(0, this.#at));
      this.#at = 0;
    }
    digest() {
      this.#flush();
      return this.#hash.digest('hex');
    }
  }

  test('every r in [0, q): the accumulated answer', { timeout: 120_000 }, () => {
    const lines = new Lines();
    const step = 8192;
    const at = FREE >> 2;
    for (let r = 0; r < Q; r += step) {
      const count = Math.min(step, Q - r);
      raw.testRounding(r, count, FREE);
      for (let i = 0; i < count; i++) {
        const o = at + 7 * i;
        const signed = r + i > (Q - 1) / 2 ? r + i - Q : r + i;
        lines.add(signed);
        lines.add(Math.abs(signed));
        lines.add(words[o]!);
        // The low part of Power2Round counts modulo q.
        lines.add(mod(words[o + 1]!));
        const [s1, s0] = [words[o + 5]!, words[o + 6]!];
        lines.add(s1);
        lines.add(s0 > 0 ? (s1 + 1) % 44 : (s1 + 43) % 44);
        lines.add(s0);
        lines.add(Math.abs(s0));
        lines.add(words[o + 2]!);
        lines.add(words[o + 3]!);
        lines.add(words[o + 4]!);
        lines.add(Math.abs(words[o + 4]!));
      }
    }
    expect(lines.digest()).toBe('f930663417278156ab05d940294a77210a809c924d8ab63ec72f4526247602c7');
  });
});
