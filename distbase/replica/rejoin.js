/** A forgetful validator asks to be taken back as a new incarnation: by itself, again and again until it is. */
import { approvalInput, encodeApproved, encodeChange } from '../codec/membership-codec.js';
import { encodeTransaction } from '../codec/transaction.js';
import { MAX_EXPIRY_SPAN } from '../core/limits.js';
/** The signed transaction. */
export function rejoinTransaction(options) {
    const { chain, member, set, token, approve, signer, nonce, sequence } = options;
    const change = encodeChange({ kind: 'rejoin', epoch: set.epoch, name: member.name, token });
    const signature = approve(approvalInput(chain.id, change));
    const payload = encodeApproved(change, [{ member: member.id, signature }]);
    const expiry = sequence + MAX_EXPIRY_SPAN / 2;
    const { publicKey } = signer;
    return encodeTransaction({ suite: 'ed25519', kind: 'change', nonce, expiry, publicKey, payload }, (input) => signer.sign(input), chain.id);
}
//# sourceMappingURL=rejoin.js.map