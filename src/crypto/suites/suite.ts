/** What stands behind a suite's name, and the lengths that its standard fixes. */

import { MAX_VALIDATORS } from '../../core/limits.ts';
import { CryptoError } from '../errors.ts';
import type { KeyPair, Signer, SuiteName, VerifyItem } from '../interface.ts';
import type { CacheCounts } from '../prepared-keys.ts';

export interface SuiteLengths {
  readonly publicKey: number;
  readonly secretKey: number;
  readonly signature: number;
  readonly seed: number;
}

/** In bytes: RFC 8032 §5.1; FIPS 204, Table 2. */
export const LENGTHS: Readonly<Record<SuiteName, SuiteLengths>> = {
  ed25519: { publicKey: 32, secretKey: 32, signature: 64, seed: 32 },
  'ml-dsa-87': { publicKey: 2592, secretKey: 4896, signature: 4627, seed: 32 },
};

/** Longest context of FIPS 204 §5.2, in bytes. */
export const MAX_CONTEXT_BYTES = 255;

export const NO_CONTEXT = new Uint8Array(0);

/** Keys that a thread keeps for good, per suite: those of the greatest validator set, and as many that came later. */
export const MAX_PINNED_KEYS = 2 * MAX_VALIDATORS;

/** Most keys kept expanded beside those: a kernel has 4,096 slots, which for Ed25519 are half a GiB. */
export const MAX_CACHE_KEYS = 3_500;

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
export const NO_CACHE: CacheCounts = Object.freeze({ hits: 0, misses: 0, keys: 0, evictions: 0 });

export function isSuiteName(name: unknown): name is SuiteName {
  return name === 'ed25519' || name === 'ml-dsa-87';
}

/** Throws `CryptoError('unknown-suite')` for any other name. */
export function requireSuiteName(name: string): SuiteName {
  if (isSuiteName(name)) return name;
  throw new CryptoError(
    'unknown-suite',
    `no signature suite ${JSON.stringify(name)}: use ed25519 or ml-dsa-87`,
  );
}

/** Throws `CryptoError('bad-length')`; the bytes themselves never appear in the message. */
export function requireLength(bytes: Uint8Array, length: number, what: string): void {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) {
    throw new CryptoError('bad-length', `${what} must be ${length} bytes, not ${bytes?.length ?? 'nothing'}`);
  }
}

export function requireContext(context: Uint8Array, suite: SuiteName): void {
  const most = suite === 'ed25519' ? 0 : MAX_CONTEXT_BYTES;
  if (context.length > most) {
    throw new CryptoError(
      'bad-length',
      `a context of ${suite} has at most ${most} bytes, not ${context.length}`,
    );
  }
}
