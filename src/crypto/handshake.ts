/**
 * Authenticated, post-quantum key agreement between a dialler (initiator) and a validator (responder). The flow and
 * the argument for it are in `../transport/handshake.md`. Both halves are synchronous and touch no socket; the
 * initiator's runs in a browser too.
 *
 * Primitives: X25519 (RFC 7748) and ML-KEM-1024 (FIPS 203) together, Ed25519 and ML-DSA-87 signatures together,
 * HKDF-SHA-512 (RFC 5869), keyed BLAKE3 for key confirmation.
 */

import { bytesEqual, concatBytes } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { COOKIE_BYTES, type Cookies } from './cookies.ts';
import { agreedOn, type EncryptionWish, WISHES } from './encryption.ts';
import {
  CIPHERTEXT_BYTES,
  checkProof,
  type DerivedKeys,
  deriveKeys,
  encapsulate,
  generateKem,
  generateX25519,
  HANDSHAKE_VERSION,
  type HandshakeContext,
  type HandshakeSelf,
  KEM_KEY_BYTES,
  prove,
  SIGNATURE_BYTES,
  type Side,
  transcriptOf,
  X25519_BYTES,
} from './key-agreement.ts';
import { equal, MAC_BYTES, type SessionKeys } from './session.ts';

export {
  HANDSHAKE_VERSION,
  type HandshakeContext,
  type HandshakeIdentity,
  type HandshakeSelf,
} from './key-agreement.ts';

/** Stands for an initiator without an identity (a client), and for a responder that the initiator does not know yet. */
const NOBODY = 0xffff;

const CHAIN_BYTES = 32;

/** version ‖ chain ‖ initiator ‖ responder ‖ wish ‖ X25519 key ‖ ML-KEM key: what a cookie is for. */
const HELLO_BODY_BYTES = 1 + CHAIN_BYTES + 2 + 2 + 1 + X25519_BYTES + KEM_KEY_BYTES;
/** The same, a cookie or zeros, and between validators the greeting: a MAC over all of it. */
export const HELLO_BYTES = HELLO_BODY_BYTES + COOKIE_BYTES + MAC_BYTES;
const HELLO_GREETING = HELLO_BODY_BYTES + COOKIE_BYTES;
const HELLO_INITIATOR = 1 + CHAIN_BYTES;
const HELLO_RESPONDER = HELLO_INITIATOR + 2;
const HELLO_WISH = HELLO_RESPONDER + 2;
const HELLO_X25519 = HELLO_WISH + 1;
const HELLO_KEM = HELLO_X25519 + X25519_BYTES;
const NO_COOKIE = new Uint8Array(COOKIE_BYTES);
const NO_BYTES = new Uint8Array(0);

/** version ‖ responder ‖ wish ‖ X25519 key ‖ ML-KEM ciphertext: what the transcript has of the reply. */
const ANSWER_BYTES = 1 + 2 + 1 + X25519_BYTES + CIPHERTEXT_BYTES;
const ANSWER_WISH = 3;
const ANSWER_X25519 = ANSWER_WISH + 1;
const ANSWER_CIPHERTEXT = ANSWER_X25519 + X25519_BYTES;

/** The answer and the responder's proof. */
export const REPLY_BYTES = ANSWER_BYTES + SIGNATURE_BYTES + MAC_BYTES;
/** The initiator's proof: a client's has no signatures. */
export const PEER_FINISH_BYTES = SIGNATURE_BYTES + MAC_BYTES;
export const CLIENT_FINISH_BYTES = MAC_BYTES;

/**
 * In place of a reply: the other side asks for encryption, and this one cannot. Nothing protects it, as nothing protects a
 * connection that is closed without a word; it is for whoever wonders why.
 */
export const REFUSED_ENCRYPTION: Uint8Array = Uint8Array.of(HANDSHAKE_VERSION, 1);

/** In place of a reply, before a cookie: say it once more, with this. */
const COOKIE_HEAD = Uint8Array.of(HANDSHAKE_VERSION, 2);
export const COOKIE_REQUEST_BYTES = COOKIE_HEAD.length + COOKIE_BYTES;

/** Asks whoever said this hello to say it again with a cookie. */
export function cookieRequest(cookies: Cookies, remote: string, hello: Uint8Array): Uint8Array {
  return concatBytes(COOKIE_HEAD, cookies.make(remote, hello.subarray(0, HELLO_BODY_BYTES)));
}

/** Whether a hello has a cookie that we gave to this address. */
export function hasCookie(cookies: Cookies, remote: string, hello: Uint8Array): boolean {
  const cookie = hello.subarray(HELLO_BODY_BYTES, HELLO_GREETING);
  return cookies.good(cookie, remote, hello.subarray(0, HELLO_BODY_BYTES));
}

