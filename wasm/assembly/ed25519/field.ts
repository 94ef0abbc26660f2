// GF(p), p = 2^255 - 19 (RFC 8032 §5.1), four elements at a time.
//
// A quad is 160 bytes: ten vectors, vector i holding limbs 2i and 2i + 1 of four elements, one element per 32-bit
// lane, the even limb in its low half. An element is the sum of limb_j * 2^(13 j), limbs signed 16-bit words.
//
// Bounds. One unit is 4,099: what `mul` and `sqr` give is at most that in absolute value, since reduction rounds to
// [-4096, 4095] and a last carry of at most 3 reaches limbs 2 and 12. A limb-wise sum of n such is n units. `mul` takes
// factors of x and y units with x * y <= 6:
// - a column sums at most 20 products: 20 * 6 * 4,099^2 < 2,016,216,121, and what reduction adds to it (a carry below
//   2^18, 608 * 8,191 and 4,096) keeps it below 2^31;
// - what a fold multiplies by 608 is below 2^13, or below 2^14 for column 39, so it fits a 16-bit factor;
// - the carry out of limb 19 is below 246,800, that out of column 29 (19 products) below 233,900: times 608, that makes
//   less than 18,400 carried into limb 1 or 11, and from there at most 3 into limb 2 or 12.
// `sqr` takes up to two units: 20 * 4 * 4,099^2 plus the same, doubled limbs below 2^15.
// Limbs as they come from bytes are 0..8191, two units.
export { add, mul, sqr, sub } from '../generated/ed25519-field';

import { mul, sqr } from '../generated/ed25519-field';

/** Bytes of a quad. */
export const QUAD: usize = 160;

/** Limb-wise copy of a quad. */
export function copy(o: usize, a: usize): void {
  memory.copy(o, a, QUAD);
}

/** Writes the 255-bit number at `bytes` (little-endian, bit 255 ignored, not reduced) to a lane. Two units. */
export function laneFromBytes(quad: usize, lane: i32, bytes: usize): void {
  const at = quad + 4 * <usize>lane;
  for (let j: u32 = 0; j < 20; j++) {
    const bit = 13 * j;
    // 13 bits that start at bit (0..7) of a byte lie within three bytes; the last limb, 8 bits, is at byte 30.
    const byte = bit >> 3;
    let word = <u32>load<u16>(bytes + byte);
    if (byte < 30) word |= (<u32>load<u8>(bytes + byte + 2)) << 16;
    word = (word >> (bit & 7)) & 0x1fff;
    if (j === 19) word &= 0xff;
    store<u16>(at + 16 * (j >> 1) + 2 * (j & 1), <u16>word);
  }
}

/** Fills all lanes of a quad with a small constant per lane. */
export function setSmall(quad: usize, l0: i32, l1: i32, l2: i32, l3: i32): void {
  memory.fill(quad, 0, QUAD);
  store<i16>(quad, <i16>l0);
  store<i16>(quad + 4, <i16>l1);
  store<i16>(quad + 8, <i16>l2);
  store<i16>(quad + 12, <i16>l3);
}

/** Copies a lane of one quad to a lane of another. */
export function laneCopy(to: usize, toLane: i32, from: usize, fromLane: i32): void {
  for (let i: usize = 0; i < 10; i++) {
    store<u32>(to + 4 * <usize>toLane + 16 * i, load<u32>(from + 4 * <usize>fromLane + 16 * i));
  }
}

/** Negates a lane. */
export function laneNegate(quad: usize, lane: i32): void {
  const at = quad + 4 * <usize>lane;
  for (let i: usize = 0; i < 10; i++) {
    store<i16>(at + 16 * i, -load<i16>(at + 16 * i));
    store<i16>(at + 16 * i + 2, -load<i16>(at + 16 * i + 2));
  }
}

const WIDE: usize = memory.data(80, 16);

