// Ed25519 verification under ZIP 215 (https://zips.z.cash/zip-0215): a signature (R, S) of M under A holds if
//   S < L,  A and R are encodings of points (canonical or not),  and  [8][S]B = [8]R + [8][k]A
// with k = SHA-512(R || A || M) over the bytes as given. Everything that is read here is public, so time and memory
// access depend on it freely. Nothing here may ever be handed a secret.
//
// Why every path gives the same verdict. Each decides whether D = [S]B - [k]A - R has small order (8D = 0), and
// scalars may be reduced modulo L because 8 [L] P = 0 for every point P of the curve:
// - under a prepared key, combs give Q = [S]B - [k]A. If Q encodes to the very bytes of R, then D = 0. Otherwise R is
//   decoded and 8D is compared with 0, so the first test is a short cut and never a verdict of false;
// - without, -[t]D is computed for some 0 < t < L that makes t and t k modulo L short. 8D lies in the group of prime
//   order L, so 8 [t] D = 0 exactly if 8D = 0;
// - a batch computes the sum of [z_i] D_i, which is bilinear whatever the grouping by keys. All D_i of small order
//   gives true. If some 8 D_i is not 0, it lies in the group of prime order L, and for z_i drawn uniformly from
//   128 bits and unknown to whoever made the signatures the sum vanishes for at most one value of z_i: 2^-128;
// - a batch that fails is split; a batch of one is true exactly if 8 [z] D = 0, that is, since 0 < z < L, 8D = 0.
// asc-flags: --initialMemory 8
import { laneToWords, mul as mulQuads, QUAD, sqr as sqrQuad } from './ed25519/field';
import { invert } from './ed25519/inverse';
import {
  A_ENTRIES,
  A_WIDTH,
  arena,
  BASE_COUNT,
  BASE_WIDTH,
  baseComb,
  combOf,
  GR_TABLE,
  groups,
  IN_KEY,
  IN_R,
  IN_S,
  IN_SLOT,
  INPUT_SIZE,
  IT_K,
  IT_S,
  IT_TABLE,
  IT_Z,
  ITEM_SIZE,
  inputs,
  items,
  KEY_COUNT,
  KEY_WIDTH,
  layOut,
  R_ENTRIES,
  R_WIDTH,
  slotCount,
  verdicts,
} from './ed25519/layout';
import {
  addComb,
  basePoint,
  buildComb,
  buildOdd,
  decodeFour,
  encodesTo,
  initPoints,
  isSmallOrder,
  MINUS,
  pointAdd,
  pointNegate,
  setNeutral,
  toCached,
} from './ed25519/point';
import { fromCanonical, fromHash, halve, mulAdd } from './ed25519/scalar';
import { sha512End, sha512Start, sha512Update } from './ed25519/sha512';
import { addTerms, clearTerms, sumTerms } from './ed25519/straus';

export { verifyBatch } from './ed25519/batch';

const HASH: usize = memory.data(64, 16);
const SUM: usize = memory.data(160, 16);
const POINT: usize = memory.data(160, 16);
const CACHED: usize = memory.data(160, 16);
const ZERO: usize = memory.data(80, 16);
const POINTERS: usize = memory.data(32, 16);

/** Makes room for `count` prepared keys and builds the comb of B. Returns false if memory does not suffice. */
export function init(count: i32): bool {
  if (!layOut(count)) return false;
  initPoints();
  basePoint(POINT);
  buildComb(baseComb, POINT, BASE_WIDTH, BASE_COUNT);
  return true;
}

/** Where input records go (MAX_BATCH of INPUT_SIZE bytes). */
export function inputPointer(): usize {
  return inputs;
}

/** Where message bytes go (ARENA bytes). */
export function arenaPointer(): usize {
  return arena;
}

/** Where `verifyBatch` leaves its verdicts, one byte each. */
export function verdictPointer(): usize {
  return verdicts;
}

/** Starts k of item `index`: R || A of its record, then `length` message bytes from the arena. */
export function hashStart(index: i32, length: usize): void {
  const input = inputs + INPUT_SIZE * <usize>index;
  sha512Start();
  sha512Update(input + IN_R, 32);
  sha512Update(input + IN_KEY, 32);
  sha512Update(arena, length);
}

/** Goes on with `length` message bytes from the arena. */
export function hashMore(length: usize): void {
  sha512Update(arena, length);
}

