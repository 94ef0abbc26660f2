/**
 * Authenticated, post-quantum key agreement between a dialler (initiator) and a validator (responder). The flow and
 * the argument for it are in `../transport/handshake.md`. Both halves are synchronous and touch no socket; the
 * initiator's runs in a browser too.
 *
 * Primitives: X25519 (RFC 7748), ML-KEM-1024 (FIPS 203), Ed25519 and ML-DSA-87 signatures, HKDF-SHA-512 (RFC 5869),
 * keyed BLAKE3 for key confirmation.
 */

import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import { bytesEqual, concatBytes } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Signer, VerifyItem } from './interface.ts';
import { equal, MAC_BYTES, type Mac, type SessionKeys } from './session.ts';
import { LENGTHS } from './suites/suite.ts';

/** Grows whenever a message changes; sides of different versions refuse each other. */
export const HANDSHAKE_VERSION = 1;

/** Stands for an initiator without an identity (a client), and for a responder that the initiator does not know yet. */
const NOBODY = 0xffff;

const CHAIN_BYTES = 32;
const X25519_BYTES = 32;
const KEM_KEY_BYTES = 1568;
const KEM_CIPHERTEXT_BYTES = 1568;
const SIGNATURE_BYTES = LENGTHS.ed25519.signature + LENGTHS['ml-dsa-87'].signature;

/** version ‖ chain ‖ initiator ‖ responder ‖ X25519 key ‖ ML-KEM key. */
export const HELLO_BYTES = 1 + CHAIN_BYTES + 2 + 2 + X25519_BYTES + KEM_KEY_BYTES;
/** version ‖ responder ‖ X25519 key ‖ ML-KEM ciphertext: what the transcript has of the reply. */
const ANSWER_BYTES = 1 + 2 + X25519_BYTES + KEM_CIPHERTEXT_BYTES;
export const REPLY_BYTES = ANSWER_BYTES + SIGNATURE_BYTES + MAC_BYTES;
/** MAC, and before it the signatures of an initiator that has an identity. */
export const PEER_FINISH_BYTES = SIGNATURE_BYTES + MAC_BYTES;
export const CLIENT_FINISH_BYTES = MAC_BYTES;

export interface HandshakeIdentity {
  readonly ed25519: Uint8Array;
  readonly mlDsa87: Uint8Array;
}

/** What both sides know beforehand. */
export interface HandshakeContext {
  /** Digest of the genesis, 32 bytes. */
  readonly chainId: Uint8Array;
  /** Public keys by replica id. */
  readonly validators: readonly HandshakeIdentity[];
  verify(item: VerifyItem): boolean;
  readonly mac: Mac;
}

/** A validator's own side of its identity. */
export interface HandshakeSelf {
  readonly id: ReplicaId;
  readonly ed25519: Signer;
  readonly mlDsa87: Signer;
}

interface DerivedKeys {
  readonly toResponder: Uint8Array;
  readonly toInitiator: Uint8Array;
  readonly confirmResponder: Uint8Array;
  readonly confirmInitiator: Uint8Array;
}

const label = (text: string) => new TextEncoder().encode(`lockstep/handshake/${HANDSHAKE_VERSION}/${text}\0`);
const LABELS = {
  transcript: label('transcript'),
  responder: label('responder'),
  initiator: label('initiator'),
  keys: label('keys'),
};

/** The dialling side. One object, one handshake. */
export class Initiator {
  /** The first message, `HELLO_BYTES` long. */
  readonly hello: Uint8Array;
  private readonly context: HandshakeContext;
  private readonly self: HandshakeSelf | undefined;
  private readonly to: ReplicaId | undefined;
  private readonly dh = x25519.keygen();
  private readonly kem = ml_kem1024.keygen();
  /** The secrets are gone: forward secrecy. */
  private used = false;

  /** `self` undefined: a client. `to` undefined: whichever validator answers. */
  constructor(context: HandshakeContext, self: HandshakeSelf | undefined, to: ReplicaId | undefined) {
    this.context = context;
    this.self = self;
    this.to = to;
    this.hello = concatBytes(
      Uint8Array.of(HANDSHAKE_VERSION),
      context.chainId,
      uint16(self?.id ?? NOBODY),
      uint16(to ?? NOBODY),
      this.dh.publicKey,
      this.kem.publicKey,
    );
  }

