/** A verifier without threads: what the client uses, and what a pool falls back on. Runs in a browser too. */
import { LockstepError } from '../core/errors.js';
import { Bench } from './judge.js';
import { loadSuites } from './suites/load.js';
/** Most keys kept expanded that were never given to `prepare`, per suite: 256 take about 16 MiB and 20 MiB. */
export const DEFAULT_CACHE_KEYS = 256;
export class InlineVerifier {
    #bench;
    #judged = 0;
    #failed = 0;
    #closed = false;
    constructor(bench) {
        this.#bench = bench;
    }
    async verify(items) {
        if (this.#closed)
            throw new LockstepError('closed', 'the verifier is closed');
        const verdicts = new Uint8Array(items.length);
        this.#judged += items.length;
        this.#failed += this.#bench.judgeAll(items, verdicts);
        return verdicts;
    }
    verifySync(item) {
        const holds = this.#bench.judge(item);
        this.#judged++;
        if (!holds)
            this.#failed++;
        return holds;
    }
    costUs(item) {
        return this.#bench.costUs(item);
    }
    prepare(suite, publicKey) {
        this.#bench.prepare(suite, publicKey);
    }
    stats() {
        const cache = this.#bench.cache();
        return {
            threads: 0,
            inline: this.#judged,
            pooled: 0,
            failed: this.#failed,
            queued: 0,
            queuedMax: 0,
            cacheHits: cache.hits,
            cacheMisses: cache.misses,
            cacheKeys: cache.keys,
            cacheEvictions: cache.evictions,
            workersReplaced: 0,
            backends: this.#bench.backends(),
        };
    }
    async close() {
        this.#closed = true;
    }
}
export async function createInlineVerifier(options = {}) {
    const suites = await loadSuites();
    return new InlineVerifier(new Bench(suites, options.cache ?? DEFAULT_CACHE_KEYS));
}
//# sourceMappingURL=inline.js.map