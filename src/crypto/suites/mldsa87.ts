/** ML-DSA-87 (FIPS 204), the pure variant, by noble. */

import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { COSTS_US } from '../costs.ts';
import type { KeyPair, Signer } from '../interface.ts';
import { randomBytes } from '../node-crypto.ts';
import {
  type Judge,
  LENGTHS,
  NO_CACHE,
  NO_CONTEXT,
  requireContext,
  requireLength,
  type Suite,
} from './suite.ts';

/** The public key that belongs to a secret key: t₁ is computed anew from ρ, s₁ and s₂. */
export function mlDsa87PublicKey(secretKey: Uint8Array): Uint8Array {
  return ml_dsa87.getPublicKey(secretKey);
}

function signer(secretKey: Uint8Array): Signer {
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

export const nobleMlDsa87Judge: Judge = {
  backend: 'noble',
  cache: NO_CACHE,
  verify: (publicKey, message, signature, context) =>
    ml_dsa87.verify(signature, message, publicKey, { context }),
  prepare() {},
  costUs: () => COSTS_US.noble['ml-dsa-87'],
};

export const nobleMlDsa87: Suite = {
  name: 'ml-dsa-87',
  judge: () => nobleMlDsa87Judge,
  signer,
  generate: (seed: Uint8Array): KeyPair => ml_dsa87.keygen(seed),
};
