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
import { type RejectionCode } from '../core/errors.ts';
export type TransactionSuite = 'ed25519' | 'ml-dsa-87';
export type TransactionKind = 'write' | 'read' | 'change' | 'evidence';
/** Views into the transaction's bytes; nothing is copied. */
export interface ParsedTransaction {
    readonly bytes: Uint8Array;
    readonly suite: TransactionSuite;
    readonly kind: TransactionKind;
    readonly nonce: number;
    /** The last sequence at which it may execute. */
    readonly expiry: number;
    readonly publicKey: Uint8Array;
    readonly payload: Uint8Array;
    readonly signature: Uint8Array;
}
export interface TransactionFields {
    readonly suite: TransactionSuite;
    readonly kind: TransactionKind;
    /** Integer in [0, 2⁵³ − 1]; a chain takes it from 1 on. */
    readonly nonce: number;
    /** Integer in [0, 2⁵³ − 1]. */
    readonly expiry: number;
    readonly publicKey: Uint8Array;
    readonly payload: Uint8Array;
}
/** The first byte of what a client id is the hash of: H('client', suite ‖ public key). */
export declare function suiteByte(suite: TransactionSuite): number;
/** The bytes that a transaction of this suite has besides its payload. */
export declare function transactionOverheadBytes(suite: TransactionSuite): number;
/**
 * Signs and encodes a transaction. `sign` gets the signing input and returns the suite's signature; ML-DSA-87 with
 * an empty context. Throws `bad-request`, `unknown-suite` or `bad-length` where the caller's fields make none.
 */
export declare function encodeTransaction(fields: TransactionFields, sign: (input: Uint8Array) => Uint8Array, chainId: Uint8Array): Uint8Array;
/** What the signature of a transaction that `parseTransaction` took is over. */
export declare function transactionSigningInput(bytes: Uint8Array, chainId: Uint8Array): Uint8Array;
/** Splits a transaction into views, or says why it is none. The signature is not checked. */
export declare function parseTransaction(bytes: Uint8Array, maxBytes: number): ParsedTransaction | RejectionCode;
//# sourceMappingURL=transaction.d.ts.map