/** Valid messages of every kind, by the schemas that the decoders are made of. */

import { encodeClientReply, encodeClientRequest } from '../../codec/client-messages.ts';
import { encodeApproved, encodeChange } from '../../codec/membership-codec.ts';
import { createMessageCodec, type MessageCodec } from '../../codec/message-codec.ts';
import { encodeTransaction } from '../../codec/transaction.ts';
import { encodeValue } from '../../codec/value.ts';
import type { Chain } from '../../core/genesis.ts';
import type { AnyMessage, Attested, Certificate } from '../../core/machine.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { Field, ProtocolSchema } from '../../core/schema.ts';
import { protocolByName, protocolNames } from '../../protocols/registry.ts';
import { ADDRESS_ITEM } from '../../replica/addresses.ts';
import type { BatchDigests } from '../../replica/batch-digest.ts';
import { HELLO_ITEM, PROOFS_ITEM } from '../../replica/epoch-exchange.ts';
import { RELAY_ITEM } from '../../replica/relays.ts';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from '../../replica/state-items.ts';
import { SIGN_ITEM } from '../../replica/surety.ts';
import { ALIVE_ITEM, CHALLENGE_ITEM, CLEAR_ITEM, RUN_ITEM } from '../../replica/twins.ts';
import { EXHIBIT_ITEM, HELD_ITEM } from '../../replica/watch/watch.ts';
import { noise } from './mutate.ts';

/** Ed25519's, so that a signature passes for one by its length. */
const SIGNATURE_BYTES = 64;
const N = 4;

export interface ProtocolCorpus {
  readonly name: string;
  readonly codec: MessageCodec;
  /** Items of every message type, several each. */
  readonly items: readonly Uint8Array[];
}

const hex = (random: SeededRandom): string => Buffer.from(noise(32, random)).toString('hex');

/** Numbers as they occur: small ones, places in a window, and their edges. */
function uint(max: number, random: SeededRandom): number {
  const value = random.pick([0, 1, 2, random.below(6), random.below(400), 128, 256, max]);
  return Math.min(max, value);
}

class Maker {
  readonly codec: MessageCodec;
  private readonly schema: ProtocolSchema;
  private readonly random: SeededRandom;
  private readonly digests: BatchDigests;
  private readonly transactions: readonly Uint8Array[];

  constructor(
    schema: ProtocolSchema,
    chain: Chain,
    random: SeededRandom,
    digests: BatchDigests,
    transactions: readonly Uint8Array[],
  ) {
    this.schema = schema;
    this.random = random;
    this.digests = digests;
    this.transactions = transactions;
    this.codec = createMessageCodec(schema, {
      n: N,
      batchDigest: digests.batchDigest,
      limits: chain.genesis.parameters,
    });
  }

  item(type: string, from: number): Uint8Array {
    return this.codec.encodeItem(this.attested(type, from, 0, true));
  }

  private attested(type: string, from: number, depth: number, batched: boolean): Attested {
    const { random } = this;
    const shape = this.schema[type]!;
    const message: Record<string, unknown> = { type };
    for (const [name, field] of Object.entries(shape.fields)) message[name] = this.value(field, depth, name);
    if (shape.batch && batched) {
      const batch = this.digests.batchOf(
        random.below(3) * 1_000,
        this.transactions.slice(0, random.below(4)),
      );
      message.digest = batch.digest;
      message.batch = batch;
    }
    const body = this.codec.encodeBody(message as unknown as AnyMessage, from);
    const signature = shape.signed === 'session' ? new Uint8Array(0) : noise(SIGNATURE_BYTES, random);
    return { from, message: message as unknown as AnyMessage, envelope: { body, signature } };
  }

  private value(field: Field, depth: number, name: string): unknown {
    const { random } = this;
    switch (field.kind) {
      case 'uint':
        return name === 'epoch' ? Number(random.chance(0.02)) : uint(field.max, random);
      case 'bool':
        return random.chance(0.5);
      case 'digest':
        return hex(random);
      case 'bytes':
        return noise(random.below(Math.min(field.max, 80) + 1), random);
      case 'list': {
        const length = depth > 2 ? 0 : random.below(Math.min(field.max, 4) + 1);
        return Array.from({ length }, () => this.value(field.of, depth + 1, ''));
      }
      case 'record':
        return Object.fromEntries(
          Object.entries(field.fields).map(([key, of]) => [key, this.value(of, depth + 1, key)]),
        );
      case 'attested':
        return this.attested(random.pick(field.types), random.below(N), depth + 1, false);
      case 'certificate':
        return this.certificate(field.of, depth);
    }
  }

  private certificate(of: string, depth: number): Certificate {
    const signers = Array.from({ length: N }, (_, id) => id).filter(() => this.random.chance(0.8));
    const { message } = this.attested(of, 0, depth + 1, false);
    return { message, signers, signatures: signers.map(() => noise(SIGNATURE_BYTES, this.random)) };
  }
}

