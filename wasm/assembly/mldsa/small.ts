/**
 * Products of the challenge by s1 and s2, without a transform.
 *
 * c has τ = 60 coefficients ±1 and |s| ≤ η = 2, so every coefficient of c·s, and every partial sum, is at most
 * τ·η = 120 in magnitude: one byte. X^k·s is s moved up by k with what wraps around negated. A *small polynomial* is therefore
 * 512 bytes, −s then s, in which X^k·s is the 256 bytes from 256 − k on, and c·s is a sum of 60 such windows, sixteen
 * coefficients an instruction: a third of the time of a product and an inverse transform.
 *
 * Addresses depend on the challenge alone, as they do when it is sampled; the number of steps is always 60.
 */
import { C, POLY, SIGNS, SMALL } from './params';

const PLUS: usize = SIGNS + 16;
const MINUS: usize = PLUS + 64;

/** Lays a polynomial with |coefficients| ≤ 127 out as a small one. */
export function storeSmall(poly: usize, small: usize): void {
  for (let i: usize = 0; i < 256; i++) {
    const s = load<i32>(poly + 4 * i);
    store<i8>(small + i, <i8>-s);
    store<i8>(small + i, <i8>s, 256);
  }
}

/** Lists the positions of +1 and −1 in the challenge at C. */
export function listSigns(): void {
  let plus = PLUS;
  let minus = MINUS;
  const zero = i32x4.splat(0);
  for (let p: usize = 0; p < POLY; p += 16) {
    const c = v128.load(C + p);
    for (let bits = i32x4.bitmask(c); bits !== 0; bits &= bits - 1) {
      store<u8>(minus++, <u8>((p >> 2) + <usize>ctz(bits)));
    }
    for (let bits = i32x4.bitmask(i32x4.gt_s(c, zero)); bits !== 0; bits &= bits - 1) {
      store<u8>(plus++, <u8>((p >> 2) + <usize>ctz(bits)));
    }
  }
  store<usize>(SIGNS, plus);
  store<usize>(SIGNS, minus, 8);
}

/** c·s for a small polynomial s, to the 256 bytes at SMALL. */
export function challengeTimesSmall(small: usize): void {
  const plusEnd = load<usize>(SIGNS);
  const minusEnd = load<usize>(SIGNS, 8);
  for (let half: usize = 0; half < 256; half += 128) {
    const window = small + 256 + half;
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    for (let at = PLUS; at < plusEnd; at++) {
      const from = window - <usize>load<u8>(at);
      a0 = i8x16.add(a0, v128.load(from));
      a1 = i8x16.add(a1, v128.load(from, 16));
      a2 = i8x16.add(a2, v128.load(from, 32));
      a3 = i8x16.add(a3, v128.load(from, 48));
      a4 = i8x16.add(a4, v128.load(from, 64));
      a5 = i8x16.add(a5, v128.load(from, 80));
      a6 = i8x16.add(a6, v128.load(from, 96));
      a7 = i8x16.add(a7, v128.load(from, 112));
    }
    for (let at = MINUS; at < minusEnd; at++) {
      const from = window - <usize>load<u8>(at);
      a0 = i8x16.sub(a0, v128.load(from));
      a1 = i8x16.sub(a1, v128.load(from, 16));
      a2 = i8x16.sub(a2, v128.load(from, 32));
      a3 = i8x16.sub(a3, v128.load(from, 48));
      a4 = i8x16.sub(a4, v128.load(from, 64));
      a5 = i8x16.sub(a5, v128.load(from, 80));
      a6 = i8x16.sub(a6, v128.load(from, 96));
      a7 = i8x16.sub(a7, v128.load(from, 112));
    }
    const out = SMALL + half;
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    v128.store(out, a4, 64);
    v128.store(out, a5, 80);
    v128.store(out, a6, 96);
    v128.store(out, a7, 112);
  }
}
