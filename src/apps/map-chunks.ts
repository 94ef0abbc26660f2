/**
 * The content of an authenticated map as bytes: for each leaf in path order, key length and value length (4 bytes
 * each, big-endian), key, value; the whole cut into pieces of `CHUNK_BYTES` without regard to where leaves end.
 */

import { LockstepError } from '../core/errors.ts';
import { MAX_PEER_FRAME_BYTES } from '../core/limits.ts';
import type { Leaf } from './trie.ts';

/** 256 KiB, less what an envelope around a chunk may need. */
export const CHUNK_BYTES = (256 << 10) - 64;

/** No key and no value came in by anything larger. */
const MAX_PART_BYTES = MAX_PEER_FRAME_BYTES;
const ENTRY_HEAD_BYTES = 8;

/** Cuts what is appended into chunks. */
class Cutter {
  private chunk = new Uint8Array(CHUNK_BYTES);
  private filled = 0;

  /** Appends, and yields each chunk that becomes full. */
  *append(bytes: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < bytes.length) {
      const take = Math.min(bytes.length - at, CHUNK_BYTES - this.filled);
      this.chunk.set(bytes.subarray(at, at + take), this.filled);
      this.filled += take;
      at += take;
      if (this.filled < CHUNK_BYTES) continue;
      yield this.chunk;
      this.chunk = new Uint8Array(CHUNK_BYTES);
      this.filled = 0;
    }
  }

  /** What is left, unless that is nothing. */
  *rest(): Generator<Uint8Array> {
    if (this.filled > 0) yield this.chunk.subarray(0, this.filled);
  }
}

export function* chunksOf(leaves: Iterable<Leaf>): Generator<Uint8Array> {
  const cutter = new Cutter();
  for (const { key, value } of leaves) {
    const head = new DataView(new ArrayBuffer(ENTRY_HEAD_BYTES));
    head.setUint32(0, key.length);
    head.setUint32(4, value.length);
    yield* cutter.append(new Uint8Array(head.buffer));
    yield* cutter.append(key);
    yield* cutter.append(value);
  }
  yield* cutter.rest();
}

function damaged(reason: string): LockstepError {
  return new LockstepError('snapshot-damaged', `the snapshot does not hold: ${reason}`);
}

/** Entries out of chunks, each in arrays of its own. Throws `snapshot-damaged` where the bytes are none. */
export function* entriesOf(chunks: Iterable<Uint8Array>): Generator<[key: Uint8Array, value: Uint8Array]> {
  let buffer = new Uint8Array(0);
  for (const chunk of chunks) {
    const joined = new Uint8Array(buffer.length + chunk.length);
    joined.set(buffer);
    joined.set(chunk, buffer.length);
    const view = new DataView(joined.buffer);
    let at = 0;
    while (joined.length - at >= ENTRY_HEAD_BYTES) {
      const keyBytes = view.getUint32(at);
      const valueBytes = view.getUint32(at + 4);
      if (keyBytes > MAX_PART_BYTES || valueBytes > MAX_PART_BYTES) throw damaged('an entry is too large');
      const keyAt = at + ENTRY_HEAD_BYTES;
      const valueAt = keyAt + keyBytes;
      if (valueAt + valueBytes > joined.length) break;
      at = valueAt + valueBytes;
      yield [joined.slice(keyAt, valueAt), joined.slice(valueAt, at)];
    }
    buffer = joined.subarray(at);
  }
  if (buffer.length > 0) throw damaged('its end is missing');
}
