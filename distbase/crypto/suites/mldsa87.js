/** ML-DSA-87 (FIPS 204), the pure variant, by noble. */
import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { COSTS_US } from '../costs.js';
import { randomBytes } from '../node-crypto.js';
import { LENGTHS, NO_CACHE, NO_CONTEXT, requireContext, requireLength, } from './suite.js';
/** The public key that belongs to a secret key: t₁ is computed anew from ρ, s₁ and s₂. */
export function mlDsa87PublicKey(secretKey) {
    return ml_dsa87.getPublicKey(secretKey);
}
function signer(secretKey) {
    requireLength(secretKey, LENGTHS['ml-dsa-87'].secretKey, 'an ML-DSA-87 secret key');
    const secret = secretKey.slice();
    return {
        suite: 'ml-dsa-87',
        publicKey: mlDsa87PublicKey(secret),
        sign(message, options = {}) {
            const context = options.context ?? NO_CONTEXT;
            requireContext(context, 'ml-dsa-87');
            const extraEntropy = options.deterministic === true ? false : randomBytes(32);
            return ml_dsa87.sign(message, secret, { context, extraEntropy });
        },
    };
}
export const nobleMlDsa87Judge = {
    backend: 'noble',
    cache: NO_CACHE,
    verify: (publicKey, message, signature, context) => ml_dsa87.verify(signature, message, publicKey, { context }),
    prepare() { },
    costUs: () => COSTS_US.noble['ml-dsa-87'],
};
export const nobleMlDsa87 = {
    name: 'ml-dsa-87',
    judge: () => nobleMlDsa87Judge,
    signer,
    generate: (seed) => ml_dsa87.keygen(seed),
};
//# sourceMappingURL=mldsa87.js.map