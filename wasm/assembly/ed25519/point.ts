// Points of edwards25519 in extended coordinates (RFC 8032 §5.1.4; Hisil, Wong, Carter and Dawson, "Twisted Edwards
// curves revisited", 2008, §3 and §4.3): one quad holds (X, Y, Z, T), and each of the two layers of four
// multiplications in an addition or a doubling is one `mul`. The formulas are complete, so there are no special cases.
//
// The "cached" form of a point that is added often is (Y - X, Y + X, 2Z, 2dT). Its table entry serves the negative
// too: P - Q = -((-P) + Q), and negating P costs a sign vector instead of a second table or a branch.
import { addFirst, addSecond, doubleFirst, doubleSecond } from '../generated/ed25519-field';
import { B_BYTES, D_BYTES, SQRT_M1_BYTES } from './constants';
import {
  add,
  copy,
  laneCopy,
  laneFromBytes,
  laneIsOdd,
  laneIsZero,
  laneNegate,
  laneToWords,
  mul,
  power252m3,
  QUAD,
  setSmall,
  sqr,
  sub,
} from './field';
import { invert } from './inverse';
import { toDigits } from './scalar';

const NEGATE: u32 = 0xffffffff;
const KEEP: u32 = 0x00010001;

/** Sign vectors of `addFirst` and `addSecond`, for P + Q. */
export const PLUS: usize = memory.data<u32>(
  [KEEP, KEEP, KEEP, KEEP, NEGATE, KEEP, 0, 0, KEEP, KEEP, KEEP, KEEP, NEGATE, KEEP, NEGATE, NEGATE],
  16,
);
/** The same for P - Q: (-P) + Q with X and T of the sum negated. */
export const MINUS: usize = memory.data<u32>(
  [KEEP, KEEP, KEEP, NEGATE, KEEP, NEGATE, 0, 0, NEGATE, KEEP, KEEP, NEGATE, KEEP, KEEP, NEGATE, KEEP],
  16,
);

const ONE: usize = memory.data(160, 16);
const D: usize = memory.data(160, 16);
const SQRT_M1: usize = memory.data(160, 16);
/** (1, 1, 2, 2d): what turns (Y - X, Y + X, Z, T) into the cached form. */
const TO_CACHED: usize = memory.data(160, 16);
const S: usize = memory.data(160, 16);
const M: usize = memory.data(160, 16);
const U: usize = memory.data(160, 16);
const V: usize = memory.data(160, 16);

/** Computes the constants; call once before anything else. */
export function initPoints(): void {
  setSmall(ONE, 1, 1, 1, 1);
  for (let lane = 0; lane < 4; lane++) {
    laneFromBytes(D, lane, D_BYTES);
    laneFromBytes(SQRT_M1, lane, SQRT_M1_BYTES);
  }
  mul(D, D, ONE);
  mul(SQRT_M1, SQRT_M1, ONE);
  setSmall(TO_CACHED, 1, 1, 2, 0);
  add(S, D, D);
  mul(S, S, ONE);
  laneCopy(TO_CACHED, 3, S, 0);
}

/** P = (0, 1, 1, 0), the neutral element. */
export function setNeutral(p: usize): void {
  setSmall(p, 0, 1, 1, 0);
}

/** P = P + Q or P - Q (`signs` is PLUS or MINUS), Q in cached form. */
export function pointAdd(p: usize, q: usize, signs: usize): void {
  addFirst(S, p, signs);
  mul(M, S, q);
  addSecond(U, V, M, signs);
  mul(p, U, V);
}

/** P = 2P. */
export function pointDouble(p: usize): void {
  doubleFirst(U, V, p);
  mul(M, U, V);
  doubleSecond(U, V, M);
  mul(p, U, V);
}

/** Writes the cached form of P. */
export function toCached(o: usize, p: usize): void {
  addFirst(S, p, PLUS);
  mul(o, S, TO_CACHED);
}

/** P = -P. */
export function pointNegate(p: usize): void {
  laneNegate(p, 0);
  laneNegate(p, 3);
}

/** Whether 8P is the neutral element: the cofactored comparison of RFC 8032 §5.1.7, step 3. Changes P. */
export function isSmallOrder(p: usize): bool {
  pointDouble(p);
  pointDouble(p);
  pointDouble(p);
  if (!laneIsZero(p, 0)) return false;
  laneCopy(S, 0, p, 1);
  laneCopy(S, 1, p, 2);
  laneToWords(WORDS, S, 0);
  laneToWords(WORDS + 32, S, 1);
  return memory.compare(WORDS, WORDS + 32, 32) === 0;
}

const WORDS: usize = memory.data(64, 16);

/** Whether the encoding of P (RFC 8032 §5.1.2) is the 32 bytes given. */
export function encodesTo(p: usize, bytes: usize): bool {
  laneToWords(WORDS, p, 2);
  invert(WORDS);
  laneFromBytes(S, 0, WORDS);
  for (let lane = 1; lane < 4; lane++) laneCopy(S, lane, S, 0);
  mul(M, p, S);
  laneToWords(WORDS, M, 1);
  if (laneIsOdd(M, 0)) store<u64>(WORDS + 24, load<u64>(WORDS + 24) | ((<u64>1) << 63));
  return memory.compare(WORDS, bytes, 32) === 0;
}

const X: usize = memory.data(160, 16);
const Y: usize = memory.data(160, 16);
const NUMERATOR: usize = memory.data(160, 16);
const DENOMINATOR: usize = memory.data(160, 16);
const T: usize = memory.data(160, 16);
const R: usize = memory.data(160, 16);

