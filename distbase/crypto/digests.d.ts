/**
 * Digests of FIPS 180-4 (SHA-2), FIPS 202 (SHA-3) and BLAKE3, synchronous after one await. SHA-2 and SHA-3 come from
 * hash-wasm for short inputs, where a call into OpenSSL costs more than the hashing, and from OpenSSL for longer
 * ones. BLAKE3 is hash-wasm's alone: OpenSSL has none.
 */
export type DigestName = 'blake3' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-512';
/**
 * From how many bytes on OpenSSL is the cheaper: where the input needs one more block of the hash than WASM does for less
 * than a call into OpenSSL. `npm run bench -- digests` measures it anew. Interleaved medians in µs, hash-wasm and OpenSSL 3.0
 * on Node 20, below and above each threshold: SHA-256 0.60 / 0.75 (32 bytes), 0.88 / 0.77 (64); SHA-512 and SHA-384
 * 0.75 / 0.91 (64), 1.12 / 1.08 (128); SHA3-256 1.25 / 1.35 (256), 14.1 / 9.0 (4,096); SHA3-512 1.23 / 1.35 (128),
 * 2.11 / 1.87 (256).
 */
export declare const NATIVE_FROM_BYTES: Readonly<Record<DigestName, number>>;
export interface Digests {
    /** 32, 48 or 64 bytes, as the name says; 32 for BLAKE3. */
    digest(name: DigestName, bytes: Uint8Array): Uint8Array;
}
/** Both ways to one digest, apart: for measuring where they cross. */
export interface DigestWays {
    readonly wasm: (bytes: Uint8Array) => Uint8Array;
    /** Undefined in a browser, and for BLAKE3. */
    readonly native: ((bytes: Uint8Array) => Uint8Array) | undefined;
}
/** Loads both ways to a digest. */
export declare function digestWays(name: DigestName): Promise<DigestWays>;
/** Loads all digests for this thread. */
export declare function createDigests(): Promise<Digests>;
//# sourceMappingURL=digests.d.ts.map