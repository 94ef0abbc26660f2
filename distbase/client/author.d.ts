/** Who signs a client's transactions. */
import { type TransactionKind } from '../codec/transaction.ts';
import type { Sequence } from '../core/ids.ts';
import type { KeyPair, SuiteName } from '../crypto/interface.ts';
export interface Draft {
    readonly kind: TransactionKind;
    readonly payload: Uint8Array;
    readonly nonce: number;
    readonly expiry: Sequence;
}
export declare class Author {
    readonly suite: SuiteName;
    readonly publicKey: Uint8Array;
    private readonly signer;
    private readonly chainId;
    private constructor();
    /** Without a key it makes one. Throws `CryptoError` for a key that is none of the suite's. */
    static create(suite: SuiteName, key: KeyPair | undefined, chainId: Uint8Array): Promise<Author>;
    /**
     * The signed transaction. ML-DSA signs deterministically here (FIPS 204 §3.4), so that equal drafts are equal bytes
     * and a transaction that is made again is recognised by its digest.
     */
    sign(draft: Draft): Uint8Array;
}
//# sourceMappingURL=author.d.ts.map