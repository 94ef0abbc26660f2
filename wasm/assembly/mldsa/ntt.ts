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
 * | forward, s = 0, 1, 2, 3 | 0.52, 16.5 | 0.52 | 0.52, 16.5 | 0.52 |
 * | inverse, s = 1, 2, 4, 5 | 0.92, 39 | 0.54 | 0.54, 38 | 0.67 |
 *
 * **Time does not depend on data**: no branch, no index, and single-precision operations only on zero and on
 * numbers of magnitude at least 1/q, never on subnormal ones.
 *
 * **Order.** Layers over distances 2 and 1 work on transposed blocks of 16 coefficients, and the forward transform
 * leaves them so: coefficient 16b + 4l + r of the standard's order is at 16b + 4r + l. The inverse takes that order.
 * Everything in the transform domain is in it; `transposeBlocks` brings what was sampled there (Â).
 */
import { FORWARD, INVERSE } from '../generated/ntt-tables';
import { Q } from './params';

/** Bits of M = 1.5·2^(23+s), for s = 0. */
const MAGIC: i32 = 0x4b400000;

/** M for rounding shift s, as a float in each lane. */
function magic(s: i32): v128 {
  return i32x4.splat(MAGIC + (s << 23));
}

/** bits(M)·2^s modulo 2^32. */
function correction(s: i32): v128 {
  return i32x4.splat((MAGIC + (s << 23)) << s);
}

/** b·w modulo q for roots w with quotients wq = fl(w/q), rounding shift s given as m, qs and c. */
function mulRoot(b: v128, w: v128, wq: v128, m: v128, qs: v128, c: v128): v128 {
  const y = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(b), wq), m);
  return i32x4.add(i32x4.sub(i32x4.mul(b, w), i32x4.mul(y, qs)), c);
}

/**
 * a modulo q, near zero: with k = ⌊(a + 2^22) / 2^23⌋, a − k·2^23 lies in [−2^22, 2^22), and a − k·q is that plus
 * k·(2^13 − 1). For |a| ≤ 40q the result is at most 0.54q.
 */
export function reduce(a: v128): v128 {
  const k = i32x4.shr_s(i32x4.add(a, i32x4.splat(1 << 22)), 23);
  return i32x4.sub(a, i32x4.mul(k, i32x4.splat(Q)));
}

