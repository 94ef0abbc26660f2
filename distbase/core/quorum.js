/**
 * Quorum arithmetic for any n ≥ 4 (Castro & Liskov, TOCS 2002, §2; generalised from n = 3f + 1).
 *
 * Two quorums must share an honest replica: 2q − n ≥ f + 1, hence q = ⌈(n + f + 1) / 2⌉. That is 2f + 1 only
 * where n = 3f + 1. A quorum must also be reachable without the faulty: q ≤ n − f, which holds for n ≥ 3f + 1.
 */
import { invariant } from './assert.js';
/** Fewest replicas that tolerate one Byzantine one. */
export const MIN_VALIDATORS = 4;
/** f = ⌊(n − 1) / 3⌋: how many of n replicas may be Byzantine. */
export function maxFaulty(n) {
    invariant(Number.isInteger(n) && n >= 1, 'n is a positive integer');
    return Math.floor((n - 1) / 3);
}
/** q = ⌈(n + f + 1) / 2⌉: votes that make a quorum. Wherever a paper says 2f + 1, this stands. */
export function quorumSize(n) {
    return Math.ceil((n + maxFaulty(n) + 1) / 2);
}
/** f + 1: the fewest replicas of which one is surely honest (a weak certificate). */
export function weakQuorumSize(n) {
    return maxFaulty(n) + 1;
}
/** The primary of a view: views go round the replicas in order (TOCS 2002 §4.1). */
export function primaryOf(view, n) {
    return view % n;
}
/** How many of n replicas may crash where none lies, and a majority decides. */
export function maxCrashed(n) {
    invariant(Number.isInteger(n) && n >= 1, 'n is a positive integer');
    return Math.floor((n - 1) / 2);
}
/** `byzantine`: as the genesis says. */
export function toleranceOf(byzantine, n) {
    return byzantine
        ? { faulty: maxFaulty(n), matching: weakQuorumSize(n) }
        : { faulty: maxCrashed(n), matching: 1 };
}
//# sourceMappingURL=quorum.js.map