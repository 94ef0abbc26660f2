/**
 * The one door to public-key work. Everything above `src/crypto/` sees these shapes and nothing of what is
 * behind them: JavaScript from noble, OpenSSL through `node:crypto`, or the WASM kernels.
 *
 * Rules that every implementation keeps:
 * - Ed25519 is judged by ZIP 215 (cofactored, non-canonical encodings of A and R taken, s < L required).
 * - ML-DSA-87 is FIPS 204, pure variant, context of 0 to 255 bytes.
 * - A wrong length or an unknown suite is a verdict of `false` from `verify`; it is a `CryptoError` from
 *   everything else. Nothing throws from inside a kernel.
 */
/** A signature scheme. `hybrid` is not one: it is both, and both must hold. */
export type SuiteName = 'ed25519' | 'ml-dsa-87';
export interface KeyPair {
    /** 32 bytes (Ed25519) or 2,592 bytes (ML-DSA-87). */
    readonly publicKey: Uint8Array;
    /** The 32-byte seed of RFC 8032 §5.1.5 (Ed25519), or the 4,896-byte encoding of FIPS 204 §7.2 (ML-DSA-87). */
    readonly secretKey: Uint8Array;
}
export interface VerifyItem {
    readonly suite: SuiteName;
    readonly publicKey: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
    /** ML-DSA-87 only, 0 to 255 bytes; an Ed25519 item that has a non-empty one is refused. */
    readonly context?: Uint8Array;
}
export interface SignOptions {
    /** ML-DSA-87 only: FIPS 204 §5.2, 0 to 255 bytes. */
    readonly context?: Uint8Array;
    /** ML-DSA-87 only: the deterministic variant of FIPS 204 §3.4. Default: hedged. Ed25519 always is. */
    readonly deterministic?: boolean;
}
export interface Signer {
    readonly suite: SuiteName;
    readonly publicKey: Uint8Array;
    sign(message: Uint8Array, options?: SignOptions): Uint8Array;
}
/** Which queue an item waits in: votes go before transactions. */
export type Priority = 'vote' | 'transaction';
export interface VerifierStats {
    /** Threads of the pool; 0 where everything runs inline. */
    threads: number;
    /** Items judged on the calling thread, and on the pool. */
    inline: number;
    pooled: number;
    /** Items that failed. */
    failed: number;
    /** Items waiting for a thread now, and the most that ever did. */
    queued: number;
    queuedMax: number;
    /** Prepared keys: lookups that hit, lookups that missed, keys kept now, keys thrown out. */
    cacheHits: number;
    cacheMisses: number;
    cacheKeys: number;
    cacheEvictions: number;
    /** Workers that died and were replaced. */
    workersReplaced: number;
    /** What judges each suite: `wasm`, `noble`, `node`. */
    backends: Record<SuiteName, string>;
}
export interface Verifier {
    /** One verdict per item (1 holds, 0 does not), in the order of the items. Rejects only after `close()`. */
    verify(items: readonly VerifyItem[], priority?: Priority): Promise<Uint8Array>;
    /** Judges one item on the calling thread. */
    verifySync(item: VerifyItem): boolean;
    /**
     * A copy of bytes that arrived, in memory that the verifier's threads read too: items whose arrays are views of it are
     * handed over without being copied. It stays as it is for as long as this thread keeps a view of it, and must
     * neither be written to nor posted to another thread. Undefined where it would gain nothing or there is no room.
     */
    share?(bytes: Uint8Array): Uint8Array | undefined;
    /** What one check costs on the calling thread now, in µs: prepared keys are cheaper. For scheduling by cost. */
    costUs(item: VerifyItem): number;
    /** Expands a key once and keeps it for good: for validators. */
    prepare(suite: SuiteName, publicKey: Uint8Array): void;
    stats(): VerifierStats;
    close(): Promise<void>;
}
export interface VerifierOptions {
    /** Threads of the pool. Default: the cores less one, at most eight (`threads.ts`). 0 judges everything inline. */
    readonly threads?: number;
    /** Most prepared keys kept for keys that were never given to `prepare`. Default 256, most 3,500, per suite. */
    readonly cache?: number;
}
//# sourceMappingURL=interface.d.ts.map