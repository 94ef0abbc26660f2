/**
 * What the handshake is made of: both key agreements, the transcript, the keys that come out, and the proof that
 * each side gives. X25519 is OpenSSL's where there is one and noble's in a browser.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Signer, VerifyItem } from './interface.ts';
import { type Mac } from './session.ts';
/** Grows whenever a message changes; sides of different versions refuse each other. */
export declare const HANDSHAKE_VERSION = 1;
export declare const X25519_BYTES = 32;
/** FIPS 203, table 3. */
export declare const KEM_KEY_BYTES = 1568;
export declare const CIPHERTEXT_BYTES = 1568;
/** Ed25519 ‖ ML-DSA-87. */
export declare const SIGNATURE_BYTES: number;
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
}
export type Side = 'initiator' | 'responder';
export interface DerivedKeys {
    /** For frames, by who sends them. */
    readonly frames: Readonly<Record<Side, Uint8Array>>;
    /** For the confirmation, by who gives it. */
    readonly confirm: Readonly<Record<Side, Uint8Array>>;
}
/** An ephemeral X25519 key, for one agreement. */
export interface EphemeralKey {
    readonly publicKey: Uint8Array;
    /** The secret, or undefined for a point of low order (RFC 7748 §6.1). */
    agree(theirs: Uint8Array): Uint8Array | undefined;
}
export declare function generateX25519(): EphemeralKey;
/** For browsers. */
export declare function portableX25519(): EphemeralKey;
/** An ephemeral ML-KEM-1024 key, for one decapsulation. */
export declare function generateKem(): {
    publicKey: Uint8Array;
    decapsulate(ciphertext: Uint8Array): Uint8Array;
};
/** Undefined for a key whose coefficients are not reduced (FIPS 203 §7.2). */
export declare function encapsulate(key: Uint8Array): {
    cipherText: Uint8Array;
    sharedSecret: Uint8Array;
} | undefined;
/**
 * SHA-512 of everything that was said and of the keys of those who say it: what a replica id means is the validator
 * set's affair. All parts have fixed lengths, so none can be read as another.
 */
export declare function transcriptOf(context: HandshakeContext, hello: Uint8Array, answer: Uint8Array, initiator: ReplicaId | undefined, responder: ReplicaId): Uint8Array;
/** HKDF (RFC 5869) over both secrets with the transcript as salt: the keys hold while either agreement does. */
export declare function deriveKeys(transcript: Uint8Array, kemSecret: Uint8Array, dhSecret: Uint8Array): DerivedKeys;
/** Signatures over the transcript, of a side that has an identity, and a MAC that shows that it has the keys. */
export declare function prove(context: HandshakeContext, self: HandshakeSelf | undefined, side: Side, transcript: Uint8Array, keys: DerivedKeys): Uint8Array;
/** Why a proof of the other side does not hold, or undefined. The cheap check comes first. */
export declare function checkProof(context: HandshakeContext, identity: HandshakeIdentity | undefined, side: Side, transcript: Uint8Array, keys: DerivedKeys, proof: Uint8Array): RejectionCode | undefined;
//# sourceMappingURL=key-agreement.d.ts.map