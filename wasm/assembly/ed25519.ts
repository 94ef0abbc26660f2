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
import { B_BYTES } from './ed25519/constants';
import { laneToWords, mul as mulQuads, QUAD, sqr as sqrQuad } from './ed25519/field';
import { invert } from './ed25519/inverse';
import {
  addComb,
  basePoint,
  buildComb,
  buildOdd,
  combBytes,
  decodeFour,
  encodesTo,
  initPoints,
  isSmallOrder,
  MINUS,
  PLUS,
  pointAdd,
  pointDouble,
  pointNegate,
  setNeutral,
  toCached,
} from './ed25519/point';
import { fromBytes16, fromCanonical, fromHash, halve, mulAdd, nafNext, SCALAR } from './ed25519/scalar';
import { sha512End, sha512Start, sha512Update } from './ed25519/sha512';

/** Most items of one batch. Larger ones are cut up by the caller: past this, shared doublings are spread thin. */
const MAX_BATCH: usize = 128;
/** Bytes of message that a call of `hash` takes at most. */
const ARENA: usize = 65536;

// Windows of the combs: of B, made once and shared, and of prepared keys, which pay per slot.
const BASE_WIDTH = 8;
const BASE_COUNT = 32;
const KEY_WIDTH = 5;
const KEY_COUNT = 51;
// Non-adjacent forms: 128-bit coefficients on R want fewer table entries than 253-bit scalars on A.
const R_WIDTH = 4;
const R_ENTRIES = 4;
const A_WIDTH = 5;
const A_ENTRIES = 8;

// An input record, written by the caller: key (32 bytes), R (32), S (32), coefficient (16), slot (i32, -1: none).
const INPUT_SIZE: usize = 128;
const IN_KEY: usize = 0;
const IN_R: usize = 32;
const IN_S: usize = 64;
const IN_COEFFICIENT: usize = 96;
const IN_SLOT: usize = 112;

// What is kept of an item: three scalars, its group's number, and the table of R.
const IT_K: usize = 0;
const IT_S: usize = SCALAR;
const IT_Z: usize = 2 * SCALAR;
const IT_GROUP: usize = 3 * SCALAR;
const IT_TABLE: usize = 3 * SCALAR + 16;
const ITEM_SIZE: usize = IT_TABLE + <usize>R_ENTRIES * QUAD;

// A group: the items of one key. Its key bytes or slot, whether the key decodes, the sum of z k, and the table of A.
const GR_SLOT: usize = 0;
const GR_KEY: usize = 4; // pointer to the 32 bytes
const GR_VALID: usize = 8;
const GR_USED: usize = 12;
const GR_SUM: usize = 16;
const GR_TABLE: usize = 16 + SCALAR;
const GROUP_SIZE: usize = GR_TABLE + <usize>A_ENTRIES * QUAD;

// A term of the sum that is due at one bit position: next term, table entry, signs.
const TERM_SIZE: usize = 12;
const TERMS: usize = MAX_BATCH * (33 + 52);

let inputs: usize = 0;
let arena: usize = 0;
let verdicts: usize = 0;
let items: usize = 0;
let groups: usize = 0;
let groupCount: usize = 0;
let terms: usize = 0;
let order: usize = 0;
let baseComb: usize = 0;
let slots: usize = 0;
let slotCount = 0;

const HASH: usize = memory.data(64, 16);
const SUM: usize = memory.data(160, 16);
const POINT: usize = memory.data(160, 16);
const CACHED: usize = memory.data(160, 16);
const BASE_SUM: usize = memory.data(80, 16);
const ZERO: usize = memory.data(80, 16);
const POINTERS: usize = memory.data(32, 16);
const HEADS: usize = memory.data(4 * 256, 16);

