/**
 * Preparing secret keys, and signing (FIPS 204, Algorithm 7).
 *
 * **Secrets and time.** No branch and no index depends on s1, s2, t0, K or y, but for the rejections that the standard
 * prescribes: each is marked below. They reveal how many candidates were rejected and at which test, which is
 * independent of the key (a rejected candidate's distribution is); which coefficient failed, or its sign, stays hidden,
 * since each test covers a whole polynomial. Single precision is used on zero and normal numbers only.
 *
 * Longer than most files because the algorithm is one loop over one state; its steps are functions in their order.
 */
import { RATE256, SHAKE_SUFFIX, shake256, spongeFinish, spongeInit } from '../keccak';
import { HALF_Q_WORD, HIGH_BITS, Q_WORD } from './constants';
import { decodeEta, decodeT0, encodeZ } from './encoding';
import { muFinish } from './mu';
import { ntt } from './ntt';
import { inverseNtt } from './ntt-inverse';
import {
  BETA,
  C,
  C_HAT,
  CTILDE_BYTES,
  ETA_BYTES,
  GAMMA1,
  GAMMA2,
  K,
  L,
  MU,
  OMEGA,
  POLY,
  RHO_INPUT,
  RHO_OUT,
  SECRET_K,
  SECRET_KEY,
  SECRET_S1,
  SECRET_S2,
  SECRET_T0,
  SECRET_TR,
  SEED,
  SIG_HINT,
  SIG_Z,
  SIGNATURE,
  SK_K,
  SK_S1,
  SK_S2,
  SK_T0,
  SK_TR,
  SMALL,
  SMALL_BYTES,
  STATE,
  T0_BYTES,
  TEMP,
  TR_BYTES,
  VECTOR,
  W,
  W1_BYTES,
  W1_CODE,
  Y,
  Z,
  Z_BYTES,
} from './params';
import { mulMatrix, mulPointwise } from './pointwise';
import { canonical } from './reduction';
import { encodeHighBits, highBits4, lowBits4 } from './rounding';
import { expandA, expandMaskPair, sampleInBall, seedPair } from './sampling';
import { challengeTimesSmall, listWindows, storeSmall } from './small';
import { normBelow } from './verify';

/** Fills a secret slot from the encoded secret key at SECRET_KEY. False if s1 or s2 has an entry beyond η. */
export function prepareSecretSlot(slot: usize): bool {
  expandA(SECRET_KEY, slot);
  let signs: i32 = 0;
  for (let j: usize = 0; j < L; j++) {
    signs |= decodeEta(SECRET_KEY + SK_S1 + j * ETA_BYTES, TEMP);
    storeSmall(TEMP, slot + SECRET_S1 + j * SMALL_BYTES);
  }
  for (let i: usize = 0; i < K; i++) {
    signs |= decodeEta(SECRET_KEY + SK_S2 + i * ETA_BYTES, TEMP);
    storeSmall(TEMP, slot + SECRET_S2 + i * SMALL_BYTES);
    const t0 = slot + SECRET_T0 + i * POLY;
    decodeT0(SECRET_KEY + SK_T0 + i * T0_BYTES, t0);
    ntt(t0, t0);
  }
  memory.copy(slot + SECRET_K, SECRET_KEY + SK_K, 32);
  memory.copy(slot + SECRET_TR, SECRET_KEY + SK_TR, TR_BYTES);
  return signs >= 0;
}

/** TEMP = NTT⁻¹(ĉ·t̂0): exact near zero, since |c·t0| ≤ 60·2^12 < 0.33q. */
function challengeTimesT0(t0: usize): void {
  mulPointwise(t0, C_HAT, TEMP);
  inverseNtt(TEMP);
}

/**
 * Where y[j] of a candidate is. ExpandMask comes in pairs and a candidate has seven polynomials, so the even candidates
 * make eight: the last one is the first of the odd candidate that follows, which makes six.
 */
function yOf(j: usize, odd: usize): usize {
  return Y + ((j + 7 * odd) & 7) * POLY;
}

/** Lines 11 to 16: y, w = NTT⁻¹(Â·NTT(y)) with |w| ≤ 0.67q at W, c̃ in the signature, c. */
function commit(slot: usize, kappa: i32, odd: usize): void {
  for (let j = odd; j < L; j += 2) {
    expandMaskPair(kappa + <i32>j, yOf(j, odd), yOf(j + 1, odd));
  }
  for (let j: usize = 0; j < L; j++) ntt(yOf(j, odd), VECTOR + j * POLY);
  mulMatrix(slot, false);
  for (let i: usize = 0; i < K; i++) {
    inverseNtt(W + i * POLY);
    encodeHighBits(W + i * POLY, W1_CODE + i * W1_BYTES);
  }
  spongeInit(STATE);
  spongeFinish(STATE, RATE256, MU, 64 + K * W1_BYTES, SHAKE_SUFFIX);
  memory.copy(SIGNATURE, STATE, CTILDE_BYTES);
  sampleInBall(SIGNATURE, C);
  listWindows();
}

