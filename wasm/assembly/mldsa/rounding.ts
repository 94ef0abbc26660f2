/**
 * Power2Round, Decompose and what follows from it (FIPS 204 §7.4, Algorithms 35 to 40), for γ2 = (q − 1)/32.
 *
 * All arithmetic is branch-free. The quotient by 2γ2 comes from the multiply-and-shift that the Dilithium
 * submission uses; a test compares every r in [0, q) with the definition.
 */
import { canonical } from './ntt';
import { D, GAMMA2, Q } from './params';

const ALPHA: i32 = 2 * GAMMA2;
const HALF_Q: i32 = (Q - 1) / 2;

/** HighBits of canonical r (Algorithm 37), four at once: ⌈r/128⌉·1025 / 2^22 rounds r/(2γ2), and 16 stands for 0. */
export function highBits4(r: v128): v128 {
  const t = i32x4.shr_s(i32x4.add(r, i32x4.splat(127)), 7);
  const r1 = i32x4.shr_s(i32x4.add(i32x4.mul(t, i32x4.splat(1025)), i32x4.splat(1 << 21)), 22);
  return v128.and(r1, i32x4.splat(15));
}

/** LowBits of canonical r with r1 = HighBits(r) (Algorithm 38), four at once. */
export function lowBits4(r: v128, r1: v128): v128 {
  const r0 = i32x4.sub(r, i32x4.mul(r1, i32x4.splat(ALPHA)));
  return i32x4.sub(r0, v128.and(i32x4.gt_s(r0, i32x4.splat(HALF_Q)), i32x4.splat(Q)));
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
  for (const end = w + 1024; w < end; w += 128) {
    const a = nibbles(w);
    const b = nibbles(w + 64);
    v128.store(code, i8x16.narrow_i16x8_u(a, b));
    code += 16;
  }
}

/** HighBits of 16 coefficients: eight bytes, one in each 16-bit lane. */
function nibbles(w: usize): v128 {
  const a = highBits4(canonical(v128.load(w)));
  const b = highBits4(canonical(v128.load(w, 16)));
  const c = highBits4(canonical(v128.load(w, 32)));
  const d = highBits4(canonical(v128.load(w, 48)));
  const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), i16x8.narrow_i32x4_u(c, d));
  // Each 16-bit lane is lo + 256·hi with both below 16.
  return v128.and(v128.or(bytes, i16x8.shr_u(bytes, 4)), i16x8.splat(255));
}
