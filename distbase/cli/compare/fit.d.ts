/** Fitting a few positive numbers: the simplex method of Nelder & Mead (1965), on their logarithms. */
/** Numbers near `guess` for which `costOf` is least, so far as it finds them. */
export declare function nearest(guess: readonly number[], costOf: (values: readonly number[]) => number): number[];
/** How far apart two figures are, alike in both directions. */
export declare function apart(a: number, b: number): number;
//# sourceMappingURL=fit.d.ts.map