/**
 * The number-theoretic transform of FIPS 204 §7.5 (Algorithms 41 and 42) on vectors of four 32-bit integers.
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
 *
 * **Order.** Layers over distances 2 and 1 work on transposed blocks of 16 coefficients, and the forward transform
 * leaves them so: coefficient 16b + 4l + r of the standard's order is at 16b + 4r + l. The inverse takes that order.
 * Everything in the transform domain is in it.
 */
import { FORWARD, INVERSE, SHIFTS } from '../generated/ntt-tables';
import { HALF_BITS, INVERSE_Q } from './constants';

// Constants are loaded from memory, once per function: the engine would make a `v128.const` anew, out of three
// instructions, wherever it is used.

/** M for rounding shift s, as a float in each lane. */
function magic(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s);
}

/** q·2^s. */
function shiftedQ(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s, 4);
}

/** bits(M)·2^s modulo 2^32. */
function correction(s: usize): v128 {
  return v128.load32_splat(SHIFTS + 16 * s, 8);
}

/** b·w modulo q for roots w with quotients wq = fl(w/q), rounding shift s given as m, qs and c. */
function mulRoot(b: v128, w: v128, wq: v128, m: v128, qs: v128, c: v128): v128 {
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

// The four interleavings of which a 4 × 4 transposition is made.
function low32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 0, 4, 1, 5);
}
function high32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 2, 6, 3, 7);
}
function low64(a: v128, b: v128): v128 {
  return i64x2.shuffle(a, b, 0, 2);
}
function high64(a: v128, b: v128): v128 {
  return i64x2.shuffle(a, b, 1, 3);
}

/** Layers over distances 128 and 64, s = 1. */
function forwardFirst(src: usize, dst: usize): void {
  const m = magic(1);
  const q = shiftedQ(1);
  const c = correction(1);
  const w0 = v128.load32_splat(FORWARD);
  const w1 = v128.load32_splat(FORWARD, 4);
  const w2 = v128.load32_splat(FORWARD, 8);
  const w0q = v128.load32_splat(FORWARD, 12);
  const w1q = v128.load32_splat(FORWARD, 16);
  const w2q = v128.load32_splat(FORWARD, 20);
  for (const end = src + 256; src < end; src += 16) {
    const a0 = v128.load(src);
    const a1 = v128.load(src, 256);
    const t2 = mulRoot(v128.load(src, 512), w0, w0q, m, q, c);
    const t3 = mulRoot(v128.load(src, 768), w0, w0q, m, q, c);
    const b0 = i32x4.add(a0, t2);
    const b2 = i32x4.sub(a0, t2);
    const t1 = mulRoot(i32x4.add(a1, t3), w1, w1q, m, q, c);
    const u3 = mulRoot(i32x4.sub(a1, t3), w2, w2q, m, q, c);
    v128.store(dst, i32x4.add(b0, t1));
    v128.store(dst, i32x4.sub(b0, t1), 256);
    v128.store(dst, i32x4.add(b2, u3), 512);
    v128.store(dst, i32x4.sub(b2, u3), 768);
    dst += 16;
  }
}

/** Layers over distances 32 and 16, s = 4, and the reduction after them. */
function forwardSecond(poly: usize): void {
  const m = magic(4);
  const q = shiftedQ(4);
  const c = correction(4);
  const q1 = shiftedQ(0);
  const half = v128.load32_splat(HALF_BITS);
  let roots: usize = FORWARD + 32;
  for (const end = poly + 1024; poly < end; poly += 256) {
    const w0 = v128.load32_splat(roots);
    const w1 = v128.load32_splat(roots, 4);
    const w2 = v128.load32_splat(roots, 8);
    const w0q = v128.load32_splat(roots, 12);
    const w1q = v128.load32_splat(roots, 16);
    const w2q = v128.load32_splat(roots, 20);
    roots += 32;
    for (let p = poly; p < poly + 64; p += 16) {
      const a0 = v128.load(p);
      const a1 = v128.load(p, 64);
      const t2 = mulRoot(v128.load(p, 128), w0, w0q, m, q, c);
      const t3 = mulRoot(v128.load(p, 192), w0, w0q, m, q, c);
      const b0 = i32x4.add(a0, t2);
      const b2 = i32x4.sub(a0, t2);
      const t1 = mulRoot(i32x4.add(a1, t3), w1, w1q, m, q, c);
      const u3 = mulRoot(i32x4.sub(a1, t3), w2, w2q, m, q, c);
      v128.store(p, reduce(i32x4.add(b0, t1), half, q1));
      v128.store(p, reduce(i32x4.sub(b0, t1), half, q1), 64);
      v128.store(p, reduce(i32x4.add(b2, u3), half, q1), 128);
      v128.store(p, reduce(i32x4.sub(b2, u3), half, q1), 192);
    }
  }
}

