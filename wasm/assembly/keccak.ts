/**
 * The Keccak sponge (FIPS 202 §4, §6), on raw memory: the caller owns input and state, nothing is allocated.
 *
 * A one-way state is 25 lanes of 8 bytes; a two-way state interleaves two of them, lane i of both at 16·i.
 * Inputs are padded in place: the buffer that holds the tail of a message must have room for one block more.
 */
import { keccakF, keccakF2, SCRATCH, SCRATCH2 } from './generated/keccak-f1600';

/** Rates in bytes (FIPS 202 §6.2): SHAKE128, and SHAKE256 alike SHA3-256. */
export const RATE128: usize = 168;
export const RATE256: usize = 136;

/** Domain bits with the first bit of pad10*1 (FIPS 202 §6.2, §5.1). */
export const SHAKE_SUFFIX: u8 = 0x1f;

/** Overwrites with zeros what the permutations keep: a permutation can be undone, so that is as good as their input. */
export function wipeScratch(): void {
  memory.fill(SCRATCH, 0, 200);
  memory.fill(SCRATCH2, 0, 400);
}

/** Zeroes a one-way state. */
export function spongeInit(state: usize): void {
  memory.fill(state, 0, 200);
}

/** Absorbs `blocks` whole blocks of `rate` bytes. */
export function spongeBlocks(state: usize, rate: usize, input: usize, blocks: usize): void {
  const end = input + blocks * rate;
  for (; input !== end; input += rate) {
    for (let i: usize = 0; i < rate; i += 8)
      store<u64>(state + i, load<u64>(state + i) ^ load<u64>(input + i));
    keccakF(state);
  }
}

/** Pads the `length` bytes at `input`, shorter than the rate, in place to one block (FIPS 202 §5.1). */
export function spongePad(rate: usize, input: usize, length: usize, suffix: u8): void {
  memory.fill(input + length, 0, rate - length);
  store<u8>(input + length, suffix);
  store<u8>(input + rate - 1, load<u8>(input + rate - 1) | 0x80);
}

/** Absorbs a last input of any length and pads it: the state then holds the first output block. */
export function spongeFinish(state: usize, rate: usize, input: usize, length: usize, suffix: u8): void {
  const blocks = length / rate;
  const tail = blocks * rate;
  spongePad(rate, input + tail, length - tail, suffix);
  spongeBlocks(state, rate, input, blocks + 1);
}

/** Squeezes `length` bytes; a whole number of blocks leaves the state at the last of them. */
export function spongeSqueeze(state: usize, rate: usize, out: usize, length: usize): void {
  for (;;) {
    if (length <= rate) {
      memory.copy(out, state, length);
      return;
    }
    memory.copy(out, state, rate);
    out += rate;
    length -= rate;
    keccakF(state);
  }
}

/** SHAKE256 of `length` bytes at `input` (padded in place) to `outLength` bytes, through `state`. */
export function shake256(state: usize, input: usize, length: usize, out: usize, outLength: usize): void {
  spongeInit(state);
  spongeFinish(state, RATE256, input, length, SHAKE_SUFFIX);
  spongeSqueeze(state, RATE256, out, outLength);
}

/** Sets a two-way state to two padded blocks of `rate` bytes, and permutes. */
export function sponge2Start(states: usize, rate: usize, inputA: usize, inputB: usize): void {
  for (let i: usize = 0; i < rate; i += 8) {
    store<u64>(states + 2 * i, load<u64>(inputA + i));
    store<u64>(states + 2 * i, load<u64>(inputB + i), 8);
  }
  memory.fill(states + 2 * rate, 0, 400 - 2 * rate);
  keccakF2(states);
}

/**
 * Absorbs a block of `rate` bytes into each of two one-way states with one two-way permutation, through the two-way state
 * `states`.
 */
export function spongeBlockPair(
  states: usize,
  rate: usize,
  stateA: usize,
  inputA: usize,
  stateB: usize,
  inputB: usize,
): void {
  for (let i: usize = 0; i < rate; i += 8) {
    store<u64>(states + 2 * i, load<u64>(stateA + i) ^ load<u64>(inputA + i));
    store<u64>(states + 2 * i, load<u64>(stateB + i) ^ load<u64>(inputB + i), 8);
  }
  for (let i = rate; i < 200; i += 8) {
    store<u64>(states + 2 * i, load<u64>(stateA + i));
    store<u64>(states + 2 * i, load<u64>(stateB + i), 8);
  }
  keccakF2(states);
  sponge2Read(states, 200, stateA, stateB);
}

/** Squeezes `blocks` blocks of both states; the first block is the state as it is. */
export function sponge2Squeeze(states: usize, rate: usize, outA: usize, outB: usize, blocks: i32): void {
  for (;;) {
    sponge2Read(states, rate, outA, outB);
    if (--blocks === 0) return;
    outA += rate;
    outB += rate;
    keccakF2(states);
  }
}

/** Takes the two blocks of a two-way state apart. */
function sponge2Read(states: usize, rate: usize, outA: usize, outB: usize): void {
  let i: usize = 0;
  for (; i + 16 <= rate; i += 16) {
    const lane0 = v128.load(states + 2 * i);
    const lane1 = v128.load(states + 2 * i, 16);
    v128.store(outA + i, i64x2.shuffle(lane0, lane1, 0, 2));
    v128.store(outB + i, i64x2.shuffle(lane0, lane1, 1, 3));
  }
  if (i !== rate) {
    store<u64>(outA + i, load<u64>(states + 2 * i));
    store<u64>(outB + i, load<u64>(states + 2 * i, 8));
  }
}
