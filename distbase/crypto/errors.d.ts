/** What a caller of the crypto entry may meet. */
import { LockstepError } from '../core/errors.ts';
export type CryptoErrorCode = 'bad-length' | 'unknown-suite' | 'kernel-failed';
/**
 * - `bad-length`: a key, seed or context of the wrong length;
 * - `unknown-suite`: a suite that is not `ed25519` or `ml-dsa-87`;
 * - `kernel-failed`: a WASM kernel trapped or failed its self-test and nothing can stand in for it.
 */
export declare class CryptoError extends LockstepError {
    readonly code: CryptoErrorCode;
    constructor(code: CryptoErrorCode, message: string, options?: {
        cause?: unknown;
    });
}
//# sourceMappingURL=errors.d.ts.map