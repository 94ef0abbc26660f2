// Where everything is: the caller's records, what the kernel keeps of them, and the tables of points.
import { QUAD } from './field';
import { combBytes } from './point';
import { SCALAR } from './scalar';

/** Most items of one batch. Larger ones are cut up by the caller: past this, shared doublings are spread thin. */
export const MAX_BATCH: usize = 128;
/** Bytes of message that a call of `hash` takes at most. */
export const ARENA: usize = 65536;

// Windows of the combs: of B, made once and shared, and of prepared keys, which pay per slot.
export const BASE_WIDTH = 8;
export const BASE_COUNT = 32;
export const KEY_WIDTH = 5;
export const KEY_COUNT = 51;
// Non-adjacent forms: 128-bit coefficients on R want fewer table entries than 253-bit scalars on A.
export const R_WIDTH = 4;
export const R_ENTRIES = 4;
export const A_WIDTH = 5;
export const A_ENTRIES = 8;

// An input record, written by the caller: key (32 bytes), R (32), S (32), coefficient (16), slot (i32, -1: none).
export const INPUT_SIZE: usize = 128;
export const IN_KEY: usize = 0;
export const IN_R: usize = 32;
export const IN_S: usize = 64;
export const IN_COEFFICIENT: usize = 96;
export const IN_SLOT: usize = 112;

// What is kept of an item: three scalars, its group's number, and the table of R.
export const IT_K: usize = 0;
export const IT_S: usize = SCALAR;
export const IT_Z: usize = 2 * SCALAR;
export const IT_GROUP: usize = 3 * SCALAR;
export const IT_TABLE: usize = 3 * SCALAR + 16;
export const ITEM_SIZE: usize = IT_TABLE + <usize>R_ENTRIES * QUAD;

// A group: the items of one key. Its key bytes or slot, whether the key decodes, the sum of z k, and the table of A.
export const GR_SLOT: usize = 0;
export const GR_KEY: usize = 4; // pointer to the 32 bytes
export const GR_VALID: usize = 8;
export const GR_USED: usize = 12;
export const GR_SUM: usize = 16;
export const GR_TABLE: usize = 16 + SCALAR;
export const GROUP_SIZE: usize = GR_TABLE + <usize>A_ENTRIES * QUAD;

// A term of the sum that is due at one bit position: next term, table entry, signs.
export const TERM_SIZE: usize = 12;
export const TERMS: usize = MAX_BATCH * (33 + 52);

export let inputs: usize = 0;
export let arena: usize = 0;
export let verdicts: usize = 0;
export let items: usize = 0;
export let groups: usize = 0;
export let terms: usize = 0;
export let order: usize = 0;
export let baseComb: usize = 0;
let slots: usize = 0;
export let slotCount = 0;

/** Lays out memory, with room for `count` prepared keys. Returns false if it does not suffice. */
export function layOut(count: i32): bool {
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
  return true;
}

/** Where the comb of -A of a slot is. */
export function combOf(slot: i32): usize {
  return slots + <usize>slot * combBytes(KEY_WIDTH, KEY_COUNT);
}