/** Writes the number in [0, p) that a lane stands for as four little-endian words. Any limbs are taken. */
export function laneToWords(words: usize, quad: usize, lane: i32): void {
  const at = quad + 4 * <usize>lane;
  // Ten signed limbs of 26 bits; the topmost keeps bits 234 to 254, and what is above has weight 19.
  for (let i: usize = 0; i < 10; i++) {
    store<i64>(WIDE + 8 * i, <i64>load<i16>(at + 16 * i) + ((<i64>load<i16>(at + 16 * i + 2)) << 13));
  }
  let carry: i64 = 0;
  do {
    for (let i: usize = 0; i < 10; i++) {
      const bits: i64 = i === 9 ? 21 : 26;
      const v = load<i64>(WIDE + 8 * i) + carry;
      carry = v >> bits;
      store<i64>(WIDE + 8 * i, v & (((<i64>1) << bits) - 1));
    }
    carry *= 19;
  } while (carry !== 0);
  // Now in [0, 2^255): subtract p, which is to add 19 and drop bit 255, if that bit comes up.
  carry = 19;
  for (let i: usize = 0; i < 10; i++) carry = (load<i64>(WIDE + 8 * i) + carry) >> (i === 9 ? 21 : 26);
  carry *= 19;
  for (let i: usize = 0; i < 10; i++) {
    const bits: i64 = i === 9 ? 21 : 26;
    const v = load<i64>(WIDE + 8 * i) + carry;
    carry = v >> bits;
    store<i64>(WIDE + 8 * i, v & (((<i64>1) << bits) - 1));
  }
  store<u64>(words, word(0) | (word(1) << 26) | (word(2) << 52));
  store<u64>(words + 8, (word(2) >> 12) | (word(3) << 14) | (word(4) << 40));
  store<u64>(words + 16, (word(4) >> 24) | (word(5) << 2) | (word(6) << 28) | (word(7) << 54));
  store<u64>(words + 24, (word(7) >> 10) | (word(8) << 16) | (word(9) << 42));
}

function word(i: usize): u64 {
  return load<u64>(WIDE + 8 * i);
}

const WORDS: usize = memory.data(32, 16);

/** Whether a lane stands for zero. */
export function laneIsZero(quad: usize, lane: i32): bool {
  laneToWords(WORDS, quad, lane);
  return (load<u64>(WORDS) | load<u64>(WORDS + 8) | load<u64>(WORDS + 16) | load<u64>(WORDS + 24)) === 0;
}

/** Whether a lane stands for an odd number: the sign of x, RFC 8032 §5.1.2. */
export function laneIsOdd(quad: usize, lane: i32): bool {
  laneToWords(WORDS, quad, lane);
  return (load<u64>(WORDS) & 1) !== 0;
}

/** o = a^(2^n), n >= 1. */
function squareTimes(o: usize, a: usize, n: i32): void {
  sqr(o, a);
  for (let i = 1; i < n; i++) sqr(o, o);
}

const T0: usize = memory.data(160, 16);
const T1: usize = memory.data(160, 16);
const T2: usize = memory.data(160, 16);

/** o = a^((p - 5) / 8) = a^(2^252 - 3), the power that RFC 8032 §5.1.3 takes roots with. `o` is not `a`. */
export function power252m3(o: usize, a: usize): void {
  sqr(T0, a); // 2
  squareTimes(T1, T0, 2); // 8
  mul(T1, T1, a); // 9
  mul(T0, T0, T1); // 11
  sqr(T0, T0); // 22
  mul(T0, T0, T1); // 31 = 2^5 - 1
  squareTimes(T1, T0, 5);
  mul(T0, T1, T0); // 2^10 - 1
  squareTimes(T1, T0, 10);
  mul(T1, T1, T0); // 2^20 - 1
  squareTimes(T2, T1, 20);
  mul(T1, T2, T1); // 2^40 - 1
  squareTimes(T1, T1, 10);
  mul(T0, T1, T0); // 2^50 - 1
  squareTimes(T1, T0, 50);
  mul(T1, T1, T0); // 2^100 - 1
  squareTimes(T2, T1, 100);
  mul(T1, T2, T1); // 2^200 - 1
  squareTimes(T1, T1, 50);
  mul(T0, T1, T0); // 2^250 - 1
  squareTimes(T0, T0, 2);
  mul(o, T0, a); // 2^252 - 3
}
