/**
 * Checkpoints with their certificates, and evidence, as the store keeps them: a CRC-32 (4 bytes, big-endian), then
 * msgpack values.
 */

import { crc32 } from 'node:zlib';
import { encodeValue, ValueReader, type WireValue } from '../codec/value.ts';
import { fromHex, toHex } from '../core/bytes.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_VALIDATORS } from '../core/limits.ts';

/** A signed message as it went over the wire: what it says is in `body`. */
export interface SignedBody {
  readonly from: ReplicaId;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** A checkpoint that q validators signed. */
export interface StoredCheckpoint {
  readonly sequence: Sequence;
  readonly epoch: Epoch;
  /** What was signed. */
  readonly digest: Digest;
  /** All that the digest is the hash of; the replica layer knows its bytes. */
  readonly meta: Uint8Array;
  readonly certificate: readonly SignedBody[];
}

/** Two signed messages of one validator that no honest one can both have sent. */
export interface StoredEvidence {
  readonly from: ReplicaId;
  readonly offence: string;
  /** When it was seen here, ms since 1970. */
  readonly seenMs: number;
  readonly first: SignedBody;
  readonly second: SignedBody;
}

const LIMITS = { maxValues: 16 + 4 * MAX_VALIDATORS, maxDepth: 4, strings: true };

function seal(value: WireValue): Uint8Array {
  const body = encodeValue(value);
  const out = Buffer.allocUnsafe(4 + body.length);
  out.writeUInt32BE(crc32(body), 0);
  out.set(body, 4);
  return out;
}

/** The value of a record; undefined where it is not what was written. */
function open(record: Uint8Array): readonly unknown[] | undefined {
  if (record.length < 4) return undefined;
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  if (view.getUint32(0) !== crc32(record.subarray(4))) return undefined;
  const reader = new ValueReader(LIMITS).reset(record.subarray(4));
  const value = reader.value(1);
  return reader.code === undefined && Array.isArray(value) ? value : undefined;
}

const flat = ({ from, body, signature }: SignedBody): WireValue => [from, body, signature];

function signedBody(value: unknown): SignedBody {
  const [from, body, signature] = value as [ReplicaId, Uint8Array, Uint8Array];
  return { from, body, signature };
}

export function encodeCheckpoint(checkpoint: StoredCheckpoint): Uint8Array {
  const { sequence, epoch, digest, meta, certificate } = checkpoint;
  return seal([sequence, epoch, fromHex(digest)!, meta, certificate.map(flat)]);
}

export function decodeCheckpoint(record: Uint8Array): StoredCheckpoint | undefined {
  const value = open(record);
  if (value?.length !== 5) return undefined;
  const [sequence, epoch, digest, meta, certificate] = value as [
    Sequence,
    Epoch,
    Uint8Array,
    Uint8Array,
    unknown[],
  ];
  return { sequence, epoch, digest: toHex(digest), meta, certificate: certificate.map(signedBody) };
}

export function encodeEvidence({ from, offence, seenMs, first, second }: StoredEvidence): Uint8Array {
  return seal([from, offence, seenMs, flat(first), flat(second)]);
}

export function decodeEvidence(record: Uint8Array): StoredEvidence | undefined {
  const value = open(record);
  if (value?.length !== 5) return undefined;
  const [from, offence, seenMs, first, second] = value as [ReplicaId, string, number, unknown, unknown];
  return { from, offence, seenMs, first: signedBody(first), second: signedBody(second) };
}

/** A cell's bytes with their checksum. */
export function sealCell(bytes: Uint8Array): Uint8Array {
  return seal([bytes]);
}

export function openCell(record: Uint8Array): Uint8Array | undefined {
  const value = open(record);
  return value?.length === 1 ? (value[0] as Uint8Array) : undefined;
}
