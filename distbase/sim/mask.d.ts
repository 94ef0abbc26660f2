/**
 * What is left out of a scenario: faults, liars' tactics and transactions by their numbers. A failing seed is shrunk to
 * as few of them as still fail; `123:f0-3.5,t2` is seed 123 without faults 0 to 3 and 5 and without transaction 2.
 */
export interface Mask {
    readonly f: ReadonlySet<number>;
    readonly l: ReadonlySet<number>;
    readonly t: ReadonlySet<number>;
}
export type Part = keyof Mask;
export declare const PARTS: readonly Part[];
export declare const NOTHING: Mask;
/** A mask that leaves these out, too. */
export declare function without(mask: Mask, part: Part, numbers: Iterable<number>): Mask;
/** `SEED` or `SEED:MASK`. */
export declare function formatScenario(seed: number, mask: Mask): string;
/** The seed and the mask of such a text; undefined where it is none. */
export declare function parseScenario(text: string): {
    readonly seed: number;
    readonly mask: Mask;
} | undefined;
//# sourceMappingURL=mask.d.ts.map