/**
 * The vote log's bytes. All integers are little-endian.
 *
 *   file    magic "LSVOTES\0" (8) ‖ format version (u32) ‖ chain id (32) ‖ CRC-32 of the 44 bytes before (u32)
 *   record  CRC-32 of what follows (u32) ‖ length (u32) ‖ check of the length (u32) ‖ payload
 *
 * A record's CRC is seeded with that of the record before it (the first with the file header's), so that a
 * record which is missing, old or out of place shows as well as a changed one. The length has a check of its own
 * because a changed length could otherwise pass for a write that a crash cut short, and be cut off, promises and all.
 */

import { crc32 } from 'node:zlib';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';

export const FORMAT_VERSION = 1;
export const FILE_HEADER_BYTES = 48;
export const RECORD_HEADER_BYTES = 12;

const MAGIC = Uint8Array.of(0x4c, 0x53, 0x56, 0x4f, 0x54, 0x45, 0x53, 0x00);

/** A bijection of the 32-bit numbers under which zeros are no valid header, since unwritten blocks read as zeros. */
export function lengthCheck(length: number): number {
  return (Math.imul(length, 0x9e37_79b1) ^ 0x6c6f_6721) >>> 0;
}

/** The file header of a chain's log. */
export function fileHeader(chainId: Uint8Array): Uint8Array {
  const out = new Uint8Array(FILE_HEADER_BYTES);
  const view = new DataView(out.buffer);
  out.set(MAGIC, 0);
  view.setUint32(8, FORMAT_VERSION, true);
  out.set(chainId, 12);
  view.setUint32(44, crc32(out.subarray(0, 44)), true);
  return out;
}

/** The seed of the first record's CRC. */
export function headerSeed(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset).getUint32(44, true);
}

/** What a person can do about a log that cannot be trusted. */
const ADVICE =
  'This replica no longer knows what it promised, and must not vote with this log. Restore nothing from a copy: ' +
  'an old log forgets promises as well. Move the home aside and have the validator admitted anew';

/** The error for a log whose bytes are not what was written. */
export function damaged(path: string, offset: number, what: string): LockstepError {
  return new LockstepError('log-damaged', `${path}: ${what} at byte ${offset}. ${ADVICE}`);
}

/** Throws `log-damaged`, `too-new` or `wrong-chain` unless this is the header of the chain's log. */
export function checkFileHeader(path: string, header: Uint8Array, chainId: Uint8Array): void {
  if (header.length < FILE_HEADER_BYTES) throw damaged(path, header.length, 'the file header ends');
  for (let i = 0; i < MAGIC.length; i++) {
    if (header[i] !== MAGIC[i]) throw damaged(path, i, 'this is not the start of a vote log');
  }
  const view = new DataView(header.buffer, header.byteOffset);
  if (view.getUint32(44, true) !== crc32(header.subarray(0, 44))) {
    throw damaged(path, 8, 'the file header does not match its checksum');
  }
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) {
    throw new LockstepError(
      'too-new',
      `${path} has log format ${version}; this release reads format ${FORMAT_VERSION}. Start it with the release that wrote it`,
    );
  }
  const theirs = toHex(header.subarray(12, 44));
  const ours = toHex(chainId);
  if (theirs !== ours) {
    throw new LockstepError(
      'wrong-chain',
      `${path} belongs to chain ${theirs.slice(0, 16)}…, the genesis of this home is chain ${ours.slice(0, 16)}…. ` +
        'Put back the genesis that the log was made with, or use another home',
    );
  }
}