/** w − cs2 to W[i], canonical, for cs2 at SMALL; whether ‖LowBits‖∞ < γ2 − β. */
function subtractAndTest(w: usize): bool {
  const limit = i32x4.splat(GAMMA2 - BETA - 1);
  const q = v128.load32_splat(Q_WORD);
  const halfQ = v128.load32_splat(HALF_Q_WORD);
  const c127 = v128.load32_splat(HIGH_BITS);
  const c1025 = v128.load32_splat(HIGH_BITS, 4);
  const round = v128.load32_splat(HIGH_BITS, 8);
  const c15 = v128.load32_splat(HIGH_BITS, 12);
  const alpha = v128.load32_splat(HIGH_BITS, 16);
  let over = i32x4.splat(0);
  let cs2 = SMALL;
  for (const end = w + POLY; w < end; w += 16) {
    const cs = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(cs2)));
    // |w| ≤ 0.67q and |cs2| ≤ β.
    const r = canonical(i32x4.sub(v128.load(w), cs), q);
    v128.store(w, r);
    const r1 = highBits4(r, c127, c1025, round, c15);
    over = v128.or(over, i32x4.gt_s(i32x4.abs(lowBits4(r, r1, alpha, halfQ, q)), limit));
    cs2 += 4;
  }
  return !v128.any_true(over);
}

/** z = y + cs1 for cs1 at SMALL; whether ‖z‖∞ < γ1 − β. */
function addAndTest(y: usize, z: usize): bool {
  const limit = i32x4.splat(GAMMA1 - BETA - 1);
  let over = i32x4.splat(0);
  for (let p: usize = 0; p < POLY; p += 16) {
    const cs = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(SMALL + (p >> 2))));
    const sum = i32x4.add(v128.load(y + p), cs);
    v128.store(z + p, sum);
    over = v128.or(over, i32x4.gt_s(i32x4.abs(sum), limit));
  }
  return !v128.any_true(over);
}

/**
 * MakeHint(−ct0, w − cs2 + ct0) (Algorithm 39) for ct0 at TEMP and canonical w − cs2 at `w`: appends the indices of ones
 * to the signature's hints; returns their new number, or more than ω if they do not fit. Hints are public.
 */
function makeHints(w: usize, count: i32): i32 {
  const hint = SIGNATURE + SIG_HINT;
  const q = v128.load32_splat(Q_WORD);
  const c127 = v128.load32_splat(HIGH_BITS);
  const c1025 = v128.load32_splat(HIGH_BITS, 4);
  const round = v128.load32_splat(HIGH_BITS, 8);
  const c15 = v128.load32_splat(HIGH_BITS, 12);
  for (let p: usize = 0; p < POLY; p += 16) {
    const r = v128.load(w + p);
    // |ct0| < γ2: one q at most to add or to take away.
    const sum = canonical(i32x4.add(r, v128.load(TEMP + p)), q);
    const v = i32x4.sub(sum, v128.and(i32x4.ge_s(sum, q), q));
    const before = highBits4(r, c127, c1025, round, c15);
    let bits = i32x4.bitmask(i32x4.ne(highBits4(v, c127, c1025, round, c15), before));
    // Line 27, and an early end of the test in line 28: too many hints.
    while (bits !== 0) {
      if (count === OMEGA) return OMEGA + 1;
      store<u8>(hint + count++, <u8>((p >> 2) + <usize>ctz(bits)));
      bits &= bits - 1;
    }
  }
  return count;
}

/** Lines 18 to 30 for the candidate that `commit` left: whether it stands. The signature's z and hints are then complete. */
function respond(slot: usize, odd: usize): bool {
  // Line 23, second half; done first because it rejects most often. Allowed rejection: ‖r0‖∞ ≥ γ2 − β.
  for (let i: usize = 0; i < K; i++) {
    challengeTimesSmall(slot + SECRET_S2 + i * SMALL_BYTES);
    if (!subtractAndTest(W + i * POLY)) return false;
  }
  // Line 23, first half. Allowed rejection: ‖z‖∞ ≥ γ1 − β.
  for (let j: usize = 0; j < L; j++) {
    challengeTimesSmall(slot + SECRET_S1 + j * SMALL_BYTES);
    if (!addAndTest(yOf(j, odd), Z + j * POLY)) return false;
  }
  ntt(C, C_HAT);
  const hint = SIGNATURE + SIG_HINT;
  memory.fill(hint, 0, <usize>OMEGA + K);
  let count: i32 = 0;
  for (let i: usize = 0; i < K; i++) {
    challengeTimesT0(slot + SECRET_T0 + i * POLY);
    // Line 28. Allowed rejections: ‖ct0‖∞ ≥ γ2, more than ω hints.
    if (!normBelow(TEMP, GAMMA2)) return false;
    count = makeHints(W + i * POLY, count);
    if (count > OMEGA) return false;
    store<u8>(hint + OMEGA + i, <u8>count);
  }
  for (let j: usize = 0; j < L; j++) encodeZ(Z + j * POLY, SIGNATURE + SIG_Z + j * Z_BYTES);
  return true;
}

/**
 * Signs what the message buffer holds with a prepared secret slot and rnd at SEED, to SIGNATURE. Returns the number of
 * candidates made, or 0 if the 16-bit counter of ExpandMask ran out (after 9,000: never).
 */
export function signSlot(slot: usize, length: usize): i32 {
  muFinish(length);
  // Line 7: ρ'' = H(K ‖ rnd ‖ μ, 64).
  memory.copy(RHO_INPUT, slot + SECRET_K, 32);
  memory.copy(RHO_INPUT + 32, SEED, 32);
  memory.copy(RHO_INPUT + 64, MU, 64);
  shake256(STATE, RHO_INPUT, 128, RHO_OUT, 64);
  seedPair(RHO_OUT);
  let tries: i32 = 0;
  for (let kappa: i32 = 0; kappa < 65528; kappa += <i32>L) {
    const odd = <usize>(tries & 1);
    tries++;
    commit(slot, kappa, odd);
    if (respond(slot, odd)) return tries;
  }
  return 0;
}