/** Layers over distances 8 and 4, s = 1, and the transposition of each block of 16. */
function forwardThird(poly: usize): void {
  const m = magic(1);
  const q = shiftedQ(1);
  const c = correction(1);
  let roots: usize = FORWARD + 160;
  for (const end = poly + 1024; poly < end; poly += 64) {
    const w0 = v128.load32_splat(roots);
    const w0q = v128.load32_splat(roots, 12);
    const a0 = v128.load(poly);
    const a1 = v128.load(poly, 16);
    const a2 = mulRoot(v128.load(poly, 32), w0, w0q, m, q, c);
    const a3 = mulRoot(v128.load(poly, 48), w0, w0q, m, q, c);
    const b0 = i32x4.add(a0, a2);
    const b2 = i32x4.sub(a0, a2);
    const b1 = mulRoot(i32x4.add(a1, a3), v128.load32_splat(roots, 4), v128.load32_splat(roots, 16), m, q, c);
    const b3 = mulRoot(i32x4.sub(a1, a3), v128.load32_splat(roots, 8), v128.load32_splat(roots, 20), m, q, c);
    const c0 = i32x4.add(b0, b1);
    const c1 = i32x4.sub(b0, b1);
    const c2 = i32x4.add(b2, b3);
    const c3 = i32x4.sub(b2, b3);
    const t0 = low32(c0, c1);
    const t1 = high32(c0, c1);
    const t2 = low32(c2, c3);
    const t3 = high32(c2, c3);
    v128.store(poly, low64(t0, t2));
    v128.store(poly, high64(t0, t2), 16);
    v128.store(poly, low64(t1, t3), 32);
    v128.store(poly, high64(t1, t3), 48);
    roots += 128;
  }
}

/** Layers over distances 2 and 1 on transposed blocks, s = 4, and the last reduction. */
function forwardLast(poly: usize): void {
  const m = magic(4);
  const q = shiftedQ(4);
  const c = correction(4);
  const q1 = shiftedQ(0);
  const half = v128.load32_splat(HALF_BITS);
  let roots: usize = FORWARD + 160;
  for (const end = poly + 1024; poly < end; poly += 64) {
    const w0 = v128.load(roots, 32);
    const w0q = v128.load(roots, 48);
    const a0 = v128.load(poly);
    const a1 = v128.load(poly, 16);
    const a2 = mulRoot(v128.load(poly, 32), w0, w0q, m, q, c);
    const a3 = mulRoot(v128.load(poly, 48), w0, w0q, m, q, c);
    const b0 = i32x4.add(a0, a2);
    const b2 = i32x4.sub(a0, a2);
    const b1 = mulRoot(i32x4.add(a1, a3), v128.load(roots, 64), v128.load(roots, 80), m, q, c);
    const b3 = mulRoot(i32x4.sub(a1, a3), v128.load(roots, 96), v128.load(roots, 112), m, q, c);
    v128.store(poly, reduce(i32x4.add(b0, b1), half, q1));
    v128.store(poly, reduce(i32x4.sub(b0, b1), half, q1), 16);
    v128.store(poly, reduce(i32x4.add(b2, b3), half, q1), 32);
    v128.store(poly, reduce(i32x4.sub(b2, b3), half, q1), 48);
    roots += 128;
  }
}

/** NTT (FIPS 204, Algorithm 41): |input| ≤ 0.54q, |output| ≤ 0.54q in the transform's order. `src` may be `dst`. */
export function ntt(src: usize, dst: usize): void {
  forwardFirst(src, dst);
  forwardSecond(dst);
  forwardThird(dst);
  forwardLast(dst);
}

