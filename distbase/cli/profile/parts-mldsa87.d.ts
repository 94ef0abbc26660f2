/**
 * Where the ML-DSA-87 kernel's time goes. The kernel exports its parts for tests; each is timed by itself, as often as
 * the operation calls it, on the operation's own sizes (FIPS 204, Table 1: k = 8, ℓ = 7). What is left of the whole is
 * `other`: sampling, rounding, hints, norms, packing.
 */
import type { Inputs } from './inputs.ts';
export interface MlDsa87Parts {
    /** µs of one `prepare`, and of what is in it. */
    readonly prepare: Readonly<Record<string, number>>;
    readonly verify: Readonly<Record<string, number>>;
    readonly sign: Readonly<Record<string, number>>;
    /** Mean number of candidates of a signature (FIPS 204 §3.6.1: about 3.85). */
    readonly candidates: number;
}
/** Adds `other`, so that the parts make up the whole. */
export declare function withOther(wholeUs: number, parts: Record<string, number>): Record<string, number>;
export declare function mlDsa87Parts(inputs: Inputs, budgetMs: number): Promise<MlDsa87Parts>;
//# sourceMappingURL=parts-mldsa87.d.ts.map