// Writes the tables of roots that the transforms in `wasm/assembly/mldsa` read (FIPS 204 §7.5 and Appendix B), in the order
// in which its passes use them, and proves the bounds that its lazy reductions rely on: `generate()` throws if a
// bound does not hold, so a kernel with unproven arithmetic cannot be built.

const Q = 8380417;
const ZETA = 1753;

function power(base, exponent) {
  let result = 1n;
  for (let i = 0; i < exponent; i++) result = (result * BigInt(base)) % BigInt(Q);
  return Number(result);
}

const reverse8 = (k) => Number.parseInt(k.toString(2).padStart(8, '0').split('').reverse().join(''), 2);

/** The representative in (−q/2, q/2]. */
const centre = (v) => {
  const r = ((v % Q) + Q) % Q;
  return r > (Q - 1) / 2 ? r - Q : r;
};

/** zetas[k] = ζ^BitRev8(k) mod± q. */
const ZETAS = Array.from({ length: 256 }, (_, k) => centre(power(ZETA, reverse8(k))));

/** 256^−1 mod± q: the factor of the inverse transform (FIPS 204, Algorithm 42 line 21). */
const F = centre(8347681);

const timesF = (v) => centre(Number((BigInt(v) * BigInt(F)) % BigInt(Q)));

const floatBits = new DataView(new ArrayBuffer(4));
/** The bits of the single-precision number nearest to v / q. */
function quotientBits(v) {
  floatBits.setFloat32(0, v / Q);
  return floatBits.getInt32(0);
}

/** A record of roots that are alike in all lanes: the integers, their quotients by q, padded to 32 bytes. */
const splatRecord = (roots) => {
  const words = [...roots, ...roots.map(quotientBits)];
  return [...words, ...new Array(8 - words.length).fill(0)];
};
/** A record of vectors of roots, one root a lane: each vector, then its quotients. */
const laneRecord = (vectors) => vectors.flatMap((v) => [...v, ...v.map(quotientBits)]);

const range = (n) => Array.from({ length: n }, (_, i) => i);

function forwardTable() {
  const words = splatRecord([ZETAS[1], ZETAS[2], ZETAS[3]]);
  for (const b of range(4)) words.push(...splatRecord([ZETAS[4 + b], ZETAS[8 + 2 * b], ZETAS[9 + 2 * b]]));
  for (const b of range(16)) {
    words.push(...splatRecord([ZETAS[16 + b], ZETAS[32 + 2 * b], ZETAS[33 + 2 * b]]));
    const groups = range(4).map((g) => 4 * b + g);
    words.push(
      ...laneRecord([
        groups.map((g) => ZETAS[64 + g]),
        groups.map((g) => ZETAS[128 + 2 * g]),
        groups.map((g) => ZETAS[129 + 2 * g]),
      ]),
    );
  }
  return words;
}

function inverseTable() {
  const words = [];
  const z = (k) => -ZETAS[k];
  for (const b of range(16)) {
    const groups = range(4).map((g) => 4 * b + g);
    words.push(
      ...laneRecord([
        groups.map((g) => z(255 - 2 * g)),
        groups.map((g) => z(254 - 2 * g)),
        groups.map((g) => z(127 - g)),
      ]),
      ...splatRecord([z(63 - 2 * b), z(62 - 2 * b), z(31 - b)]),
    );
  }
  for (const b of range(4)) words.push(...splatRecord([z(15 - 2 * b), z(14 - 2 * b), z(7 - b)]));
  words.push(...splatRecord([z(3), z(2), timesF(z(1)), F]));
  return words;
}

/**
 * A bound, in units of q, on the result of `mulRoot` with rounding shift s for |b| ≤ beta·q and |w| ≤ omega·q:
 * see the proof in reduction.ts. Throws where the quotient would leave the range in which the method is exact.
 */
export function mulRootBound(beta, s, omega = 0.5) {
  const quotient = beta * omega * Q;
  const slack = 1 + 2 ** -20;
  if (quotient * slack + 1 >= 2 ** (22 + s)) throw new Error(`quotient of ${beta}q too large for s = ${s}`);
  // Relative roundings of 2^−24 each: of w/q, of the product, and of b itself once it has more than 24 bits.
  const roundings = beta * Q <= 2 ** 24 ? 2 : 3;
  return 2 ** (s - 1) + quotient * roundings * 2 ** -24 * slack;
}

/** A bound, in units of q, on the result of `reduce` for |a| ≤ beta·q. */
export function reduceBound(beta) {
  if (beta * Q + 2 ** 22 >= 2 ** 31) throw new Error('the sum in reduce overflows');
  return (2 ** 22 + Math.floor((beta * Q + 2 ** 22) / 2 ** 23) * 8191) / Q;
}

