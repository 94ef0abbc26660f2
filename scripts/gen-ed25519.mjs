// The straight-line code of the Ed25519 kernel that nobody should type or review by hand: field multiplication and
// squaring, the limb-wise glue of the point formulas, and the SHA-512 compression function.
//
// Why this representation (see wasm/assembly/ed25519/field.ts for its bounds): WASM has no 64x64->128 multiply and
// no way to a plain pmuludq (every extmul costs two shuffles), but `i32x4.dot_i16x8_s` is one pmaddwd: eight 16-bit
// products and four additions in one instruction. So a field element is 20 signed limbs of 13 bits, limb pairs
// share a 32-bit lane, and four field elements ride in the four lanes.

let lines = [];
const emit = (text = '') => lines.push(text);

// Byte shuffles. PICK(x, y << 16) joins the low halves of x with the high halves of the other operand; SWAP
// exchanges the halves of every lane. V8 turns both into one instruction.
const PICK = '0, 1, 18, 19, 4, 5, 22, 23, 8, 9, 26, 27, 12, 13, 30, 31';
const SWAP = '2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13';
const pick = (x, y) => `i8x16.shuffle(${x}, ${y}, ${PICK})`;
const dot = (x, y) => `i32x4.dot_i16x8_s(${x}, ${y})`;
const sum = (terms) => terms.reduce((x, y) => `i32x4.add(${x}, ${y})`);
const load = (base, index) => `v128.load(${base}, ${16 * index})`;
const store = (base, value, index) => emit(`  v128.store(${base}, ${value}, ${16 * index});`);

/** Moves 32-bit lanes: lane i of the result is lane `order[i]` of `x`. */
function lanes(x, order) {
  const bytes = order.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
  return `i8x16.shuffle(${x}, ${x}, ${bytes.join(', ')})`;
}

/** q_m = (limb m, limb m - 1) of the second factor: what meets the pair (limb 2i, limb 2i + 1) in column m + 2i. */
function reversedPair(base, m) {
  const half = m >> 1;
  if (m === 0) return `v128.and(${load(base, 0)}, i32x4.splat(0xffff))`;
  if (m === 20) return `v128.and(${load(base, 9)}, i32x4.splat(0xffff0000))`;
  if (m & 1) return `i8x16.shuffle(${load(base, half)}, ${load(base, half)}, ${SWAP})`;
  return pick(load(base, half), load(base, half - 1));
}

/**
 * Columns 0 to 38 in COLUMNS become 20 balanced limbs at `o`. The bounds are argued in field.ts.
 *
 * A carry takes two dependent instructions, and one chain over all columns would take longer than everything else in
 * here together. So there are two chains, columns 0 to 9 with 20 to 29 and columns 10 to 19 with 30 to 38, and what
 * each carries into the other's first column is added in the end: it reaches two limbs further and no more.
 */
function reduceColumns() {
  emit('  const m13 = i32x4.splat(0x1fff);');
  emit('  const k608 = i32x4.splat(608);');
  emit('  const bias = i32x4.splat(4096);');
  emit('  const m1313 = i32x4.splat(0x1fff1fff);');
  emit('  const half = i32x4.splat(0x10001000);');
  for (const chain of ['f', 'g'])
    emit(`  let ${chain}: v128;\n  let ${chain}u: v128;\n  let ${chain}Carry: v128;`);
  emit(`  f = ${load('COLUMNS', 20)};`);
  emit(`  g = ${load('COLUMNS', 30)};`);
  const times608 = (x) => sum([`i32x4.shl(${x}, 9)`, `i32x4.add(i32x4.shl(${x}, 6), i32x4.shl(${x}, 5))`]);
  for (let step = 0; step < 10; step++) {
    for (const [name, k] of [
      ['f', step],
      ['g', 10 + step],
    ]) {
      // Column 39 is the carry out of column 38. It is below 2^14 and is not reduced further.
      const folded = k === 19 ? name : `v128.and(${name}, m13)`;
      emit(`  const low${k} = ${sum([load('COLUMNS', k), `i32x4.add(${dot(folded, 'k608')}, bias)`])};`);
      if (k === 18) emit(`  ${name} = i32x4.shr_s(${name}, 13);`);
      else if (k % 10 < 9)
        emit(`  ${name} = i32x4.add(i32x4.shr_s(${name}, 13), ${load('COLUMNS', 21 + k)});`);
      // Weight 13 * 30, which is 608 times that of limb 10.
      else if (k === 9) emit('  const over = i32x4.shr_s(f, 13);');
      emit(step === 0 ? `  ${name}u = low${k};` : `  ${name}u = i32x4.add(low${k}, ${name}Carry);`);
      emit(`  ${name}Carry = i32x4.shr_s(${name}u, 13);`);
      if (step < 4) emit(`  const l${k} = v128.and(${name}u, m13);`);
      else if (step % 2 === 0) emit(`  const e${k} = ${name}u;`);
      else {
        const joined = pick(`e${k - 1}`, `i32x4.shl(${name}u, 16)`);
        store('o', `i16x8.sub(v128.and(${joined}, m1313), half)`, (k - 1) / 2);
      }
    }
  }
  for (const [first, into] of [
    [0, times608('gCarry')],
    [10, `i32x4.add(fCarry, ${times608('over')})`],
  ]) {
    emit(`  const n${first} = i32x4.add(l${first}, ${into});`);
    emit(`  const n${first + 1} = i32x4.add(l${first + 1}, i32x4.shr_s(n${first}, 13));`);
    emit(`  const n${first + 2} = i32x4.add(l${first + 2}, i32x4.shr_s(n${first + 1}, 13));`);
    const pair = pick(`n${first}`, `i32x4.shl(n${first + 1}, 16)`);
    store('o', `i16x8.sub(v128.and(${pair}, m1313), half)`, first / 2);
    store('o', `i16x8.sub(${pick(`n${first + 2}`, `i32x4.shl(l${first + 3}, 16)`)}, half)`, first / 2 + 1);
  }
}