/** A hello with the greeting that it ought to have from `self` to `other`. */
export function greeted(
  context: HandshakeContext,
  self: HandshakeSelf,
  other: ReplicaId,
  hello: Uint8Array,
): Uint8Array {
  const copy = hello.slice();
  const greeting = greet(context, self, other, hello);
  if (greeting !== undefined) copy.set(greeting, HELLO_GREETING);
  return copy;
}

/** The MAC at the end of a hello between two validators. */
function greet(
  context: HandshakeContext,
  self: HandshakeSelf,
  other: ReplicaId,
  hello: Uint8Array,
): Uint8Array | undefined {
  const identity = context.validators[other];
  const key = identity && self.greetings(identity.ed25519);
  return key && context.mac(key, hello.subarray(0, HELLO_GREETING), NO_BYTES).subarray(0, MAC_BYTES);
}

/** The dialling side. One object, one handshake. */
export class Initiator {
  /** The first message, `HELLO_BYTES` long. */
  hello: Uint8Array;
  private readonly context: HandshakeContext;
  private readonly self: HandshakeSelf | undefined;
  private readonly to: ReplicaId | undefined;
  private readonly wish: EncryptionWish;
  private readonly dh = generateX25519();
  private readonly kem = generateKem();
  private used = false;
  private cookied = false;

  /** `self` undefined: a client. `to` undefined: whichever validator answers. */
  constructor(
    context: HandshakeContext,
    self: HandshakeSelf | undefined,
    to: ReplicaId | undefined,
    wish: EncryptionWish = 'unasked',
  ) {
    this.context = context;
    this.self = self;
    this.to = to;
    this.wish = wish;
    this.hello = this.written(
      NO_COOKIE,
      Uint8Array.of(HANDSHAKE_VERSION),
      context.chainId,
      uint16(self?.id ?? NOBODY),
      uint16(to ?? NOBODY),
      Uint8Array.of(WISHES.indexOf(wish)),
      this.dh.publicKey,
      this.kem.publicKey,
    );
  }

  private written(cookie: Uint8Array, ...body: Uint8Array[]): Uint8Array {
    const { context, self, to } = this;
    const hello = concatBytes(...body, cookie, new Uint8Array(MAC_BYTES));
    return self === undefined || to === undefined ? hello : greeted(context, self, to, hello);
  }

  /** Where a message asks for it: the hello once more, with the cookie that it gives. Once per handshake. */
  again(message: Uint8Array): Uint8Array | undefined {
    if (message.length !== COOKIE_REQUEST_BYTES || this.cookied || this.used) return undefined;
    if (!bytesEqual(message.subarray(0, COOKIE_HEAD.length), COOKIE_HEAD)) return undefined;
    this.cookied = true;
    this.hello = this.written(message.subarray(COOKIE_HEAD.length), this.hello.subarray(0, HELLO_BODY_BYTES));
    return this.hello;
  }

  /** Checks the reply; `message` is what to send before the first frame. Once: the secrets are gone afterwards. */
  finish(
    reply: Uint8Array,
  ):
    | { readonly message: Uint8Array; readonly keys: SessionKeys; readonly responder: ReplicaId }
    | RejectionCode {
    const { context, self } = this;
    if (bytesEqual(reply, REFUSED_ENCRYPTION)) return 'encryption-required';
    if (reply.length !== REPLY_BYTES || this.used) return 'handshake-malformed';
    this.used = true;
    if (reply[0] !== HANDSHAKE_VERSION) return 'frame-version';
    const responder = readUint16(reply, 1);
    const identity = context.validators[responder];
    if (identity === undefined || (this.to !== undefined && responder !== this.to)) return 'stranger';
    const answer = reply.subarray(0, ANSWER_BYTES);
    const theirs = WISHES[reply[ANSWER_WISH]!];
    if (theirs === undefined) return 'handshake-malformed';
    const encrypted = agreedOn(this.wish, theirs);
    if (encrypted === undefined) return 'encryption-required';
    const dhSecret = this.dh.agree(answer.subarray(ANSWER_X25519, ANSWER_CIPHERTEXT));
    if (dhSecret === undefined) return 'handshake-failed';
    const transcript = transcriptOf(context, this.hello, answer, self?.id, responder);
    const keys = deriveKeys(transcript, this.kem.decapsulate(answer.subarray(ANSWER_CIPHERTEXT)), dhSecret);
    const code = checkProof(context, identity, 'responder', transcript, keys, reply.subarray(ANSWER_BYTES));
    if (code !== undefined) return code;
    const message = prove(context, self, 'initiator', transcript, keys);
    return { message, keys: sessionKeys(keys, 'initiator', encrypted), responder };
  }
}

/** Whom a hello claims to come from: a replica, a client, or nobody that makes sense. Proves nothing yet. */
export function claimedInitiator(hello: Uint8Array): ReplicaId | 'client' | undefined {
  if (hello.length !== HELLO_BYTES || hello[0] !== HANDSHAKE_VERSION) return undefined;
  const id = readUint16(hello, HELLO_INITIATOR);
  return id === NOBODY ? 'client' : id;
}

