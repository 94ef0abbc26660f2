/** The verifier that a validator uses: inline, or with a pool of threads behind it. */

import { createInlineVerifier } from './inline.ts';
import type { Verifier, VerifierOptions } from './interface.ts';

/** A verifier whose kernels are loaded and warm. Close it. */
export async function createVerifier(options: VerifierOptions = {}): Promise<Verifier> {
  return createInlineVerifier(options);
}