function multiplication() {
  emit('/** o = a * b in each of the four lanes; o may be a or b. Bounds: see field.ts. */');
  emit('export function mul(o: usize, a: usize, b: usize): void {');
  for (const v of ['a0', 'a1', 'a2', 'a3', 'a4', 'q0', 'q1', 'q2', 'q3', 'q4']) emit(`  let ${v}: v128;`);
  // Five pairs of `a` stay in registers while the columns of one parity slide along: each q is loaded once per
  // pass. Storing every column keeps the engine's scheduler from spreading the pass over more registers than there are.
  for (const base of [0, 5]) {
    for (let i = 0; i < 5; i++) emit(`  a${i} = ${load('a', base + i)};`);
    for (const parity of [0, 1]) {
      for (let m = parity; m <= 28 + parity; m += 2) {
        const name = (index) => `q${(index >> 1) % 5}`;
        if (m <= 20) {
          emit(`  ${name(m)} = ${base === 0 ? reversedPair('b', m) : load('REVERSED', m)};`);
          if (base === 0) store('REVERSED', name(m), m);
        }
        const terms = [];
        for (let i = 0; i < 5; i++) {
          const index = m - 2 * i;
          if (index >= 0 && index <= 20) terms.push(dot(`a${i}`, name(index)));
        }
        if (terms.length === 0) continue;
        const column = m + 2 * base;
        if (base === 5 && column <= 28) terms.push(load('COLUMNS', column));
        store('COLUMNS', sum(terms), column);
      }
    }
  }
  reduceColumns();
  emit('}');
  emit();
}

function squaring() {
  emit(
    '/** o = a * a in each of the four lanes; o may be a. Limbs of a: at most two units, see field.ts. */',
  );
  emit('export function sqr(o: usize, a: usize): void {');
  emit('  let x: v128;');
  emit('  let y: v128;');
  for (let i = 0; i < 10; i++) {
    emit(`  x = ${load('a', i)};`);
    emit('  y = i16x8.add(x, x);');
    store('DOUBLED', 'y', i);
  }
  for (let m = 0; m <= 20; m++) store('REVERSED', reversedPair('a', m), m);
  const groups = [
    [0, 19],
    [20, 29],
    [30, 38],
  ];
  for (const [first, last] of groups) {
    for (const parity of [0, 1]) {
      const seen = new Set();
      const get = (base, index, name) => {
        const local = `${name}${index}_${first}_${parity}`;
        if (!seen.has(local)) emit(`  const ${local} = ${load(base, index)};`);
        seen.add(local);
        return local;
      };
      for (let k = first + parity; k <= last; k += 2) store('COLUMNS', sum(squareColumn(k, get)), k);
    }
  }
  reduceColumns();
  emit('}');
  emit();
}

