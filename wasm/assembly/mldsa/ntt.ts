/**
 * The forward number-theoretic transform (FIPS 204 §7.5, Algorithm 41), two layers a pass: longer passes would keep the processor
 * waiting, as a block is one chain of dependent products. Bounds and rounding shifts s are argued in reduction.ts.
 *
 * **Order.** Layers over distances 2 and 1 work on transposed blocks of 16 coefficients, and the forward transform
 * leaves them so: coefficient 16b + 4l + r of the standard's order is at 16b + 4r + l. The inverse takes that order.
 * Everything in the transform domain is in it.
 */
import { FORWARD } from '../generated/ntt-tables';
import { HALF_BITS } from './constants';
import { correction, magic, mulRoot, reduce, shiftedQ } from './reduction';
import { high32, high64, low32, low64 } from './transpose';

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
