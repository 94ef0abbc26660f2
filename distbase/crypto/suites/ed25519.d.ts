/**
 * Ed25519 (RFC 8032) judged by ZIP 215. Signing is OpenSSL's where there is Node, since an honest signature is the
 * same bytes from anyone; OpenSSL never verifies, because its rules differ on edge cases.
 */
import type { KeyPair, Signer } from '../interface.ts';
import { type Judge, type Suite } from './suite.ts';
/** The public key of a seed (RFC 8032 §5.1.5). */
export declare function ed25519PublicKey(seed: Uint8Array): Uint8Array;
/** A signer that keeps OpenSSL's key object, since making one costs more than a signature. */
export declare function ed25519Signer(secretKey: Uint8Array): Signer;
export declare function ed25519KeyPair(seed: Uint8Array): KeyPair;
/** Verification by noble, under ZIP 215. */
export declare const nobleEd25519Judge: Judge;
export declare const nobleEd25519: Suite;
//# sourceMappingURL=ed25519.d.ts.map