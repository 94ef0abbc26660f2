/** The verifier that a validator uses: inline, or with a pool of threads behind it. */
import { createInlineVerifier, DEFAULT_CACHE_KEYS } from './inline.js';
import { Bench } from './judge.js';
import { compileKernels, loadSuites } from './suites/load.js';
import { warmUp } from './warm-up.js';
/** A verifier whose kernels are loaded and warm on every thread. Close it. */
export async function createVerifier(options = {}) {
    const threads = options.threads ?? (await import('./threads.js')).defaultThreads();
    const cache = options.cache ?? DEFAULT_CACHE_KEYS;
    const suites = await loadSuites();
    const warm = () => warmUp(suites, new Bench(suites, 2));
    if (threads === 0) {
        warm();
        return createInlineVerifier({ cache });
    }
    const { PoolVerifier } = await import('./pool.js');
    const bench = new Bench(suites, cache);
    const pool = new PoolVerifier({ threads, cache, bench, modules: await compileKernels() });
    warm();
    await pool.ready();
    return pool;
}
//# sourceMappingURL=verifier.js.map