/** a plus q where a is negative: for |a| < q, the representative in [0, q). */
export function canonical(a: v128): v128 {
  return i32x4.add(a, v128.and(i32x4.shr_s(a, 31), i32x4.splat(Q)));
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

/** Brings a polynomial from the standard's order to the transform's, or back, centring canonical coefficients. */
export function transposeBlocks(poly: usize): void {
  for (let b: usize = 0; b < 1024; b += 64) {
    const p = poly + b;
    const a0 = v128.load(p);
    const a1 = v128.load(p, 16);
    const a2 = v128.load(p, 32);
    const a3 = v128.load(p, 48);
    const t0 = low32(a0, a1);
    const t1 = high32(a0, a1);
    const t2 = low32(a2, a3);
    const t3 = high32(a2, a3);
    v128.store(p, low64(t0, t2));
    v128.store(p, high64(t0, t2), 16);
    v128.store(p, low64(t1, t3), 32);
    v128.store(p, high64(t1, t3), 48);
  }
}

/**
 * Two layers of the forward transform on 16 quadruples of vectors: blocks of `4·stride` bytes, one record of roots
 * each, or a single block with one record.
 */
function forwardPass(src: usize, dst: usize, roots: usize, stride: usize, s: i32): void {
  const m0 = magic(s);
  const m1 = magic(s + 1);
  const q0 = i32x4.splat(Q << s);
  const q1 = i32x4.splat(Q << (s + 1));
  const c0 = correction(s);
  const c1 = correction(s + 1);
  for (let block: usize = 0; block < 1024; block += 4 * stride) {
    const w0 = v128.load32_splat(roots);
    const w1 = v128.load32_splat(roots, 4);
    const w2 = v128.load32_splat(roots, 8);
    const w0q = v128.load32_splat(roots, 12);
    const w1q = v128.load32_splat(roots, 16);
    const w2q = v128.load32_splat(roots, 20);
    roots += 32;
    for (let p: usize = block; p < block + stride; p += 16) {
      const a0 = v128.load(src + p);
      const a1 = v128.load(src + p + stride);
      const t2 = mulRoot(v128.load(src + p + 2 * stride), w0, w0q, m0, q0, c0);
      const t3 = mulRoot(v128.load(src + p + 3 * stride), w0, w0q, m0, q0, c0);
      const b0 = i32x4.add(a0, t2);
      const b2 = i32x4.sub(a0, t2);
      const t1 = mulRoot(i32x4.add(a1, t3), w1, w1q, m1, q1, c1);
      const u3 = mulRoot(i32x4.sub(a1, t3), w2, w2q, m1, q1, c1);
      let r0 = i32x4.add(b0, t1);
      let r1 = i32x4.sub(b0, t1);
      let r2 = i32x4.add(b2, u3);
      let r3 = i32x4.sub(b2, u3);
      if (s === 2) {
        r0 = reduce(r0);
        r1 = reduce(r1);
        r2 = reduce(r2);
        r3 = reduce(r3);
      }
      v128.store(dst + p, r0);
      v128.store(dst + p + stride, r1);
      v128.store(dst + p + 2 * stride, r2);
      v128.store(dst + p + 3 * stride, r3);
    }
  }
}

/** Layers over distances 128 and 64. */
function forwardFirst(src: usize, dst: usize): void {
  forwardPass(src, dst, FORWARD, 256, 0);
}

/** Layers over distances 32 and 16, and the reduction after them. */
function forwardSecond(dst: usize): void {
  forwardPass(dst, dst, FORWARD + 32, 64, 2);
}

/** Layers over distances 8, 4, 2 and 1, each block of 16 coefficients in registers, and the last reduction. */
function forwardLast(poly: usize): void {
  const m0 = magic(0);
  const m1 = magic(1);
  const m2 = magic(2);
  const m3 = magic(3);
  const q0 = i32x4.splat(Q);
  const q1 = i32x4.splat(Q << 1);
  const q2 = i32x4.splat(Q << 2);
  const q3 = i32x4.splat(Q << 3);
  const c0 = correction(0);
  const c1 = correction(1);
  const c2 = correction(2);
  const c3 = correction(3);
  let roots: usize = FORWARD + 160;
  for (let p = poly; p < poly + 1024; p += 64) {
    let w = v128.load32_splat(roots);
    let wq = v128.load32_splat(roots, 12);
    let a0 = v128.load(p);
    let a1 = v128.load(p, 16);
    let a2 = mulRoot(v128.load(p, 32), w, wq, m0, q0, c0);
    let a3 = mulRoot(v128.load(p, 48), w, wq, m0, q0, c0);
    let b0 = i32x4.add(a0, a2);
    let b2 = i32x4.sub(a0, a2);
    let b1 = mulRoot(
      i32x4.add(a1, a3),
      v128.load32_splat(roots, 4),
      v128.load32_splat(roots, 16),
      m1,
      q1,
      c1,
    );
    let b3 = mulRoot(
      i32x4.sub(a1, a3),
      v128.load32_splat(roots, 8),
      v128.load32_splat(roots, 20),
      m1,
      q1,
      c1,
    );
    a0 = i32x4.add(b0, b1);
    a1 = i32x4.sub(b0, b1);
    a2 = i32x4.add(b2, b3);
    a3 = i32x4.sub(b2, b3);
    const t0 = low32(a0, a1);
    const t1 = high32(a0, a1);
    const t2 = low32(a2, a3);
    const t3 = high32(a2, a3);
    a0 = low64(t0, t2);
    a1 = high64(t0, t2);
    w = v128.load(roots, 32);
    wq = v128.load(roots, 48);
    a2 = mulRoot(low64(t1, t3), w, wq, m2, q2, c2);
    a3 = mulRoot(high64(t1, t3), w, wq, m2, q2, c2);
    b0 = i32x4.add(a0, a2);
    b2 = i32x4.sub(a0, a2);
    b1 = mulRoot(i32x4.add(a1, a3), v128.load(roots, 64), v128.load(roots, 80), m3, q3, c3);
    b3 = mulRoot(i32x4.sub(a1, a3), v128.load(roots, 96), v128.load(roots, 112), m3, q3, c3);
    v128.store(p, reduce(i32x4.add(b0, b1)));
    v128.store(p, reduce(i32x4.sub(b0, b1)), 16);
    v128.store(p, reduce(i32x4.add(b2, b3)), 32);
    v128.store(p, reduce(i32x4.sub(b2, b3)), 48);
    roots += 128;
  }
}

/** NTT (FIPS 204, Algorithm 41): |input| ≤ 0.52q, |output| ≤ 0.52q in the transform's order. `src` may be `dst`. */
export function ntt(src: usize, dst: usize): void {
  forwardFirst(src, dst);
  forwardSecond(dst);
  forwardLast(dst);
}

/** Layers over distances 1, 2, 4 and 8, each block of 16 coefficients in registers, and a reduction. */
function inverseFirst(poly: usize): void {
  const m0 = magic(1);
  const m1 = magic(2);
  const m2 = magic(4);
  const m3 = magic(5);
  const q0 = i32x4.splat(Q << 1);
  const q1 = i32x4.splat(Q << 2);
  const q2 = i32x4.splat(Q << 4);
  const q3 = i32x4.splat(Q << 5);
  const c0 = correction(1);
  const c1 = correction(2);
  const c2 = correction(4);
  const c3 = correction(5);
  let roots: usize = INVERSE;
  for (let p = poly; p < poly + 1024; p += 64) {
    let a0 = v128.load(p);
    let a1 = v128.load(p, 16);
    let a2 = v128.load(p, 32);
    let a3 = v128.load(p, 48);
    let b0 = i32x4.add(a0, a1);
    let b1 = mulRoot(i32x4.sub(a0, a1), v128.load(roots), v128.load(roots, 16), m0, q0, c0);
    let b2 = i32x4.add(a2, a3);
    let b3 = mulRoot(i32x4.sub(a2, a3), v128.load(roots, 32), v128.load(roots, 48), m0, q0, c0);
    let w = v128.load(roots, 64);
    let wq = v128.load(roots, 80);
    a0 = i32x4.add(b0, b2);
    a1 = i32x4.add(b1, b3);
    a2 = mulRoot(i32x4.sub(b0, b2), w, wq, m1, q1, c1);
    a3 = mulRoot(i32x4.sub(b1, b3), w, wq, m1, q1, c1);
    const t0 = low32(a0, a1);
    const t1 = high32(a0, a1);
    const t2 = low32(a2, a3);
    const t3 = high32(a2, a3);
    a0 = low64(t0, t2);
    a1 = high64(t0, t2);
    a2 = low64(t1, t3);
    a3 = high64(t1, t3);
    b0 = i32x4.add(a0, a1);
    b1 = mulRoot(i32x4.sub(a0, a1), v128.load32_splat(roots, 96), v128.load32_splat(roots, 108), m2, q2, c2);
    b2 = i32x4.add(a2, a3);
    b3 = mulRoot(i32x4.sub(a2, a3), v128.load32_splat(roots, 100), v128.load32_splat(roots, 112), m2, q2, c2);
    w = v128.load32_splat(roots, 104);
    wq = v128.load32_splat(roots, 116);
    v128.store(p, reduce(i32x4.add(b0, b2)));
    v128.store(p, reduce(i32x4.add(b1, b3)), 16);
    v128.store(p, reduce(mulRoot(i32x4.sub(b0, b2), w, wq, m3, q3, c3)), 32);
    v128.store(p, reduce(mulRoot(i32x4.sub(b1, b3), w, wq, m3, q3, c3)), 48);
    roots += 128;
  }
}

/** Layers over distances 16 and 32. */
function inverseSecond(poly: usize): void {
  const m0 = magic(1);
  const m1 = magic(2);
  const q0 = i32x4.splat(Q << 1);
  const q1 = i32x4.splat(Q << 2);
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
  const q0 = i32x4.splat(Q << 4);
  const c0 = correction(4);
  const m1 = magic(5);
  const q1 = i32x4.splat(Q << 5);
  const c1 = correction(5);
  const mf = magic(0);
  const qf = i32x4.splat(Q);
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
    v128.store(dst + p, reduce(mulRoot(i32x4.sub(b0, b2), w2, w2q, m1, q1, c1)), 512);
    v128.store(dst + p, reduce(mulRoot(i32x4.sub(b1, b3), w2, w2q, m1, q1, c1)), 768);
  }
}

