/** What stands behind a suite's name, and the lengths that its standard fixes. */
import type { KeyPair, Signer, SuiteName, VerifyItem } from '../interface.ts';
import type { CacheCounts } from '../prepared-keys.ts';
export interface SuiteLengths {
    readonly publicKey: number;
    readonly secretKey: number;
    readonly signature: number;
    readonly seed: number;
}
/** In bytes: RFC 8032 §5.1; FIPS 204, Table 2. */
export declare const LENGTHS: Readonly<Record<SuiteName, SuiteLengths>>;
/** Longest context of FIPS 204 §5.2, in bytes. */
export declare const MAX_CONTEXT_BYTES = 255;
export declare const NO_CONTEXT: Uint8Array<ArrayBuffer>;
/** Keys that a thread keeps for good, per suite: those of the greatest validator set, and as many that came later. */
export declare const MAX_PINNED_KEYS: number;
/** Most keys kept expanded beside those: a kernel has 4,096 slots, which for Ed25519 are half a GiB. */
export declare const MAX_CACHE_KEYS = 3500;
export type Backend = 'wasm' | 'noble' | 'node';
/** Verifies for one thread and keeps its prepared keys. Lengths are checked by its callers; hostile bytes never throw. */
export interface Judge {
    /** What verifies now; a kernel that trapped is replaced. */
    readonly backend: Backend;
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, context: Uint8Array): boolean;
    /** There where judging several together is cheaper: one verdict (1 or 0) per item, the same as `verify` gives. */
    verifyMany?(items: readonly VerifyItem[], verdicts: Uint8Array): void;
    /** Expands a key and keeps it for good. */
    prepare(publicKey: Uint8Array): void;
    /** What `verify` would cost, in µs at the median. */
    costUs(publicKey: Uint8Array, messageBytes: number): number;
    readonly cache: CacheCounts;
}
/** One implementation of one suite. */
export interface Suite {
    readonly name: SuiteName;
    /** `cache`: most keys kept expanded that were never given to `prepare`. */
    judge(cache: number): Judge;
    signer(secretKey: Uint8Array): Signer;
    generate(seed: Uint8Array): KeyPair;
}
/** For a backend that has no use for prepared keys. */
export declare const NO_CACHE: CacheCounts;
export declare function isSuiteName(name: unknown): name is SuiteName;
/** Throws `CryptoError('unknown-suite')` for any other name. */
export declare function requireSuiteName(name: string): SuiteName;
/** Throws `CryptoError('bad-length')`; the bytes themselves never appear in the message. */
export declare function requireLength(bytes: Uint8Array, length: number, what: string): void;
export declare function requireContext(context: Uint8Array, suite: SuiteName): void;
//# sourceMappingURL=suite.d.ts.map