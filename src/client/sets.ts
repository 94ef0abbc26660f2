/**
 * The validator sets after the genesis, as a client follows them: it asks whoever speaks of a later epoch, and believes
 * what proves itself. Where nobody it knows answers at an address any more, it asks there over HTTP.
 */

import { encodeClientRequest } from '../codec/client-messages.ts';
import type { Chain } from '../core/genesis.ts';
import type { Epoch } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import { certifiers, EpochChain } from '../proofs/epochs.ts';

/** Least time between two questions over HTTP, ms. */
const HTTP_PAUSE_MS = 1_000;
const HTTP_TIMEOUT_MS = 2_000;

export interface SetsOptions {
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly verify: (item: VerifyItem) => boolean;
  /** A later set is proven. */
  readonly advanced: (set: ValidatorSet) => void;
}

export class Sets {
  private readonly o: SetsOptions;
  private readonly epochs: EpochChain;
  private askedMs = Number.NEGATIVE_INFINITY;

  constructor(options: SetsOptions) {
    this.o = options;
    const { chain, hasher, verify } = options;
    this.epochs = new EpochChain({
      chain,
      hasher,
      verify,
      needed: (n) => certifiers(n, chain.genesis.byzantine),
    });
  }

  get latest(): ValidatorSet {
    return this.epochs.latest;
  }

  get epoch(): Epoch {
    return this.epochs.latest.epoch;
  }

  /** The item that asks a validator for what we lack. */
  question(): Uint8Array {
    return encodeClientRequest({ kind: 'epochs', above: this.epoch });
  }

  /** Takes a proof; true where it was the next one. */
  learn(proof: Uint8Array): boolean {
    if (this.epochs.add(proof) !== 'added') return false;
    this.o.advanced(this.epochs.latest);
    return true;
  }

  /** For an address where nobody answers whom we know. Failure is silence. */
  askOverHttp(url: string): void {
    const nowMs = performance.now();
    if (nowMs - this.askedMs < HTTP_PAUSE_MS) return;
    this.askedMs = nowMs;
    const base = url.replace(/^ws/, 'http').replace(/\/$/, '');
    fetch(`${base}/epochs?above=${this.epoch}`, { signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) })
      .then((response) => response.json())
      .then((answer: unknown) => {
        const { proofs } = answer as { proofs?: unknown };
        if (!Array.isArray(proofs)) return;
        for (const proof of proofs) {
          this.learn(Uint8Array.from(atob(String(proof)), (char) => char.charCodeAt(0)));
        }
      })
      .catch(() => {});
  }
}
