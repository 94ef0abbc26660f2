/**
 * Authenticated, post-quantum key agreement between a dialler (initiator) and a validator (responder). The flow and
 * the argument for it are in `../transport/handshake.md`. Both halves are synchronous and touch no socket; the
 * initiator's runs in a browser too.
 *
 * Primitives: X25519 (RFC 7748) and ML-KEM-1024 (FIPS 203) together, Ed25519 and ML-DSA-87 signatures together,
 * HKDF-SHA-512 (RFC 5869), keyed BLAKE3 for key confirmation.
 */
import { bytesEqual, concatBytes } from '../core/bytes.js';
import { CIPHERTEXT_BYTES, checkProof, deriveKeys, encapsulate, generateKem, generateX25519, HANDSHAKE_VERSION, KEM_KEY_BYTES, prove, SIGNATURE_BYTES, transcriptOf, X25519_BYTES, } from './key-agreement.js';
import { MAC_BYTES } from './session.js';
export { HANDSHAKE_VERSION, } from './key-agreement.js';
/** Stands for an initiator without an identity (a client), and for a responder that the initiator does not know yet. */
const NOBODY = 0xffff;
const CHAIN_BYTES = 32;
/** version ‖ chain ‖ initiator ‖ responder ‖ X25519 key ‖ ML-KEM key. */
export const HELLO_BYTES = 1 + CHAIN_BYTES + 2 + 2 + X25519_BYTES + KEM_KEY_BYTES;
const HELLO_INITIATOR = 1 + CHAIN_BYTES;
const HELLO_RESPONDER = HELLO_INITIATOR + 2;
const HELLO_X25519 = HELLO_RESPONDER + 2;
const HELLO_KEM = HELLO_X25519 + X25519_BYTES;
/** version ‖ responder ‖ X25519 key ‖ ML-KEM ciphertext: what the transcript has of the reply. */
const ANSWER_BYTES = 1 + 2 + X25519_BYTES + CIPHERTEXT_BYTES;
const ANSWER_X25519 = 3;
const ANSWER_CIPHERTEXT = ANSWER_X25519 + X25519_BYTES;
/** The answer and the responder's proof. */
export const REPLY_BYTES = ANSWER_BYTES + SIGNATURE_BYTES + MAC_BYTES;
/** The initiator's proof: a client's has no signatures. */
export const PEER_FINISH_BYTES = SIGNATURE_BYTES + MAC_BYTES;
export const CLIENT_FINISH_BYTES = MAC_BYTES;
/** The dialling side. One object, one handshake. */
export class Initiator {
    /** The first message, `HELLO_BYTES` long. */
    hello;
    context;
    self;
    to;
    dh = generateX25519();
    kem = generateKem();
    used = false;
    /** `self` undefined: a client. `to` undefined: whichever validator answers. */
    constructor(context, self, to) {
        this.context = context;
        this.self = self;
        this.to = to;
        this.hello = concatBytes(Uint8Array.of(HANDSHAKE_VERSION), context.chainId, uint16(self?.id ?? NOBODY), uint16(to ?? NOBODY), this.dh.publicKey, this.kem.publicKey);
    }
    /** Checks the reply; `message` is what to send before the first frame. Once: the secrets are gone afterwards. */
    finish(reply) {
        const { context, self } = this;
        if (reply.length !== REPLY_BYTES || this.used)
            return 'handshake-malformed';
        this.used = true;
        if (reply[0] !== HANDSHAKE_VERSION)
            return 'frame-version';
        const responder = readUint16(reply, 1);
        const identity = context.validators[responder];
        if (identity === undefined || (this.to !== undefined && responder !== this.to))
            return 'stranger';
        const answer = reply.subarray(0, ANSWER_BYTES);
        const dhSecret = this.dh.agree(answer.subarray(ANSWER_X25519, ANSWER_CIPHERTEXT));
        if (dhSecret === undefined)
            return 'handshake-failed';
        const transcript = transcriptOf(context, this.hello, answer, self?.id, responder);
        const keys = deriveKeys(transcript, this.kem.decapsulate(answer.subarray(ANSWER_CIPHERTEXT)), dhSecret);
        const code = checkProof(context, identity, 'responder', transcript, keys, reply.subarray(ANSWER_BYTES));
        if (code !== undefined)
            return code;
        const message = prove(context, self, 'initiator', transcript, keys);
        return { message, keys: sessionKeys(keys, 'initiator'), responder };
    }
}
/** Whom a hello claims to come from: a replica, a client, or nobody that makes sense. Proves nothing yet. */
export function claimedInitiator(hello) {
    if (hello.length !== HELLO_BYTES || hello[0] !== HANDSHAKE_VERSION)
        return undefined;
    const id = readUint16(hello, HELLO_INITIATOR);
    return id === NOBODY ? 'client' : id;
}
/** The accepting side. One object, one handshake. */
export class Responder {
    context;
    self;
    peers;
    replied = false;
    pending;
    /** `peers`: takes validators, and only them; otherwise clients, and only them. */
    constructor(context, self, peers) {
        this.context = context;
        this.self = self;
        this.peers = peers;
    }
    /** The second message. The costly one: two key agreements and two signatures. */
    reply(hello) {
        const { context, self } = this;
        if (this.replied)
            return 'handshake-malformed';
        this.replied = true;
        const code = this.checkHello(hello);
        if (code !== undefined)
            return code;
        const initiator = this.peers ? readUint16(hello, HELLO_INITIATOR) : undefined;
        const dh = generateX25519();
        const shared = encapsulate(hello.subarray(HELLO_KEM));
        if (shared === undefined)
            return 'handshake-malformed';
        const dhSecret = dh.agree(hello.subarray(HELLO_X25519, HELLO_KEM));
        if (dhSecret === undefined)
            return 'handshake-failed';
        const version = Uint8Array.of(HANDSHAKE_VERSION);
        const answer = concatBytes(version, uint16(self.id), dh.publicKey, shared.cipherText);
        const transcript = transcriptOf(context, hello, answer, initiator, self.id);
        const keys = deriveKeys(transcript, shared.sharedSecret, dhSecret);
        this.pending = { transcript, keys, initiator };
        return concatBytes(answer, prove(context, self, 'responder', transcript, keys));
    }
    /** Checks the third message, once. `peer` is proven, or undefined for a client. */
    finish(message) {
        const { context, pending } = this;
        this.pending = undefined;
        if (pending === undefined)
            return 'handshake-malformed';
        const { transcript, keys, initiator } = pending;
        if (message.length !== (initiator === undefined ? CLIENT_FINISH_BYTES : PEER_FINISH_BYTES))
            return 'handshake-malformed';
        const identity = initiator === undefined ? undefined : context.validators[initiator];
        const code = checkProof(context, identity, 'initiator', transcript, keys, message);
        return code ?? { peer: initiator, keys: sessionKeys(keys, 'responder') };
    }
    checkHello(hello) {
        const { context, self, peers } = this;
        if (hello.length !== HELLO_BYTES)
            return 'handshake-malformed';
        if (hello[0] !== HANDSHAKE_VERSION)
            return 'frame-version';
        if (!bytesEqual(hello.subarray(1, HELLO_INITIATOR), context.chainId))
            return 'stranger';
        const from = readUint16(hello, HELLO_INITIATOR);
        const to = readUint16(hello, HELLO_RESPONDER);
        if ((from !== NOBODY) !== peers)
            return 'handshake-malformed';
        // A peer names whom it dials, and nobody dials himself.
        if (to !== self.id && (peers || to !== NOBODY))
            return 'handshake-failed';
        if (peers && (from === self.id || context.validators[from] === undefined))
            return 'stranger';
        return undefined;
    }
}
function sessionKeys(keys, side) {
    const initiator = side === 'initiator';
    const { frames } = keys;
    return {
        send: initiator ? frames.initiator : frames.responder,
        receive: initiator ? frames.responder : frames.initiator,
        initiator,
    };
}
function uint16(value) {
    return Uint8Array.of(value >>> 8, value);
}
function readUint16(bytes, at) {
    return (bytes[at] << 8) | bytes[at + 1];
}
//# sourceMappingURL=handshake.js.map