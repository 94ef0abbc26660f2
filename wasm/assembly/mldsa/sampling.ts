/**
 * Pseudorandom sampling (FIPS 204 §7.3, Algorithms 29 to 34). Two streams at once wherever two are needed.
 * Longer than most files because it holds the whole of that section.
 */

import { keccakF, keccakF2 } from '../generated/keccak-f1600';
import {
  RATE128,
  RATE256,
  SHAKE_SUFFIX,
  sponge2Squeeze,
  sponge2Start,
  spongeFinish,
  spongeInit,
  spongePad,
} from '../keccak';
import { HALF_Q_WORD, MASK_23, Q_WORD, UNPACK_24 } from './constants';
import { decodeZ } from './encoding';
import {
  BLOCK_A,
  BLOCK_B,
  BLOCK_C,
  GAMMA1,
  K,
  L,
  POLY,
  Q,
  STATE,
  STATE2,
  STREAM_A,
  STREAM_B,
  TAU,
  TEMP,
  TEMP2,
} from './params';

/**
 * Goes on with CoeffFromThreeBytes (Algorithm 14) on `bytes` bytes from coefficient `count`; returns the new count.
 * Reads up to 4 bytes past the input and fills `out` in order. Public data: the branches do not matter.
 */
export function rejectUniform(input: usize, bytes: usize, out: usize, count: i32): i32 {
  const end = input + bytes;
  const q = v128.load32_splat(Q_WORD);
  const mask = v128.load32_splat(MASK_23);
  const unpack = v128.load(UNPACK_24);
  while (input + 12 <= end && count <= 252) {
    const candidates = v128.and(i8x16.swizzle(v128.load(input), unpack), mask);
    const to = out + ((<usize>count) << 2);
    // All four pass in 99.6 % of the cases.
    if (i32x4.all_true(i32x4.lt_s(candidates, q))) {
      v128.store(to, candidates);
      count += 4;
    } else {
      for (let i: usize = 0; i < 12; i += 3) {
        const t = load<i32>(input + i) & 0x7fffff;
        store<i32>(out + ((<usize>count) << 2), t);
        count += i32(t < Q);
      }
    }
    input += 12;
  }
  for (; input + 3 <= end && count < 256; input += 3) {
    const t = load<i32>(input) & 0x7fffff;
    store<i32>(out + ((<usize>count) << 2), t);
    count += i32(t < Q);
  }
  return count;
}

/** Stores a sampled polynomial as entry (i, j) of a slot's matrix: centred, in the transform's order. */
function storeEntry(slot: usize, i: usize, j: usize, poly: usize): void {
  let to = slot + i * 128 + j * 16;
  const half = v128.load32_splat(HALF_Q_WORD);
  const q = v128.load32_splat(Q_WORD);
  for (const end = poly + POLY; poly < end; poly += 64) {
    let a0 = v128.load(poly);
    let a1 = v128.load(poly, 16);
    let a2 = v128.load(poly, 32);
    let a3 = v128.load(poly, 48);
    a0 = i32x4.sub(a0, v128.and(i32x4.gt_s(a0, half), q));
    a1 = i32x4.sub(a1, v128.and(i32x4.gt_s(a1, half), q));
    a2 = i32x4.sub(a2, v128.and(i32x4.gt_s(a2, half), q));
    a3 = i32x4.sub(a3, v128.and(i32x4.gt_s(a3, half), q));
    const t0 = i32x4.shuffle(a0, a1, 0, 4, 1, 5);
    const t1 = i32x4.shuffle(a0, a1, 2, 6, 3, 7);
    const t2 = i32x4.shuffle(a2, a3, 0, 4, 1, 5);
    const t3 = i32x4.shuffle(a2, a3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(t0, t2, 0, 2));
    v128.store(to, i64x2.shuffle(t0, t2, 1, 3), 1024);
    v128.store(to, i64x2.shuffle(t1, t3, 0, 2), 2048);
    v128.store(to, i64x2.shuffle(t1, t3, 1, 3), 3072);
    to += 4096;
  }
}

/** Two RejNTTPoly (Algorithm 30) of the blocks at BLOCK_A and BLOCK_B, to TEMP and TEMP2. */
function rejectPair(): void {
  sponge2Start(STATE2, RATE128, BLOCK_A, BLOCK_B);
  // Five blocks are 280 candidates, of which 256 pass but once in 10^39.
  sponge2Squeeze(STATE2, RATE128, STREAM_A, STREAM_B, 5);
  let a = rejectUniform(STREAM_A, 5 * RATE128, TEMP, 0);
  let b = rejectUniform(STREAM_B, 5 * RATE128, TEMP2, 0);
  while (a < 256 || b < 256) {
    keccakF2(STATE2);
    sponge2Squeeze(STATE2, RATE128, STREAM_A, STREAM_B, 1);
    a = rejectUniform(STREAM_A, RATE128, TEMP, a);
    b = rejectUniform(STREAM_B, RATE128, TEMP2, b);
  }
}