/**
 * Decodes four points at once, RFC 8032 §5.1.3 with the relaxations of ZIP 215: y is taken modulo p whatever its 255
 * bits say, and x = 0 is taken with either sign bit. `points` and `encodings` are arrays of four pointers. Returns a bit
 * per lane, set if the bytes are a point's; such a point is written with Z = 1.
 */
export function decodeFour(points: usize, encodings: usize): i32 {
  for (let lane = 0; lane < 4; lane++) laneFromBytes(Y, lane, load<usize>(encodings + 4 * <usize>lane));
  mul(Y, Y, ONE);
  // x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1; the candidate is u v^3 (u v^7)^((p - 5) / 8).
  sqr(T, Y);
  sub(NUMERATOR, T, ONE);
  mul(DENOMINATOR, T, D);
  add(DENOMINATOR, DENOMINATOR, ONE);
  sqr(T, DENOMINATOR);
  mul(R, T, NUMERATOR);
  mul(R, R, DENOMINATOR); // u v^3
  sqr(T, T);
  mul(T, T, R); // u v^7
  power252m3(X, T);
  mul(X, X, R);
  // v x^2 is u, or -u (then x times the root of -1 is the one), or there is no root.
  sqr(T, X);
  mul(T, T, DENOMINATOR);
  sub(R, T, NUMERATOR);
  add(T, T, NUMERATOR);
  mul(NUMERATOR, X, SQRT_M1);
  let decoded = 0;
  for (let lane = 0; lane < 4; lane++) {
    if (laneIsZero(R, lane)) decoded |= 1 << lane;
    else if (laneIsZero(T, lane)) {
      laneCopy(X, lane, NUMERATOR, lane);
      decoded |= 1 << lane;
    }
    const negative = load<u8>(load<usize>(encodings + 4 * <usize>lane) + 31) >> 7 !== 0;
    if (laneIsOdd(X, lane) !== negative) laneNegate(X, lane);
  }
  mul(T, X, Y);
  for (let lane = 0; lane < 4; lane++) {
    if (((decoded >> lane) & 1) === 0) continue;
    const p = load<usize>(points + 4 * <usize>lane);
    laneCopy(p, 0, X, lane);
    laneCopy(p, 1, Y, lane);
    laneCopy(p, 2, ONE, lane);
    laneCopy(p, 3, T, lane);
  }
  return decoded;
}

const P: usize = memory.data(160, 16);
const STEP: usize = memory.data(160, 16);

/** Bytes of a comb of `count` windows of `width` bits. */
export function combBytes(width: i32, count: i32): usize {
  return (QUAD * <usize>count) << (width - 1);
}

/** Writes the comb of a point: for each window i the multiples 1 to 2^(width-1) of 2^(width i) P, cached. */
export function buildComb(comb: usize, point: usize, width: i32, count: i32): void {
  const entries = 1 << (width - 1);
  copy(P, point);
  for (let i = 0; i < count; i++) {
    toCached(comb, P);
    copy(STEP, comb);
    for (let j = 1; j < entries; j++) {
      comb += QUAD;
      pointAdd(P, STEP, PLUS);
      toCached(comb, P);
    }
    comb += QUAD;
    pointDouble(P);
  }
}

const DIGITS: usize = memory.data(2 * 64, 16);
/** Where the touching of entries leaves its sum, so that it is not thought useless. */
export let touched: i32 = 0;

/**
 * P = P + [scalar] Q (`plus`) or P - [scalar] Q, with the comb of Q: one addition per nonzero digit, no doublings.
 *
 * A comb is larger than the nearer caches, and which entries are wanted is known from the start: reading a word of each of
 * their cache lines first lets the misses overlap instead of stalling one addition after another.
 */
export function addComb(p: usize, comb: usize, scalar: usize, width: i32, count: i32, plus: bool): void {
  toDigits(DIGITS, scalar, width, count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const entry = combEntry(comb, i, <i32>load<i16>(DIGITS + 2 * <usize>i), width);
    sum += load<i32>(entry) + load<i32>(entry, 64) + load<i32>(entry, 128) + load<i32>(entry, QUAD - 4);
  }
  touched = sum;
  for (let i = 0; i < count; i++) {
    const digit = <i32>load<i16>(DIGITS + 2 * <usize>i);
    if (digit !== 0) pointAdd(p, combEntry(comb, i, digit, width), digit > 0 === plus ? PLUS : MINUS);
  }
}

/** The entry of a digit; some entry of the window for the digit 0. */
function combEntry(comb: usize, window: i32, digit: i32, width: i32): usize {
  return comb + QUAD * <usize>((window << (width - 1)) + max(abs(digit) - 1, 0));
}

/** Writes the odd multiples 1, 3, ..., 2 * count - 1 of P, cached: what a non-adjacent form picks from. */
export function buildOdd(table: usize, point: usize, count: i32): void {
  copy(P, point);
  toCached(table, P);
  pointDouble(P);
  toCached(STEP, P);
  copy(P, point);
  for (let i = 1; i < count; i++) {
    pointAdd(P, STEP, PLUS);
    toCached(table + QUAD * <usize>i, P);
  }
}

/** The base point. */
export function basePoint(p: usize): void {
  for (let i: usize = 0; i < 16; i += 4) {
    store<usize>(WORDS + i, p);
    store<usize>(WORDS + 16 + i, B_BYTES);
  }
  decodeFour(WORDS, WORDS + 16);
}
