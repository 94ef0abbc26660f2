/**
 * Matrix times vector in the transform domain (FIPS 204 §7.6, Algorithm 48), against a prepared slot.
 *
 * Σ a·b modulo q is formed as in `mulRoot` of ntt.ts, but with one quotient for the whole sum: the products add up
 * in wrapping 32-bit integers, their quotients in single precision, and one rounding and one correction follow.
 * |a| ≤ q/2, |b| ≤ 0.52q, eight terms: each quotient is at most 0.26q with a relative error of 3·2^−24 (1/q, b/q and
 * the product are rounded; a and b have at most 24 bits), partial sums of i terms add at most 0.26·i·q·2^−24 each, which
 * makes 7.7 in all; rounding with s = 3 adds 4. So the sum comes out within 11.7q, and reduced within 0.52q
 * (scripts/gen-ntt.mjs computes and checks it).
 */
import { reduce } from './ntt';
import { COLUMN, L, POLY, Q, VECTOR, W } from './params';

/** Rounding shift of the sum's quotient, and bits(M) for it, as in ntt.ts. */
const SHIFT: i32 = 3;
const MAGIC: i32 = 0x4b400000 + (SHIFT << 23);

/** One vector of a row: wrapping products with eight (or seven) entries of the column. */
function productSum(row: usize, eight: bool): v128 {
  let sum = i32x4.mul(v128.load(row), v128.load(COLUMN));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 16), v128.load(COLUMN, 32)));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 32), v128.load(COLUMN, 64)));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 48), v128.load(COLUMN, 96)));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 64), v128.load(COLUMN, 128)));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 80), v128.load(COLUMN, 160)));
  sum = i32x4.add(sum, i32x4.mul(v128.load(row, 96), v128.load(COLUMN, 192)));
  if (eight) sum = i32x4.add(sum, i32x4.mul(v128.load(row, 112), v128.load(COLUMN, 224)));
  return sum;
}

/** One term of the quotient's sum. */
function quotient(a: v128, bq: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(a), bq);
}

/** The sum of the quotients by q of the same products. */
function quotientSum(row: usize, eight: bool): v128 {
  let sum = quotient(v128.load(row), v128.load(COLUMN, 16));
  sum = f32x4.add(sum, quotient(v128.load(row, 16), v128.load(COLUMN, 48)));
  sum = f32x4.add(sum, quotient(v128.load(row, 32), v128.load(COLUMN, 80)));
  sum = f32x4.add(sum, quotient(v128.load(row, 48), v128.load(COLUMN, 112)));
  sum = f32x4.add(sum, quotient(v128.load(row, 64), v128.load(COLUMN, 144)));
  sum = f32x4.add(sum, quotient(v128.load(row, 80), v128.load(COLUMN, 176)));
  sum = f32x4.add(sum, quotient(v128.load(row, 96), v128.load(COLUMN, 208)));
  if (eight) sum = f32x4.add(sum, quotient(v128.load(row, 112), v128.load(COLUMN, 240)));
  return sum;
}

/**
 * W[i] = Σ slot[i][j]·VECTOR[j], j < 7, or j < 8 if `eight`: |VECTOR| ≤ 0.52q, |W| ≤ 0.52q, all in the transform's
 * order.
 */
export function mulMatrix(slot: usize, eight: bool): void {
  const inverseQ = f32x4.splat(<f32>(1.0 / 8380417.0));
  const magic = i32x4.splat(MAGIC);
  const shiftedQ = i32x4.splat(Q << SHIFT);
  const correction = i32x4.splat(MAGIC << SHIFT);
  const columns: usize = eight ? L + 1 : L;
  for (let p: usize = 0; p < POLY; p += 16) {
    for (let j: usize = 0; j < columns; j++) {
      const b = v128.load(VECTOR + j * POLY + p);
      v128.store(COLUMN + j * 32, b);
      v128.store(COLUMN + j * 32, f32x4.mul(f32x4.convert_i32x4_s(b), inverseQ), 16);
    }
    let out = W + p;
    const end = slot + 1024;
    for (; slot < end; slot += 128) {
      const y = f32x4.add(quotientSum(slot, eight), magic);
      const sum = i32x4.sub(productSum(slot, eight), i32x4.mul(y, shiftedQ));
      v128.store(out, reduce(i32x4.add(sum, correction)));
      out += POLY;
    }
  }
}
