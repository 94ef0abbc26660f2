/** A verifier without threads: what the client uses, and what the pool falls back on for work too small to hand off. */

import { LockstepError } from '../core/errors.ts';
import type { SuiteName, Verifier, VerifierOptions, VerifierStats, VerifyItem } from './interface.ts';
import { loadSuites, type Suites } from './suites/load.ts';
import {
  isSuiteName,
  LENGTHS,
  MAX_CONTEXT_BYTES,
  NO_CONTEXT,
  requireLength,
  requireSuiteName,
} from './suites/suite.ts';

/** Whether an item has a known suite and the lengths of its standard; what has not is never shown to a kernel. */
export function wellFormed(item: VerifyItem): boolean {
  if (!isSuiteName(item.suite)) return false;
  const lengths = LENGTHS[item.suite];
  if (item.publicKey.length !== lengths.publicKey || item.signature.length !== lengths.signature)
    return false;
  const contextBytes = item.context?.length ?? 0;
  return contextBytes <= (item.suite === 'ed25519' ? 0 : MAX_CONTEXT_BYTES);
}

export class InlineVerifier implements Verifier {
  readonly #suites: Suites;
  #inline = 0;
  #failed = 0;
  #closed = false;

  constructor(suites: Suites) {
    this.#suites = suites;
  }

  async verify(items: readonly VerifyItem[]): Promise<Uint8Array> {
    if (this.#closed) throw new LockstepError('closed', 'the verifier is closed');
    const verdicts = new Uint8Array(items.length);
    for (let i = 0; i < items.length; i++) verdicts[i] = this.verifySync(items[i]!) ? 1 : 0;
    return verdicts;
  }

  verifySync(item: VerifyItem): boolean {
    this.#inline++;
    const holds =
      wellFormed(item) &&
      this.#suites[item.suite].verify(
        item.publicKey,
        item.message,
        item.signature,
        item.context ?? NO_CONTEXT,
      );
    if (!holds) this.#failed++;
    return holds;
  }

  costUs(item: VerifyItem): number {
    return item.suite === 'ed25519' ? 1000 : 2600;
  }

  prepare(suite: SuiteName, publicKey: Uint8Array): void {
    requireLength(publicKey, LENGTHS[requireSuiteName(suite)].publicKey, `a ${suite} public key`);
  }

  stats(): VerifierStats {
    return {
      threads: 0,
      inline: this.#inline,
      pooled: 0,
      failed: this.#failed,
      queued: 0,
      queuedMax: 0,
      cacheHits: 0,
      cacheMisses: 0,
      cacheKeys: 0,
      cacheEvictions: 0,
      workersReplaced: 0,
      backends: {
        ed25519: this.#suites.ed25519.backend,
        'ml-dsa-87': this.#suites['ml-dsa-87'].backend,
      },
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

/** Runs in a browser too. */
export async function createInlineVerifier(_options: VerifierOptions = {}): Promise<Verifier> {
  return new InlineVerifier(await loadSuites());
}