/** Layers over distances 1 (s = 1) and 2 (s = 2) on transposed blocks of 16, and their transposition back. */
function inverseFirst(poly: usize): void {
  const m0 = magic(1);
  const q0 = shiftedQ(1);
  const c0 = correction(1);
  const m1 = magic(2);
  const q1 = shiftedQ(2);
  const c1 = correction(2);
  let roots: usize = INVERSE;
  for (const end = poly + 1024; poly < end; poly += 64) {
    const a0 = v128.load(poly);
    const a1 = v128.load(poly, 16);
    const a2 = v128.load(poly, 32);
    const a3 = v128.load(poly, 48);
    const b0 = i32x4.add(a0, a1);
    const b1 = mulRoot(i32x4.sub(a0, a1), v128.load(roots), v128.load(roots, 16), m0, q0, c0);
    const b2 = i32x4.add(a2, a3);
    const b3 = mulRoot(i32x4.sub(a2, a3), v128.load(roots, 32), v128.load(roots, 48), m0, q0, c0);
    const w = v128.load(roots, 64);
    const wq = v128.load(roots, 80);
    const d0 = i32x4.add(b0, b2);
    const d1 = i32x4.add(b1, b3);
    const d2 = mulRoot(i32x4.sub(b0, b2), w, wq, m1, q1, c1);
    const d3 = mulRoot(i32x4.sub(b1, b3), w, wq, m1, q1, c1);
    const t0 = low32(d0, d1);
    const t1 = high32(d0, d1);
    const t2 = low32(d2, d3);
    const t3 = high32(d2, d3);
    v128.store(poly, low64(t0, t2));
    v128.store(poly, high64(t0, t2), 16);
    v128.store(poly, low64(t1, t3), 32);
    v128.store(poly, high64(t1, t3), 48);
    roots += 128;
  }
}

/** Layers over distances 4 (s = 4) and 8 (s = 5), and a reduction. */
function inverseSecond(poly: usize): void {
  const m0 = magic(4);
  const q0 = shiftedQ(4);
  const c0 = correction(4);
  const m1 = magic(5);
  const q1 = shiftedQ(5);
  const c1 = correction(5);
  const q = shiftedQ(0);
  const half = v128.load32_splat(HALF_BITS);
  let roots: usize = INVERSE;
  for (const end = poly + 1024; poly < end; poly += 64) {
    const a0 = v128.load(poly);
    const a1 = v128.load(poly, 16);
    const a2 = v128.load(poly, 32);
    const a3 = v128.load(poly, 48);
    const b0 = i32x4.add(a0, a1);
    const b1 = mulRoot(
      i32x4.sub(a0, a1),
      v128.load32_splat(roots, 96),
      v128.load32_splat(roots, 108),
      m0,
      q0,
      c0,
    );
    const b2 = i32x4.add(a2, a3);
    const b3 = mulRoot(
      i32x4.sub(a2, a3),
      v128.load32_splat(roots, 100),
      v128.load32_splat(roots, 112),
      m0,
      q0,
      c0,
    );
    const w = v128.load32_splat(roots, 104);
    const wq = v128.load32_splat(roots, 116);
    v128.store(poly, reduce(i32x4.add(b0, b2), half, q));
    v128.store(poly, reduce(i32x4.add(b1, b3), half, q), 16);
    v128.store(poly, reduce(mulRoot(i32x4.sub(b0, b2), w, wq, m1, q1, c1), half, q), 32);
    v128.store(poly, reduce(mulRoot(i32x4.sub(b1, b3), w, wq, m1, q1, c1), half, q), 48);
    roots += 128;
  }
}

/** Layers over distances 16 and 32. */
function inverseThird(poly: usize): void {
  const m0 = magic(1);
  const m1 = magic(2);
  const q0 = shiftedQ(1);
  const q1 = shiftedQ(2);
  const c0 = correction(1);
  const c1 = correction(2);
  let roots: usize = INVERSE + 2048;
  for (let block = poly; block < poly + 1024; block += 256) {
    const w0 = v128.load32_splat(roots);
    const w1 = v128.load32_splat(roots, 4);
    const w2 = v128.load32_splat(roots, 8);
    const w0q = v128.load32_splat(roots, 12);
    const w1q = v128.load32_splat(roots, 16);
    const w2q = v128.load32_splat(roots, 20);
    roots += 32;
    for (let p = block; p < block + 64; p += 16) {
      const a0 = v128.load(p);
      const a1 = v128.load(p, 64);
      const a2 = v128.load(p, 128);
      const a3 = v128.load(p, 192);
      const b0 = i32x4.add(a0, a1);
      const b1 = mulRoot(i32x4.sub(a0, a1), w0, w0q, m0, q0, c0);
      const b2 = i32x4.add(a2, a3);
      const b3 = mulRoot(i32x4.sub(a2, a3), w1, w1q, m0, q0, c0);
      v128.store(p, i32x4.add(b0, b2));
      v128.store(p, i32x4.add(b1, b3), 64);
      v128.store(p, mulRoot(i32x4.sub(b0, b2), w2, w2q, m1, q1, c1), 128);
      v128.store(p, mulRoot(i32x4.sub(b1, b3), w2, w2q, m1, q1, c1), 192);
    }
  }
}

