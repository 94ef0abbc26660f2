/** The verifier that a validator uses: inline, or with a pool of threads behind it. */
import type { Verifier, VerifierOptions } from './interface.ts';
/** A verifier whose kernels are loaded and warm on every thread. Close it. */
export declare function createVerifier(options?: VerifierOptions): Promise<Verifier>;
//# sourceMappingURL=verifier.d.ts.map