/** Rounding shifts per layer: the forward transform's two halves, the inverse transform's two halves. */
const FORWARD_SHIFTS = [1, 1, 4, 4];
const INVERSE_SHIFTS = [1, 2, 4, 5];
/** Bounds that callers keep, in units of q: see reduction.ts. */
const FORWARD_INPUT = 0.54;
const INVERSE_INPUT = 0.94;

function prove() {
  const lines = [];
  const int32 = (beta) => {
    if (beta * Q >= 2 ** 31) throw new Error('a butterfly overflows 32 bits');
    return beta;
  };
  let beta = FORWARD_INPUT;
  for (const half of [0, 1]) {
    for (const [i, s] of FORWARD_SHIFTS.entries()) {
      const t = mulRootBound(beta, s);
      lines.push(
        `forward layer ${4 * half + i + 1}: in ${beta.toFixed(3)}, s = ${s}, product ${t.toFixed(3)}`,
      );
      beta = int32(beta + t);
    }
    const reduced = reduceBound(beta);
    lines.push(`forward reduce: in ${beta.toFixed(3)}, out ${reduced.toFixed(3)}`);
    beta = reduced;
  }
  if (beta > FORWARD_INPUT) throw new Error('forward output bound');
  beta = INVERSE_INPUT;
  for (const half of [0, 1]) {
    for (const [i, s] of INVERSE_SHIFTS.entries()) {
      const difference = int32(2 * beta);
      const t = mulRootBound(difference, s);
      lines.push(
        `inverse layer ${4 * half + i + 1}: sums and differences ${difference.toFixed(3)}, s = ${s}, product ${t.toFixed(3)}`,
      );
      if (half === 1 && i === 3) {
        const sum = mulRootBound(difference, 0, Math.abs(F) / Q);
        const rest = reduceBound(t);
        lines.push(`inverse output: sums times 1/256 ${sum.toFixed(3)}, products reduced ${rest.toFixed(3)}`);
        if (Math.max(sum, rest) > 0.67) throw new Error('inverse output bound');
      }
      beta = int32(Math.max(difference, t));
    }
    const reduced = reduceBound(beta);
    if (half === 0) lines.push(`inverse reduce: in ${beta.toFixed(3)}, out ${reduced.toFixed(3)}`);
    beta = reduced;
  }
  // The pointwise product: eight terms |a| ≤ q/2, |b| ≤ 0.54 q, summed in single precision one after another.
  const term = 0.5 * FORWARD_INPUT;
  let error = 0;
  for (let i = 1; i <= 8; i++) error += (3 * term + (i > 1 ? i * term : 0)) * Q * 2 ** -24;
  const s = 3;
  if (8 * term * Q + error >= 2 ** (22 + s)) throw new Error('pointwise quotient too large');
  const product = error + 2 ** (s - 1);
  lines.push(
    `pointwise: quotient error ${error.toFixed(3)}, sum ${product.toFixed(3)}, reduced ${reduceBound(product).toFixed(3)}`,
  );
  const single = 0.5 + 3 * FORWARD_INPUT * FORWARD_INPUT * Q * 2 ** -24 * (1 + 2 ** -20);
  lines.push(`single product: ${single.toFixed(3)}`);
  if (reduceBound(product) > INVERSE_INPUT || single > INVERSE_INPUT) throw new Error('inverse input bound');
  return lines;
}

const table = (name, doc, words) =>
  `/** ${doc} */\nexport const ${name} = memory.data<i32>([\n` +
  Array.from(
    { length: Math.ceil(words.length / 8) },
    (_, i) => `  ${words.slice(8 * i, 8 * i + 8).join(', ')},\n`,
  ).join('') +
  '], 16);\n';

/** M, q·2^s and bits(M)·2^s modulo 2^32 (see reduction.ts) for s = 0 to 5: 16 bytes each. */
function shiftConstants() {
  const words = [];
  for (let s = 0; s <= 5; s++) {
    const magic = 0x4b400000 + (s << 23);
    words.push(magic, Q << s, (magic << s) | 0, 0);
  }
  return words;
}

export function generate() {
  return {
    'ntt-tables.ts': [
      '// Generated by scripts/gen-ntt.mjs. Do not edit.\n',
      '// Bounds in units of q, checked when this file is generated:',
      ...prove().map((line) => `//   ${line}`),
      '',
      table('SHIFTS', 'M, q·2^s and bits(M)·2^s by rounding shift, 16 bytes each.', shiftConstants()),
      table('FORWARD', 'Roots of the forward transform, by pass and block.', forwardTable()),
      table(
        'INVERSE',
        'Roots of the inverse transform, by pass and block, with 1/256 in the last layer.',
        inverseTable(),
      ),
    ].join('\n'),
  };
}
