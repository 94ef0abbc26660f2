/**
 * What the handshake is made of: both key agreements, the transcript, the keys that come out, and the proof that
 * each side gives. X25519 is OpenSSL's where there is one and noble's in a browser.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import { concatBytes } from '../core/bytes.js';
import { nodeCrypto } from './node-crypto.js';
import { equal, MAC_BYTES } from './session.js';
import { LENGTHS } from './suites/suite.js';
/** Grows whenever a message changes; sides of different versions refuse each other. */
export const HANDSHAKE_VERSION = 1;
export const X25519_BYTES = 32;
/** FIPS 203, table 3. */
export const KEM_KEY_BYTES = 1568;
export const CIPHERTEXT_BYTES = 1568;
/** Ed25519 ‖ ML-DSA-87. */
export const SIGNATURE_BYTES = LENGTHS.ed25519.signature + LENGTHS['ml-dsa-87'].signature;
const label = (text) => new TextEncoder().encode(`lockstep/handshake/${HANDSHAKE_VERSION}/${text}\0`);
const TRANSCRIPT_LABEL = label('transcript');
const KEYS_LABEL = label('keys');
const SIDE_LABELS = {
    initiator: label('initiator'),
    responder: label('responder'),
};
export function generateX25519() {
    return nodeCrypto === undefined ? portableX25519() : nodeX25519(nodeCrypto);
}
/** For browsers. */
export function portableX25519() {
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
function nodeX25519(node) {
    const { privateKey, publicKey } = node.generateKeyPairSync('x25519');
    const x = publicKey.export({ format: 'jwk' }).x ?? '';
    return {
        publicKey: Uint8Array.from(Buffer.from(x, 'base64url')),
        agree: (theirs) => attempt(() => {
            const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(theirs).toString('base64url') };
            const other = node.createPublicKey({ key: jwk, format: 'jwk' });
            return Uint8Array.from(node.diffieHellman({ privateKey, publicKey: other }));
        }),
    };
}
/** An ephemeral ML-KEM-1024 key, for one decapsulation. */
export function generateKem() {
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
export function encapsulate(key) {
    return attempt(() => ml_kem1024.encapsulate(key));
}
/**
 * SHA-512 of everything that was said and of the keys of those who say it: what a replica id means is the validator
 * set's affair. All parts have fixed lengths, so none can be read as another.
 */
export function transcriptOf(context, hello, answer, initiator, responder) {
    const hash = sha512.create().update(TRANSCRIPT_LABEL).update(hello).update(answer);
    for (const id of [responder, initiator]) {
        const identity = id === undefined ? undefined : context.validators[id];
        if (identity !== undefined)
            hash.update(identity.ed25519).update(identity.mlDsa87);
    }
    return hash.digest();
}
/** HKDF (RFC 5869) over both secrets with the transcript as salt: the keys hold while either agreement does. */
export function deriveKeys(transcript, kemSecret, dhSecret) {
    const secret = concatBytes(kemSecret, dhSecret);
    const out = hkdf(sha512, secret, transcript, KEYS_LABEL, 128);
    for (const used of [secret, kemSecret, dhSecret])
        used.fill(0);
    return {
        frames: { initiator: out.subarray(0, 32), responder: out.subarray(32, 64) },
        confirm: { initiator: out.subarray(64, 96), responder: out.subarray(96, 128) },
    };
}
/** Signatures over the transcript, of a side that has an identity, and a MAC that shows that it has the keys. */
export function prove(context, self, side, transcript, keys) {
    const mac = context.mac(keys.confirm[side], SIDE_LABELS[side], transcript).subarray(0, MAC_BYTES);
    if (self === undefined)
        return mac;
    const message = concatBytes(SIDE_LABELS[side], transcript);
    return concatBytes(self.ed25519.sign(message), self.mlDsa87.sign(message), mac);
}
/** Why a proof of the other side does not hold, or undefined. The cheap check comes first. */
export function checkProof(context, identity, side, transcript, keys, proof) {
    const mac = context.mac(keys.confirm[side], SIDE_LABELS[side], transcript);
    if (!equal(mac, proof.subarray(-MAC_BYTES), MAC_BYTES))
        return 'handshake-failed';
    if (identity === undefined)
        return undefined;
    const message = concatBytes(SIDE_LABELS[side], transcript);
    const split = LENGTHS.ed25519.signature;
    const { ed25519, mlDsa87 } = identity;
    const first = proof.subarray(0, split);
    const second = proof.subarray(split, -MAC_BYTES);
    const holds = context.verify({ suite: 'ed25519', publicKey: ed25519, message, signature: first }) &&
        context.verify({ suite: 'ml-dsa-87', publicKey: mlDsa87, message, signature: second });
    return holds ? undefined : 'signature-invalid';
}
function attempt(work) {
    try {
        return work();
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=key-agreement.js.map