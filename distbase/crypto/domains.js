/**
 * What is signed: a label that says what it is, the chain's identity, then the bytes. A signature made for one
 * kind or one chain is worth nothing to another.
 */
const MESSAGE_LABEL = new TextEncoder().encode('lockstep/msg/1\0');
const TRANSACTION_LABEL = new TextEncoder().encode('lockstep/tx/1\0');
function labelled(label, chainId, bytes) {
    const out = new Uint8Array(label.length + chainId.length + bytes.length);
    out.set(label, 0);
    out.set(chainId, label.length);
    out.set(bytes, label.length + chainId.length);
    return out;
}
/** The signature input of a protocol message: `lockstep/msg/1\0` ‖ chain id ‖ body. */
export function messageInput(chainId, body) {
    return labelled(MESSAGE_LABEL, chainId, body);
}
/** The signature input of a transaction: `lockstep/tx/1\0` ‖ chain id ‖ its bytes without the signature. */
export function transactionInput(chainId, unsigned) {
    return labelled(TRANSACTION_LABEL, chainId, unsigned);
}
//# sourceMappingURL=domains.js.map