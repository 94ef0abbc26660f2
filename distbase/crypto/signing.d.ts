/** Making keys and signatures; runs in a browser too. */
import type { KeyPair, Signer, SuiteName } from './interface.ts';
/**
 * A signer that holds the expanded key. The promise is for the kernels' loading; `sign` is synchronous.
 * Throws `CryptoError`: `unknown-suite`, `bad-length`.
 */
export declare function createSigner(suite: SuiteName, secretKey: Uint8Array): Promise<Signer>;
/** A key pair from a 32-byte seed, or from the system's randomness. Throws `CryptoError` as `createSigner`. */
export declare function generateKeyPair(suite: SuiteName, seed?: Uint8Array): Promise<KeyPair>;
//# sourceMappingURL=signing.d.ts.map