/**
 * The inverse number-theoretic transform (FIPS 204 §7.5, Algorithm 42), two layers a pass; see ntt.ts for the order of coefficients
 * and reduction.ts for bounds and rounding shifts s.
 */
import { INVERSE } from '../generated/ntt-tables';
import { HALF_BITS } from './constants';
import { correction, magic, mulRoot, reduce, shiftedQ } from './reduction';
import { high32, high64, low32, low64 } from './transpose';

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