/** The products of column k with each unordered pair of limbs once: 2 a_i a_j for i < j, and a_m^2 in an even column. */
function squareColumn(k, get) {
  const terms = [];
  const half = k >> 1;
  for (let p = Math.max(0, k - 19) >> 1; 2 * p <= half; p++) {
    const q = get('REVERSED', k - 2 * p, 'q');
    const second = 2 * p + 1;
    if (second < half || (second === half && k & 1)) terms.push(dot(get('DOUBLED', p, 'd'), q));
    else if (second === half) terms.push(dot(pick(get('DOUBLED', p, 'd'), load('a', p)), q));
    // (a_m, a_m+1) . (a_m+1, a_m) is the doubled product by itself.
    else if (k & 1) terms.push(dot(load('a', p), q));
    else terms.push(dot(`v128.and(${load('a', p)}, i32x4.splat(0xffff))`, q));
  }
  return terms;
}

/** A function that maps each of the ten vectors of its inputs to each of the ten of its outputs. */
function vectorwise(doc, name, parameters, constants, body) {
  emit(`/** ${doc} */`);
  emit(`export function ${name}(${parameters.map((p) => `${p}: usize`).join(', ')}): void {`);
  for (const [local, value] of constants) emit(`  const ${local} = ${value};`);
  emit('  let x: v128;');
  emit('  let y: v128;');
  emit('  let z: v128;');
  for (let i = 0; i < 10; i++) body(i);
  emit('}');
  emit();
}

const sign = (list) => {
  const word = (s) => (s === 0 ? '0' : s > 0 ? '0x00010001' : '0xffffffff');
  return `i32x4(${list.map(word).join(', ')})`;
};

function pointGlue() {
  vectorwise('o = a + b, limb by limb.', 'add', ['o', 'a', 'b'], [], (i) =>
    store('o', `i16x8.add(${load('a', i)}, ${load('b', i)})`, i),
  );
  vectorwise('o = a - b, limb by limb.', 'sub', ['o', 'a', 'b'], [], (i) =>
    store('o', `i16x8.sub(${load('a', i)}, ${load('b', i)})`, i),
  );
  vectorwise(
    'The first factor of an addition: (Y - X, Y + X, Z, T) of p, or of -p where `signs` says so.',
    'addFirst',
    ['o', 'p', 'signs'],
    [
      ['s0', 'v128.load(signs, 0)'],
      ['s1', 'v128.load(signs, 16)'],
    ],
    (i) => {
      emit(`  x = ${load('p', i)};`);
      emit(`  y = i16x8.mul(${lanes('x', [1, 1, 2, 3])}, s0);`);
      emit(`  z = i16x8.mul(${lanes('x', [0, 0, 0, 0])}, s1);`);
      store('o', 'i16x8.add(y, z)', i);
    },
  );
  vectorwise(
    'From m = (A, B, D, C): u = (E, G, F, E), v = (F, H, G, H); E is negated where `signs` says so.',
    'addSecond',
    ['u', 'v', 'm', 'signs'],
    [
      ['s2', 'v128.load(signs, 32)'],
      ['s3', 'v128.load(signs, 48)'],
      ['s4', sign([-1, 1, 1, 1])],
    ],
    (i) => {
      emit(`  x = ${load('m', i)};`);
      emit(`  y = i16x8.mul(${lanes('x', [1, 2, 2, 1])}, s2);`);
      emit(`  z = i16x8.mul(${lanes('x', [0, 3, 3, 0])}, s3);`);
      store('u', 'i16x8.add(y, z)', i);
      emit(`  z = i16x8.mul(${lanes('x', [3, 0, 3, 0])}, s4);`);
      store('v', `i16x8.add(${lanes('x', [2, 1, 2, 1])}, z)`, i);
    },
  );
  vectorwise(
    'The factors of a doubling: u = (X, Y, Z, X), v = (X, Y, 2Z, 2Y).',
    'doubleFirst',
    ['u', 'v', 'p'],
    [['s0', 'i32x4(0x00010001, 0x00010001, 0x00020002, 0x00020002)']],
    (i) => {
      emit(`  x = ${load('p', i)};`);
      store('u', lanes('x', [0, 1, 2, 0]), i);
      store('v', `i16x8.mul(${lanes('x', [0, 1, 2, 1])}, s0)`, i);
    },
  );
  vectorwise(
    'From m = (A, B, C, E): u = (E, G, F, E), v = (F, H, G, H) with G = B - A, F = C - G, H = A + B.',
    'doubleSecond',
    ['u', 'v', 'm'],
    [
      ['s0', sign([0, -1, 1, 0])],
      ['s1', sign([0, 0, -1, 0])],
      ['s2', sign([1, 1, -1, 1])],
      ['s3', sign([-1, 0, 0, 0])],
    ],
    (i) => {
      emit(`  x = ${load('m', i)};`);
      emit(`  y = ${lanes('x', [0, 0, 0, 0])};`);
      emit(`  z = ${lanes('x', [1, 1, 1, 1])};`);
      store('u', `i16x8.add(${lanes('x', [3, 1, 2, 3])}, i16x8.add(i16x8.mul(y, s0), i16x8.mul(z, s1)))`, i);
      store('v', `i16x8.add(${lanes('x', [2, 1, 1, 1])}, i16x8.add(i16x8.mul(y, s2), i16x8.mul(z, s3)))`, i);
    },
  );
}

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The largest integer whose `degree`-th power is at most n, by Newton's method from above. */
function integerRoot(n, degree) {
  let x = 1n << (BigInt(n.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * x + n / x ** (degree - 1n)) / degree;
    if (next >= x) return x;
    x = next;
  }
}

