/**
 * Compression (RFC 1951) of what goes to a peer in bulk, pieces of a state, and of nothing else: votes and transactions
 * are small, in a hurry, or other people's. Each side says once, under the session's MAC, that it takes compressed bulk; only
 * then does the other one send some. Off unless the operator asks for it, since a length tells of a content: see
 * `handshake.md`.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { encodeFrame } from '../codec/frame.ts';
import { MAX_BULK_BYTES, MAX_INFLATED_PER_PERIOD } from '../core/limits.ts';
import { CONTROL } from '../crypto/session.ts';
import type { Item } from './interface.ts';

/** Frames of the channel's own; those of `renewal.ts` have other numbers. */
export const TAKES_BULK = 8;
export const BULK = 9;

/** CONTROL ‖ BULK ‖ size, 4 bytes big-endian. */
const HEAD_BYTES = 6;
/** Below this an item is not worth it, and above this share of what it was neither is its compressed form. */
const LEAST_BYTES = 512;
const WORTH_IT = 0.9;

/** The payload of a frame with this item compressed, or undefined where it goes as it is. */
export function packed(item: Item): Uint8Array | undefined {
  if (item.length < LEAST_BYTES || item.length > MAX_BULK_BYTES) return undefined;
  const plain = encodeFrame([item]);
  // The fastest level: this is the main thread, and the line is what is spared.
  const body = deflateRawSync(plain, { level: 1 });
  if (plain.length > MAX_BULK_BYTES || body.length + HEAD_BYTES > WORTH_IT * plain.length) return undefined;
  const out = new Uint8Array(HEAD_BYTES + body.length);
  const view = new DataView(out.buffer);
  out[0] = CONTROL;
  out[1] = BULK;
  view.setUint32(2, plain.length);
  out.set(body, HEAD_BYTES);
  return out;
}

/** What a channel gives for bulk beyond its sender's share: a good frame, and nothing that anybody gets. */
export const BEYOND_SHARE: Uint8Array = new Uint8Array(0);

export class Unpacker {
  private leftBytes = MAX_INFLATED_PER_PERIOD;

  /** A new period has begun. */
  renew(): void {
    this.leftBytes = MAX_INFLATED_PER_PERIOD;
  }

  /** What was compressed; `BEYOND_SHARE` where the sender has had its share; undefined where it is not what it says. */
  unpack(payload: Uint8Array): Uint8Array | undefined {
    if (payload.length < HEAD_BYTES) return undefined;
    const size = new DataView(payload.buffer, payload.byteOffset).getUint32(2);
    if (size === 0 || size > MAX_BULK_BYTES) return undefined;
    if (size > this.leftBytes) return BEYOND_SHARE;
    this.leftBytes -= size;
    try {
      // Not a byte more than announced is ever produced.
      const plain = inflateRawSync(payload.subarray(HEAD_BYTES), { maxOutputLength: size });
      return plain.length === size ? new Uint8Array(plain.buffer, plain.byteOffset, size) : undefined;
    } catch {
      return undefined;
    }
  }
}
