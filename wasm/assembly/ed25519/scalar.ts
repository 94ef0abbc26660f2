// Integers modulo L = 2^252 + c, the order of B (RFC 8032 §5.1): signed limbs of 28 bits in 64-bit words, so that
// L is 2^(9 * 28) + c and reduction is "limb i + 9 goes, limb i loses it times c". A scalar is ten limbs in
// [0, 2^28), the last 0 or 1: below 2^253, and not always the least one of its class, which nothing here needs,
// since points of small order do not survive the cofactor. Nothing here is secret and nothing is constant-time.

/** Bytes of a scalar. */
export const SCALAR: usize = 80;

const MASK: i64 = (1 << 28) - 1;
// c = L - 2^252 = 27742317777372353535851937790883648493, in limbs.
const C0: i64 = 0xcf5d3ed;
const C1: i64 = 0x12631a5;
const C2: i64 = 0x79cd658;
const C3: i64 = 0xf9dea2f;
const C4: i64 = 0x14de;

const WIDE: usize = memory.data(8 * 20, 16);

function eliminate(i: usize): void {
  const at = WIDE + 8 * (i - 9);
  const x = load<i64>(WIDE + 8 * i);
  store<i64>(WIDE + 8 * i, 0);
  store<i64>(at, load<i64>(at) - x * C0);
  store<i64>(at + 8, load<i64>(at + 8) - x * C1);
  store<i64>(at + 16, load<i64>(at + 16) - x * C2);
  store<i64>(at + 24, load<i64>(at + 24) - x * C3);
  store<i64>(at + 32, load<i64>(at + 32) - x * C4);
}

/** Carries limbs 0 to `last` - 1 upwards; limb `last` keeps its sign. */
function carryTo(last: usize): void {
  let carry: i64 = 0;
  for (let i: usize = 0; i < last; i++) {
    const v = load<i64>(WIDE + 8 * i) + carry;
    carry = v >> 28;
    store<i64>(WIDE + 8 * i, v & MASK);
  }
  store<i64>(WIDE + 8 * last, load<i64>(WIDE + 8 * last) + carry);
}

/** Reduces WIDE, twenty limbs, each below 2^62 in absolute value, into the scalar `o`. */
function reduceWide(o: usize): void {
  // The sum is below 2^513 in absolute value.
  carryTo(19);
  // Products stay below 2^58 and at most five meet in a limb. What is left is below 2^406, so limb 14 comes out
  // below 2^14; eliminating it and the five under it leaves less than 2^279, limb 9 below 2^27; and then less
  // than 2^253.
  for (let i: usize = 19; i >= 14; i--) eliminate(i);
  carryTo(14);
  for (let i: usize = 14; i >= 9; i--) eliminate(i);
  carryTo(9);
  do {
    eliminate(9);
    carryTo(9);
  } while (load<u64>(WIDE + 72) > 1);
  memory.copy(o, WIDE, SCALAR);
}

/** The scalar that 16 bytes stand for. */
export function fromBytes16(o: usize, bytes: usize): void {
  memory.fill(WIDE, 0, 160);
  splitWords(bytes, 2);
  memory.copy(o, WIDE, SCALAR);
}

/** Writes the `words` 64-bit words at `bytes` to WIDE as limbs. */
function splitWords(bytes: usize, words: i32): void {
  const limbs = (64 * words + 27) / 28;
  for (let i = 0; i < limbs; i++) {
    const bit = 28 * i;
    const at = bytes + 8 * <usize>(bit >> 6);
    const shift = bit & 63;
    let v = load<u64>(at) >> shift;
    if (shift > 36 && (bit >> 6) + 1 < words) v |= load<u64>(at + 8) << (64 - shift);
    store<i64>(WIDE + 8 * <usize>i, <i64>v & MASK);
  }
}

/** The 64 bytes of a hash, modulo L (RFC 8032 §5.1.7, step 2). */
export function fromHash(o: usize, bytes: usize): void {
  memory.fill(WIDE, 0, 160);
  splitWords(bytes, 8);
  reduceWide(o);
}

