/**
 * The chain's hash, domain-separated by kind, synchronous after one `await createHasher(name)`.
 * BLAKE3-256 or SHA3-256 (FIPS 202), both through hash-wasm.
 */

import { createBLAKE3, createSHA3 } from 'hash-wasm';
import { toHex } from '../core/bytes.ts';
import type { HashName } from '../core/genesis.ts';
import type { Digest } from '../core/ids.ts';

/** What is hashed. The number is the first byte of the input, so no two kinds ever share a digest by accident. */
export const HASH_KINDS = {
  genesis: 1,
  transaction: 2,
  client: 3,
  batch: 4,
  merkleLeaf: 5,
  merkleNode: 6,
  merkleEmpty: 7,
  header: 8,
  checkpoint: 9,
  validators: 10,
  result: 11,
  stateLeaf: 12,
  stateNode: 13,
  state: 14,
  snapshotChunk: 15,
  handshake: 16,
  statePath: 17,
  stateValue: 18,
} as const;

export type HashKind = keyof typeof HASH_KINDS;

export interface Hasher {
  readonly name: HashName;
  /** H(kind ‖ parts), 32 bytes. Parts are concatenated: give fixed lengths, or lengths of your own. */
  hash(kind: HashKind, ...parts: readonly Uint8Array[]): Uint8Array;
  /** The same as 64 hex digits. */
  hex(kind: HashKind, ...parts: readonly Uint8Array[]): Digest;
}

/** Loads the hash. Instances are not shared between threads. */
export async function createHasher(name: HashName): Promise<Hasher> {
  const state = name === 'blake3' ? await createBLAKE3(256) : await createSHA3(256);
  const tags: Record<string, Uint8Array> = {};
  for (const [kind, tag] of Object.entries(HASH_KINDS)) tags[kind] = Uint8Array.of(tag);

  const hash = (kind: HashKind, ...parts: readonly Uint8Array[]): Uint8Array => {
    state.init();
    state.update(tags[kind]!);
    for (const part of parts) state.update(part);
    return state.digest('binary');
  };
  return { name, hash, hex: (kind, ...parts) => toHex(hash(kind, ...parts)) };
}