  /** Checks the reply; `message` is what to send before the first frame. */
  finish(
    reply: Uint8Array,
  ):
    | { readonly message: Uint8Array; readonly keys: SessionKeys; readonly responder: ReplicaId }
    | RejectionCode {
    const { context, self } = this;
    if (reply.length !== REPLY_BYTES || this.used) return 'handshake-malformed';
    if (reply[0] !== HANDSHAKE_VERSION) return 'frame-version';
    const responder = readUint16(reply, 1);
    if (this.to !== undefined && responder !== this.to) return 'stranger';
    const identity = context.validators[responder];
    if (identity === undefined) return 'stranger';
    const answer = reply.subarray(0, ANSWER_BYTES);
    const transcript = transcriptOf(context, this.hello, answer, self?.id, responder);
    const signed = concatBytes(LABELS.responder, transcript);
    if (!verifyBoth(context, identity, signed, reply.subarray(ANSWER_BYTES, -MAC_BYTES)))
      return 'signature-invalid';
    const theirs = reply.subarray(3, 3 + X25519_BYTES);
    const ciphertext = reply.subarray(3 + X25519_BYTES, ANSWER_BYTES);
    const keys = agree(transcript, this.dh.secretKey, theirs, () =>
      ml_kem1024.decapsulate(ciphertext, this.kem.secretKey),
    );
    this.used = true;
    this.dh.secretKey.fill(0);
    this.kem.secretKey.fill(0);
    if (keys === undefined) return 'handshake-failed';
    const expected = context.mac(keys.confirmResponder, LABELS.responder, transcript);
    if (!equal(expected, reply.subarray(-MAC_BYTES), MAC_BYTES)) return 'handshake-failed';

    const confirmation = context
      .mac(keys.confirmInitiator, LABELS.initiator, transcript)
      .subarray(0, MAC_BYTES);
    const signatures = self === undefined ? [] : signBoth(self, concatBytes(LABELS.initiator, transcript));
    return {
      message: concatBytes(...signatures, confirmation),
      keys: { send: keys.toResponder, receive: keys.toInitiator, initiator: true },
      responder,
    };
  }
}

/** Whom a hello claims to come from: a replica, a client, or nobody that makes sense. Proves nothing yet. */
export function claimedInitiator(hello: Uint8Array): ReplicaId | 'client' | undefined {
  if (hello.length !== HELLO_BYTES || hello[0] !== HANDSHAKE_VERSION) return undefined;
  const id = readUint16(hello, 1 + CHAIN_BYTES);
  return id === NOBODY ? 'client' : id;
}

/** The accepting side. One object, one handshake. */
export class Responder {
  private readonly context: HandshakeContext;
  private readonly self: HandshakeSelf;
  private readonly peers: boolean;
  private pending:
    | { transcript: Uint8Array; keys: DerivedKeys; initiator: ReplicaId | undefined }
    | undefined;

  /** `peers`: takes validators, and only them; otherwise clients, and only them. */
  constructor(context: HandshakeContext, self: HandshakeSelf, peers: boolean) {
    this.context = context;
    this.self = self;
    this.peers = peers;
  }

  /** The second message. The costly one: two key agreements and two signatures. */
  reply(hello: Uint8Array): Uint8Array | RejectionCode {
    const { context, self } = this;
    if (hello.length !== HELLO_BYTES || this.pending !== undefined) return 'handshake-malformed';
    if (hello[0] !== HANDSHAKE_VERSION) return 'frame-version';
    if (!bytesEqual(hello.subarray(1, 1 + CHAIN_BYTES), context.chainId)) return 'stranger';
    const from = readUint16(hello, 1 + CHAIN_BYTES);
    const to = readUint16(hello, 3 + CHAIN_BYTES);
    if ((from !== NOBODY) !== this.peers) return 'handshake-malformed';
    // A peer names whom it dials, and nobody dials himself.
    if (to !== self.id && (this.peers || to !== NOBODY)) return 'handshake-failed';
    if (from === self.id || (this.peers && context.validators[from] === undefined)) return 'stranger';
    const initiator = this.peers ? from : undefined;

    const dh = x25519.keygen();
    const shared = encapsulate(hello.subarray(5 + CHAIN_BYTES + X25519_BYTES));
    if (shared === undefined) return 'handshake-malformed';
    const answer = concatBytes(
      Uint8Array.of(HANDSHAKE_VERSION),
      uint16(self.id),
      dh.publicKey,
      shared.cipherText,
    );
    const transcript = transcriptOf(context, hello, answer, initiator, self.id);
    const theirs = hello.subarray(5 + CHAIN_BYTES, 5 + CHAIN_BYTES + X25519_BYTES);
    const keys = agree(transcript, dh.secretKey, theirs, () => shared.sharedSecret);
    dh.secretKey.fill(0);
    if (keys === undefined) return 'handshake-failed';
    this.pending = { transcript, keys, initiator };
    const signatures = signBoth(self, concatBytes(LABELS.responder, transcript));
    const confirmation = context
      .mac(keys.confirmResponder, LABELS.responder, transcript)
      .subarray(0, MAC_BYTES);
    return concatBytes(answer, ...signatures, confirmation);
  }

