// Batches: one random combination of all equations, the items of each key summed into one term, and bisection where it
// fails. Why the verdicts are those of single checks is argued in ../ed25519.ts.
import { B_BYTES } from './constants';
import { QUAD } from './field';
import {
  A_ENTRIES,
  A_WIDTH,
  BASE_COUNT,
  BASE_WIDTH,
  baseComb,
  combOf,
  GR_KEY,
  GR_SLOT,
  GR_SUM,
  GR_TABLE,
  GR_USED,
  GR_VALID,
  GROUP_SIZE,
  groups,
  IN_COEFFICIENT,
  IN_KEY,
  IN_R,
  IN_S,
  IN_SLOT,
  INPUT_SIZE,
  IT_GROUP,
  IT_K,
  IT_S,
  IT_TABLE,
  IT_Z,
  ITEM_SIZE,
  inputs,
  items,
  KEY_COUNT,
  KEY_WIDTH,
  MAX_BATCH,
  order,
  R_ENTRIES,
  R_WIDTH,
  verdicts,
} from './layout';
import { addComb, buildOdd, decodeFour, isSmallOrder } from './point';
import { fromBytes16, fromCanonical, mulAdd, SCALAR } from './scalar';
import { addTerms, clearTerms, sumTerms } from './straus';

const SUM: usize = memory.data(160, 16);
const BASE_SUM: usize = memory.data(80, 16);
const ZERO: usize = memory.data(80, 16);
let groupCount: usize = 0;

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
  sumTerms(SUM);
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
