/** What a slot leaves behind: its ledger header, and the checkpoint that binds headers, state and validator set. */

import { decodeMembership } from '../codec/membership-codec.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import type { Membership } from '../core/membership.ts';
import { readUint53, uint53Bytes } from '../core/uint53.ts';
import type { Hasher } from '../crypto/hash.ts';

/** All that a header is the hash of. The Merkle roots and the previous header are 32 bytes each. */
export interface HeaderFields {
  readonly previous: Uint8Array;
  readonly sequence: Sequence;
  /** ms since 1970, never smaller than at the sequence before. */
  readonly timeMs: number;
  /** Merkle root over the transactions' digests. */
  readonly transactions: Uint8Array;
  /** Merkle root over the result bytes, one per transaction; of a repeated or refused one, the refusal. */
  readonly results: Uint8Array;
}

export interface CheckpointFields {
  readonly header: HeaderFields;
  readonly appRoot: Uint8Array;
  readonly clientsRoot: Uint8Array;
  /** The epoch whose validators sign it. */
  readonly epoch: Epoch;
  /** `encodeMembership` of the set that rules the next slot, and of the one that is to follow it. */
  readonly membership: Uint8Array;
}

const ZERO = new Uint8Array(32);

/** Before the first slot. */
export const GENESIS_HEADER: HeaderFields = {
  previous: ZERO,
  sequence: 0,
  timeMs: 0,
  transactions: ZERO,
  results: ZERO,
};

/** H('header', previous ‖ sequence ‖ time ‖ transactions ‖ results); integers in 8 bytes, big-endian. */
export function headerDigest(hasher: Hasher, header: HeaderFields): Uint8Array {
  const { previous, sequence, timeMs, transactions, results } = header;
  return hasher.hash('header', previous, uint53Bytes(sequence), uint53Bytes(timeMs), transactions, results);
}

/** H('state', application root ‖ client windows' root). */
export function stateRootOf(hasher: Hasher, appRoot: Uint8Array, clientsRoot: Uint8Array): Uint8Array {
  return hasher.hash('state', appRoot, clientsRoot);
}

/**
 * H('checkpoint', chain ‖ epoch ‖ sequence ‖ header ‖ state ‖ H('validators', membership)): what a CHECKPOINT signs. So
 * the last checkpoint of an epoch names the validators of the next.
 */
export function checkpointDigest(
  hasher: Hasher,
  chainId: Uint8Array,
  { header, appRoot, clientsRoot, epoch, membership }: CheckpointFields,
): Digest {
  const state = stateRootOf(hasher, appRoot, clientsRoot);
  return hasher.hex(
    'checkpoint',
    chainId,
    uint53Bytes(epoch),
    uint53Bytes(header.sequence),
    headerDigest(hasher, header),
    state,
    hasher.hash('validators', membership),
  );
}

const META_VERSION = 2;
/** Before the membership. */
const META_BYTES = 1 + 8 + 8 + 5 * 32 + 4;

/** The fields as they travel with a snapshot, and how many of its chunks are the application's. */
export function encodeMeta(
  { header, appRoot, clientsRoot, membership }: CheckpointFields,
  appChunks: number,
): Uint8Array {
  const out = new Uint8Array(META_BYTES + membership.length);
  const view = new DataView(out.buffer);
  out[0] = META_VERSION;
  out.set(uint53Bytes(header.sequence), 1);
  out.set(uint53Bytes(header.timeMs), 9);
  let at = 17;
  const { previous, transactions, results } = header;
  for (const part of [previous, transactions, results, appRoot, clientsRoot]) {
    out.set(part, at);
    at += 32;
  }
  view.setUint32(at, appChunks);
  out.set(membership, META_BYTES);
  return out;
}

export interface CheckpointMeta extends CheckpointFields {
  readonly appChunks: number;
  /** `membership`, decoded. */
  readonly validators: Membership;
}

/** Undefined where the bytes are no meta. */
export function parseMeta(bytes: Uint8Array): CheckpointMeta | undefined {
  if (bytes.length < META_BYTES || bytes[0] !== META_VERSION) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sequence = readUint53(bytes, 1);
  const timeMs = readUint53(bytes, 9);
  if (sequence < 0 || timeMs < 0) return undefined;
  const membership = bytes.slice(META_BYTES);
  const validators = decodeMembership(membership);
  if (typeof validators === 'string') return undefined;
  const part = (i: number) => bytes.slice(17 + 32 * i, 49 + 32 * i);
  return {
    header: { previous: part(0), sequence, timeMs, transactions: part(1), results: part(2) },
    appRoot: part(3),
    clientsRoot: part(4),
    epoch: validators.current.epoch,
    membership,
    validators,
    appChunks: view.getUint32(17 + 5 * 32),
  };
}