/** The accepting side. One object, one handshake. */
export class Responder {
  private readonly context: HandshakeContext;
  private readonly self: HandshakeSelf;
  private readonly peers: boolean;
  private readonly wish: EncryptionWish;
  private replied = false;
  private pending:
    | {
        readonly transcript: Uint8Array;
        readonly keys: DerivedKeys;
        readonly initiator: ReplicaId | undefined;
        readonly encrypted: boolean;
      }
    | undefined;

  /** `peers`: takes validators, and only them; otherwise clients, and only them. */
  constructor(
    context: HandshakeContext,
    self: HandshakeSelf,
    peers: boolean,
    wish: EncryptionWish = 'unasked',
  ) {
    this.context = context;
    this.self = self;
    this.peers = peers;
    this.wish = wish;
  }

  /** The second message. The costly one: two key agreements and two signatures. */
  reply(hello: Uint8Array): Uint8Array | RejectionCode {
    const { context, self } = this;
    if (this.replied) return 'handshake-malformed';
    this.replied = true;
    const code = this.refuses(hello);
    if (code !== undefined) return code;
    const initiator = this.peers ? readUint16(hello, HELLO_INITIATOR) : undefined;
    // Else it would have been refused.
    const encrypted = agreedOn(this.wish, WISHES[hello[HELLO_WISH]!]!) ?? true;

    const dh = generateX25519();
    const shared = encapsulate(hello.subarray(HELLO_KEM, HELLO_BODY_BYTES));
    if (shared === undefined) return 'handshake-malformed';
    const dhSecret = dh.agree(hello.subarray(HELLO_X25519, HELLO_KEM));
    if (dhSecret === undefined) return 'handshake-failed';
    const version = Uint8Array.of(HANDSHAKE_VERSION);
    const wish = Uint8Array.of(WISHES.indexOf(this.wish));
    const answer = concatBytes(version, uint16(self.id), wish, dh.publicKey, shared.cipherText);
    const transcript = transcriptOf(context, hello, answer, initiator, self.id);
    const keys = deriveKeys(transcript, shared.sharedSecret, dhSecret);
    this.pending = { transcript, keys, initiator, encrypted };
    return concatBytes(answer, prove(context, self, 'responder', transcript, keys));
  }

  /** Checks the third message, once. `peer` is proven, or undefined for a client. */
  finish(
    message: Uint8Array,
  ): { readonly peer: ReplicaId | undefined; readonly keys: SessionKeys } | RejectionCode {
    const { context, pending } = this;
    this.pending = undefined;
    if (pending === undefined) return 'handshake-malformed';
    const { transcript, keys, initiator, encrypted } = pending;
    if (message.length !== (initiator === undefined ? CLIENT_FINISH_BYTES : PEER_FINISH_BYTES))
      return 'handshake-malformed';
    const identity = initiator === undefined ? undefined : context.validators[initiator];
    const code = checkProof(context, identity, 'initiator', transcript, keys, message);
    return code ?? { peer: initiator, keys: sessionKeys(keys, 'responder', encrypted) };
  }

  /** Why a hello gets no reply, where that is so; costs a hash at most, and a key agreement once for each validator. */
  refuses(hello: Uint8Array): RejectionCode | undefined {
    const { context, self, peers } = this;
    if (hello.length !== HELLO_BYTES) return 'handshake-malformed';
    if (hello[0] !== HANDSHAKE_VERSION) return 'frame-version';
    if (!bytesEqual(hello.subarray(1, HELLO_INITIATOR), context.chainId)) return 'stranger';
    const from = readUint16(hello, HELLO_INITIATOR);
    const to = readUint16(hello, HELLO_RESPONDER);
    if ((from !== NOBODY) !== peers) return 'handshake-malformed';
    // A peer names whom it dials, and nobody dials himself.
    if (to !== self.id && (peers || to !== NOBODY)) return 'handshake-failed';
    if (peers && (from === self.id || context.validators[from] === undefined)) return 'stranger';
    const wish = WISHES[hello[HELLO_WISH]!];
    if (wish === undefined) return 'handshake-malformed';
    if (agreedOn(this.wish, wish) === undefined) return 'encryption-required';
    if (!peers) return undefined;
    const greeting = greet(context, self, from, hello);
    const holds = greeting !== undefined && equal(greeting, hello.subarray(HELLO_GREETING), MAC_BYTES);
    return holds ? undefined : 'signature-invalid';
  }
}

/** What is needed from now on; what is not is wiped. */
function sessionKeys(keys: DerivedKeys, side: Side, encrypted: boolean): SessionKeys {
  const initiator = side === 'initiator';
  const { frames, confirm } = keys;
  confirm.initiator.fill(0);
  confirm.responder.fill(0);
  return {
    send: initiator ? frames.initiator : frames.responder,
    receive: initiator ? frames.responder : frames.initiator,
    initiator,
    encrypted,
  };
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
