// Writes the unrolled Keccak-f[1600] permutations (FIPS 202 §3.2-§3.4) that `wasm/assembly/keccak.ts` uses.
// Neither asc nor the engine unrolls the five planes of a round with their offsets, so the text is generated: `generate()` returns { file name: source }, `build-wasm.mjs` writes it out.

/** ρ offsets (FIPS 202 §3.2.2), by lane x + 5y, from the recurrence in the standard. */
function rhoOffsets() {
  const offsets = new Array(25).fill(0);
  let [x, y] = [1, 0];
  for (let t = 0; t < 24; t++) {
    offsets[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
}

/** Round constants (FIPS 202 §3.2.5): bit 2^j − 1 of RC[i] is rc(j + 7i), rc from the LFSR of Algorithm 5. */
function roundConstants() {
  const bits = [];
  let lfsr = 1;
  for (let t = 0; t < 168; t++) {
    bits.push(lfsr & 1);
    lfsr = lfsr & 0x80 ? ((lfsr << 1) ^ 0x171) & 0xff : lfsr << 1;
  }
  const constants = [];
  for (let round = 0; round < 24; round++) {
    let value = 0n;
    for (let j = 0; j <= 6; j++) if (bits[j + 7 * round]) value |= 1n << BigInt(2 ** j - 1);
    constants.push(value);
  }
  return constants;
}

const RHO = rhoOffsets();
const RC = roundConstants();

/**
 * Lanes that the one-way permutation keeps complemented. With these six, χ needs one complement per plane
 * instead of five (the "lane complementing transform" of the Keccak implementation overview, §2.2).
 */
const COMPLEMENTED = [1, 2, 8, 12, 17, 20];

/** χ on plane y with the complemented lanes: Boolean forms for x = 0..4, from De Morgan's laws. */
const CHI_COMPLEMENTED = [
  ['b0^(b1|b2)', 'b1^(~b2|b3)', 'b2^(b3&b4)', 'b3^(b4|b0)', 'b4^(b0&b1)'],
  ['b0^(b1|b2)', 'b1^(b2&b3)', 'b2^(b3|~b4)', 'b3^(b4|b0)', 'b4^(b0&b1)'],
  ['b0^(b1|b2)', 'b1^(b2&b3)', 'b2^(n3&b4)', 'n3^(b4|b0)', 'b4^(b0&b1)'],
  ['b0^(b1&b2)', 'b1^(b2|b3)', 'b2^(n3|b4)', 'n3^(b4&b0)', 'b4^(b0|b1)'],
  ['b0^(n1&b2)', 'n1^(b2|b3)', 'b2^(b3&b4)', 'b3^(b4|b0)', 'b4^(b0&b1)'],
];
/** The lane whose complement a plane uses under the name n, or −1. */
const CHI_NOT = [-1, -1, 3, 3, 1];

/** The scalar operations, as text. */
const scalar = {
  type: 'u64',
  xor: (...terms) => terms.join(' ^ '),
  rotl: (v, n) => (n ? `rotl<u64>(${v}, ${n})` : v),
  /** Statements of χ for plane y, writing `out(x)`; with a round r, ι is added to lane 0. */
  chi(y, b, out, r) {
    const lines = [];
    if (CHI_NOT[y] >= 0) lines.push(`const ${b}n = ~${b}${CHI_NOT[y]};`);
    for (let x = 0; x < 5; x++) {
      const form = CHI_COMPLEMENTED[y][x].replace(/([bn])(\d)/g, (_, kind, n) =>
        kind === 'n' ? `${b}n` : `${b}${n}`,
      );
      const iota = r !== undefined && x === 0 ? ` ^ load<u64>(rc, ${8 * r})` : '';
      lines.push(`const ${out(x)} = ${form}${iota};`);
    }
    return lines;
  },
  load: (i, base) => `load<u64>(${base}, ${8 * i})`,
  store: (i, base, v) => `store<u64>(${base}, ${v}, ${8 * i});`,
  enter: (base) => COMPLEMENTED.map((i) => `store<u64>(${base}, ~load<u64>(${base}, ${8 * i}), ${8 * i});`),
  leave: (base) => scalar.enter(base),
};

/** Two states side by side: lane i of both is one v128 at 16·i. */
const vector = {
  type: 'v128',
  xor: (...terms) => terms.reduce((a, b) => `v128.xor(${a}, ${b})`),
  rotl: (v, n) => (n ? `v128.or(i64x2.shl(${v}, ${n}), i64x2.shr_u(${v}, ${64 - n}))` : v),
  chi(_y, b, out, r) {
    const lines = [];
    for (let x = 0; x < 5; x++) {
      let form = `v128.xor(${b}${x}, v128.andnot(${b}${(x + 2) % 5}, ${b}${(x + 1) % 5}))`;
      if (r !== undefined && x === 0) form = `v128.xor(${form}, v128.load64_splat(rc, ${8 * r}))`;
      lines.push(`const ${out(x)} = ${form};`);
    }
    return lines;
  },
  load: (i, base) => `v128.load(${base}, ${16 * i})`,
  store: (i, base, v) => `v128.store(${base}, ${v}, ${16 * i});`,
  enter: () => [],
  leave: () => [],
};

/**
 * The statements of one round from the lanes at `from` to the lanes at `to`. The column parities of the input
 * are in `${tag}c0..4`; those of the output end in `${next}c0..4`. Only the parities, θ's five words and one
 * plane are alive at a time: the stores pin that order, where a round in local variables lets the engine's
 * scheduler stretch 50 live ranges over 16 registers (measured: half as fast when fully unrolled).
 */
function round(ops, r, from, to, tag, next) {
  const lines = [];
  for (let x = 0; x < 5; x++) {
    lines.push(
      `const ${tag}d${x} = ${ops.xor(`${tag}c${(x + 4) % 5}`, ops.rotl(`${tag}c${(x + 1) % 5}`, 1))};`,
    );
  }
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 5; x++) {
      // π (§3.2.3): the lane at (x, y) comes from ((x + 3y) mod 5, x).
      const [sx, sy] = [(x + 3 * y) % 5, x];
      lines.push(`const ${tag}t${x}${y} = ${ops.xor(ops.load(sx + 5 * sy, from), `${tag}d${sx}`)};`);
      lines.push(`const ${tag}b${y}_${x} = ${ops.rotl(`${tag}t${x}${y}`, RHO[sx + 5 * sy])};`);
    }
    lines.push(...ops.chi(y, `${tag}b${y}_`, (x) => `${tag}e${x + 5 * y}`, y === 0 ? r : undefined));
    for (let x = 0; x < 5; x++) lines.push(ops.store(x + 5 * y, to, `${tag}e${x + 5 * y}`));
    for (let x = 0; x < 5; x++) {
      lines.push(
        y === 0
          ? `let ${next}c${x} = ${tag}e${x};`
          : `${next}c${x} = ${ops.xor(`${next}c${x}`, `${tag}e${x + 5 * y}`)};`,
      );
    }
  }
  return lines;
}

