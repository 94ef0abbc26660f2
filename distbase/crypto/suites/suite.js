/** What stands behind a suite's name, and the lengths that its standard fixes. */
import { MAX_VALIDATORS } from '../../core/limits.js';
import { CryptoError } from '../errors.js';
/** In bytes: RFC 8032 §5.1; FIPS 204, Table 2. */
export const LENGTHS = {
    ed25519: { publicKey: 32, secretKey: 32, signature: 64, seed: 32 },
    'ml-dsa-87': { publicKey: 2592, secretKey: 4896, signature: 4627, seed: 32 },
};
/** Longest context of FIPS 204 §5.2, in bytes. */
export const MAX_CONTEXT_BYTES = 255;
export const NO_CONTEXT = new Uint8Array(0);
/** Keys that a thread keeps for good, per suite: those of the greatest validator set, and as many that came later. */
export const MAX_PINNED_KEYS = 2 * MAX_VALIDATORS;
/** Most keys kept expanded beside those: a kernel has 4,096 slots, which for Ed25519 are half a GiB. */
export const MAX_CACHE_KEYS = 3_500;
/** For a backend that has no use for prepared keys. */
export const NO_CACHE = Object.freeze({ hits: 0, misses: 0, keys: 0, evictions: 0 });
export function isSuiteName(name) {
    return name === 'ed25519' || name === 'ml-dsa-87';
}
/** Throws `CryptoError('unknown-suite')` for any other name. */
export function requireSuiteName(name) {
    if (isSuiteName(name))
        return name;
    throw new CryptoError('unknown-suite', `no signature suite ${JSON.stringify(name)}: use ed25519 or ml-dsa-87`);
}
/** Throws `CryptoError('bad-length')`; the bytes themselves never appear in the message. */
export function requireLength(bytes, length, what) {
    if (!(bytes instanceof Uint8Array) || bytes.length !== length) {
        throw new CryptoError('bad-length', `${what} must be ${length} bytes, not ${bytes?.length ?? 'nothing'}`);
    }
}
export function requireContext(context, suite) {
    const most = suite === 'ed25519' ? 0 : MAX_CONTEXT_BYTES;
    if (context.length > most) {
        throw new CryptoError('bad-length', `a context of ${suite} has at most ${most} bytes, not ${context.length}`);
    }
}
//# sourceMappingURL=suite.js.map