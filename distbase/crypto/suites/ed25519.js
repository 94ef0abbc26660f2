/**
 * Ed25519 (RFC 8032) judged by ZIP 215. Signing is OpenSSL's where there is Node, since an honest signature is the
 * same bytes from anyone; OpenSSL never verifies, because its rules differ on edge cases.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '../../core/bytes.js';
import { COSTS_US } from '../costs.js';
import { nodeCrypto } from '../node-crypto.js';
import { LENGTHS, NO_CACHE, NO_CONTEXT, requireContext, requireLength, } from './suite.js';
/** RFC 8410 §7: the PKCS #8 envelope that ends with the 32-byte seed. */
const PKCS8_PREFIX = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);
/** OpenSSL's private key of a seed. */
function keyObject(crypto, seed) {
    const key = Buffer.from(concatBytes(PKCS8_PREFIX, seed));
    return crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}
/** The public key of a seed (RFC 8032 §5.1.5). */
export function ed25519PublicKey(seed) {
    if (nodeCrypto === undefined)
        return ed25519.getPublicKey(seed);
    const spki = nodeCrypto
        .createPublicKey(keyObject(nodeCrypto, seed))
        .export({ format: 'der', type: 'spki' });
    return Uint8Array.from(spki.subarray(spki.length - LENGTHS.ed25519.publicKey));
}
function requireNoContext(options) {
    requireContext(options?.context ?? NO_CONTEXT, 'ed25519');
}
/** A signer that keeps OpenSSL's key object, since making one costs more than a signature. */
export function ed25519Signer(secretKey) {
    requireLength(secretKey, LENGTHS.ed25519.secretKey, 'an Ed25519 secret key');
    const publicKey = ed25519PublicKey(secretKey);
    if (nodeCrypto === undefined) {
        const seed = secretKey.slice();
        return {
            suite: 'ed25519',
            publicKey,
            sign(message, options) {
                requireNoContext(options);
                return ed25519.sign(message, seed);
            },
        };
    }
    const { sign } = nodeCrypto;
    const key = keyObject(nodeCrypto, secretKey);
    return {
        suite: 'ed25519',
        publicKey,
        sign(message, options) {
            requireNoContext(options);
            const signature = sign(null, message, key);
            return new Uint8Array(signature.buffer, signature.byteOffset, signature.length);
        },
    };
}
export function ed25519KeyPair(seed) {
    return { publicKey: ed25519PublicKey(seed), secretKey: seed.slice() };
}
/** Verification by noble, under ZIP 215. */
export const nobleEd25519Judge = {
    backend: 'noble',
    cache: NO_CACHE,
    verify: (publicKey, message, signature) => ed25519.verify(signature, message, publicKey, { zip215: true }),
    prepare() { },
    costUs: () => COSTS_US.noble.ed25519,
};
export const nobleEd25519 = {
    name: 'ed25519',
    judge: () => nobleEd25519Judge,
    signer: ed25519Signer,
    generate: ed25519KeyPair,
};
//# sourceMappingURL=ed25519.js.map