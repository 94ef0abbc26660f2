// Writes the unrolled compression function of BLAKE3 (specification §2.2) in two shapes, for `wasm/assembly/blake3.ts`: one
// block, its state as four rows of four words; and one block of each of four chunks, a lane each. The schedule of message
// words is a constant of every round, which neither asc nor the engine makes of a loop: `generate()` returns
// { file name: source }, `build-wasm.mjs` writes it out.

/** How the message words move from round to round (table 2). */
const PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const ROUNDS = 7;
const IV = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** By round: which word of the block stands at each of the 16 places. */
function schedule() {
  const rounds = [Array.from({ length: 16 }, (_, i) => i)];
  while (rounds.length < ROUNDS) rounds.push(PERMUTATION.map((from) => rounds.at(-1)[from]));
  return rounds;
}

/** A byte shuffle that rotates each 32-bit lane right by `bits`, a multiple of 8. */
function byteRotation(x, bits) {
  const places = Array.from({ length: 16 }, (_, i) => (i & ~3) | ((i + bits / 8) & 3));
  return `i8x16.shuffle(${x}, ${x}, ${places.join(', ')})`;
}

const shiftRotation = (x, bits) => `v128.or(i32x4.shr_u(${x}, ${bits}), i32x4.shl(${x}, ${32 - bits}))`;

/** The quarter-round G (§2.2) on whole vectors: of four columns at once, or of one column in four lanes. */
function mix(a, b, c, d, first, second) {
  return [
    `${a} = i32x4.add(i32x4.add(${a}, ${b}), ${first});`,
    `${d} = v128.xor(${d}, ${a}); ${d} = ${byteRotation(d, 16)};`,
    `${c} = i32x4.add(${c}, ${d});`,
    `${b} = v128.xor(${b}, ${c}); ${b} = ${shiftRotation(b, 12)};`,
    `${a} = i32x4.add(i32x4.add(${a}, ${b}), ${second});`,
    `${d} = v128.xor(${d}, ${a}); ${d} = ${byteRotation(d, 8)};`,
    `${c} = i32x4.add(${c}, ${d});`,
    `${b} = v128.xor(${b}, ${c}); ${b} = ${shiftRotation(b, 7)};`,
  ];
}

/** Four words of the block at `m` as one vector. */
function gather(words) {
  let vector = `v128.load32_zero(m, ${4 * words[0]})`;
  for (const lane of [1, 2, 3]) vector = `v128.load_lane<u32>(m, ${vector}, ${lane}, ${4 * words[lane]})`;
  return vector;
}

/** Lanes of a row moved to the left by so many. */
function turn(x, lanes) {
  const order = [0, 1, 2, 3].map((i) => (i + lanes) & 3);
  return `${x} = v128.shuffle<u32>(${x}, ${x}, ${order.join(', ')});`;
}

function oneBlock() {
  const lines = [];
  for (const [round, order] of schedule().entries()) {
    const pick = (from) => [0, 2, 4, 6].map((i) => order[from + i]);
    lines.push(`// round ${round}`);
    lines.push(...mix('a', 'b', 'c', 'd', gather(pick(0)), gather(pick(1))));
    lines.push(turn('b', 1), turn('c', 2), turn('d', 3));
    lines.push(...mix('a', 'b', 'c', 'd', gather(pick(8)), gather(pick(9))));
    lines.push(turn('b', 3), turn('c', 2), turn('d', 1));
  }
  return `/** Eight words of the chaining value after the block at m, to out; cv may be out. */
export function compress(out: usize, cv: usize, m: usize, counter: u32, length: u32, flags: u32): void {
  let a = v128.load(cv);
  let b = v128.load(cv, 16);
  let c = i32x4(${IV.slice(0, 4)
    .map((word) => word | 0)
    .join(', ')});
  let d = i32x4.replace_lane(
    i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(0), 0, counter), 2, length), 3, flags);
${lines.map((line) => `  ${line}`).join('\n')}
  v128.store(out, v128.xor(a, c));
  v128.store(out, v128.xor(b, d), 16);
}
`;
}

function fourBlocks() {
  const column = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
  ];
  const lines = [];
  for (const [round, order] of schedule().entries()) {
    lines.push(`// round ${round}`);
    for (const [g, [a, b, c, d]] of column.entries()) {
      const word = (i) => `v128.load(m, ${16 * order[i]})`;
      lines.push(...mix(`v${a}`, `v${b}`, `v${c}`, `v${d}`, word(2 * g), word(2 * g + 1)));
    }
  }
  const load = IV.map((_, i) => `  let v${i} = v128.load(h, ${16 * i});`).join('\n');
  const constants = IV.slice(0, 4)
    .map((word, i) => `  let v${8 + i} = i32x4.splat(${word | 0});`)
    .join('\n');
  const store = IV.map((_, i) => `  v128.store(h, v128.xor(v${i}, v${i + 8}), ${16 * i});`).join('\n');
  return `/** The same of four blocks: h is eight vectors of chaining values, m sixteen of message words, a chunk in each lane. */
export function compress4(h: usize, m: usize, counter: u32, flags: u32): void {
${load}
${constants}
  let v12 = i32x4.add(i32x4.splat(counter), i32x4(0, 1, 2, 3));
  let v13 = i32x4.splat(0);
  let v14 = i32x4.splat(64);
  let v15 = i32x4.splat(flags);
${lines.map((line) => `  ${line}`).join('\n')}
${store}
}
`;
}

export function generate() {
  const head = '// Written by scripts/gen-blake3.mjs: change that.\n\n';
  return { 'blake3-rounds.ts': `${head}${oneBlock()}\n${fourBlocks()}` };
}
