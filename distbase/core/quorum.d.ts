/**
 * Quorum arithmetic for any n ≥ 4 (Castro & Liskov, TOCS 2002, §2; generalised from n = 3f + 1).
 *
 * Two quorums must share an honest replica: 2q − n ≥ f + 1, hence q = ⌈(n + f + 1) / 2⌉. That is 2f + 1 only
 * where n = 3f + 1. A quorum must also be reachable without the faulty: q ≤ n − f, which holds for n ≥ 3f + 1.
 */
/** Fewest replicas that tolerate one Byzantine one. */
export declare const MIN_VALIDATORS = 4;
/** f = ⌊(n − 1) / 3⌋: how many of n replicas may be Byzantine. */
export declare function maxFaulty(n: number): number;
/** q = ⌈(n + f + 1) / 2⌉: votes that make a quorum. Wherever a paper says 2f + 1, this stands. */
export declare function quorumSize(n: number): number;
/** f + 1: the fewest replicas of which one is surely honest (a weak certificate). */
export declare function weakQuorumSize(n: number): number;
/** The primary of a view: views go round the replicas in order (TOCS 2002 §4.1). */
export declare function primaryOf(view: number, n: number): number;
/** How many of n replicas may crash where none lies, and a majority decides. */
export declare function maxCrashed(n: number): number;
/** What whoever listens to n validators has to allow for. */
export interface Tolerance {
    /** How many may be faulty: Byzantine, or, where `byzantine` is false, crashed. */
    readonly faulty: number;
    /** Alike answers that make a truth: with liars f + 1; without, one that is authentic. */
    readonly matching: number;
}
/** `byzantine`: as the genesis says. */
export declare function toleranceOf(byzantine: boolean, n: number): Tolerance;
//# sourceMappingURL=quorum.d.ts.map