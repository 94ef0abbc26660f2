/** ML-DSA-87 (FIPS 204), the pure variant, by noble. */
import { type Judge, type Suite } from './suite.ts';
/** The public key that belongs to a secret key: t₁ is computed anew from ρ, s₁ and s₂. */
export declare function mlDsa87PublicKey(secretKey: Uint8Array): Uint8Array;
export declare const nobleMlDsa87Judge: Judge;
export declare const nobleMlDsa87: Suite;
//# sourceMappingURL=mldsa87.d.ts.map