/** The scalar of 32 bytes, which must be below L (RFC 8032 §5.1.7, step 1); returns whether it is. */
export function fromCanonical(o: usize, bytes: usize): bool {
  memory.fill(WIDE, 0, 160);
  splitWords(bytes, 4);
  memory.copy(o, WIDE, SCALAR);
  // Subtract L and look at the sign.
  let carry = (load<i64>(o) - C0) >> 28;
  carry = (load<i64>(o + 8) - C1 + carry) >> 28;
  carry = (load<i64>(o + 16) - C2 + carry) >> 28;
  carry = (load<i64>(o + 24) - C3 + carry) >> 28;
  carry = (load<i64>(o + 32) - C4 + carry) >> 28;
  for (let i: usize = 5; i < 9; i++) carry = (load<i64>(o + 8 * i) + carry) >> 28;
  return load<i64>(o + 72) - 1 + carry < 0;
}

/** o = a + b * c, modulo L; `o` may be any of them. */
export function mulAdd(o: usize, a: usize, b: usize, c: usize): void {
  memory.fill(WIDE, 0, 160);
  memory.copy(WIDE, a, SCALAR);
  for (let i: usize = 0; i < 10; i++) {
    const x = load<i64>(b + 8 * i);
    const at = WIDE + 8 * i;
    for (let j: usize = 0; j < 10; j++)
      store<i64>(at + 8 * j, load<i64>(at + 8 * j) + x * load<i64>(c + 8 * j));
  }
  reduceWide(o);
}

/** The bits [at, at + width) of a scalar, width <= 28. */
function bitsAt(a: usize, at: i32, width: i32): i32 {
  const limb = at / 28;
  if (limb > 9) return 0;
  let v = load<i64>(a + 8 * <usize>limb);
  if (limb < 9) v |= load<i64>(a + 8 * <usize>limb + 8) << 28;
  return <i32>(v >> (at - 28 * limb)) & ((1 << width) - 1);
}

/**
 * Writes `count` signed digits of `width` bits (16 bits each, -2^(width-1) < digit <= 2^(width-1)) such that the
 * scalar is the sum of digit_i * 2^(width i). count * width must be at least 254.
 */
export function toDigits(digits: usize, a: usize, width: i32, count: i32): void {
  let carry = 0;
  const half = 1 << (width - 1);
  for (let i = 0; i < count; i++) {
    let v = bitsAt(a, i * width, width) + carry;
    carry = i32(v > half);
    v -= carry << width;
    store<i16>(digits + 2 * <usize>i, <i16>v);
  }
}

/**
 * The next digit of a scalar's non-adjacent form of `width` bits (odd, below 2^(width-1) in absolute value) at or
 * above `position`, with `carry` (0 or 1) coming in: position << 9 | carry out << 8 | digit + 128, or -1 when there
 * is none. The search goes on at position + width with the carry out.
 */
export function nafNext(a: usize, position: i32, carry: i32, width: i32): i32 {
  for (; position < 256; position++) {
    const v = bitsAt(a, position, width) + carry;
    // Even with a carry in means that the bit was set, so the carry moves on as it is.
    if ((v & 1) === 0) continue;
    const out = i32(v >= 1 << (width - 1));
    return (position << 9) | (out << 8) | (v - (out << width) + 128);
  }
  return -1;
}

/** L as limbs. */
const ORDER: usize = memory.data<u64>(
  [0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de, 0, 0, 0, 0, 1],
  16,
);
const R0: usize = memory.data(32, 16);
const R1: usize = memory.data(32, 16);
const SHIFTED: usize = memory.data(32, 16);
const BYTES: usize = memory.data(32, 16);

