/**
 * A fresh key agreement inside a session, X25519 and ML-KEM-1024 together as in the handshake: whoever read the keys of a
 * session, and nothing since, has lost it afterwards. What both sides say goes through the session, which vouches for it.
 * No identity signs again: somebody who has the session's keys and stands on the line all the while stays in it, until the
 * next handshake.
 */

import { hkdf } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../core/bytes.ts';
import {
  CIPHERTEXT_BYTES,
  encapsulate,
  generateKem,
  generateX25519,
  KEM_KEY_BYTES,
  X25519_BYTES,
} from './key-agreement.ts';

/** X25519 key ‖ ML-KEM key, and X25519 key ‖ ML-KEM ciphertext. */
export const OFFER_BYTES = X25519_BYTES + KEM_KEY_BYTES;
export const ANSWER_BYTES = X25519_BYTES + CIPHERTEXT_BYTES;

const LABEL = new TextEncoder().encode('lockstep/session/1/key renewal\0');

export interface Offer {
  readonly message: Uint8Array;
  /** The secret that both have, 32 bytes; undefined where the answer is none. Once. */
  finish(answer: Uint8Array): Uint8Array | undefined;
}

export function makeOffer(): Offer {
  const dh = generateX25519();
  const kem = generateKem();
  const message = concatBytes(dh.publicKey, kem.publicKey);
  return {
    message,
    finish: (answer) => {
      if (answer.length !== ANSWER_BYTES) return undefined;
      const dhSecret = dh.agree(answer.subarray(0, X25519_BYTES));
      const kemSecret = kem.decapsulate(answer.subarray(X25519_BYTES));
      return dhSecret && secretOf(message, answer, kemSecret, dhSecret);
    },
  };
}

/** Undefined where the offer is none. */
export function answerOffer(offer: Uint8Array): { message: Uint8Array; secret: Uint8Array } | undefined {
  if (offer.length !== OFFER_BYTES) return undefined;
  const dh = generateX25519();
  const kem = encapsulate(offer.subarray(X25519_BYTES));
  const dhSecret = dh.agree(offer.subarray(0, X25519_BYTES));
  if (kem === undefined || dhSecret === undefined) return undefined;
  const message = concatBytes(dh.publicKey, kem.cipherText);
  return { message, secret: secretOf(offer, message, kem.sharedSecret, dhSecret) };
}

function secretOf(
  offer: Uint8Array,
  answer: Uint8Array,
  kemSecret: Uint8Array,
  dhSecret: Uint8Array,
): Uint8Array {
  const secret = concatBytes(kemSecret, dhSecret);
  const salt = sha512.create().update(LABEL).update(offer).update(answer).digest();
  const out = hkdf(sha512, secret, salt, LABEL, 32);
  for (const used of [secret, kemSecret, dhSecret]) used.fill(0);
  return out;
}
