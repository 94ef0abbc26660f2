/** What a caller of the crypto entry may meet. */
import { LockstepError } from '../core/errors.js';
/**
 * - `bad-length`: a key, seed or context of the wrong length;
 * - `unknown-suite`: a suite that is not `ed25519` or `ml-dsa-87`;
 * - `kernel-failed`: a WASM kernel trapped or failed its self-test and nothing can stand in for it.
 */
export class CryptoError extends LockstepError {
    constructor(code, message, options) {
        super(code, message, options);
    }
}
//# sourceMappingURL=errors.js.map