/**
 * BLAKE3 for a whole thread: the kernel where it can be read from the file system and gives its known answers; else
 * hash-wasm, as in a browser, which brings its code along and needs no further request for a client's few digests.
 */

import { createBLAKE3 } from 'hash-wasm';
import { type Blake3Kernel, createBlake3, KEY_BYTES, selfTest } from './kernels/blake3.ts';
import { compileKernelSync } from './kernels/load.ts';
import { nodeCrypto } from './node-crypto.ts';

export type Blake3 = Blake3Kernel;

let loading: Promise<Blake3> | undefined;

/** One instance per thread serves digests and MACs alike. */
export function loadBlake3(): Promise<Blake3> {
  loading ??= nodeCrypto === undefined ? portable() : kernel();
  return loading;
}

async function kernel(): Promise<Blake3> {
  try {
    return createBlake3(compileKernelSync('blake3'));
  } catch {
    return portable();
  }
}

/**
 * The same through hash-wasm, which reads the key anew at every `init`, from the array that it was given. Throws
 * `Blake3Error` for a version that does otherwise: its MACs would all be under one key.
 */
export async function portable(): Promise<Blake3> {
  const key = new Uint8Array(KEY_BYTES);
  const plain = await createBLAKE3(256);
  const keyed = await createBLAKE3(256, key);
  const one = new Uint8Array(1);
  const blake3: Blake3 = {
    hash(...parts) {
      plain.init();
      for (const part of parts) plain.update(part);
      return plain.digest('binary');
    },
    tagged(tag, parts) {
      plain.init();
      one[0] = tag;
      plain.update(one);
      for (const part of parts) plain.update(part);
      return plain.digest('binary');
    },
    keyed(k, first, second) {
      key.set(k);
      keyed.init();
      keyed.update(first);
      keyed.update(second);
      key.fill(0);
      return keyed.digest('binary');
    },
  };
  selfTest(blake3);
  return blake3;
}
