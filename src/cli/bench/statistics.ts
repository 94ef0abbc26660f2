/** What several runs say together, with nothing assumed about how their figures are distributed. */

/** An interval, and how often such an interval holds the true value, in percent. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly coveragePercent: number;
}

const WANTED = 0.95;

/** The middle one, or the mean of the two in the middle; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** P(X ≤ k), X binomial with n draws of probability ½. */
function binomialHalf(k: number, n: number): number {
  let term = 0.5 ** n;
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += term;
    term = (term * (n - i)) / (i + 1);
  }
  return sum;
}

/**
 * Of the true median, by order statistics: as many of n values lie below it as heads fall in n throws, so that it is
 * between the k-th smallest and the k-th greatest with a probability that is known exactly (David and Nagaraja, Order
 * Statistics, §7.1). The narrowest such interval that covers 95 %; with fewer than six values the whole range, which
 * covers less, and the coverage says so. Undefined of fewer than two.
 */
export function medianInterval(values: readonly number[]): Interval | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  let k = 0;
  while (k + 1 < n / 2 && 1 - 2 * binomialHalf(k + 1, n) >= WANTED) k++;
  return {
    low: sorted[k]!,
    high: sorted[n - 1 - k]!,
    coveragePercent: 100 * (1 - 2 * binomialHalf(k, n)),
  };
}