/** Layers over distances 64 and 128 with the factor 1/256, and the last reduction. */
function inverseLast(src: usize, dst: usize): void {
  const roots: usize = INVERSE + 2048 + 128;
  const m0 = magic(4);
  const q0 = shiftedQ(4);
  const c0 = correction(4);
  const m1 = magic(5);
  const q1 = shiftedQ(5);
  const c1 = correction(5);
  const mf = magic(0);
  const qf = shiftedQ(0);
  const half = v128.load32_splat(HALF_BITS);
  const cf = correction(0);
  const w0 = v128.load32_splat(roots);
  const w1 = v128.load32_splat(roots, 4);
  const w2 = v128.load32_splat(roots, 8);
  const f = v128.load32_splat(roots, 12);
  const w0q = v128.load32_splat(roots, 16);
  const w1q = v128.load32_splat(roots, 20);
  const w2q = v128.load32_splat(roots, 24);
  const fq = v128.load32_splat(roots, 28);
  for (let p: usize = 0; p < 256; p += 16) {
    const a0 = v128.load(src + p);
    const a1 = v128.load(src + p, 256);
    const a2 = v128.load(src + p, 512);
    const a3 = v128.load(src + p, 768);
    const b0 = i32x4.add(a0, a1);
    const b1 = mulRoot(i32x4.sub(a0, a1), w0, w0q, m0, q0, c0);
    const b2 = i32x4.add(a2, a3);
    const b3 = mulRoot(i32x4.sub(a2, a3), w1, w1q, m0, q0, c0);
    v128.store(dst + p, mulRoot(i32x4.add(b0, b2), f, fq, mf, qf, cf));
    v128.store(dst + p, mulRoot(i32x4.add(b1, b3), f, fq, mf, qf, cf), 256);
    v128.store(dst + p, reduce(mulRoot(i32x4.sub(b0, b2), w2, w2q, m1, q1, c1), half, qf), 512);
    v128.store(dst + p, reduce(mulRoot(i32x4.sub(b1, b3), w2, w2q, m1, q1, c1), half, qf), 768);
  }
}

/**
 * NTT⁻¹ (FIPS 204, Algorithm 42) in place: |input| ≤ 0.94q in the transform's order, |output| ≤ 0.67q. A value
 * whose representative near zero is below 0.33q in magnitude thus comes out as that representative.
 */
export function inverseNtt(poly: usize): void {
  inverseFirst(poly);
  inverseSecond(poly);
  inverseThird(poly);
  inverseLast(poly, poly);
}

/** For tests: the 256 products of the integers at `poly` by one root, in place, with rounding shift s. */
export function mulRoots(poly: usize, w: i32, wq: f32, s: usize): void {
  for (const end = poly + 1024; poly < end; poly += 16) {
    const b = v128.load(poly);
    v128.store(poly, mulRoot(b, i32x4.splat(w), f32x4.splat(wq), magic(s), shiftedQ(s), correction(s)));
  }
}

/** A product in the transform domain, |a|, |b| ≤ 0.54q, |out| ≤ 0.94q. Single precision and bounds as above, s = 0. */
export function mulPointwise(a: usize, b: usize, out: usize): void {
  const m = magic(0);
  const q = shiftedQ(0);
  const c = correction(0);
  const inverseQ = v128.load32_splat(INVERSE_Q);
  for (let p: usize = 0; p < 1024; p += 16) {
    const y = v128.load(b + p);
    v128.store(out + p, mulRoot(v128.load(a + p), y, f32x4.mul(f32x4.convert_i32x4_s(y), inverseQ), m, q, c));
  }
}
