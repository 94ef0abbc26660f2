/**
 * Digests of FIPS 180-4 (SHA-2), FIPS 202 (SHA-3) and BLAKE3, synchronous after one await. SHA-2 and SHA-3 come from
 * hash-wasm for short inputs, where a call into OpenSSL costs more than the hashing, and from OpenSSL for longer
 * ones. BLAKE3 is our kernel's (`kernels/blake3.ts`): OpenSSL has none.
 */

import { createSHA3, createSHA256, createSHA384, createSHA512, type IHasher } from 'hash-wasm';
import { loadBlake3 } from './blake3.ts';
import { nodeCrypto } from './node-crypto.ts';

export type DigestName = 'blake3' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-512';

/**
 * From how many bytes on OpenSSL is the cheaper: where the input needs one more block of the hash than WASM does for less
 * than a call into OpenSSL. `npm run bench -- digests` measures it anew. Interleaved medians in µs, hash-wasm and OpenSSL 3.0
 * on Node 20, below and above each threshold: SHA-256 0.60 / 0.75 (32 bytes), 0.88 / 0.77 (64); SHA-512 and SHA-384
 * 0.75 / 0.91 (64), 1.12 / 1.08 (128); SHA3-256 1.25 / 1.35 (256), 14.1 / 9.0 (4,096); SHA3-512 1.23 / 1.35 (128),
 * 2.11 / 1.87 (256).
 */
export const NATIVE_FROM_BYTES: Readonly<Record<DigestName, number>> = {
  blake3: Number.POSITIVE_INFINITY,
  sha256: 56,
  sha384: 112,
  sha512: 112,
  'sha3-256': 272,
  'sha3-512': 144,
};

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

const MAKERS: Readonly<Record<Exclude<DigestName, 'blake3'>, () => Promise<IHasher>>> = {
  sha256: () => createSHA256(),
  sha384: () => createSHA384(),
  sha512: () => createSHA512(),
  'sha3-256': () => createSHA3(256),
  'sha3-512': () => createSHA3(512),
};

/** One call and no object, since Node 20.12. */
const oneShot = nodeCrypto?.hash;

/** Loads both ways to a digest. */
export async function digestWays(name: DigestName): Promise<DigestWays> {
  if (name === 'blake3') {
    const blake3 = await loadBlake3();
    return { wasm: (bytes) => blake3.hash(bytes), native: undefined };
  }
  const state = await MAKERS[name]();
  const wasm = (bytes: Uint8Array) => {
    state.init();
    state.update(bytes);
    return state.digest('binary');
  };
  if (oneShot === undefined) return { wasm, native: undefined };
  const native = (bytes: Uint8Array) => {
    const digest = oneShot(name, bytes, 'buffer');
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
  };
  return { wasm, native };
}

/** Loads all digests for this thread. */
export async function createDigests(): Promise<Digests> {
  const names = Object.keys(NATIVE_FROM_BYTES) as DigestName[];
  const ways = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await digestWays(name)] as const)),
  ) as Record<DigestName, DigestWays>;
  return {
    digest(name, bytes) {
      const { wasm, native } = ways[name];
      return native !== undefined && bytes.length >= NATIVE_FROM_BYTES[name] ? native(bytes) : wasm(bytes);
    },
  };
}
