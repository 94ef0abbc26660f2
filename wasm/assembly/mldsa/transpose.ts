/** The four interleavings of two vectors of which the transposition of a 4 × 4 block is made: two of each pair. */

export function low32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 0, 4, 1, 5);
}
export function high32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 2, 6, 3, 7);
}
export function low64(a: v128, b: v128): v128 {
  return i64x2.shuffle(a, b, 0, 2);
}
export function high64(a: v128, b: v128): v128 {
  return i64x2.shuffle(a, b, 1, 3);
}
