/**
 * Preparing public keys, and verification (FIPS 204, Algorithm 8). Everything here is public, so time may vary.
 */
import {
  RATE256,
  SHAKE_SUFFIX,
  shake256,
  spongeBlockPair,
  spongeBlocks,
  spongeFinish,
  spongeInit,
  spongePad,
} from '../keccak';
import { decodeT1Negated, decodeZ, hintWellFormed } from './encoding';
import { ntt } from './ntt';
import { inverseNtt } from './ntt-inverse';
import {
  BETA,
  BLOCK_A,
  C,
  CTILDE_BYTES,
  GAMMA1,
  K,
  L,
  MESSAGE,
  MU,
  MU_STATE,
  OMEGA,
  POLY,
  PUBLIC_KEY,
  PUBLIC_KEY_BYTES,
  Q,
  SEED_BYTES,
  SIG_HINT,
  SIG_Z,
  SIGNATURE,
  SLOT_TR,
  STATE,
  STATE2,
  T1_BYTES,
  TEMP,
  TR_BYTES,
  VECTOR,
  W,
  W1_BYTES,
  W1_CODE,
  Z_BYTES,
} from './params';
import { mulMatrix } from './pointwise';
import { encodeHighBits, useHint } from './rounding';
import { expandA, placeSigns } from './sampling';

/** Fills a slot from the encoded public key at PUBLIC_KEY: Â, −NTT(t1·2^d), tr. */
export function prepareSlot(slot: usize): void {
  expandA(PUBLIC_KEY, slot);
  for (let i: usize = 0; i < K; i++) {
    decodeT1Negated(PUBLIC_KEY + SEED_BYTES + i * T1_BYTES, TEMP);
    ntt(TEMP, TEMP);
    // The eighth vector of each group: the product of the matrix subtracts ĉ·NTT(t1·2^d) on its way.
    let to = slot + i * 128 + 112;
    for (let p: usize = 0; p < POLY; p += 16) {
      v128.store(to, v128.load(TEMP + p));
      to += 1024;
    }
  }
  // The padding of the hash needs room behind the key, which the layout leaves.
  shake256(STATE, PUBLIC_KEY, PUBLIC_KEY_BYTES, slot + SLOT_TR, TR_BYTES);
}

/** Whether ‖z‖∞ < bound for the 256 coefficients at `poly`. Branch-free up to the answer. */
export function normBelow(poly: usize, bound: i32): bool {
  const limit = i32x4.splat(bound - 1);
  let over = i32x4.splat(0);
  for (const end = poly + POLY; poly < end; poly += 16) {
    over = v128.or(over, i32x4.gt_s(i32x4.abs(v128.load(poly)), limit));
  }
  return !v128.any_true(over);
}

/** Puts the hints' coefficients right in the encoded high bits (UseHint, Algorithm 40). */
function applyHints(hint: usize): void {
  let index: usize = 0;
  for (let i: usize = 0; i < K; i++) {
    const end = <usize>load<u8>(hint + OMEGA + i);
    const w = W + i * POLY;
    const code = W1_CODE + i * W1_BYTES;
    for (; index < end; index++) {
      const n = <usize>load<u8>(hint + index);
      const r = load<i32>(w + (n << 2));
      const r1 = useHint(r + ((r >> 31) & Q));
      const shift = <u8>((n & 1) << 2);
      const at = code + (n >> 1);
      store<u8>(at, (load<u8>(at) & (0xf0 >> shift)) | ((<u8>r1) << shift));
    }
  }
}

/** Compares the 64 bytes at `a` and `b`. */
function equal64(a: usize, b: usize): bool {
  let difference = v128.xor(v128.load(a), v128.load(b));
  for (let i: usize = 16; i < 64; i += 16) {
    difference = v128.or(difference, v128.xor(v128.load(a + i), v128.load(b + i)));
  }
  return !v128.any_true(difference);
}

/**
 * μ of the message that `length` bytes in the buffer complete, and the first block of SampleInBall's stream to STATE: the
 * last permutation of one and the only one of the other are done at once.
 */
function muAndBall(length: usize): void {
  const blocks = length / RATE256;
  const tail = MESSAGE + blocks * RATE256;
  spongeBlocks(MU_STATE, RATE256, MESSAGE, blocks);
  spongePad(RATE256, tail, length - blocks * RATE256, SHAKE_SUFFIX);
  memory.copy(BLOCK_A, SIGNATURE, CTILDE_BYTES);
  spongePad(RATE256, BLOCK_A, CTILDE_BYTES, SHAKE_SUFFIX);
  spongeInit(STATE);
  spongeBlockPair(STATE2, RATE256, MU_STATE, tail, STATE, BLOCK_A);
  memory.copy(MU, MU_STATE, 64);
}

/** Algorithm 8 against a prepared slot, for the signature at SIGNATURE and `length` bytes (still) in the message buffer. */
export function verifySlot(slot: usize, length: usize): bool {
  // Line 2: a malformed hint; line 13: ‖z‖∞ < γ1 − β.
  if (!hintWellFormed(SIGNATURE + SIG_HINT)) return false;
  for (let j: usize = 0; j < L; j++) {
    const z = VECTOR + j * POLY;
    if (!decodeZ(SIGNATURE + SIG_Z + j * Z_BYTES, z, GAMMA1 - BETA - 1)) return false;
    ntt(z, z);
  }
  muAndBall(length);
  placeSigns(C);
  ntt(C, VECTOR + L * POLY);
  mulMatrix(slot, true);
  for (let i: usize = 0; i < K; i++) {
    const w = W + i * POLY;
    inverseNtt(w);
    encodeHighBits(w, W1_CODE + i * W1_BYTES);
  }
  applyHints(SIGNATURE + SIG_HINT);
  // Line 12: c̃' = H(μ ‖ w1Encode(w1'), 64).
  spongeInit(STATE);
  spongeFinish(STATE, RATE256, MU, 64 + K * W1_BYTES, SHAKE_SUFFIX);
  return equal64(STATE, SIGNATURE);
}
