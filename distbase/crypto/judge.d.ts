/**
 * Judging on the calling thread: the inline verifier and each worker of the pool have one of these. Whatever is not
 * of a known suite and of its lengths is refused here and never shown to a suite.
 */
import type { SuiteName, VerifyItem } from './interface.ts';
import type { CacheCounts } from './prepared-keys.ts';
import type { Suites } from './suites/load.ts';
/** Whether an item has a known suite and the lengths of its standard. */
export declare function wellFormed(item: VerifyItem): boolean;
export declare class Bench {
    #private;
    /** `cache`: most keys kept expanded per suite, beside those given to `prepare`; at most `MAX_CACHE_KEYS`. */
    constructor(suites: Suites, cache: number);
    judge(item: VerifyItem): boolean;
    /** Writes one verdict per item; the items of a suite that gains by it are judged together. Returns how many failed. */
    judgeAll(items: readonly VerifyItem[], verdicts: Uint8Array): number;
    /** What `judge` would cost on this thread, in µs; a malformed item costs nothing. */
    costUs(item: VerifyItem): number;
    /** Throws `CryptoError`: `unknown-suite`, `bad-length`. A key of the right length that is none is ignored. */
    prepare(suite: SuiteName, publicKey: Uint8Array): void;
    /** Of both suites together. */
    cache(): CacheCounts;
    backends(): Record<SuiteName, string>;
}
//# sourceMappingURL=judge.d.ts.map