/** Lays out memory for `count` prepared keys and builds the comb of B. Returns false if memory does not suffice. */
export function init(count: i32): bool {
  let at = (__heap_base + 63) & ~63;
  inputs = at;
  at += MAX_BATCH * INPUT_SIZE;
  arena = at;
  at += ARENA;
  verdicts = at;
  at += MAX_BATCH;
  order = at;
  at += MAX_BATCH * 4;
  items = at;
  at += MAX_BATCH * ITEM_SIZE;
  groups = at;
  at += MAX_BATCH * GROUP_SIZE;
  terms = at;
  at += TERMS * TERM_SIZE;
  baseComb = (at + 63) & ~63;
  slots = baseComb + combBytes(BASE_WIDTH, BASE_COUNT);
  const end = <u64>slots + <u64>count * <u64>combBytes(KEY_WIDTH, KEY_COUNT);
  const pages = <i32>((end + 65535) >> 16) - memory.size();
  if (end > 0xffff0000) return false;
  if (pages > 0 && memory.grow(pages) < 0) return false;
  slotCount = count;
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

function combOf(slot: i32): usize {
  return slots + <usize>slot * combBytes(KEY_WIDTH, KEY_COUNT);
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
  sumTerms();
  mulAdd(items + IT_S, ZERO, items + IT_Z, items + IT_S);
  addComb(SUM, baseComb, items + IT_S, BASE_WIDTH, BASE_COUNT, false);
  return isSmallOrder(SUM);
}

let termCount: usize = 0;
let topBit = -1;

function clearTerms(): void {
  memory.fill(HEADS, 0, 4 * 256);
  termCount = 0;
  topBit = -1;
}

/** Files the digits of a scalar's non-adjacent form under their bit positions. */
function addTerms(scalar: usize, table: usize, width: i32): void {
  let next = nafNext(scalar, 0, 0, width);
  while (next >= 0) {
    const position = next >> 9;
    const digit = (next & 0xff) - 128;
    const term = terms + TERM_SIZE * termCount;
    termCount++;
    store<usize>(term, load<usize>(HEADS + 4 * <usize>position));
    store<usize>(term + 4, table + QUAD * <usize>(abs(digit) >> 1));
    store<usize>(term + 8, digit > 0 ? PLUS : MINUS);
    store<usize>(HEADS + 4 * <usize>position, term);
    if (position > topBit) topBit = position;
    next = nafNext(scalar, position + width, (next >> 8) & 1, width);
  }
}

/** SUM = the sum of all terms, doublings shared (Straus). */
function sumTerms(): void {
  setNeutral(SUM);
  for (let bit = topBit; bit >= 0; bit--) {
    if (bit !== topBit) pointDouble(SUM);
    for (let term = load<usize>(HEADS + 4 * <usize>bit); term !== 0; term = load<usize>(term)) {
      pointAdd(SUM, load<usize>(term + 4), load<usize>(term + 8));
    }
  }
}

function groupAt(index: usize): usize {
  return groups + GROUP_SIZE * index;
}

function itemAt(index: usize): usize {
  return items + ITEM_SIZE * index;
}

/** The number of the group that a record belongs to; makes it if there is none. At most 128 groups: a scan will do. */
function groupOf(input: usize): usize {
  const slot = load<i32>(input + IN_SLOT);
  for (let i: usize = 0; i < groupCount; i++) {
    const group = groupAt(i);
    if (load<i32>(group + GR_SLOT) !== slot) continue;
    if (slot >= 0 || memory.compare(load<usize>(group + GR_KEY), input + IN_KEY, 32) === 0) return i;
  }
  const group = groupAt(groupCount);
  store<i32>(group + GR_SLOT, slot);
  store<usize>(group + GR_KEY, input + IN_KEY);
  store<i32>(group + GR_VALID, i32(slot >= 0));
  return groupCount++;
}

// Points wait here until four of them can be decoded at once.
const QUEUE: usize = memory.data(16, 16);
const QUEUE_BYTES: usize = memory.data(16, 16);
const QUEUE_TABLE: usize = memory.data(16, 16);
const QUEUE_ENTRIES: usize = memory.data(16, 16);
const QUEUE_FLAG: usize = memory.data(16, 16);
const QUEUE_POINTS: usize = memory.data(4 * 160, 16);
let queued: usize = 0;

/** Decodes what waits, builds the tables, and sets the flag of each that is a point to 1. */
function flushQueue(): void {
  if (queued === 0) return;
  for (let i: usize = 0; i < 4; i++) {
    store<usize>(QUEUE + 4 * i, QUEUE_POINTS + QUAD * i);
    if (i >= queued) store<usize>(QUEUE_BYTES + 4 * i, B_BYTES);
  }
  const decoded = decodeFour(QUEUE, QUEUE_BYTES);
  for (let i: usize = 0; i < queued; i++) {
    if (((decoded >> <i32>i) & 1) === 0) continue;
    buildOdd(load<usize>(QUEUE_TABLE + 4 * i), QUEUE_POINTS + QUAD * i, load<i32>(QUEUE_ENTRIES + 4 * i));
    store<i32>(load<usize>(QUEUE_FLAG + 4 * i), 1);
  }
  queued = 0;
}

function enqueue(bytes: usize, table: usize, entries: i32, flag: usize): void {
  store<usize>(QUEUE_BYTES + 4 * queued, bytes);
  store<usize>(QUEUE_TABLE + 4 * queued, table);
  store<i32>(QUEUE_ENTRIES + 4 * queued, entries);
  store<usize>(QUEUE_FLAG + 4 * queued, flag);
  if (++queued === 4) flushQueue();
}

const FLAGS: usize = memory.data(4 * 128, 16);

/**
 * Judges records 0 to count - 1, whose hashes have been taken and whose coefficients are random and not zero. Leaves a
 * verdict for each (1 holds, 0 does not).
 */
export function verifyBatch(count: usize): void {
  memory.fill(verdicts, 0, count);
  memory.fill(FLAGS, 0, 4 * MAX_BATCH);
  groupCount = 0;
  queued = 0;
  for (let i: usize = 0; i < count; i++) {
    const input = inputs + INPUT_SIZE * i;
    const item = itemAt(i);
    store<usize>(item + IT_GROUP, -1);
    if (!fromCanonical(item + IT_S, input + IN_S)) continue;
    fromBytes16(item + IT_Z, input + IN_COEFFICIENT);
    const before = groupCount;
    const index = groupOf(input);
    const group = groupAt(index);
    if (index === before && load<i32>(group + GR_SLOT) < 0) {
      enqueue(input + IN_KEY, group + GR_TABLE, A_ENTRIES, group + GR_VALID);
    }
    store<usize>(item + IT_GROUP, index);
    enqueue(input + IN_R, item + IT_TABLE, R_ENTRIES, FLAGS + 4 * i);
  }
  flushQueue();
  let live: usize = 0;
  for (let i: usize = 0; i < count; i++) {
    const index = load<usize>(itemAt(i) + IT_GROUP);
    if (index === <usize>-1 || load<i32>(FLAGS + 4 * i) === 0) continue;
    if (load<i32>(groupAt(index) + GR_VALID) === 0) continue;
    store<u32>(order + 4 * live, <u32>i);
    live++;
  }
  if (live > 0 && !settle(0, live)) split(0, live);
}

/** Marks the items order[from, to) as good if their joint equation holds; returns whether it does. */
function settle(from: usize, to: usize): bool {
  if (!holds(from, to)) return false;
  for (let i = from; i < to; i++) store<u8>(verdicts + load<u32>(order + 4 * i), 1);
  return true;
}

/** Finds the good items among order[from, to), whose joint equation is known to fail. At most log2(128) deep. */
function split(from: usize, to: usize): void {
  if (to - from === 1) return;
  const middle = (from + to) >> 1;
  // If the first half holds, the second is what fails: no need to ask.
  if (settle(from, middle)) {
    split(middle, to);
    return;
  }
  split(from, middle);
  if (!settle(middle, to)) split(middle, to);
}

/** Whether the sum of z_i D_i over order[from, to) has small order. */
function holds(from: usize, to: usize): bool {
  for (let i: usize = 0; i < groupCount; i++) store<i32>(groupAt(i) + GR_USED, 0);
  copy80(BASE_SUM, ZERO);
  clearTerms();
  for (let i = from; i < to; i++) {
    const item = itemAt(load<u32>(order + 4 * i));
    const group = groupAt(load<usize>(item + IT_GROUP));
    if (load<i32>(group + GR_USED) === 0) copy80(group + GR_SUM, ZERO);
    store<i32>(group + GR_USED, 1);
    // Signatures under one key share its term: their z k add up to one scalar.
    mulAdd(group + GR_SUM, group + GR_SUM, item + IT_Z, item + IT_K);
    mulAdd(BASE_SUM, BASE_SUM, item + IT_Z, item + IT_S);
    addTerms(item + IT_Z, item + IT_TABLE, R_WIDTH);
  }
  for (let i: usize = 0; i < groupCount; i++) {
    const group = groupAt(i);
    if (load<i32>(group + GR_USED) === 0 || load<i32>(group + GR_SLOT) >= 0) continue;
    addTerms(group + GR_SUM, group + GR_TABLE, A_WIDTH);
  }
  // sum(z R) + sum(z k A) - sum(z S) B, where the combs of prepared keys are those of -A.
  sumTerms();
  for (let i: usize = 0; i < groupCount; i++) {
    const group = groupAt(i);
    const slot = load<i32>(group + GR_SLOT);
    if (load<i32>(group + GR_USED) === 0 || slot < 0) continue;
    addComb(SUM, combOf(slot), group + GR_SUM, KEY_WIDTH, KEY_COUNT, false);
  }
  addComb(SUM, baseComb, BASE_SUM, BASE_WIDTH, BASE_COUNT, false);
  return isSmallOrder(SUM);
}

function copy80(o: usize, a: usize): void {
  memory.copy(o, a, SCALAR);
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
