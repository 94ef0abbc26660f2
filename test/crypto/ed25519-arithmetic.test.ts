/** The arithmetic inside the Ed25519 kernel against BigInt, at the extremes of the bounds that its comments state. */
import { expect, test } from 'vitest';
import { compileKernelSync } from '../../src/crypto/kernels/load.ts';
import { bytesOf, L, mod, numbers, P, toBytes, toNumber } from './ed25519-cases.ts';

interface Raw {
  readonly memory: { readonly buffer: ArrayBuffer };
  init(slots: number): number;
  inputPointer(): number;
  testMul(): void;
  testSqr(): void;
  testWords(): void;
  testInvert(): void;
  testReduce(): void;
  testHalve(): number;
}

const raw = new WebAssembly.Instance(compileKernelSync('ed25519')).exports as unknown as Raw;
raw.init(0);
const input = raw.inputPointer();
const output = input + 320;
const memory = new Uint8Array(raw.memory.buffer);
const halves = new Int16Array(raw.memory.buffer);
/** What one unit of a limb is: the largest that a product has. */
const UNIT = 4099;

const place = (at: number, lane: number, limb: number) => at / 2 + (limb >> 1) * 8 + lane * 2 + (limb & 1);
const limbOf = (at: number, lane: number, limb: number) => halves[place(at, lane, limb)]!;

function laneValue(at: number, lane: number): bigint {
  let value = 0n;
  for (let limb = 19; limb >= 0; limb--) value = value * 8192n + BigInt(limbOf(at, lane, limb));
  return value;
}

/** Fills a quad: `shape` says how big limb `limb` of a lane is, within `units`. */
function fill(at: number, units: number, shape: (limb: number, lane: number) => number): void {
  for (let lane = 0; lane < 4; lane++) {
    for (let limb = 0; limb < 20; limb++) {
      halves[place(at, lane, limb)] = Math.round(shape(limb, lane) * units * UNIT);
    }
  }
}

const random = numbers('limbs');
const SHAPES: ((limb: number, lane: number) => number)[] = [
  () => 1,
  () => -1,
  (limb) => (limb & 1 ? 1 : -1),
  (limb) => (limb & 1 ? -1 : 1),
  (limb) => (limb < 10 ? 1 : -1),
  () => 0,
  (limb) => (limb === 19 ? 1 : 0),
  (limb) => (limb === 0 ? -1 : 0),
  (limb, lane) => ((limb >> lane) & 1 ? 1 : -1),
  ...Array.from({ length: 8 }, () => () => (random(2) ? 1 : -1)),
  ...Array.from({ length: 8 }, () => () => (random(20001) - 10000) / 10000),
];

function expectProduct(a: number, b: number): void {
  for (let lane = 0; lane < 4; lane++) {
    const difference = laneValue(a, lane) * laneValue(b, lane) - laneValue(output, lane);
    let largest = 0;
    for (let limb = 0; limb < 20; limb++) largest = Math.max(largest, Math.abs(limbOf(output, lane, limb)));
    // Plain conditions: a hundred thousand calls of `expect` would take longer than the arithmetic.
    if (difference % P !== 0n || largest > UNIT) expect({ lane, difference, largest }).toBe('a product');
  }
}

test('products of factors at their bounds, and products within theirs', () => {
  for (const [x, y] of [
    [1, 6],
    [2, 3],
    [3, 2],
    [6, 1],
    [1, 1],
  ] as const) {
    for (const first of SHAPES) {
      for (const second of SHAPES) {
        fill(input, x, first);
        fill(input + 160, y, second);
        raw.testMul();
        expectProduct(input, input + 160);
      }
    }
  }
});

test('squares at their bound equal products', () => {
  for (const units of [1, 2]) {
    for (const shape of SHAPES) {
      fill(input, units, shape);
      raw.testSqr();
      expectProduct(input, input);
    }
  }
});

test('least residues of anything that fits the limbs', () => {
  const check = () => {
    const want = [0, 1, 2, 3].map((lane) => mod(laneValue(input, lane), P));
    raw.testWords();
    for (let lane = 0; lane < 4; lane++) {
      expect(toNumber(memory.subarray(output + 32 * lane, output + 32 * lane + 32))).toBe(want[lane]);
    }
  };
  for (const shape of SHAPES) {
    fill(input, 7.9, shape);
    check();
  }
  // Around 0 and multiples of p: the limbs of value + 2^13 borrow from each other.
  const edges = [P, 2n * P, 2n ** 255n, 2n ** 255n - 1n, 2n ** 256n];
  for (const edge of edges) {
    for (let offset = -40n; offset <= 40n; offset++) {
      let value = edge + offset;
      for (let limb = 0; limb < 20; limb++) {
        halves[place(input, 0, limb)] = Number(limb === 19 ? value : BigInt.asIntN(13, value));
        value = (value - BigInt.asIntN(13, value)) >> 13n;
      }
      check();
    }
  }
});

test('inverses of small, large and random numbers', () => {
  const invert = (value: bigint) => {
    memory.set(toBytes(value, 32), input);
    raw.testInvert();
    return toNumber(memory.subarray(input, input + 32));
  };
  expect(mod(invert(0n), P)).toBe(0n);
  const cases: bigint[] = [];
  for (let i = 1n; i <= 200n; i++) cases.push(i, P - i, (P + 1n) / 2n + i);
  for (let bit = 0n; bit < 255n; bit++) cases.push(mod(1n << bit, P), mod((1n << bit) - 1n, P) || 1n);
  for (let i = 0; i < 1000; i++) cases.push(mod(toNumber(bytesOf(`inverse ${i}`, 32)), P));
  for (const value of cases) expect(mod(value * invert(value), P)).toBe(1n);
});

test('hashes modulo the order, and scalars halved', () => {
  const cases = [0n, 2n ** 512n - 1n, 2n ** 511n];
  for (let i = 0; i < 512; i += 7) cases.push(1n << BigInt(i));
  const top = (2n ** 512n - 1n) / L;
  for (const times of [0n, 1n, 2n, 2n ** 28n, 2n ** 252n, top - 1n, top]) {
    for (const offset of [-2n, -1n, 0n, 1n, 2n ** 252n, L - 1n]) {
      const value = times * L + offset;
      if (value >= 0n && value < 2n ** 512n) cases.push(value);
    }
  }
  for (let i = 0; i < 2000; i++) cases.push(toNumber(bytesOf(`hash ${i}`, 64)));
  const limbs = new BigInt64Array(raw.memory.buffer, output, 10);
  for (const value of cases) {
    memory.set(toBytes(value, 64), input);
    raw.testReduce();
    let got = 0n;
    for (let i = 9; i >= 0; i--) {
      expect(limbs[i]! >= 0n && limbs[i]! < 2n ** 28n).toBe(true);
      got = (got << 28n) + limbs[i]!;
    }
    expect(mod(got, L)).toBe(mod(value, L));
    expect(got < 2n ** 253n).toBe(true);
    // Half-size scalars: c = t * k or -t * k.
    const negative = raw.testHalve() !== 0;
    const half = (at: number) =>
      [...new BigInt64Array(raw.memory.buffer, at, 10)].reduceRight((sum, limb) => (sum << 28n) + limb, 0n);
    const [c, t] = [half(input + 400), half(input + 480)];
    expect(c >= 0n && c < 2n ** 127n && t > 0n && t < 2n ** 127n).toBe(true);
    expect(mod(t * got + (negative ? c : -c), L)).toBe(0n);
  }
});
