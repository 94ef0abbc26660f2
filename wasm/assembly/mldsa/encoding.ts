/**
 * Encodings (FIPS 204 §7.1 and §7.2, Algorithms 16 to 28) of polynomials in order of coefficients.
 */
import { ALIGN_20, GAMMA1_WORD, UNPACK_20 } from './constants';
import { GAMMA1, K, OMEGA, POLY, Q } from './params';

/**
 * BitUnpack(·, γ1 − 1, γ1) (Algorithm 19): 640 bytes of 20 bits to z = γ1 − v. Reads 6 bytes past the input. Returns
 * whether ‖z‖∞ ≤ `limit`.
 */
export function decodeZ(input: usize, out: usize, limit: i32): bool {
  const gamma1 = v128.load32_splat(GAMMA1_WORD);
  const unpack = v128.load(UNPACK_20);
  const align = v128.load(ALIGN_20);
  const limits = i32x4.splat(limit);
  let over = i32x4.splat(0);
  for (const end = out + POLY; out < end; out += 32) {
    const a = i32x4.mul(i8x16.swizzle(v128.load(input), unpack), align);
    const b = i32x4.mul(i8x16.swizzle(v128.load(input, 10), unpack), align);
    const z0 = i32x4.sub(gamma1, i32x4.shr_u(a, 12));
    const z1 = i32x4.sub(gamma1, i32x4.shr_u(b, 12));
    v128.store(out, z0);
    v128.store(out, z1, 16);
    over = v128.or(over, i32x4.gt_s(i32x4.max_s(i32x4.abs(z0), i32x4.abs(z1)), limits));
    input += 20;
  }
  return !v128.any_true(over);
}

/** BitPack(·, γ1 − 1, γ1) (Algorithm 17): 256 coefficients to 640 bytes. */
export function encodeZ(input: usize, out: usize): void {
  for (const end = input + POLY; input < end; input += 16) {
    const v0 = <u64>(GAMMA1 - load<i32>(input));
    const v1 = <u64>(GAMMA1 - load<i32>(input, 4));
    const v2 = <u64>(GAMMA1 - load<i32>(input, 8));
    const v3 = <u64>(GAMMA1 - load<i32>(input, 12));
    store<u64>(out, v0 | (v1 << 20) | (v2 << 40) | (v3 << 60));
    store<u16>(out, <u16>(v3 >> 4), 8);
    out += 10;
  }
}

/** −t1·2^13 modulo q, near zero. */
function negatedT1(v: u64): i32 {
  const t = -((<i32>(v & 1023)) << 13);
  return t + (((t + (Q - 1) / 2) >> 31) & Q);
}

/** SimpleBitUnpack(·, 2^10 − 1) (Algorithm 18) of t1, then −t1·2^13 modulo q. */
export function decodeT1Negated(input: usize, out: usize): void {
  for (const end = out + POLY; out < end; out += 16) {
    const v = <u64>load<u32>(input) | ((<u64>load<u8>(input, 4)) << 32);
    store<i32>(out, negatedT1(v));
    store<i32>(out, negatedT1(v >> 10), 4);
    store<i32>(out, negatedT1(v >> 20), 8);
    store<i32>(out, negatedT1(v >> 30), 12);
    input += 5;
  }
}

/** SimpleBitPack(·, 2^10 − 1) (Algorithm 16) of t1. */
export function encodeT1(input: usize, out: usize): void {
  for (const end = input + POLY; input < end; input += 16) {
    const low = load<u32>(input) | (load<u32>(input, 4) << 10) | (load<u32>(input, 8) << 20);
    const last = load<u32>(input, 12);
    store<u32>(out, low | (last << 30));
    store<u8>(out, <u8>(last >> 2), 4);
    out += 5;
  }
}

/**
 * BitUnpack(·, η, η), η = 2 (Algorithm 19): 96 bytes of 3 bits to η − v. Returns the or of `2η − v`: negative if any
 * v exceeds 2η, which no encoder produces (Algorithm 25 asks for a trusted input).
 */
export function decodeEta(input: usize, out: usize): i32 {
  let signs: i32 = 0;
  for (const end = out + POLY; out < end; out += 32) {
    const v = <i32>load<u16>(input) | ((<i32>load<u8>(input, 2)) << 16);
    for (let i = 0; i < 8; i++) {
      const c = (v >> (3 * i)) & 7;
      signs |= 4 - c;
      store<i32>(out + ((<usize>i) << 2), 2 - c);
    }
    input += 3;
  }
  return signs;
}

/** BitPack(·, η, η), η = 2 (Algorithm 17). */
export function encodeEta(input: usize, out: usize): void {
  for (const end = input + POLY; input < end; input += 32) {
    let v: i32 = 0;
    for (let i = 0; i < 8; i++) v |= (2 - load<i32>(input + ((<usize>i) << 2))) << (3 * i);
    store<u16>(out, <u16>v);
    store<u8>(out, <u8>(v >> 16), 2);
    out += 3;
  }
}

/** BitUnpack(·, 2^12 − 1, 2^12) (Algorithm 19) of t0: 13 bits each. */
export function decodeT0(input: usize, out: usize): void {
  for (const end = out + POLY; out < end; out += 32) {
    const low = load<u64>(input);
    const high = <u64>load<u32>(input, 8) | ((<u64>load<u8>(input, 12)) << 32);
    for (let i: u64 = 0; i < 4; i++) store<i32>(out + <usize>(4 * i), 4096 - <i32>((low >> (13 * i)) & 8191));
    store<i32>(out, 4096 - <i32>(((low >> 52) | (high << 12)) & 8191), 16);
    for (let i: u64 = 0; i < 3; i++) {
      store<i32>(out + <usize>(4 * i), 4096 - <i32>((high >> (13 * i + 1)) & 8191), 20);
    }
    input += 13;
  }
}

/** BitPack(·, 2^12 − 1, 2^12) (Algorithm 17) of t0. */
export function encodeT0(input: usize, out: usize): void {
  for (const end = input + POLY; input < end; input += 32) {
    let low: u64 = 0;
    for (let i: u64 = 0; i < 5; i++) low |= (<u64>(4096 - load<i32>(input + <usize>(4 * i)))) << (13 * i);
    let high: u64 = <u64>(4096 - load<i32>(input, 16)) >> 12;
    for (let i: u64 = 0; i < 3; i++)
      high |= (<u64>(4096 - load<i32>(input + <usize>(4 * i), 20))) << (13 * i + 1);
    store<u64>(out, low);
    store<u32>(out, <u32>high, 8);
    store<u8>(out, <u8>(high >> 32), 12);
    out += 13;
  }
}

/** Whether the 83 bytes at `hint` are what HintBitPack makes of some hint (Algorithm 21, lines 4 to 18). */
export function hintWellFormed(hint: usize): bool {
  let index: i32 = 0;
  for (let i: usize = 0; i < K; i++) {
    const end = <i32>load<u8>(hint + <usize>OMEGA + i);
    if (end < index || end > OMEGA) return false;
    for (let k = index + 1; k < end; k++) {
      if (load<u8>(hint + k - 1) >= load<u8>(hint + k)) return false;
    }
    index = end;
  }
  for (; index < OMEGA; index++) {
    if (load<u8>(hint + index) !== 0) return false;
  }
  return true;
}
