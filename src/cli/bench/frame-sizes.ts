/** How large the frames of a slot with one transaction are, so that the floor moves as many bytes as the protocol. */

import { encodeClientReply, encodeClientRequest } from '../../codec/client-messages.ts';
import { FRAME_HEADER_BYTES } from '../../codec/frame.ts';
import { transactionOverheadBytes } from '../../codec/transaction.ts';
import { encodeValue } from '../../codec/value.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import { NULL_DIGEST } from '../../core/ids.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import { MAC_BYTES } from '../../crypto/session.ts';
import { LENGTHS } from '../../crypto/suites/suite.ts';
import type { FloorSizes } from '../../load/floor.ts';

/** Bytes of a vote's signature under each setting. */
const VOTE_SIGNATURE_BYTES: Readonly<Record<AuthSetting, number>> = {
  channel: 0,
  ed25519: LENGTHS.ed25519.signature,
  'ml-dsa-87': LENGTHS['ml-dsa-87'].signature,
  hybrid: LENGTHS.ed25519.signature + LENGTHS['ml-dsa-87'].signature,
};

/** What a kv command takes beside its value: its array, its op, its key. */
const COMMAND_BYTES = 12;
/** A sequence of the size that a run reaches. */
const SEQUENCE = 10_000;

export function frameSizes(auth: AuthSetting, txAuth: SuiteName, payloadBytes: number): FloorSizes {
  const around = MAC_BYTES + FRAME_HEADER_BYTES;
  const transaction = new Uint8Array(transactionOverheadBytes(txAuth) + COMMAND_BYTES + payloadBytes);
  const signature = new Uint8Array(VOTE_SIGNATURE_BYTES[auth]);
  // Tag, sender, epoch, view, sequence, digest: a vote's body.
  const body = encodeValue([1, 0, 0, 0, SEQUENCE, new Uint8Array(32)]);
  const vote = encodeValue([0, body, signature]).length;
  const proposal = encodeValue([0, body, signature, Date.now(), [transaction]]).length;
  const request = encodeClientRequest({ kind: 'submit', transaction }).length;
  const result = Uint8Array.of(0x92, 0xc3, 0x00);
  const reply = encodeClientReply({
    kind: 'reply',
    transaction: NULL_DIGEST,
    sequence: SEQUENCE,
    result,
  }).length;
  return {
    requestBytes: around + request,
    prePrepareBytes: around + proposal,
    prepareBytes: around + vote,
    commitBytes: around + vote,
    replyBytes: around + reply,
  };
}
