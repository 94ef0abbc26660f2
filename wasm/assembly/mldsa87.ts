// asc-flags: --initialMemory 5
/**
 * The ML-DSA-87 kernel (FIPS 204): what the host sees. Arguments travel through fixed places in memory, whose
 * addresses are exported; slots are addresses that the host chooses from `SLOTS` on, after growing the memory.
 * The kernel trusts its host (src/crypto/kernels/mldsa87.ts) for lengths and addresses, and for nothing else.
 */
import {
  sponge2Squeeze,
  sponge2Start,
  spongeFinish,
  spongeInit,
  spongePad,
  spongeSqueeze,
  wipeScratch,
} from './keccak';
import { decodeZ } from './mldsa/encoding';
import { generateKey } from './mldsa/keygen';
import { muBegin, muPiece } from './mldsa/mu';
import { ntt } from './mldsa/ntt';
import { inverseNtt } from './mldsa/ntt-inverse';
import * as params from './mldsa/params';
import { mulMatrix } from './mldsa/pointwise';
import { mulRoots } from './mldsa/reduction';
import { highBits, highBits88, lowBits, power2High, useHint } from './mldsa/rounding';
import { rejectUniform } from './mldsa/sampling';
import { prepareSecretSlot, signSlot } from './mldsa/sign';
import { normBelow, prepareSlot, verifySlot } from './mldsa/verify';

export const SEED = params.SEED;
export const MESSAGE = params.MESSAGE;
export const MESSAGE_BYTES = params.MESSAGE_BYTES;
export const PUBLIC_KEY = params.PUBLIC_KEY;
export const SECRET_KEY = params.SECRET_KEY;
export const SIGNATURE = params.SIGNATURE;
export const OWN_SLOT = params.OWN_SLOT;
export const OWN_SECRET = params.OWN_SECRET;
export const SLOTS = params.SLOTS;
export const SLOT_BYTES = params.SLOT_BYTES;
export const SECRET_SLOT_BYTES = params.SECRET_SLOT_BYTES;

/** Key pair of the seed at SEED, to PUBLIC_KEY and SECRET_KEY. */
export function keyGen(): void {
  generateKey();
}

/** Expands PUBLIC_KEY into a slot. */
export function prepare(slot: usize): void {
  prepareSlot(slot);
}

/** Expands SECRET_KEY into a secret slot; 0 if it is malformed. */
export function prepareSecret(slot: usize): i32 {
  return i32(prepareSecretSlot(slot));
}

/** Begins a message for a prepared public key. */
export function beginVerify(slot: usize): void {
  muBegin(slot + params.SLOT_TR);
}

/** Begins a message for a prepared secret key. */
export function beginSign(slot: usize): void {
  muBegin(slot + params.SECRET_TR);
}

/** Absorbs the full message buffer of a message that does not fit in it. */
export function absorb(): void {
  muPiece();
}

/** The verdict on SIGNATURE for the message that `length` bytes in the buffer complete. */
export function verify(slot: usize, length: usize): i32 {
  return i32(verifySlot(slot, length));
}

/** `beginVerify` and `verify` for a message that fits in the buffer. */
export function verifyWhole(slot: usize, length: usize): i32 {
  muBegin(slot + params.SLOT_TR);
  return i32(verifySlot(slot, length));
}

/** Signs the message that `length` bytes in the buffer complete, with rnd at SEED; the number of candidates. */
export function sign(slot: usize, length: usize): i32 {
  return signSlot(slot, length);
}

/** Overwrites with zeros whatever may hold secrets: seeds, states, polynomials, SECRET_KEY. Slots are left. */
export function wipe(): void {
  wipeScratch();
  memory.fill(params.STATE, 0, params.MESSAGE - params.STATE);
  memory.fill(params.SECRET_KEY, 0, params.SECRET_KEY_BYTES);
  memory.fill(params.POLYS, 0, params.POLYS_END - params.POLYS);
}

/** Overwrites a slot with zeros. */
export function clear(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}

// For tests.

export const VECTOR = params.VECTOR;
export const W = params.W;

/** NTT of the polynomial at `poly`, in place, in the transform's order. */
export function testNtt(poly: usize): void {
  ntt(poly, poly);
}

/** NTT⁻¹ of the polynomial at `poly`, in place, from the transform's order. */
export function testInverseNtt(poly: usize): void {
  inverseNtt(poly);
}

/** Products of the 256 integers at `poly` by the root `w` with quotient `wq`, in place, rounding shift `s`. */
export function testMulRoots(poly: usize, w: i32, wq: f32, s: i32): void {
  mulRoots(poly, w, wq, s);
}

/** W = the matrix in a slot times VECTOR, over eight columns. */
export function testMulMatrix(slot: usize): void {
  mulMatrix(slot, true);
}

/** Whether all 256 integers at `poly` are below `bound` in magnitude. */
export function testNorm(poly: usize, bound: i32): i32 {
  return i32(normBelow(poly, bound));
}

/** Goes on with rejection sampling of `bytes` bytes from coefficient `count`; the new count. */
export function testRejectUniform(input: usize, bytes: usize, out: usize, count: i32): i32 {
  return rejectUniform(input, bytes, out, count);
}

/** Unpacks the 640 bytes at `input` as z. */
export function testDecodeZ(input: usize, out: usize): void {
  decodeZ(input, out, 0);
}

/** A sponge over the `length` bytes at `input`, padded in place, to `outLength` bytes. */
export function testSponge(
  rate: usize,
  suffix: i32,
  input: usize,
  length: usize,
  out: usize,
  outLength: usize,
): void {
  spongeInit(params.STATE);
  spongeFinish(params.STATE, rate, input, length, <u8>suffix);
  spongeSqueeze(params.STATE, rate, out, outLength);
}

/** Two sponges at once over inputs shorter than the rate, `blocks` blocks of output each. */
export function testSponge2(
  rate: usize,
  suffix: i32,
  a: usize,
  b: usize,
  length: usize,
  out: usize,
  blocks: i32,
): void {
  spongePad(rate, a, length, <u8>suffix);
  spongePad(rate, b, length, <u8>suffix);
  sponge2Start(params.STATE2, rate, a, b);
  sponge2Squeeze(params.STATE2, rate, out, out + <usize>blocks * rate, blocks);
}

/**
 * HighBits, UseHint(1, ·), LowBits and both parts of Power2Round for r, r + 1, … (`count` of them): seven integers each at
 * `out`: t1, t0, then r1, hinted r1 and r0 for γ2 = (q − 1)/32, then r1 and r0 for γ2 = (q − 1)/88.
 */
export function testRounding(r: i32, count: i32, out: usize): void {
  for (const end = r + count; r < end; r++) {
    const t1 = power2High(r);
    store<i32>(out, t1);
    store<i32>(out, r - (t1 << params.D), 4);
    const r1 = highBits(r);
    store<i32>(out, r1, 8);
    store<i32>(out, useHint(r), 12);
    store<i32>(out, lowBits(r, r1), 16);
    const s1 = highBits88(r);
    store<i32>(out, s1, 20);
    const s0 = r - s1 * ((params.Q - 1) / 44);
    store<i32>(out, s0 - ((((params.Q - 1) / 2 - s0) >> 31) & params.Q), 24);
    out += 28;
  }
}
