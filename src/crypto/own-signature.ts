/** What only the holder of a validator's keys can have said, to itself: both suites must hold, whatever the chain's setting. */

import { concatBytes } from '../core/bytes.ts';
import type { Verifier } from './interface.ts';
import type { Identity } from './keys.ts';
import { createSigner } from './signing.ts';
import { LENGTHS } from './suites/suite.ts';

export interface OwnSignature {
  /** Ed25519 ‖ ML-DSA-87, 4,691 bytes. The input carries a label of its own. */
  sign(input: Uint8Array): Uint8Array;
  verify(input: Uint8Array, signature: Uint8Array): boolean;
}

export async function createOwnSignature(identity: Identity, verifier: Verifier): Promise<OwnSignature> {
  const first = await createSigner('ed25519', identity.ed25519.secretKey);
  const second = await createSigner('ml-dsa-87', identity.mlDsa87.secretKey);
  const cut = LENGTHS.ed25519.signature;
  const length = cut + LENGTHS['ml-dsa-87'].signature;
  return {
    sign: (input) => concatBytes(first.sign(input), second.sign(input)),
    verify: (message, signature) =>
      signature.length === length &&
      [first, second].every(({ suite, publicKey }, i) =>
        verifier.verifySync({
          suite,
          publicKey,
          message,
          signature: i === 0 ? signature.subarray(0, cut) : signature.subarray(cut),
        }),
      ),
  };
}
