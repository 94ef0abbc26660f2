// Sums of multiples of points with shared doublings (Straus 1964; Möller 2001 for the digits): every scalar's nonzero
// digits are filed under their bit positions beforehand, so that the main loop meets only what it must add.

import { QUAD } from './field';
import { TERM_SIZE, terms } from './layout';
import { MINUS, PLUS, pointAdd, pointDouble, setNeutral } from './point';
import { nafNext } from './scalar';

const HEADS: usize = memory.data(4 * 256, 16);
let termCount: usize = 0;
let topBit = -1;

/** Forgets all terms. */
export function clearTerms(): void {
  memory.fill(HEADS, 0, 4 * 256);
  termCount = 0;
  topBit = -1;
}

/** Files the digits of a scalar's non-adjacent form under their bit positions. */
export function addTerms(scalar: usize, table: usize, width: i32): void {
  let next = nafNext(scalar, 0, 0, width);
  while (next >= 0) {
    const position = next >> 9;
    const digit = (next & 0xff) - 128;
    const term = terms + TERM_SIZE * termCount;
    termCount++;
    store<usize>(term, load<usize>(HEADS + 4 * <usize>position));
    store<usize>(term + 4, table + QUAD * <usize>(abs(digit) >> 1));
    store<usize>(term + 8, digit > 0 ? PLUS : MINUS);
    store<usize>(HEADS + 4 * <usize>position, term);
    if (position > topBit) topBit = position;
    next = nafNext(scalar, position + width, (next >> 8) & 1, width);
  }
}

/** Writes the sum of all terms. */
export function sumTerms(sum: usize): void {
  setNeutral(sum);
  for (let bit = topBit; bit >= 0; bit--) {
    if (bit !== topBit) pointDouble(sum);
    for (let term = load<usize>(HEADS + 4 * <usize>bit); term !== 0; term = load<usize>(term)) {
      pointAdd(sum, load<usize>(term + 4), load<usize>(term + 8));
    }
  }
}