/** ExpandA (Algorithm 32) of the 32 bytes at `rho` into the matrix of a slot. */
export function expandA(rho: usize, slot: usize): void {
  for (let block = BLOCK_A; block <= BLOCK_B; block += BLOCK_B - BLOCK_A) {
    memory.copy(block, rho, 32);
    spongePad(RATE128, block, 34, SHAKE_SUFFIX);
  }
  for (let n: usize = 0; n < K * L; n += 2) {
    const i = n / L;
    const j = n - i * L;
    const i2 = (n + 1) / L;
    const j2 = n + 1 - i2 * L;
    store<u16>(BLOCK_A, <u16>(j | (i << 8)), 32);
    store<u16>(BLOCK_B, <u16>(j2 | (i2 << 8)), 32);
    rejectPair();
    storeEntry(slot, i, j, TEMP);
    storeEntry(slot, i2, j2, TEMP2);
  }
}

/** Sets BLOCK_A and BLOCK_B to `seed` (64 bytes), a counter that the caller fills in at 64, and padding. */
export function seedPair(seed: usize): void {
  for (let block = BLOCK_A; block <= BLOCK_B; block += BLOCK_B - BLOCK_A) {
    memory.copy(block, seed, 64);
    spongePad(RATE256, block, 66, SHAKE_SUFFIX);
  }
}

/**
 * CoeffFromHalfByte (Algorithm 15, η = 2) on 136 bytes. Each half byte is stored and then counted or not, so that time
 * depends on how many were rejected, which says nothing about those that were kept.
 */
function rejectBounded(input: usize, out: usize, count: i32): i32 {
  for (let i: usize = 0; i < RATE256; i++) {
    const byte = <i32>load<u8>(input + i);
    const low = byte & 15;
    const high = byte >> 4;
    if (count < 256) {
      store<i32>(out + ((<usize>count) << 2), 2 - (low - ((low * 205) >> 10) * 5));
      count += (low - 15) >>> 31;
    }
    if (count < 256) {
      store<i32>(out + ((<usize>count) << 2), 2 - (high - ((high * 205) >> 10) * 5));
      count += (high - 15) >>> 31;
    }
  }
  return count;
}

/** Two RejBoundedPoly (Algorithms 31 and 33) with counters n and n + 1, after `seedPair`, to `outA` and `outB`. */
export function expandSPair(n: i32, outA: usize, outB: usize): void {
  store<u16>(BLOCK_A, <u16>n, 64);
  store<u16>(BLOCK_B, <u16>(n + 1), 64);
  sponge2Start(STATE2, RATE256, BLOCK_A, BLOCK_B);
  let a = 0;
  let b = 0;
  for (;;) {
    sponge2Squeeze(STATE2, RATE256, STREAM_A, STREAM_B, 1);
    a = rejectBounded(STREAM_A, outA, a);
    b = rejectBounded(STREAM_B, outB, b);
    if (a === 256 && b === 256) return;
    keccakF2(STATE2);
  }
}

/** Two polynomials of ExpandMask (Algorithm 34) with counters n and n + 1, after `seedPair`. */
export function expandMaskPair(n: i32, outA: usize, outB: usize): void {
  store<u16>(BLOCK_A, <u16>n, 64);
  store<u16>(BLOCK_B, <u16>(n + 1), 64);
  sponge2Start(STATE2, RATE256, BLOCK_A, BLOCK_B);
  sponge2Squeeze(STATE2, RATE256, STREAM_A, STREAM_B, 5);
  decodeZ(STREAM_A, outA, GAMMA1);
  decodeZ(STREAM_B, outB, GAMMA1);
}

/**
 * SampleInBall (Algorithm 29) of the 64 bytes at `seed`. Branches and indices follow the challenge. In signing they do
 * for rejected candidates as well, which is what the standard's own description does: the challenge is a hash, and a
 * rejected one is independent of the key.
 */
export function sampleInBall(seed: usize, out: usize): void {
  memory.copy(BLOCK_C, seed, 64);
  spongeInit(STATE);
  spongeFinish(STATE, RATE256, BLOCK_C, 64, SHAKE_SUFFIX);
  placeSigns(out);
}

/** The rest of SampleInBall, with the first block of its stream in STATE. */
export function placeSigns(out: usize): void {
  memory.fill(out, 0, POLY);
  let signs = load<u64>(STATE);
  let at: usize = 8;
  for (let i: i32 = 256 - <i32>TAU; i < 256; i++) {
    let j: i32;
    do {
      if (at === RATE256) {
        keccakF(STATE);
        at = 0;
      }
      j = <i32>load<u8>(STATE + at++);
    } while (j > i);
    store<i32>(out + ((<usize>i) << 2), load<i32>(out + ((<usize>j) << 2)));
    store<i32>(out + ((<usize>j) << 2), 1 - ((<i32>(signs & 1)) << 1));
    signs >>= 1;
  }
}
