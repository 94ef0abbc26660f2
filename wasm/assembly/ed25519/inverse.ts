// 1/z modulo p by the division steps of Bernstein and Yang ("Fast constant-time gcd computation and modular
// inversion", 2019), 30 at a time, in the variable-time form that shifts out runs of zeros: inputs are public. It costs
// about a fourth of a power with exponent p - 2.
//
// Numbers are nine signed limbs of 30 bits in 32-bit words. f and g start as p and z and keep f odd; a batch of
// steps looks at their low 30 bits only, gives a matrix (u v; q r) with entries up to 2^30 in absolute value, and the
// matrix is then applied to the whole of (f, g), and modulo p to (d, e), divided by 2^30. d * z = f and
// e * z = g hold modulo p throughout, so when g is 0, f is 1 or -1 and d or -d is the inverse.

const D: usize = memory.data(36, 16);
const E: usize = memory.data(36, 16);
const F: usize = memory.data(36, 16);
const G: usize = memory.data(36, 16);
const M30: i64 = (1 << 30) - 1;
// p = 2^15 * 2^240 - 19 and its inverse modulo 2^30.
const P0: i64 = -19;
const P8: i64 = 32768;
const P_INVERSE: i64 = 0x179435e5;

let u = 0;
let v = 0;
let q = 0;
let r = 0;

/** Thirty division steps on the low words of f and g. Takes and returns eta = -delta; sets u, v, q, r. */
function divisionSteps(eta: i32, f: i32, g: i32): i32 {
  let u0 = 1;
  let v0 = 0;
  let q0 = 0;
  let r0 = 1;
  let left = 30;
  for (;;) {
    // g even: halve it; the matrix rows of f double instead.
    const zeros = ctz(g | (-1 << left));
    g >>= zeros;
    u0 <<= zeros;
    v0 <<= zeros;
    eta -= zeros;
    left -= zeros;
    if (left === 0) break;
    if (eta < 0) {
      eta = -eta;
      let t = f;
      f = g;
      g = -t;
      t = u0;
      u0 = q0;
      q0 = -t;
      t = v0;
      v0 = r0;
      r0 = -t;
    }
    // Adding a multiple w of f clears as many low bits of g as may be cleared before eta changes sign; f * (2 - f^2)
    // is -1/f modulo 2^6 with its sign turned, f being odd.
    const limit = min(min(eta + 1, left), 6);
    const w = (g * f * (f * f - 2)) & ((1 << limit) - 1);
    g += f * w;
    q0 += u0 * w;
    r0 += v0 * w;
  }
  u = u0;
  v = v0;
  q = q0;
  r = r0;
  return eta;
}

function limb(a: usize, i: usize): i64 {
  return <i64>load<i32>(a + 4 * i);
}

/** (f, g) = (u f + v g, q f + r g) / 2^30, which is exact; `length` limbs are in use. */
function updateFG(length: usize): void {
  const uu: i64 = u;
  const vv: i64 = v;
  const qq: i64 = q;
  const rr: i64 = r;
  let cf = (uu * limb(F, 0) + vv * limb(G, 0)) >> 30;
  let cg = (qq * limb(F, 0) + rr * limb(G, 0)) >> 30;
  for (let i: usize = 1; i < length; i++) {
    const f = limb(F, i);
    const g = limb(G, i);
    cf += uu * f + vv * g;
    cg += qq * f + rr * g;
    store<i32>(F + 4 * i - 4, <i32>(cf & M30));
    store<i32>(G + 4 * i - 4, <i32>(cg & M30));
    cf >>= 30;
    cg >>= 30;
  }
  store<i32>(F + 4 * length - 4, <i32>cf);
  store<i32>(G + 4 * length - 4, <i32>cg);
}

