/** Key generation (FIPS 204, Algorithm 6). Time depends on the rejections of ExpandS alone, as the standard allows. */
import { shake256 } from '../keccak';
import { encodeEta, encodeT0, encodeT1 } from './encoding';
import { ntt } from './ntt';
import { inverseNtt } from './ntt-inverse';
import {
  D,
  ETA_BYTES,
  K,
  L,
  OWN_SLOT,
  POLY,
  PUBLIC_KEY,
  PUBLIC_KEY_BYTES,
  Q,
  RHO_INPUT,
  RHO_OUT,
  SECRET_KEY,
  SEED,
  SEED_BYTES,
  SK_K,
  SK_S1,
  SK_S2,
  SK_T0,
  SK_TR,
  STATE,
  T0_BYTES,
  T1_BYTES,
  TEMP,
  TEMP2,
  TR_BYTES,
  VECTOR,
  W,
  Y,
  Z,
} from './params';
import { mulMatrix } from './pointwise';
import { power2High } from './rounding';
import { expandA, expandSPair, seedPair } from './sampling';

/** Splits t = w + s2 (Power2Round, Algorithm 35): t1 to TEMP, t0 to TEMP2. */
function splitT(w: usize, s2: usize): void {
  for (let p: usize = 0; p < POLY; p += 4) {
    let t = load<i32>(w + p) + load<i32>(s2 + p);
    t += (t >> 31) & Q;
    const t1 = power2High(t);
    store<i32>(TEMP + p, t1);
    store<i32>(TEMP2 + p, t - (t1 << D));
  }
}

/** ML-DSA.KeyGen_internal of the seed ξ at SEED: encodings at PUBLIC_KEY and SECRET_KEY. Uses OWN_SLOT for Â. */
export function generateKey(): void {
  // Line 1: (ρ, ρ', K) = H(ξ ‖ k ‖ ℓ, 128).
  memory.copy(RHO_INPUT, SEED, SEED_BYTES);
  store<u8>(RHO_INPUT + 32, <u8>K);
  store<u8>(RHO_INPUT + 33, <u8>L);
  shake256(STATE, RHO_INPUT, 34, RHO_OUT, 128);
  expandA(RHO_OUT, OWN_SLOT);
  // s1 in Y, s2 in Z. The sixteenth polynomial, which ExpandS does not have, lands in W and is overwritten.
  seedPair(RHO_OUT + 32);
  for (let n: usize = 0; n < 16; n += 2) {
    const b = n + 1;
    expandSPair(
      <i32>n,
      n < L ? Y + n * POLY : Z + (n - L) * POLY,
      b < L ? Y + b * POLY : b < 15 ? Z + (b - L) * POLY : W,
    );
  }
  for (let j: usize = 0; j < L; j++) {
    encodeEta(Y + j * POLY, SECRET_KEY + SK_S1 + j * ETA_BYTES);
    ntt(Y + j * POLY, VECTOR + j * POLY);
  }
  mulMatrix(OWN_SLOT, false);
  memory.copy(PUBLIC_KEY, RHO_OUT, SEED_BYTES);
  for (let i: usize = 0; i < K; i++) {
    encodeEta(Z + i * POLY, SECRET_KEY + SK_S2 + i * ETA_BYTES);
    inverseNtt(W + i * POLY);
    splitT(W + i * POLY, Z + i * POLY);
    encodeT1(TEMP, PUBLIC_KEY + SEED_BYTES + i * T1_BYTES);
    encodeT0(TEMP2, SECRET_KEY + SK_T0 + i * T0_BYTES);
  }
  memory.copy(SECRET_KEY, RHO_OUT, SEED_BYTES);
  memory.copy(SECRET_KEY + SK_K, RHO_OUT + 96, 32);
  shake256(STATE, PUBLIC_KEY, PUBLIC_KEY_BYTES, SECRET_KEY + SK_TR, TR_BYTES);
}