/** Rounds in one turn of the loop: two, so that the lanes go to the scratch state and come back. */
const UNROLL = 2;

/** A whole permutation on the state at `state`, with a second state at `scratch` to alternate with. */
function permutation(ops, state, scratch) {
  const lines = ['let rc: usize = ROUND_CONSTANTS;', ...ops.enter(state)];
  for (let x = 0; x < 5; x++) {
    const column = [0, 1, 2, 3, 4].map((y) => ops.load(x + 5 * y, state));
    lines.push(`let c${x}: ${ops.type} = ${ops.xor(...column)};`);
  }
  lines.push('do {');
  for (let x = 0; x < 5; x++) lines.push(`  const r0c${x} = c${x};`);
  for (let r = 0; r < UNROLL; r++) {
    const [from, to] = r % 2 ? [scratch, state] : [state, scratch];
    lines.push(...round(ops, r, from, to, `r${r}`, `r${r + 1}`).map((line) => '  ' + line));
  }
  for (let x = 0; x < 5; x++) lines.push(`  c${x} = r${UNROLL}c${x};`);
  lines.push(`  rc += ${8 * UNROLL};`, '} while (rc != ROUND_CONSTANTS + 192);', ...ops.leave(state));
  return lines;
}

function wrap(name, doc, params, lines) {
  return `/** ${doc} */\nexport function ${name}(${params}): void {\n  ${lines.join('\n  ')}\n}\n`;
}

export function generate() {
  const table = RC.map((c) => `  0x${c.toString(16).padStart(16, '0')},\n`).join('');
  return {
    'keccak-f1600.ts': [
      '// Generated by scripts/gen-keccak.mjs. Do not edit.\n',
      `/** Round constants, 24 × u64 (FIPS 202 §3.2.5). */\nconst ROUND_CONSTANTS = memory.data<u64>([\n${table}], 16);\n`,
      '/** Second states, one-way and two-way, that every other round writes to. */',
      'export const SCRATCH = memory.data(200, 16);\nexport const SCRATCH2 = memory.data(400, 16);\n',
      wrap(
        'keccakF',
        'Keccak-f[1600] on the 25 lanes at `state`.',
        'state: usize',
        permutation(scalar, 'state', 'SCRATCH'),
      ),
      wrap(
        'keccakF2',
        'Keccak-f[1600] on two states side by side: lane i of both at `states + 16·i`.',
        'states: usize',
        permutation(vector, 'states', 'SCRATCH2'),
      ),
    ].join('\n'),
  };
}