export function protocolCorpora(
  chain: Chain,
  digests: BatchDigests,
  random: SeededRandom,
  each: number,
): ProtocolCorpus[] {
  const transactions = transactionCorpus(chain, random, 8);
  return protocolNames().map((name) => {
    const schema = protocolByName(name)!.messages;
    const maker = new Maker(schema, chain, random, digests, transactions);
    const items = Object.keys(schema).flatMap((type) =>
      // Mostly of the one who sends it.
      Array.from({ length: each }, () => maker.item(type, random.chance(0.8) ? 3 : random.below(N))),
    );
    return { name, codec: maker.codec, items };
  });
}

/** Items that belong to no protocol. */
export function replicaItems(
  chain: Chain,
  random: SeededRandom,
  bodies: readonly Uint8Array[],
): Uint8Array[] {
  const bytes = (length: number) => noise(length, random);
  const run = bytes(16);
  return [
    encodeValue([RELAY_ITEM, transactionCorpus(chain, random, 5)]),
    encodeValue([STATE_REQUEST_ITEM, 7, 128]),
    encodeValue([STATE_REQUEST_ITEM, 7, 128, 1, true, [bytes(3).map((b) => b & 15), new Uint8Array(0)]]),
    encodeValue([STATE_PIECES_ITEM, 7, 128, [bytes(300), bytes(20)]]),
    ...bodies.map((body) => encodeValue([EXHIBIT_ITEM, body, bytes(SIGNATURE_BYTES)])),
    encodeValue([
      HELD_ITEM,
      3,
      [
        [1, bytes(32)],
        [2, bytes(32)],
      ],
    ]),
    encodeValue([HELLO_ITEM, 0, true]),
    encodeValue([HELLO_ITEM, 2, false]),
    encodeValue([PROOFS_ITEM, bytes(500)]),
    encodeValue([RUN_ITEM, run, 1_700_000_000_000]),
    encodeValue([CLEAR_ITEM, run]),
    encodeValue([CHALLENGE_ITEM, run]),
    encodeValue([SIGN_ITEM]),
    encodeValue([ADDRESS_ITEM, bytes(140)]),
    encodeValue([ALIVE_ITEM, run, 1_700_000_000_000, true, bytes(16), bytes(4691)]),
  ];
}

export function transactionCorpus(chain: Chain, random: SeededRandom, count: number): Uint8Array[] {
  const change = encodeChange({ kind: 'remove', epoch: 0, name: 'v2' });
  const added = encodeChange({
    kind: 'add',
    epoch: 0,
    name: 'v9',
    url: 'ws://127.0.0.1:7109',
    ed25519: hex(random),
    mlDsa87: Buffer.from(noise(2592, random)).toString('hex'),
  });
  return Array.from({ length: count }, (_, i) =>
    encodeTransaction(
      {
        suite: i % 4 === 3 ? 'ml-dsa-87' : 'ed25519',
        kind: i % 3 === 2 ? 'change' : i % 3 === 1 ? 'read' : 'write',
        nonce: 1 + i,
        expiry: 1_000 + i,
        publicKey: noise(i % 4 === 3 ? 2592 : 32, random),
        payload:
          i % 3 === 2
            ? encodeApproved(i % 2 === 0 ? change : added, [{ member: 1, signature: noise(64, random) }])
            : noise(random.below(80), random),
      },
      () => noise(i % 4 === 3 ? 4627 : 64, random),
      chain.id,
    ),
  );
}

export function clientItems(chain: Chain, random: SeededRandom): Uint8Array[] {
  return [
    ...transactionCorpus(chain, random, 8).map((transaction) =>
      encodeClientRequest({ kind: 'submit', transaction }),
    ),
    encodeClientRequest({ kind: 'query', requestId: 1, payload: noise(20, random) }),
    encodeClientRequest({ kind: 'lease-query', requestId: 2, payload: noise(20, random) }),
    encodeClientRequest({ kind: 'status', requestId: 3 }),
    encodeClientRequest({ kind: 'epochs', above: 0 }),
  ];
}

export function replyItems(random: SeededRandom): Uint8Array[] {
  const transaction = hex(random);
  return [
    encodeClientReply({ kind: 'reply', transaction, sequence: 9, result: noise(30, random), epoch: 0 }),
    encodeClientReply({ kind: 'refusal', transaction, code: 'transaction-nonce', message: 'used' }),
    encodeClientReply({ kind: 'answer', requestId: 1, sequence: 9, result: noise(30, random) }),
    encodeClientReply({ kind: 'status', requestId: 1, json: '{"a":1}' }),
    encodeClientReply({ kind: 'epoch', proof: noise(200, random) }),
    encodeClientReply({ kind: 'no-lease', requestId: 1, leader: 2 }),
  ];
}