  /** Checks the third message. `peer` is proven, or undefined for a client. */
  finish(
    message: Uint8Array,
  ): { readonly peer: ReplicaId | undefined; readonly keys: SessionKeys } | RejectionCode {
    const { context, pending } = this;
    if (pending === undefined) return 'handshake-malformed';
    const { transcript, keys, initiator } = pending;
    if (message.length !== (initiator === undefined ? CLIENT_FINISH_BYTES : PEER_FINISH_BYTES))
      return 'handshake-malformed';
    const expected = context.mac(keys.confirmInitiator, LABELS.initiator, transcript);
    if (!equal(expected, message.subarray(-MAC_BYTES), MAC_BYTES)) return 'handshake-failed';
    if (initiator !== undefined) {
      const identity = context.validators[initiator]!;
      const signed = concatBytes(LABELS.initiator, transcript);
      if (!verifyBoth(context, identity, signed, message.subarray(0, -MAC_BYTES))) return 'signature-invalid';
    }
    this.pending = undefined;
    return { peer: initiator, keys: { send: keys.toInitiator, receive: keys.toResponder, initiator: false } };
  }
}

/**
 * SHA-512 of everything that was said and of who says it. All parts have fixed lengths, so none can be read as
 * another; ids alone would not do, since what a replica id means is the validator set's affair.
 */
function transcriptOf(
  context: HandshakeContext,
  hello: Uint8Array,
  answer: Uint8Array,
  initiator: ReplicaId | undefined,
  responder: ReplicaId,
): Uint8Array {
  const hash = sha512.create().update(LABELS.transcript).update(hello).update(answer);
  for (const id of [responder, initiator]) {
    const identity = id === undefined ? undefined : context.validators[id];
    if (identity !== undefined) hash.update(identity.ed25519).update(identity.mlDsa87);
  }
  return hash.digest();
}

/** HKDF with the transcript as salt over both secrets: the keys hold while either agreement does. */
function agree(
  transcript: Uint8Array,
  secretKey: Uint8Array,
  publicKey: Uint8Array,
  kemSecret: () => Uint8Array,
): DerivedKeys | undefined {
  let secret: Uint8Array;
  try {
    // A point of low order throws: an all-zero X25519 secret is refused (RFC 7748 §6.1).
    secret = concatBytes(kemSecret(), x25519.getSharedSecret(secretKey, publicKey));
  } catch {
    return undefined;
  }
  const out = hkdf(sha512, secret, transcript, LABELS.keys, 128);
  secret.fill(0);
  return {
    toResponder: out.subarray(0, 32),
    toInitiator: out.subarray(32, 64),
    confirmResponder: out.subarray(64, 96),
    confirmInitiator: out.subarray(96, 128),
  };
}

function encapsulate(key: Uint8Array): { cipherText: Uint8Array; sharedSecret: Uint8Array } | undefined {
  try {
    // FIPS 203 §7.2: a key whose coefficients are not reduced is refused.
    return ml_kem1024.encapsulate(key);
  } catch {
    return undefined;
  }
}

function signBoth(self: HandshakeSelf, message: Uint8Array): Uint8Array[] {
  return [self.ed25519.sign(message), self.mlDsa87.sign(message)];
}

function verifyBoth(
  context: HandshakeContext,
  identity: HandshakeIdentity,
  message: Uint8Array,
  signatures: Uint8Array,
): boolean {
  const split = LENGTHS.ed25519.signature;
  const first: VerifyItem = {
    suite: 'ed25519',
    publicKey: identity.ed25519,
    message,
    signature: signatures.subarray(0, split),
  };
  const second: VerifyItem = {
    suite: 'ml-dsa-87',
    publicKey: identity.mlDsa87,
    message,
    signature: signatures.subarray(split),
  };
  return context.verify(first) && context.verify(second);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
