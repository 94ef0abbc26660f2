/**
 * A seeded generator for everything that must replay: xoshiro128** (Blackman & Vigna 2018), seeded through
 * SplitMix32. Never for keys.
 */
export declare class SeededRandom {
    private readonly s;
    constructor(seed: number);
    /** Uniform in [0, 2³²). */
    uint32(): number;
    /** Uniform in [0, 1). */
    float(): number;
    /** Uniform integer in [0, bound); the bias is below 2⁻²⁰ for bounds under 4,096. */
    below(bound: number): number;
    /** True with the given probability. */
    chance(probability: number): boolean;
    /** One of the items. */
    pick<T>(items: readonly T[]): T;
    /** Fisher–Yates, in place. */
    shuffle<T>(items: T[]): T[];
    /** A generator of its own, so that one part's draws do not shift another's. */
    fork(): SeededRandom;
}
//# sourceMappingURL=random.d.ts.map