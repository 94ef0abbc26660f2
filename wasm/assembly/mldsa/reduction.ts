/**
 * Arithmetic modulo q on vectors of four 32-bit integers, and the bounds of everything that is built on it.
 *
 * **A product by a root modulo q** is b·w − k·q in wrapping 32-bit arithmetic, where k approximates b·w/q well
 * enough for the true difference to fit in 32 bits. k comes from single precision: x = fl(b)·fl(w/q), and then
 * y = x + M with M = 1.5·2^(23+s). For |x| < 2^(22+s) the sum lies in [2^(23+s), 2^(24+s)), where neighbouring
 * numbers are 2^s apart: the addition itself rounds x to a multiple of 2^s, and the bits of y, read as an integer,
 * are bits(M) + k/2^s. So no conversion back to integers is needed, which is what costs in WebAssembly. Then
 * b·w − bits(y)·(q·2^s) = b·w − k·q − bits(M)·2^s·q; and bits(M)·2^s·q ≡ bits(M)·2^s modulo 2^32, as bits(M) is a
 * multiple of 2^22 and q ≡ 1 modulo 2^13. One addition puts that back.
 *
 * **Bounds.** Let u = 2^−24. fl(w/q) and the product each add a relative error of at most u, fl(b) too once b has
 * more than 24 bits; rounding to multiples of 2^s adds at most 2^(s−1). So |b·w − k·q| ≤ q·(3u·|x| + 2^(s−1)), or 2u
 * where |b| ≤ 2^24. Inputs may be large as long as |x| < 2^(22+s): a larger s takes a larger input and leaves a
 * larger remainder, so s grows from layer to layer and one cheap `reduce` in the middle starts over. The bound
 * of every layer follows from these two lines; scripts/gen-ntt.mjs computes them, refuses to generate the
 * tables if any fails, and writes them at the head of generated/ntt-tables.ts. In units of q:
 *
 * | | layers 1–4 (in, out) | reduced | layers 5–8 (in, out) | result |
 * |---|---|---|---|---|
 * | forward, s = 1, 1, 4, 4 | 0.54, 34 | 0.54 | 0.54, 34 | 0.54 |
 * | inverse, s = 1, 2, 4, 5 | 0.94, 39 | 0.54 | 0.54, 38 | 0.67 |
 *
 * **Time does not depend on data**: no branch, no index, and single-precision operations only on zero and on
 * numbers of magnitude at least 1/q, never on subnormal ones.
 */
import { SHIFTS } from '../generated/ntt-tables';

// Constants are loaded from memory, once per function: the engine would make a `v128.const` anew, out of three
// instructions, wherever it is used.

/** M for rounding shift s, as a float in each lane. */
export function magic(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s);
}

/** q·2^s. */
export function shiftedQ(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s, 4);
}

/** bits(M)·2^s modulo 2^32. */
export function correction(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s, 8);
}

/** b·w modulo q for roots w with quotients wq = fl(w/q), rounding shift s given as m, qs and c. */
export function mulRoot(b: v128, w: v128, wq: v128, m: v128, qs: v128, c: v128): v128 {
  const y = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(b), wq), m);
  return i32x4.add(i32x4.sub(i32x4.mul(b, w), i32x4.mul(y, qs)), c);
}

/**
 * a modulo q, near zero: with k = ⌊(a + 2^22) / 2^23⌋, a − k·2^23 lies in [−2^22, 2^22), and a − k·q is that plus
 * k·(2^13 − 1). For |a| ≤ 40q the result is at most 0.54q. `half` is 2^22 and `q` is q in each lane.
 */
export function reduce(a: v128, half: v128, q: v128): v128 {
  return i32x4.sub(a, i32x4.mul(i32x4.shr_s(i32x4.add(a, half), 23), q));
}

/** a plus q where a is negative: for |a| < q, the representative in [0, q). `q` is q in each lane. */
export function canonical(a: v128, q: v128): v128 {
  return i32x4.add(a, v128.and(i32x4.shr_s(a, 31), q));
}

/** For tests: the 256 products of the integers at `poly` by one root, in place, with rounding shift s. */
export function mulRoots(poly: usize, w: i32, wq: f32, s: usize): void {
  for (const end = poly + 1024; poly < end; poly += 16) {
    const b = v128.load(poly);
    v128.store(poly, mulRoot(b, i32x4.splat(w), f32x4.splat(wq), magic(s), shiftedQ(s), correction(s)));
  }
}