/** Ends k of item `index`. */
export function hashEnd(index: i32): void {
  sha512End(HASH);
  fromHash(items + ITEM_SIZE * <usize>index + IT_K, HASH);
}

/** Decodes one point; false if the bytes are not a point's. */
function decodeOne(point: usize, bytes: usize): bool {
  for (let i: usize = 0; i < 16; i += 4) {
    store<usize>(POINTERS + i, point);
    store<usize>(POINTERS + 16 + i, bytes);
  }
  return decodeFour(POINTERS, POINTERS + 16) !== 0;
}

/** Fills a slot with the comb of -A for the key of record 0; false if the key is not a point's encoding. */
export function prepare(slot: i32): bool {
  if (<u32>slot >= <u32>slotCount) return false;
  if (!decodeOne(POINT, inputs + IN_KEY)) return false;
  pointNegate(POINT);
  buildComb(combOf(slot), POINT, KEY_WIDTH, KEY_COUNT);
  return true;
}

/** Whether SUM, which is [S]B - [k]A, and the R of a record differ by a point of small order. */
function matches(r: usize): bool {
  if (encodesTo(SUM, r)) return true;
  if (!decodeOne(POINT, r)) return false;
  toCached(CACHED, POINT);
  pointAdd(SUM, CACHED, MINUS);
  return isSmallOrder(SUM);
}

/** Judges record 0, whose hash has been taken, with its slot's comb or else with its key's bytes. */
export function verifyOne(): bool {
  if (!fromCanonical(items + IT_S, inputs + IN_S)) return false;
  const slot = load<i32>(inputs + IN_SLOT);
  if (<u32>slot >= <u32>slotCount) return verifyUnprepared();
  setNeutral(SUM);
  addComb(SUM, combOf(slot), items + IT_K, KEY_WIDTH, KEY_COUNT, true);
  addComb(SUM, baseComb, items + IT_S, BASE_WIDTH, BASE_COUNT, true);
  return matches(inputs + IN_R);
}

/** [t]R + [t k]A - [t S]B with t and t k half as long as k: half the doublings, and A and R decode side by side. */
function verifyUnprepared(): bool {
  for (let i: usize = 0; i < 16; i += 4) {
    const isR = (i & 4) !== 0;
    store<usize>(POINTERS + i, isR ? POINT : CACHED);
    store<usize>(POINTERS + 16 + i, inputs + (isR ? IN_R : IN_KEY));
  }
  if (decodeFour(POINTERS, POINTERS + 16) !== 15) return false;
  if (halve(items + IT_K, items + IT_Z, items + IT_K)) pointNegate(CACHED);
  buildOdd(groups + GR_TABLE, CACHED, A_ENTRIES);
  buildOdd(items + IT_TABLE, POINT, R_ENTRIES);
  clearTerms();
  addTerms(items + IT_K, groups + GR_TABLE, A_WIDTH);
  addTerms(items + IT_Z, items + IT_TABLE, R_WIDTH);
  sumTerms(SUM);
  mulAdd(items + IT_S, ZERO, items + IT_Z, items + IT_S);
  addComb(SUM, baseComb, items + IT_S, BASE_WIDTH, BASE_COUNT, false);
  return isSmallOrder(SUM);
}

// For tests of the field and scalar arithmetic: the input records are free for operands outside of a verification.

/** Quad at input + 0 times quad at input + 160, to input + 320. */
export function testMul(): void {
  mulQuads(inputs + 320, inputs, inputs + QUAD);
}

/** Square of the quad at input + 0, to input + 320. */
export function testSqr(): void {
  sqrQuad(inputs + 320, inputs);
}

/** The least residues of the lanes of the quad at input + 0, 32 bytes each, to input + 320. */
export function testWords(): void {
  for (let lane = 0; lane < 4; lane++) laneToWords(inputs + 320 + 32 * <usize>lane, inputs, lane);
}

/** Inverse of the 32 bytes at input + 0, in place. */
export function testInvert(): void {
  invert(inputs);
}

/** Halves the scalar that `testReduce` left: c and t to input + 400 and + 480; whether c = -t k. */
export function testHalve(): bool {
  return halve(inputs + 400, inputs + 480, inputs + 320);
}

/** The 64 bytes at input + 0 modulo L, as ten limbs of 28 bits, to input + 320. */
export function testReduce(): void {
  fromHash(inputs + 320, inputs);
}
