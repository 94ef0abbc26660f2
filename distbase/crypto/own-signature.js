/** What only the holder of a validator's keys can have said, to itself: both suites must hold, whatever the chain's setting. */
import { concatBytes } from '../core/bytes.js';
import { createSigner } from './signing.js';
import { LENGTHS } from './suites/suite.js';
export async function createOwnSignature(identity, verifier) {
    const first = await createSigner('ed25519', identity.ed25519.secretKey);
    const second = await createSigner('ml-dsa-87', identity.mlDsa87.secretKey);
    const cut = LENGTHS.ed25519.signature;
    const length = cut + LENGTHS['ml-dsa-87'].signature;
    return {
        sign: (input) => concatBytes(first.sign(input), second.sign(input)),
        verify: (message, signature) => signature.length === length &&
            [first, second].every(({ suite, publicKey }, i) => verifier.verifySync({
                suite,
                publicKey,
                message,
                signature: i === 0 ? signature.subarray(0, cut) : signature.subarray(cut),
            })),
    };
}
//# sourceMappingURL=own-signature.js.map