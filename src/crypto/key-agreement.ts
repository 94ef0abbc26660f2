/**
 * What the handshake is made of: both key agreements, the transcript, the keys that come out, and the proof that
 * each side gives. X25519 is OpenSSL's where there is one and noble's in a browser.
 */

import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import { concatBytes } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { GreetingKeys } from './greeting.ts';
import type { Signer, VerifyItem } from './interface.ts';
import { nodeCrypto } from './node-crypto.ts';
import { equal, MAC_BYTES, type Mac } from './session.ts';
import { LENGTHS } from './suites/suite.ts';

/** Grows whenever a message changes; sides of different versions refuse each other. */
export const HANDSHAKE_VERSION = 3;

export const X25519_BYTES = 32;
/** FIPS 203, table 3. */
export const KEM_KEY_BYTES = 1568;
export const CIPHERTEXT_BYTES = 1568;
/** Ed25519 ‖ ML-DSA-87. */
export const SIGNATURE_BYTES = LENGTHS.ed25519.signature + LENGTHS['ml-dsa-87'].signature;

/** Public keys. */
export interface HandshakeIdentity {
  readonly ed25519: Uint8Array;
  readonly mlDsa87: Uint8Array;
}

/** What both sides know beforehand. */
export interface HandshakeContext {
  /** Digest of the genesis, 32 bytes. */
  readonly chainId: Uint8Array;
  /** By number; holes where there is nobody, or nobody any more. */
  readonly validators: readonly (HandshakeIdentity | undefined)[];
  verify(item: VerifyItem): boolean;
  readonly mac: Mac;
}

/** A validator's own side of its identity. */
export interface HandshakeSelf {
  readonly id: ReplicaId;
  readonly ed25519: Signer;
  readonly mlDsa87: Signer;
  readonly greetings: GreetingKeys;
}

export type Side = 'initiator' | 'responder';

export interface DerivedKeys {
  /** For frames, by who sends them. */
  readonly frames: Readonly<Record<Side, Uint8Array>>;
  /** For the confirmation, by who gives it. */
  readonly confirm: Readonly<Record<Side, Uint8Array>>;
}

const label = (text: string) => new TextEncoder().encode(`lockstep/handshake/${HANDSHAKE_VERSION}/${text}\0`);
const TRANSCRIPT_LABEL = label('transcript');
const KEYS_LABEL = label('keys');
const SIDE_LABELS: Readonly<Record<Side, Uint8Array>> = {
  initiator: label('initiator'),
  responder: label('responder'),
};

/** An ephemeral X25519 key, for one agreement. */
export interface EphemeralKey {
  readonly publicKey: Uint8Array;
  /** The secret, or undefined for a point of low order (RFC 7748 §6.1). */
  agree(theirs: Uint8Array): Uint8Array | undefined;
}

export function generateX25519(): EphemeralKey {
  return nodeCrypto === undefined ? portableX25519() : nodeX25519(nodeCrypto);
}

/** For browsers. */
export function portableX25519(): EphemeralKey {
  const { secretKey, publicKey } = x25519.keygen();
  return {
    publicKey,
    agree: (theirs) => {
      const secret = attempt(() => x25519.getSharedSecret(secretKey, theirs));
      secretKey.fill(0);
      return secret;
    },
  };
}

function nodeX25519(node: NonNullable<typeof nodeCrypto>): EphemeralKey {
  const { privateKey, publicKey } = node.generateKeyPairSync('x25519');
  const x = publicKey.export({ format: 'jwk' }).x ?? '';
  return {
    publicKey: Uint8Array.from(Buffer.from(x, 'base64url')),
    agree: (theirs) =>
      attempt(() => {
        const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(theirs).toString('base64url') };
        const other = node.createPublicKey({ key: jwk, format: 'jwk' });
        return Uint8Array.from(node.diffieHellman({ privateKey, publicKey: other }));
      }),
  };
}

