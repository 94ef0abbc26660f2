/**
 * Authenticated, post-quantum key agreement between a dialler (initiator) and a validator (responder). The flow and
 * the argument for it are in `../transport/handshake.md`. Both halves are synchronous and touch no socket; the
 * initiator's runs in a browser too.
 *
 * Primitives: X25519 (RFC 7748) and ML-KEM-1024 (FIPS 203) together, Ed25519 and ML-DSA-87 signatures together,
 * HKDF-SHA-512 (RFC 5869), keyed BLAKE3 for key confirmation.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { type HandshakeContext, type HandshakeSelf } from './key-agreement.ts';
import { type SessionKeys } from './session.ts';
export { HANDSHAKE_VERSION, type HandshakeContext, type HandshakeIdentity, type HandshakeSelf, } from './key-agreement.ts';
/** version ‖ chain ‖ initiator ‖ responder ‖ X25519 key ‖ ML-KEM key. */
export declare const HELLO_BYTES: number;
/** The answer and the responder's proof. */
export declare const REPLY_BYTES: number;
/** The initiator's proof: a client's has no signatures. */
export declare const PEER_FINISH_BYTES: number;
export declare const CLIENT_FINISH_BYTES = 16;
/** The dialling side. One object, one handshake. */
export declare class Initiator {
    /** The first message, `HELLO_BYTES` long. */
    readonly hello: Uint8Array;
    private readonly context;
    private readonly self;
    private readonly to;
    private readonly dh;
    private readonly kem;
    private used;
    /** `self` undefined: a client. `to` undefined: whichever validator answers. */
    constructor(context: HandshakeContext, self: HandshakeSelf | undefined, to: ReplicaId | undefined);
    /** Checks the reply; `message` is what to send before the first frame. Once: the secrets are gone afterwards. */
    finish(reply: Uint8Array): {
        readonly message: Uint8Array;
        readonly keys: SessionKeys;
        readonly responder: ReplicaId;
    } | RejectionCode;
}
/** Whom a hello claims to come from: a replica, a client, or nobody that makes sense. Proves nothing yet. */
export declare function claimedInitiator(hello: Uint8Array): ReplicaId | 'client' | undefined;
/** The accepting side. One object, one handshake. */
export declare class Responder {
    private readonly context;
    private readonly self;
    private readonly peers;
    private replied;
    private pending;
    /** `peers`: takes validators, and only them; otherwise clients, and only them. */
    constructor(context: HandshakeContext, self: HandshakeSelf, peers: boolean);
    /** The second message. The costly one: two key agreements and two signatures. */
    reply(hello: Uint8Array): Uint8Array | RejectionCode;
    /** Checks the third message, once. `peer` is proven, or undefined for a client. */
    finish(message: Uint8Array): {
        readonly peer: ReplicaId | undefined;
        readonly keys: SessionKeys;
    } | RejectionCode;
    private checkHello;
}
//# sourceMappingURL=handshake.d.ts.map