/** (d, e) = (u d + v e, q d + r e) / 2^30 modulo p; both stay in (-2p, p). */
function updateDE(): void {
  const uu: i64 = u;
  const vv: i64 = v;
  const qq: i64 = q;
  const rr: i64 = r;
  const signD = limb(D, 8) >> 63;
  const signE = limb(E, 8) >> 63;
  // Multiples of p: first to lift negative inputs, then to make the low 30 bits zero.
  let md = (uu & signD) + (vv & signE);
  let me = (qq & signD) + (rr & signE);
  let cd = uu * limb(D, 0) + vv * limb(E, 0);
  let ce = qq * limb(D, 0) + rr * limb(E, 0);
  md -= (P_INVERSE * (cd & M30) + md) & M30;
  me -= (P_INVERSE * (ce & M30) + me) & M30;
  cd = (cd + P0 * md) >> 30;
  ce = (ce + P0 * me) >> 30;
  for (let i: usize = 1; i < 8; i++) {
    const d = limb(D, i);
    const e = limb(E, i);
    cd += uu * d + vv * e;
    ce += qq * d + rr * e;
    store<i32>(D + 4 * i - 4, <i32>(cd & M30));
    store<i32>(E + 4 * i - 4, <i32>(ce & M30));
    cd >>= 30;
    ce >>= 30;
  }
  cd += uu * limb(D, 8) + vv * limb(E, 8) + P8 * md;
  ce += qq * limb(D, 8) + rr * limb(E, 8) + P8 * me;
  store<i32>(D + 28, <i32>(cd & M30));
  store<i32>(E + 28, <i32>(ce & M30));
  store<i32>(D + 32, <i32>(cd >> 30));
  store<i32>(E + 32, <i32>(ce >> 30));
}

/** Adds `times` p to d, times in {0, 1}, after multiplying it by `sign`, and carries. */
function adjustD(sign: i64, times: i64): void {
  let carry = times * P0;
  for (let i: usize = 0; i < 8; i++) {
    carry += sign * limb(D, i);
    store<i32>(D + 4 * i, <i32>(carry & M30));
    carry >>= 30;
  }
  store<i32>(D + 32, <i32>(carry + sign * limb(D, 8) + times * P8));
}

/** Writes the inverse of the number in [0, p) at `words` over it, as 32 bytes below 2^255; the inverse of 0 is 0. */
export function invert(words: usize): void {
  for (let i: usize = 0; i < 9; i++) {
    const bit = 30 * <i32>i;
    const at = words + 8 * <usize>(bit >> 6);
    const shift = bit & 63;
    let x = load<u64>(at) >> shift;
    if (shift > 34 && bit < 192) x |= load<u64>(at + 8) << (64 - shift);
    store<i32>(G + 4 * i, <i32>(x & M30));
    store<i32>(F + 4 * i, i === 8 ? 32768 : 0);
    store<i32>(D + 4 * i, 0);
    store<i32>(E + 4 * i, i === 0 ? 1 : 0);
  }
  store<i32>(F, -19);
  let eta = -1;
  let length: usize = 9;
  for (;;) {
    eta = divisionSteps(
      eta,
      load<i32>(F) | (load<i32>(F + 4) << 30),
      load<i32>(G) | (load<i32>(G + 4) << 30),
    );
    updateDE();
    updateFG(length);
    let rest = 0;
    for (let i: usize = 0; i < length; i++) rest |= load<i32>(G + 4 * i);
    if (rest === 0) break;
    // Drop the top limbs once both are 0 or -1: their sign goes into the limb below.
    const f = load<i32>(F + 4 * length - 4);
    const g = load<i32>(G + 4 * length - 4);
    if (length > 2 && (f ^ (f >> 31)) === 0 && (g ^ (g >> 31)) === 0) {
      length--;
      store<i32>(F + 4 * length - 4, load<i32>(F + 4 * length - 4) | (f << 30));
      store<i32>(G + 4 * length - 4, load<i32>(G + 4 * length - 4) | (g << 30));
    }
  }
  // f = 1 or -1 (or p, for the inverse of 0, when d is 0).
  adjustD(load<i32>(F + 4 * length - 4) < 0 ? -1 : 1, 0);
  while (load<i32>(D + 32) < 0) adjustD(1, 1);
  while (load<i32>(D + 32) >= 32768) adjustD(1, -1);
  store<u64>(words, part(0) | (part(1) << 30) | (part(2) << 60));
  store<u64>(words + 8, (part(2) >> 4) | (part(3) << 26) | (part(4) << 56));
  store<u64>(words + 16, (part(4) >> 8) | (part(5) << 22) | (part(6) << 52));
  store<u64>(words + 24, (part(6) >> 12) | (part(7) << 18) | (part(8) << 48));
}

function part(i: usize): u64 {
  return <u64>load<u32>(D + 4 * i);
}
