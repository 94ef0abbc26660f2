/** Making keys and signatures; runs in a browser too. */
import { randomBytes } from './node-crypto.js';
import { loadSuites } from './suites/load.js';
import { LENGTHS, requireLength, requireSuiteName } from './suites/suite.js';
/**
 * A signer that holds the expanded key. The promise is for the kernels' loading; `sign` is synchronous.
 * Throws `CryptoError`: `unknown-suite`, `bad-length`.
 */
export async function createSigner(suite, secretKey) {
    const name = requireSuiteName(suite);
    requireLength(secretKey, LENGTHS[name].secretKey, `a ${name} secret key`);
    return (await loadSuites())[name].signer(secretKey);
}
/** A key pair from a 32-byte seed, or from the system's randomness. Throws `CryptoError` as `createSigner`. */
export async function generateKeyPair(suite, seed) {
    const name = requireSuiteName(suite);
    const bytes = seed ?? randomBytes(LENGTHS[name].seed);
    requireLength(bytes, LENGTHS[name].seed, `a ${name} seed`);
    return (await loadSuites())[name].generate(bytes);
}
//# sourceMappingURL=signing.js.map