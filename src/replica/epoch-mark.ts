/** The first record of a vote log says which epoch's promises it holds; a log without one is the genesis epoch's. */

import { Reader } from '../codec/msgpack-reader.ts';
import { encodeValue } from '../codec/value.ts';
import type { Epoch } from '../core/ids.ts';

/** Above every tag of a protocol's records. */
const MARK = 200;

export function epochMark(epoch: Epoch): Uint8Array {
  return encodeValue([MARK, epoch]);
}

/** A log's epoch, which its first record tells, and the records after that. */
export function epochOf(log: Iterable<Uint8Array>): { epoch: Epoch; records: Iterable<Uint8Array> } {
  const iterator = log[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return { epoch: 0, records: [] };
  const epoch = markedEpoch(first.value);
  const records = (function* () {
    if (epoch === undefined) yield first.value;
    for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value;
  })();
  return { epoch: epoch ?? 0, records };
}

/** Undefined where the record is no mark. */
export function markedEpoch(record: Uint8Array): Epoch | undefined {
  const reader = new Reader(record);
  if (reader.array(Number.MAX_SAFE_INTEGER) !== 2 || reader.uint() !== MARK) return undefined;
  const epoch = reader.uint();
  return reader.code === undefined && reader.done ? epoch : undefined;
}
