/** A verifier without threads: what the client uses, and what a pool falls back on. Runs in a browser too. */

import { LockstepError } from '../core/errors.ts';
import type { SuiteName, Verifier, VerifierOptions, VerifierStats, VerifyItem } from './interface.ts';
import { Bench } from './judge.ts';
import { loadSuites } from './suites/load.ts';

/** Most keys kept expanded that were never given to `prepare`, per suite: 256 take about 16 MiB and 20 MiB. */
export const DEFAULT_CACHE_KEYS = 256;

export class InlineVerifier implements Verifier {
  readonly #bench: Bench;
  #judged = 0;
  #failed = 0;
  #closed = false;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  async verify(items: readonly VerifyItem[]): Promise<Uint8Array> {
    if (this.#closed) throw new LockstepError('closed', 'the verifier is closed');
    const verdicts = new Uint8Array(items.length);
    this.#judged += items.length;
    this.#failed += this.#bench.judgeAll(items, verdicts);
    return verdicts;
  }

  verifySync(item: VerifyItem): boolean {
    const holds = this.#bench.judge(item);
    this.#judged++;
    if (!holds) this.#failed++;
    return holds;
  }

  costUs(item: VerifyItem): number {
    return this.#bench.costUs(item);
  }

  prepare(suite: SuiteName, publicKey: Uint8Array): void {
    this.#bench.prepare(suite, publicKey);
  }

  stats(): VerifierStats {
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

  async close(): Promise<void> {
    this.#closed = true;
  }
}

export async function createInlineVerifier(
  options: Pick<VerifierOptions, 'cache'> = {},
): Promise<InlineVerifier> {
  const suites = await loadSuites();
  return new InlineVerifier(new Bench(suites, options.cache ?? DEFAULT_CACHE_KEYS));
}
