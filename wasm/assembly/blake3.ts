// asc-flags: --initialMemory 2
/**
 * BLAKE3 with 32 bytes of output, plain and keyed (BLAKE3 specification §2). The input is put into the piece at `INPUT`, a
 * stretch of whole chunks at a time, and taken in by `absorb`; what is left, 64 KiB at most, by `finish`. Whole chunks are
 * hashed four at a time, a lane each (§5.3). The kernel trusts its host (src/crypto/kernels/blake3.ts) for lengths.
 *
 * Nothing depends on what the bytes are, only on how many there are.
 */
import { compress, compress4 } from './generated/blake3-rounds';

const CHUNK: u32 = 1024;
const BLOCK: u32 = 64;

const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const PARENT: u32 = 4;
const ROOT: u32 = 8;

// The input has the second page; four chunks may be read from any of its chunks on, so that it ends a little before.
export const INPUT: usize = 16384;
export const INPUT_BYTES: u32 = 65536;
/** The key words of the mode: the key itself, or the constants of §2.1. */
export const KEY: usize = 1024;
export const OUTPUT: usize = 1088;

/** The last block of a chunk or a parent, until it is known whether it is the root. */
const BLOCK_AT: usize = 1152;
const CV: usize = 1216;
/** Chaining values of complete subtrees, largest first: one for each bit of the number of chunks. */
const STACK: usize = 2048;
/** Of four chunks at once: chaining values, message words, and the results. */
const LANES: usize = 4096;
const WORDS: usize = 4352;

let chunks: u32 = 0;
let depth: u32 = 0;
let mode: u32 = 0;

/** Begins an input. `flags`: 16 for the keyed mode, whose key the host has put at `KEY`. */
export function begin(flags: u32): void {
  chunks = 0;
  depth = 0;
  mode = flags;
}

/** A chaining value at CV joins those of complete subtrees (§5.1.2): one merge for each trailing zero of the count. */
function push(): void {
  chunks++;
  for (let count = chunks; (count & 1) === 0; count >>= 1) {
    depth--;
    parent(STACK + 32 * <usize>depth);
    compress(CV, KEY, BLOCK_AT, 0, BLOCK, mode | PARENT);
  }
  const to = STACK + 32 * <usize>depth;
  depth++;
  v128.store(to, v128.load(CV));
  v128.store(to, v128.load(CV, 16), 16);
}

/** The block of a parent: the left subtree's chaining value, then the one at CV. */
function parent(left: usize): void {
  v128.store(BLOCK_AT, v128.load(left));
  v128.store(BLOCK_AT, v128.load(left, 16), 16);
  v128.store(BLOCK_AT, v128.load(CV), 32);
  v128.store(BLOCK_AT, v128.load(CV, 16), 48);
}

function startOfChunk(): void {
  v128.store(CV, v128.load(KEY));
  v128.store(CV, v128.load(KEY, 16), 16);
}

/** A whole chunk, by itself. */
function chunk(at: usize): void {
  startOfChunk();
  compress(CV, CV, at, chunks, BLOCK, mode | CHUNK_START);
  for (let i: u32 = BLOCK; i < CHUNK - BLOCK; i += BLOCK) compress(CV, CV, at + i, chunks, BLOCK, mode);
  compress(CV, CV, at + CHUNK - BLOCK, chunks, BLOCK, mode | CHUNK_END);
  push();
}

/** Words 4k to 4k + 3 of one block of each of four chunks, as four vectors of one word each. */
function transpose(at: usize, to: usize): void {
  const a = v128.load(at);
  const b = v128.load(at, 1024);
  const c = v128.load(at, 2048);
  const d = v128.load(at, 3072);
  const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
  v128.store(to, v128.shuffle<u64>(ab, cd, 1, 3), 16);
  v128.store(to, v128.shuffle<u64>(ab2, cd2, 0, 2), 32);
  v128.store(to, v128.shuffle<u64>(ab2, cd2, 1, 3), 48);
}

/** The first `wanted` of the four chunks from `at` on; what is computed of the others is dropped. */
function fourChunks(at: usize, wanted: u32): void {
  for (let i: usize = 0; i < 8; i++) v128.store(LANES + 16 * i, v128.load32_splat(KEY + 4 * i));
  for (let block: u32 = 0; block < CHUNK; block += BLOCK) {
    const from = at + block;
    transpose(from, WORDS);
    transpose(from + 16, WORDS + 64);
    transpose(from + 32, WORDS + 128);
    transpose(from + 48, WORDS + 192);
    let flags = mode;
    if (block === 0) flags |= CHUNK_START;
    if (block === CHUNK - BLOCK) flags |= CHUNK_END;
    compress4(LANES, WORDS, chunks, flags);
  }
  for (let lane: u32 = 0; lane < wanted; lane++) {
    for (let i: usize = 0; i < 8; i++) {
      store<u32>(CV + 4 * i, load<u32>(LANES + 16 * i + 4 * lane));
    }
    push();
  }
}

/** Takes in whole chunks from INPUT on; more of the input has to follow. */
function take(count: u32): usize {
  let at = INPUT;
  for (; count >= 4; count -= 4) {
    fourChunks(at, 4);
    at += 4 * CHUNK;
  }
  // Four lanes cost about as much as two chunks one after the other.
  if (count >= 2) {
    fourChunks(at, count);
    at += count * CHUNK;
  } else if (count === 1) {
    chunk(at);
    at += CHUNK;
  }
  return at;
}

/** Takes in all of INPUT; more of the input has to follow. */
export function absorb(): void {
  take(INPUT_BYTES / CHUNK);
}

/** Takes in the last `length` bytes, 0 to INPUT_BYTES, and leaves the digest at OUTPUT. */
export function finish(length: u32): void {
  let at = INPUT;
  let left = length;
  if (length > CHUNK) {
    const whole = (length - 1) / CHUNK;
    at = take(whole);
    left = length - whole * CHUNK;
  }
  startOfChunk();
  let flags = mode | CHUNK_START;
  for (; left > BLOCK; left -= BLOCK) {
    compress(CV, CV, at, chunks, BLOCK, flags);
    flags = mode;
    at += BLOCK;
  }
  memory.fill(at + left, 0, BLOCK - left);
  flags |= CHUNK_END;
  if (depth === 0) {
    compress(OUTPUT, CV, at, 0, left, flags | ROOT);
    return;
  }
  compress(CV, CV, at, chunks, left, flags);
  while (depth > 1) {
    depth--;
    parent(STACK + 32 * <usize>depth);
    compress(CV, KEY, BLOCK_AT, 0, BLOCK, mode | PARENT);
  }
  parent(STACK);
  compress(OUTPUT, KEY, BLOCK_AT, 0, BLOCK, mode | PARENT | ROOT);
}
