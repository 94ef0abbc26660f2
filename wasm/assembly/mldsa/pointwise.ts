/**
 * Matrix times vector in the transform domain (FIPS 204 §7.6, Algorithm 48), against a prepared slot.
 *
 * Σ a·b modulo q is formed as in `mulRoot` of reduction.ts, but with one quotient for the whole sum: the products add up
 * in wrapping 32-bit integers, their quotients in single precision, and one rounding and one correction follow.
 * |a| ≤ q/2, |b| ≤ 0.54q, eight terms: each quotient is at most 0.27q with a relative error of 3·2^−24 (1/q, b/q and
 * the product are rounded; a and b have at most 24 bits), partial sums of i terms add at most 0.27·i·q·2^−24 each, which
 * makes 8 in all; rounding with s = 3 adds 4. So the sum comes out within 12q, and reduced within 0.52q
 * (scripts/gen-ntt.mjs computes and checks it).
 */
import { HALF_BITS, INVERSE_Q, Q_WORD } from './constants';
import { COLUMN, POLY, VECTOR, W } from './params';
import {
  correction as correctionOf,
  magic as magicOf,
  mulRoot,
  reduce,
  shiftedQ as shiftedQOf,
} from './reduction';

/**
 * W[i] = Σ slot[i][j]·VECTOR[j], j < 7, or j < 8 if `eight`: |VECTOR| ≤ 0.54q, |W| ≤ 0.52q, all in the transform's
 * order.
 */
export function mulMatrix(slot: usize, eight: bool): void {
  const magic = magicOf(3);
  const shiftedQ = shiftedQOf(3);
  const correction = correctionOf(3);
  const half = v128.load32_splat(HALF_BITS);
  const q = v128.load32_splat(Q_WORD);
  for (let p: usize = 0; p < POLY; p += 16) {
    const columnEnd = quotientsOfColumn(p, eight);
    // Four rows at a time: eight sums and a pair of factors stay in registers.
    for (let out = W + p; out < W + 8 * POLY; out += 4 * POLY) {
      let a = slot;
      let sum0 = i32x4.splat(0);
      let sum1 = sum0;
      let sum2 = sum0;
      let sum3 = sum0;
      let quotients0 = sum0;
      let quotients1 = sum0;
      let quotients2 = sum0;
      let quotients3 = sum0;
      for (let column = COLUMN; column < columnEnd; column += 32) {
        const b = v128.load(column);
        const bq = v128.load(column, 16);
        const a0 = v128.load(a);
        sum0 = i32x4.add(sum0, i32x4.mul(a0, b));
        quotients0 = f32x4.add(quotients0, f32x4.mul(f32x4.convert_i32x4_s(a0), bq));
        const a1 = v128.load(a, 128);
        sum1 = i32x4.add(sum1, i32x4.mul(a1, b));
        quotients1 = f32x4.add(quotients1, f32x4.mul(f32x4.convert_i32x4_s(a1), bq));
        const a2 = v128.load(a, 256);
        sum2 = i32x4.add(sum2, i32x4.mul(a2, b));
        quotients2 = f32x4.add(quotients2, f32x4.mul(f32x4.convert_i32x4_s(a2), bq));
        const a3 = v128.load(a, 384);
        sum3 = i32x4.add(sum3, i32x4.mul(a3, b));
        quotients3 = f32x4.add(quotients3, f32x4.mul(f32x4.convert_i32x4_s(a3), bq));
        a += 16;
      }
      sum0 = i32x4.add(i32x4.sub(sum0, i32x4.mul(f32x4.add(quotients0, magic), shiftedQ)), correction);
      sum1 = i32x4.add(i32x4.sub(sum1, i32x4.mul(f32x4.add(quotients1, magic), shiftedQ)), correction);
      sum2 = i32x4.add(i32x4.sub(sum2, i32x4.mul(f32x4.add(quotients2, magic), shiftedQ)), correction);
      sum3 = i32x4.add(i32x4.sub(sum3, i32x4.mul(f32x4.add(quotients3, magic), shiftedQ)), correction);
      v128.store(out, reduce(sum0, half, q));
      v128.store(out, reduce(sum1, half, q), POLY);
      v128.store(out, reduce(sum2, half, q), 2 * POLY);
      v128.store(out, reduce(sum3, half, q), 3 * POLY);
      slot += 512;
    }
  }
}

/** Puts vector p of each polynomial of VECTOR, and its quotients by q, into COLUMN; returns where they end. */
function quotientsOfColumn(p: usize, eight: bool): usize {
  const inverseQ = v128.load32_splat(INVERSE_Q);
  let from = VECTOR + p;
  let to = COLUMN;
  for (const end = from + (eight ? 8 * POLY : 7 * POLY); from < end; from += POLY) {
    const b = v128.load(from);
    v128.store(to, b);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(b), inverseQ), 16);
    to += 32;
  }
  return to;
}

/** A product in the transform domain, |a|, |b| ≤ 0.54q, |out| ≤ 0.94q. Single precision and bounds as above, s = 0. */
export function mulPointwise(a: usize, b: usize, out: usize): void {
  const m = magicOf(0);
  const q = shiftedQOf(0);
  const c = correctionOf(0);
  const inverseQ = v128.load32_splat(INVERSE_Q);
  for (let p: usize = 0; p < 1024; p += 16) {
    const y = v128.load(b + p);
    v128.store(out + p, mulRoot(v128.load(a + p), y, f32x4.mul(f32x4.convert_i32x4_s(y), inverseQ), m, q, c));
  }
}
