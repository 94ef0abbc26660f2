/**
 * Judging on the calling thread: the inline verifier and each worker of the pool have one of these. Whatever is not
 * of a known suite and of its lengths is refused here and never shown to a suite.
 */
import { isSuiteName, LENGTHS, MAX_CACHE_KEYS, MAX_CONTEXT_BYTES, NO_CONTEXT, requireLength, requireSuiteName, } from './suites/suite.js';
/** Whether an item has a known suite and the lengths of its standard. */
export function wellFormed(item) {
    if (!isSuiteName(item.suite))
        return false;
    const lengths = LENGTHS[item.suite];
    if (item.publicKey.length !== lengths.publicKey || item.signature.length !== lengths.signature)
        return false;
    const context = item.context;
    return context === undefined || context.length <= (item.suite === 'ed25519' ? 0 : MAX_CONTEXT_BYTES);
}
export class Bench {
    #judges;
    /** `cache`: most keys kept expanded per suite, beside those given to `prepare`; at most `MAX_CACHE_KEYS`. */
    constructor(suites, cache) {
        const keys = Math.max(0, Math.min(Math.trunc(cache), MAX_CACHE_KEYS));
        this.#judges = { ed25519: suites.ed25519.judge(keys), 'ml-dsa-87': suites['ml-dsa-87'].judge(keys) };
    }
    judge(item) {
        if (!wellFormed(item))
            return false;
        const judge = this.#judges[item.suite];
        return judge.verify(item.publicKey, item.message, item.signature, item.context ?? NO_CONTEXT);
    }
    /** Writes one verdict per item; the items of a suite that gains by it are judged together. Returns how many failed. */
    judgeAll(items, verdicts) {
        const together = [];
        let failed = 0;
        for (let i = 0; i < items.length; i++) {
            const item = items[i];
            if (item.suite === 'ed25519' && this.#judges.ed25519.verifyMany !== undefined && wellFormed(item)) {
                together.push(i);
            }
            else {
                verdicts[i] = this.judge(item) ? 1 : 0;
                failed += 1 - verdicts[i];
            }
        }
        if (together.length === 0)
            return failed;
        const group = together.map((i) => items[i]);
        const results = new Uint8Array(group.length);
        this.#judges.ed25519.verifyMany(group, results);
        for (let i = 0; i < group.length; i++) {
            verdicts[together[i]] = results[i];
            failed += 1 - results[i];
        }
        return failed;
    }
    /** What `judge` would cost on this thread, in µs; a malformed item costs nothing. */
    costUs(item) {
        return wellFormed(item) ? this.#judges[item.suite].costUs(item.publicKey, item.message.length) : 0;
    }
    /** Throws `CryptoError`: `unknown-suite`, `bad-length`. A key of the right length that is none is ignored. */
    prepare(suite, publicKey) {
        const name = requireSuiteName(suite);
        requireLength(publicKey, LENGTHS[name].publicKey, `a ${name} public key`);
        this.#judges[name].prepare(publicKey);
    }
    /** Of both suites together. */
    cache() {
        const [a, b] = [this.#judges.ed25519.cache, this.#judges['ml-dsa-87'].cache];
        return {
            hits: a.hits + b.hits,
            misses: a.misses + b.misses,
            keys: a.keys + b.keys,
            evictions: a.evictions + b.evictions,
        };
    }
    backends() {
        return { ed25519: this.#judges.ed25519.backend, 'ml-dsa-87': this.#judges['ml-dsa-87'].backend };
    }
}
//# sourceMappingURL=judge.js.map