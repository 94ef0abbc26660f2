/**
 * Constants of vector code, each a word in memory for `v128.load32_splat`: a `v128.const` costs the engine three
 * instructions at every use, a load costs one, once.
 */
import { ALPHA, GAMMA1, HALF_Q, Q } from './params';

const WORDS = memory.data<i32>(
  [Q, 1 << 22, 0x34002007, HALF_Q, 127, 1025, 1 << 21, 15, ALPHA, GAMMA1, 0x7fffff],
  16,
);

/** q. */
export const Q_WORD: usize = WORDS;
/** 2^22, for `reduce`. */
export const HALF_BITS: usize = WORDS + 4;
/** The single-precision number nearest to 1/q, as bits. */
export const INVERSE_Q: usize = WORDS + 8;
/** (q − 1)/2. */
export const HALF_Q_WORD: usize = WORDS + 12;
/** The constants of HighBits in rounding.ts: 127, 1025, 2^21, 15, and 2γ2. */
export const HIGH_BITS: usize = WORDS + 16;
/** γ1. */
export const GAMMA1_WORD: usize = WORDS + 36;
/** 2^23 − 1. */
export const MASK_23: usize = WORDS + 40;

/**
 * For unpacking 20 bits: where each lane's bytes come from (0–2, 2–4, 5–7, 7–9), and factors that bring the 20 bits to
 * the top of the lane, wherever they begin.
 */
export const UNPACK_20: usize = memory.data<u8>([0, 1, 2, 255, 2, 3, 4, 255, 5, 6, 7, 255, 7, 8, 9, 255], 16);
export const ALIGN_20: usize = memory.data<i32>([4096, 256, 4096, 256], 16);

/** For unpacking 23 of 24 bits: where each lane's bytes come from. */
export const UNPACK_24: usize = memory.data<u8>(
  [0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255],
  16,
);