/** The low 64 bits of a root scaled by 2^64: the first 64 bits of its fraction, as FIPS 180-4 §4.2.3 and §5.3.5 ask. */
const hex = (root) => `0x${BigInt.asUintN(64, root).toString(16).padStart(16, '0')}`;

/** SHA-512, FIPS 180-4 §6.4.2: one block, all eighty rounds, the message schedule in sixteen rolling words. */
function compression() {
  emit('/** Hashes the 128-byte block at `block` into the eight words at `state`. */');
  emit('export function compress(state: usize, block: usize): void {');
  const constants = primes(80).map((prime) => hex(integerRoot(BigInt(prime) << 192n, 3n)));
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const [i, name] of names.entries()) emit(`  let ${name} = load<u64>(state, ${8 * i});`);
  for (let i = 0; i < 16; i++) emit(`  let w${i} = bswap(load<u64>(block, ${8 * i}));`);
  emit('  let t: u64;');
  const sigma = (x, r1, r2, shift) => `(rotr(${x}, ${r1}) ^ rotr(${x}, ${r2}) ^ (${x} >> ${shift}))`;
  const capital = (x, r1, r2, r3) => `(rotr(${x}, ${r1}) ^ rotr(${x}, ${r2}) ^ rotr(${x}, ${r3}))`;
  let v = names;
  for (let i = 0; i < 80; i++) {
    const [a, b, c, d, e, f, g, h] = v;
    const w = (offset) => `w${(i + offset) & 15}`;
    if (i >= 16) emit(`  ${w(0)} += ${sigma(w(1), 1, 8, 7)} + ${w(9)} + ${sigma(w(14), 19, 61, 6)};`);
    emit(
      `  t = ${h} + ${capital(e, 14, 18, 41)} + (${g} ^ (${e} & (${f} ^ ${g}))) + ${constants[i]} + ${w(0)};`,
    );
    emit(`  ${d} += t;`);
    emit(`  ${h} = t + ${capital(a, 28, 34, 39)} + ((${a} & ${b}) | (${c} & (${a} | ${b})));`);
    v = [h, a, b, c, d, e, f, g];
  }
  for (const [i, name] of names.entries()) {
    emit(`  store<u64>(state, load<u64>(state, ${8 * i}) + ${name}, ${8 * i});`);
  }
  emit('}');
}

const HEADER = '// Written by scripts/gen-ed25519.mjs; do not edit.';

function field() {
  lines = [];
  emit(HEADER);
  emit('// `mul` and `sqr` keep their intermediate columns in the static areas below.');
  emit();
  emit('const COLUMNS: usize = memory.data(39 * 16, 16);');
  emit('const REVERSED: usize = memory.data(21 * 16, 16);');
  emit('const DOUBLED: usize = memory.data(160, 16);');
  emit();
  multiplication();
  squaring();
  pointGlue();
  return lines.join('\n');
}

function sha512() {
  lines = [];
  emit(HEADER);
  emit();
  emit('/** The initial hash value. */');
  const initial = primes(8).map((prime) => hex(integerRoot(BigInt(prime) << 128n, 2n)));
  emit(`export const SHA512_H: usize = memory.data<u64>([${initial.join(', ')}], 16);`);
  emit();
  compression();
  emit();
  return lines.join('\n');
}

/** File names under wasm/assembly/generated/, and what goes into them. */
export function generate() {
  return { 'ed25519-field.ts': field(), 'ed25519-sha512.ts': sha512() };
}
