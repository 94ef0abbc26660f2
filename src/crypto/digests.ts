/**
 * Digests of FIPS 180-4 (SHA-2), FIPS 202 (SHA-3) and BLAKE3, synchronous after one await. SHA-2 and SHA-3 come from
 * hash-wasm for short inputs, where a call into OpenSSL costs more than the hashing, and from OpenSSL for longer
 * ones. BLAKE3 is hash-wasm's alone: OpenSSL has none.
 */

import { createBLAKE3, createSHA3, createSHA256, createSHA384, createSHA512, type IHasher } from 'hash-wasm';
import { nodeCrypto } from './node-crypto.ts';

export type DigestName = 'blake3' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-512';

/**
 * From how many bytes on OpenSSL is the cheaper. `npm run bench -- digests` measures it anew: the median of both at
 * each size, interleaved, on Node 20 (OpenSSL 3.0), two cores. µs at the sizes around each threshold, WASM and native:
 * SHA-256 0.51 / 0.62 at 32 bytes, 0.78 / 0.64 at 64; SHA-512 0.69 / 0.78 at 64, 1.05 / 0.94 at 128; SHA3-256
 * 1.07 / 1.36 at 128, 1.90 / 1.36 at 256; SHA3-512 0.76 / 1.19 at 64, 1.76 / 1.75 at 128.
 */
export const NATIVE_FROM_BYTES: Readonly<Record<DigestName, number>> = {
  blake3: Number.POSITIVE_INFINITY,
  sha256: 48,
  sha384: 112,
  sha512: 112,
  'sha3-256': 192,
  'sha3-512': 128,
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

const MAKERS: Readonly<Record<DigestName, () => Promise<IHasher>>> = {
  blake3: () => createBLAKE3(256),
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
  const state = await MAKERS[name]();
  const wasm = (bytes: Uint8Array) => {
    state.init();
    state.update(bytes);
    return state.digest('binary');
  };
  if (name === 'blake3' || oneShot === undefined) return { wasm, native: undefined };
  const native = (bytes: Uint8Array) => {
    const digest = oneShot(name, bytes, 'buffer');
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
  };
  return { wasm, native };
}

/** Loads all digests for this thread. */
export async function createDigests(): Promise<Digests> {
  const names = Object.keys(MAKERS) as DigestName[];
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
