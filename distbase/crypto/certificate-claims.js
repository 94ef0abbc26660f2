/** What must hold for a signed message to be a validator's: for who judges without a place in the set. */
import { messageInput, messagePrefix, signatureClaims } from './authenticator.js';
/** Of a message that is signed in every setting. Undefined where the signature's length is wrong. */
export function certificateClaims(chain, epoch, validator, body, signature) {
    const input = messageInput(messagePrefix(chain.id, epoch), body);
    return signatureClaims(chain.genesis.auth, validator, input, signature);
}
/** The same for a vote: none where sessions authenticate votes and this one is not signed all the same. */
export function voteClaims(chain, epoch, validator, body, signature) {
    if (chain.genesis.auth === 'channel' && signature.length === 0)
        return [];
    return certificateClaims(chain, epoch, validator, body, signature);
}
//# sourceMappingURL=certificate-claims.js.map