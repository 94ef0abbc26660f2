/**
 * Products of the challenge by s1 and s2, without a transform.
 *
 * c has τ = 60 coefficients ±1 and |s| ≤ η = 2, so every coefficient of c·s, and every partial sum, is at most
 * τ·η = 120 in magnitude: one byte. X^k·s is s moved up by k with what wraps around negated. A *small polynomial* is therefore
 * 768 bytes, −s, s, −s, in which X^k·s is the 256 bytes from 256 − k on and −X^k·s those from 512 − k on. c·s is a sum of 60
 * such windows, sixteen coefficients an instruction: a third of the time of a product and an inverse transform.
 *
 * Addresses depend on the challenge alone, as they do when it is sampled; the number of steps is always the same.
 */
import { C, POLY, SIGNS, SMALL, TAU } from './params';

/** Lays a polynomial with |coefficients| ≤ 127 out as a small one. */
export function storeSmall(poly: usize, small: usize): void {
  for (let i: usize = 0; i < 256; i++) {
    const s = load<i32>(poly + 4 * i);
    store<i8>(small + i, <i8>-s);
    store<i8>(small + i, <i8>s, 256);
    store<i8>(small + i, <i8>-s, 512);
  }
}

/** Lists where the windows of the challenge at C begin: τ offsets of 16 bits, those of +1 from the front. */
export function listWindows(): void {
  let plus = SIGNS;
  let minus = SIGNS + 2 * TAU;
  const zero = i32x4.splat(0);
  for (let p: usize = 0; p < POLY; p += 16) {
    const c = v128.load(C + p);
    const k = p >> 2;
    for (let bits = i32x4.bitmask(i32x4.gt_s(c, zero)); bits !== 0; bits &= bits - 1) {
      store<u16>(plus, <u16>(256 - k - <usize>ctz(bits)));
      plus += 2;
    }
    for (let bits = i32x4.bitmask(c); bits !== 0; bits &= bits - 1) {
      minus -= 2;
      store<u16>(minus, <u16>(512 - k - <usize>ctz(bits)));
    }
  }
}

/** c·s for a small polynomial s, to the 256 bytes at SMALL. */
export function challengeTimesSmall(small: usize): void {
  for (let out = SMALL; out < SMALL + 256; out += 64) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let at = SIGNS; at < SIGNS + 2 * TAU; at += 4) {
      const p = small + <usize>load<u16>(at);
      const q = small + <usize>load<u16>(at, 2);
      a0 = i8x16.add(i8x16.add(a0, v128.load(p)), v128.load(q));
      a1 = i8x16.add(i8x16.add(a1, v128.load(p, 16)), v128.load(q, 16));
      a2 = i8x16.add(i8x16.add(a2, v128.load(p, 32)), v128.load(q, 32));
      a3 = i8x16.add(i8x16.add(a3, v128.load(p, 48)), v128.load(q, 48));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    small += 64;
  }
}
