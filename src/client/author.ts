/** Who signs a client's transactions. */

import { encodeTransaction, type TransactionKind } from '../codec/transaction.ts';
import type { Sequence } from '../core/ids.ts';
import type { KeyPair, Signer, SuiteName } from '../crypto/interface.ts';
import { createSigner, generateKeyPair } from '../crypto/signing.ts';

export interface Draft {
  readonly kind: TransactionKind;
  readonly payload: Uint8Array;
  readonly nonce: number;
  readonly expiry: Sequence;
}

export class Author {
  readonly suite: SuiteName;
  readonly publicKey: Uint8Array;
  private readonly signer: Signer;
  private readonly chainId: Uint8Array;

  private constructor(signer: Signer, chainId: Uint8Array) {
    this.suite = signer.suite;
    this.publicKey = signer.publicKey;
    this.signer = signer;
    this.chainId = chainId;
  }

  /** Without a key it makes one. Throws `CryptoError` for a key that is none of the suite's. */
  static async create(suite: SuiteName, key: KeyPair | undefined, chainId: Uint8Array): Promise<Author> {
    const { secretKey } = key ?? (await generateKeyPair(suite));
    return new Author(await createSigner(suite, secretKey), chainId);
  }

  /**
   * The signed transaction. ML-DSA signs deterministically here (FIPS 204 §3.4), so that equal drafts are equal bytes
   * and a transaction that is made again is recognised by its digest.
   */
  sign(draft: Draft): Uint8Array {
    const { suite, publicKey, signer } = this;
    const options = suite === 'ml-dsa-87' ? { deterministic: true } : {};
    return encodeTransaction(
      { suite, publicKey, ...draft },
      (input) => signer.sign(input, options),
      this.chainId,
    );
  }
}