/** Packs ten limbs into four 64-bit words. */
function toWords(o: usize, a: usize): void {
  memory.fill(o, 0, 32);
  for (let i = 0; i < 10; i++) {
    const bit = 28 * i;
    const shift = <u64>(bit & 63);
    const at = o + 8 * <usize>(bit >> 6);
    const x = load<u64>(a + 8 * <usize>i);
    store<u64>(at, load<u64>(at) | (x << shift));
    if (shift > 36 && bit < 192) store<u64>(at + 8, x >> (64 - shift));
  }
}

/** Bits of a number of four 64-bit words. */
function bitLength(a: usize): i32 {
  for (let i = 3; i >= 0; i--) {
    const x = load<u64>(a + 8 * <usize>i);
    if (x !== 0) return 64 * i + 64 - <i32>clz(x);
  }
  return 0;
}

/** Whether a < b, four words each. */
function below(a: usize, b: usize): bool {
  for (let i = 3; i >= 0; i--) {
    const x = load<u64>(a + 8 * <usize>i);
    const y = load<u64>(b + 8 * <usize>i);
    if (x !== y) return x < y;
  }
  return false;
}

/** o = a << shift, four words, shift in 0..255. */
function shiftLeft(o: usize, a: usize, shift: i32): void {
  const words = shift >> 6;
  const bits = <u64>(shift & 63);
  for (let i = 3; i >= 0; i--) {
    let x: u64 = 0;
    if (i >= words) x = load<u64>(a + 8 * <usize>(i - words)) << bits;
    if (i > words && bits !== 0) x |= load<u64>(a + 8 * <usize>(i - words - 1)) >> (64 - bits);
    store<u64>(o + 8 * <usize>i, x);
  }
}

/** a = a - b, four words, for b <= a. */
function subtract(a: usize, b: usize): void {
  let borrow: u64 = 0;
  for (let i: usize = 0; i < 32; i += 8) {
    const x = load<u64>(a + i);
    const y = load<u64>(b + i);
    const difference = x - y;
    store<u64>(a + i, difference - borrow);
    borrow = u64(x < y) | u64(difference < borrow);
  }
}

/**
 * Finds c and t with c = t * k or c = -t * k modulo L, 0 <= c < 2^127 and 0 < t < 2^127, and returns whether it is the
 * latter: Euclid's algorithm on L and k, stopped half-way (Antipa and others, "Accelerated verification of ECDSA
 * signatures", 2005, §3). Remainders r and multipliers t keep r = +-t * k, signs alternating; at the first remainder below
 * 2^127 its multiplier is at most L over the remainder before it, so below 2^126.
 */
export function halve(c: usize, t: usize, k: usize): bool {
  let r0 = R0;
  let r1 = R1;
  toWords(r0, ORDER);
  toWords(r1, k);
  // Multipliers of r0 and r1, two words each, without their signs.
  let low0: u64 = 0;
  let high0: u64 = 0;
  let low1: u64 = 1;
  let high1: u64 = 0;
  let negative = false;
  while (bitLength(r1) > 127) {
    while (!below(r0, r1)) {
      let shift = bitLength(r0) - bitLength(r1);
      shiftLeft(SHIFTED, r1, shift);
      if (below(r0, SHIFTED)) shiftLeft(SHIFTED, r1, --shift);
      subtract(r0, SHIFTED);
      // Multipliers stay below 2^127, and shifts are below 126 while r1 is at least 2^127.
      let low = low1 << (<u64>shift);
      let high = shift === 0 ? high1 : (high1 << (<u64>shift)) | (low1 >> <u64>(64 - shift));
      if (shift >= 64) {
        high = low1 << (<u64>(shift - 64));
        low = 0;
      }
      low0 += low;
      high0 += high + u64(low0 < low);
    }
    const r = r0;
    r0 = r1;
    r1 = r;
    const low = low0;
    low0 = low1;
    low1 = low;
    const high = high0;
    high0 = high1;
    high1 = high;
    negative = !negative;
  }
  fromBytes16(c, r1);
  store<u64>(BYTES, low1);
  store<u64>(BYTES + 8, high1);
  fromBytes16(t, BYTES);
  return negative;
}