/**
 * NTT⁻¹ (FIPS 204, Algorithm 42) in place: |input| ≤ 0.92q in the transform's order, |output| ≤ 0.67q. A value
 * whose representative near zero is below 0.33q in magnitude thus comes out as that representative.
 */
export function inverseNtt(poly: usize): void {
  inverseFirst(poly);
  inverseSecond(poly);
  inverseLast(poly, poly);
}

/** For tests: the 256 products of the integers at `poly` by one root, in place, with rounding shift s. */
export function mulRoots(poly: usize, w: i32, wq: f32, s: i32): void {
  for (const end = poly + 1024; poly < end; poly += 16) {
    const b = v128.load(poly);
    const qs = i32x4.splat(Q << s);
    v128.store(poly, mulRoot(b, i32x4.splat(w), f32x4.splat(wq), magic(s), qs, correction(s)));
  }
}

/** A product in the transform domain, |a|, |b| ≤ 0.52q, |out| ≤ 0.91q. Single precision and bounds as above, s = 0. */
export function mulPointwise(a: usize, b: usize, out: usize): void {
  const m = magic(0);
  const q = i32x4.splat(Q);
  const c = correction(0);
  const inverseQ = f32x4.splat(<f32>(1.0 / 8380417.0));
  for (let p: usize = 0; p < 1024; p += 16) {
    const y = v128.load(b + p);
    v128.store(out + p, mulRoot(v128.load(a + p), y, f32x4.mul(f32x4.convert_i32x4_s(y), inverseQ), m, q, c));
  }
}
