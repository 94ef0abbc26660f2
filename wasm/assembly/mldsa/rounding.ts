/**
 * Power2Round, Decompose and what follows from it (FIPS 204 §7.4, Algorithms 35 to 40), for γ2 = (q − 1)/32.
 *
 * All arithmetic is branch-free. The quotient by 2γ2 comes from the multiply-and-shift that the Dilithium
 * submission uses; a test compares every r in [0, q) with the definition.
 */

import { HIGH_BITS, Q_WORD } from './constants';
import { ALPHA, D, HALF_Q, Q } from './params';
import { canonical } from './reduction';

/**
 * HighBits of canonical r (Algorithm 37), four at once: ⌈r/128⌉·1025 / 2^22 rounds r/(2γ2), and 16 stands for 0. The
 * constants 127, 1025, 2^21 and 15 are loaded from HIGH_BITS by the caller, see constants.ts.
 */
export function highBits4(r: v128, c127: v128, c1025: v128, round: v128, c15: v128): v128 {
  const t = i32x4.mul(i32x4.shr_s(i32x4.add(r, c127), 7), c1025);
  return v128.and(i32x4.shr_s(i32x4.add(t, round), 22), c15);
}

/** LowBits of canonical r with r1 = HighBits(r) (Algorithm 38), four at once, given 2γ2, (q − 1)/2 and q. */
export function lowBits4(r: v128, r1: v128, alpha: v128, halfQ: v128, q: v128): v128 {
  const r0 = i32x4.sub(r, i32x4.mul(r1, alpha));
  return i32x4.sub(r0, v128.and(i32x4.gt_s(r0, halfQ), q));
}

/** HighBits of canonical r. */
export function highBits(r: i32): i32 {
  return ((((r + 127) >> 7) * 1025 + (1 << 21)) >> 22) & 15;
}

/** LowBits of canonical r, given its high bits. */
export function lowBits(r: i32, r1: i32): i32 {
  const r0 = r - r1 * ALPHA;
  return r0 - (((HALF_Q - r0) >> 31) & Q);
}

/** UseHint(1, r) for canonical r (Algorithm 40). */
export function useHint(r: i32): i32 {
  const r1 = highBits(r);
  return lowBits(r, r1) > 0 ? (r1 + 1) & 15 : (r1 - 1) & 15;
}

/** The high part of Power2Round (Algorithm 35) of canonical r. */
export function power2High(r: i32): i32 {
  return (r + (1 << (D - 1)) - 1) >> D;
}

/** HighBits for γ2 = (q − 1)/88, the parameter of ML-DSA-44: only the field-operation test asks for it. */
export function highBits88(r: i32): i32 {
  const r1 = (((r + 127) >> 7) * 11275 + (1 << 23)) >> 24;
  return r1 ^ (((43 - r1) >> 31) & r1);
}

/**
 * w1Encode of one polynomial (Algorithm 28) with |w| < q: HighBits of its 256 coefficients, four bits each, to
 * the 128 bytes at `code`.
 */
export function encodeHighBits(w: usize, code: usize): void {
  const q = v128.load32_splat(Q_WORD);
  const c127 = v128.load32_splat(HIGH_BITS);
  const c1025 = v128.load32_splat(HIGH_BITS, 4);
  const round = v128.load32_splat(HIGH_BITS, 8);
  const c15 = v128.load32_splat(HIGH_BITS, 12);
  for (const end = w + 1024; w < end; w += 64) {
    const a = highBits4(canonical(v128.load(w), q), c127, c1025, round, c15);
    const b = highBits4(canonical(v128.load(w, 16), q), c127, c1025, round, c15);
    const c = highBits4(canonical(v128.load(w, 32), q), c127, c1025, round, c15);
    const d = highBits4(canonical(v128.load(w, 48), q), c127, c1025, round, c15);
    // Sixteen bytes below 16, in pairs lo + 256·hi; lo + 16·hi is then in the low byte of each pair.
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), i16x8.narrow_i32x4_u(c, d));
    const pairs = v128.or(bytes, i16x8.shr_u(bytes, 4));
    const code8 = i8x16.shuffle(pairs, pairs, 0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14);
    v128.store64_lane(code, code8, 0);
    code += 8;
  }
}
