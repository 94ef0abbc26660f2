/** The first record of a vote log says which epoch's promises it holds; a log without one is the genesis epoch's. */

import { Reader } from '../codec/msgpack-reader.ts';
import { encodeValue } from '../codec/value.ts';
import type { Epoch } from '../core/ids.ts';

/** Above every tag of a protocol's records. */
const MARK = 200;

export function epochMark(epoch: Epoch): Uint8Array {
  return encodeValue([MARK, epoch]);
}

/** Undefined where the record is no mark. */
export function markedEpoch(record: Uint8Array): Epoch | undefined {
  const reader = new Reader(record);
  if (reader.array(Number.MAX_SAFE_INTEGER) !== 2 || reader.uint() !== MARK) return undefined;
  const epoch = reader.uint();
  return reader.code === undefined && reader.done ? epoch : undefined;
}
