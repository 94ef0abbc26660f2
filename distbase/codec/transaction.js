/**
 * A signed transaction as bytes, fixed binary so that every byte has one meaning and validity never depends on a
 * library. All integers are big-endian.
 *
 * | offset   | bytes       | field                                                            |
 * | -------- | ----------- | ---------------------------------------------------------------- |
 * | 0        | 1           | version, 1                                                       |
 * | 1        | 1           | suite: 1 = ed25519, 2 = ml-dsa-87                                |
 * | 2        | 1           | kind: 0 = write, 1 = ordered read, 2 = change of the validators, 3 = evidence |
 * | 3        | 8           | nonce, at most 2⁵³ − 1                                           |
 * | 11       | 8           | expiry: the last sequence it may execute at, at most 2⁵³ − 1     |
 * | 19       | 32 or 2,592 | public key                                                       |
 * | then     | rest        | payload, the application's own; of a change `membership-codec`'s, of evidence `accusation-codec`'s |
 * | at end   | 64 or 4,627 | signature over ascii `lockstep/tx/1` 00 ‖ chain id ‖ all before  |
 *
 * The digest of a transaction covers all of it, signature included. Runs in a browser too.
 */
import { LockstepError } from '../core/errors.js';
import { readUint53, writeUint53 } from '../core/uint53.js';
const KINDS = ['write', 'read', 'change', 'evidence'];
const VERSION = 1;
const HEAD_BYTES = 19;
const CHAIN_ID_BYTES = 32;
/** RFC 8032 §5.1.5 and §5.1.6; FIPS 204 table 2. */
const ED25519 = { name: 'ed25519', code: 1, keyBytes: 32, signatureBytes: 64 };
const ML_DSA_87 = { name: 'ml-dsa-87', code: 2, keyBytes: 2592, signatureBytes: 4627 };
const SIGNING_PREFIX = Uint8Array.from('lockstep/tx/1\0', (char) => char.charCodeAt(0));
function layoutOf(code) {
    return code === ED25519.code ? ED25519 : code === ML_DSA_87.code ? ML_DSA_87 : undefined;
}
function requireUint53(value, name) {
    if (!Number.isSafeInteger(value) || value < 0) {
        throw new LockstepError('bad-request', `${name} must be an integer from 0 to 2^53 - 1, not ${value}`);
    }
}
/** The first byte of what a client id is the hash of: H('client', suite ‖ public key). */
export function suiteByte(suite) {
    return suite === 'ed25519' ? ED25519.code : ML_DSA_87.code;
}
/** The bytes that a transaction of this suite has besides its payload. */
export function transactionOverheadBytes(suite) {
    const layout = suite === 'ed25519' ? ED25519 : ML_DSA_87;
    return HEAD_BYTES + layout.keyBytes + layout.signatureBytes;
}
/**
 * Signs and encodes a transaction. `sign` gets the signing input and returns the suite's signature; ML-DSA-87 with
 * an empty context. Throws `bad-request`, `unknown-suite` or `bad-length` where the caller's fields make none.
 */
export function encodeTransaction(fields, sign, chainId) {
    const layout = [ED25519, ML_DSA_87].find((one) => one.name === fields.suite);
    if (layout === undefined)
        throw new LockstepError('unknown-suite', `no transaction suite ${fields.suite}`);
    if (fields.publicKey.length !== layout.keyBytes) {
        throw new LockstepError('bad-length', `${layout.name} public keys have ${layout.keyBytes} bytes`);
    }
    if (chainId.length !== CHAIN_ID_BYTES)
        throw new LockstepError('bad-length', 'a chain id has 32 bytes');
    requireUint53(fields.nonce, 'nonce');
    requireUint53(fields.expiry, 'expiry');
    const unsigned = HEAD_BYTES + layout.keyBytes + fields.payload.length;
    const out = new Uint8Array(unsigned + layout.signatureBytes);
    out[0] = VERSION;
    out[1] = layout.code;
    out[2] = KINDS.indexOf(fields.kind);
    writeUint53(out, 3, fields.nonce);
    writeUint53(out, 11, fields.expiry);
    out.set(fields.publicKey, HEAD_BYTES);
    out.set(fields.payload, HEAD_BYTES + layout.keyBytes);
    const signature = sign(signingInputOf(out, unsigned, chainId));
    if (signature.length !== layout.signatureBytes) {
        throw new LockstepError('bad-length', `${layout.name} signatures have ${layout.signatureBytes} bytes`);
    }
    out.set(signature, unsigned);
    return out;
}
function signingInputOf(bytes, unsigned, chainId) {
    const head = SIGNING_PREFIX.length + CHAIN_ID_BYTES;
    const input = new Uint8Array(head + unsigned);
    input.set(SIGNING_PREFIX);
    input.set(chainId, SIGNING_PREFIX.length);
    input.set(bytes.subarray(0, unsigned), head);
    return input;
}
/** What the signature of a transaction that `parseTransaction` took is over. */
export function transactionSigningInput(bytes, chainId) {
    const layout = layoutOf(bytes[1]);
    if (layout === undefined)
        throw new LockstepError('unknown-suite', 'not a transaction');
    return signingInputOf(bytes, bytes.length - layout.signatureBytes, chainId);
}
/** Splits a transaction into views, or says why it is none. The signature is not checked. */
export function parseTransaction(bytes, maxBytes) {
    if (bytes.length > maxBytes || bytes[0] !== VERSION)
        return 'transaction-malformed';
    const layout = layoutOf(bytes[1]);
    const kind = KINDS[bytes[2]];
    if (layout === undefined || kind === undefined)
        return 'transaction-malformed';
    const payloadAt = HEAD_BYTES + layout.keyBytes;
    const signatureAt = bytes.length - layout.signatureBytes;
    if (signatureAt < payloadAt)
        return 'transaction-malformed';
    const nonce = readUint53(bytes, 3);
    const expiry = readUint53(bytes, 11);
    if (nonce < 0 || expiry < 0)
        return 'transaction-malformed';
    return {
        bytes,
        suite: layout.name,
        kind,
        nonce,
        expiry,
        publicKey: bytes.subarray(HEAD_BYTES, payloadAt),
        payload: bytes.subarray(payloadAt, signatureAt),
        signature: bytes.subarray(signatureAt),
    };
}
//# sourceMappingURL=transaction.js.map