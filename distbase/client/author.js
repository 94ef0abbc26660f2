/** Who signs a client's transactions. */
import { encodeTransaction } from '../codec/transaction.js';
import { createSigner, generateKeyPair } from '../crypto/signing.js';
export class Author {
    suite;
    publicKey;
    signer;
    chainId;
    constructor(signer, chainId) {
        this.suite = signer.suite;
        this.publicKey = signer.publicKey;
        this.signer = signer;
        this.chainId = chainId;
    }
    /** Without a key it makes one. Throws `CryptoError` for a key that is none of the suite's. */
    static async create(suite, key, chainId) {
        const { secretKey } = key ?? (await generateKeyPair(suite));
        return new Author(await createSigner(suite, secretKey), chainId);
    }
    /**
     * The signed transaction. ML-DSA signs deterministically here (FIPS 204 §3.4), so that equal drafts are equal bytes
     * and a transaction that is made again is recognised by its digest.
     */
    sign(draft) {
        const { suite, publicKey, signer } = this;
        const options = suite === 'ml-dsa-87' ? { deterministic: true } : {};
        return encodeTransaction({ suite, publicKey, ...draft }, (input) => signer.sign(input, options), this.chainId);
    }
}
//# sourceMappingURL=author.js.map