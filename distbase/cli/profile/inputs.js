/** What the profiler feeds to every backend: the same keys and fresh messages, signed once. */
import { createSigner, generateKeyPair } from '../../crypto/index.js';
export const SUITES = ['ed25519', 'ml-dsa-87'];
/** About what a vote signs: its label, the chain and a body. */
export const MESSAGE_BYTES = 160;
export async function makeInputs(suite, count) {
    const { publicKey, secretKey } = await generateKeyPair(suite);
    const signer = await createSigner(suite, secretKey);
    const items = Array.from({ length: count }, () => {
        const message = crypto.getRandomValues(new Uint8Array(MESSAGE_BYTES));
        return { suite, publicKey, message, signature: signer.sign(message) };
    });
    let at = 0;
    return { suite, secretKey, publicKey, items, next: () => items[at++ % count] };
}
//# sourceMappingURL=inputs.js.map