/** An ephemeral ML-KEM-1024 key, for one decapsulation. */
export function generateKem(): { publicKey: Uint8Array; decapsulate(ciphertext: Uint8Array): Uint8Array } {
  const { secretKey, publicKey } = ml_kem1024.keygen();
  return {
    publicKey,
    decapsulate: (ciphertext) => {
      const secret = ml_kem1024.decapsulate(ciphertext, secretKey);
      secretKey.fill(0);
      return secret;
    },
  };
}

/** Undefined for a key whose coefficients are not reduced (FIPS 203 §7.2). */
export function encapsulate(
  key: Uint8Array,
): { cipherText: Uint8Array; sharedSecret: Uint8Array } | undefined {
  return attempt(() => ml_kem1024.encapsulate(key));
}

/**
 * SHA-512 of everything that was said and of the keys of those who say it: what a replica id means is the validator
 * set's affair. All parts have fixed lengths, so none can be read as another.
 */
export function transcriptOf(
  context: HandshakeContext,
  hello: Uint8Array,
  answer: Uint8Array,
  initiator: ReplicaId | undefined,
  responder: ReplicaId,
): Uint8Array {
  const hash = sha512.create().update(TRANSCRIPT_LABEL).update(hello).update(answer);
  for (const id of [responder, initiator]) {
    const identity = id === undefined ? undefined : context.validators[id];
    if (identity !== undefined) hash.update(identity.ed25519).update(identity.mlDsa87);
  }
  return hash.digest();
}

/** HKDF (RFC 5869) over both secrets with the transcript as salt: the keys hold while either agreement does. */
export function deriveKeys(transcript: Uint8Array, kemSecret: Uint8Array, dhSecret: Uint8Array): DerivedKeys {
  const secret = concatBytes(kemSecret, dhSecret);
  const out = hkdf(sha512, secret, transcript, KEYS_LABEL, 128);
  for (const used of [secret, kemSecret, dhSecret]) used.fill(0);
  return {
    frames: { initiator: out.subarray(0, 32), responder: out.subarray(32, 64) },
    confirm: { initiator: out.subarray(64, 96), responder: out.subarray(96, 128) },
  };
}

/** Signatures over the transcript, of a side that has an identity, and a MAC that shows that it has the keys. */
export function prove(
  context: HandshakeContext,
  self: HandshakeSelf | undefined,
  side: Side,
  transcript: Uint8Array,
  keys: DerivedKeys,
): Uint8Array {
  const mac = context.mac(keys.confirm[side], SIDE_LABELS[side], transcript).subarray(0, MAC_BYTES);
  if (self === undefined) return mac;
  const message = concatBytes(SIDE_LABELS[side], transcript);
  return concatBytes(self.ed25519.sign(message), self.mlDsa87.sign(message), mac);
}

/** Why a proof of the other side does not hold, or undefined. The cheap check comes first. */
export function checkProof(
  context: HandshakeContext,
  identity: HandshakeIdentity | undefined,
  side: Side,
  transcript: Uint8Array,
  keys: DerivedKeys,
  proof: Uint8Array,
): RejectionCode | undefined {
  const mac = context.mac(keys.confirm[side], SIDE_LABELS[side], transcript);
  if (!equal(mac, proof.subarray(-MAC_BYTES), MAC_BYTES)) return 'handshake-failed';
  if (identity === undefined) return undefined;
  const message = concatBytes(SIDE_LABELS[side], transcript);
  const split = LENGTHS.ed25519.signature;
  const { ed25519, mlDsa87 } = identity;
  const first = proof.subarray(0, split);
  const second = proof.subarray(split, -MAC_BYTES);
  const holds =
    context.verify({ suite: 'ed25519', publicKey: ed25519, message, signature: first }) &&
    context.verify({ suite: 'ml-dsa-87', publicKey: mlDsa87, message, signature: second });
  return holds ? undefined : 'signature-invalid';
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
