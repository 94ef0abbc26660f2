/**
 * Evidence on its way into the ledger: the payload of a transaction of the kind `evidence`. msgpack,
 * `[member, [body, signature], [body, signature]]`: whom it convicts, and two messages of its that contradict each other.
 */

import { MAX_SIGNATURE_BYTES } from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import { Reader } from './msgpack-reader.ts';
import { Writer } from './msgpack-writer.ts';

/** A signed message, as it was sent. */
export interface SignedMessage {
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Accusation {
  readonly member: MemberId;
  readonly first: SignedMessage;
  readonly second: SignedMessage;
}

export function encodeAccusation({ member, first, second }: Accusation): Uint8Array {
  const writer = new Writer(16 << 10);
  writer.array(3);
  writer.uint(member);
  for (const { body, signature } of [first, second]) {
    writer.array(2);
    writer.bin(body);
    writer.bin(signature);
  }
  return writer.take();
}

/** Undefined where the payload is none. Views into it. */
export function decodeAccusation(payload: Uint8Array): Accusation | undefined {
  const reader = new Reader(payload);
  reader.tuple(3);
  const member = reader.uint();
  const messages = [0, 1].map((): SignedMessage => {
    reader.tuple(2);
    return { body: reader.bin(payload.length), signature: reader.bin(MAX_SIGNATURE_BYTES) };
  });
  if (reader.code !== undefined || !reader.done) return undefined;
  return { member, first: messages[0]!, second: messages[1]! };
}
