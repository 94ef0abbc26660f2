/**
 * What the honest have said, over all their lives: no two votes of one replica for one place may differ, and no answer
 * that a client got may ever be given differently. Looks at what leaves, since what was lost before that binds nobody.
 */

import { decodeClientReply } from '../../codec/client-messages.ts';
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../codec/frame.ts';
import { createMessageCodec, type MessageCodec } from '../../codec/message-codec.ts';
import { toHex } from '../../core/bytes.ts';
import type { Digest, ReplicaId } from '../../core/ids.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { createBatchDigests } from '../../replica/batch-digest.ts';
import type { Item } from '../../transport/interface.ts';
import { Violation } from '../observer.ts';
import type { RealSetting } from './chain.ts';

const decodeFrame = createFrameDecoder(PEER_FRAME_LIMITS);

/** Messages that say where their sender stands, and may be said differently later. */
const PASSING: readonly string[] = ['status', 'fetch', 'fetched'];

export class Promises {
  violation: Violation | undefined;
  /** Answers that clients got. */
  acknowledged = 0;
  readonly #codec: MessageCodec;
  readonly #said = new Map<string, string>();
  readonly #answers = new Map<Digest, string>();

  constructor({ chain, hasher }: RealSetting) {
    const { parameters: limits, validators, protocol } = chain.genesis;
    const { batchDigest } = createBatchDigests(hasher);
    const { messages } = protocolByName(protocol)!;
    this.#codec = createMessageCodec(messages, { n: validators.length, batchDigest, limits });
  }

  /** Items of a frame that an honest replica sends. */
  said(self: ReplicaId, items: readonly Item[]): void {
    for (const item of decodeFrame(encodeFrame(items)) as unknown[]) {
      const attested = this.#codec.decodeItem(item);
      if (typeof attested === 'string' || attested.from !== self) continue;
      const { type, view, sequence, digest } = attested.message as unknown as Record<string, unknown>;
      if (PASSING.includes(type as string)) continue;
      const word = typeof digest === 'string' ? digest : toHex(attested.envelope.body);
      this.#once(this.#said, `replica ${self}: ${type} of view ${view}, sequence ${sequence}`, word);
    }
  }

  /** An item that an honest replica answers a client with. */
  answered(self: ReplicaId, item: unknown): void {
    const reply = decodeClientReply(item);
    if (typeof reply === 'string' || reply.kind !== 'reply') return;
    this.acknowledged++;
    this.#once(this.#answers, reply.transaction, `sequence ${reply.sequence}: ${toHex(reply.result)}`, self);
  }

  #once(known: Map<string, string>, key: string, word: string, self?: ReplicaId): void {
    const first = known.get(key);
    if (first === undefined) known.set(key, word);
    else if (first !== word) {
      const who = self === undefined ? '' : `replica ${self} answers for transaction `;
      const what = `${who}${key} with ${word.slice(0, 80)}, and ${first.slice(0, 80)} was said before`;
      this.violation ??= new Violation('contradiction', what);
    }
  }
}
