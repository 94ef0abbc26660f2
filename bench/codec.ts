/** A vote and a proposal through the codec, beside what msgpackr takes to write and read the same values unchecked. */

import { Packr } from 'msgpackr';
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../src/codec/frame.ts';
import { createMessageCodec } from '../src/codec/message-codec.ts';
import type { AnyMessage } from '../src/core/machine.ts';
import { digest, type ProtocolSchema, uint } from '../src/core/schema.ts';
import type { BenchGroup, Scale } from './harness.ts';

/** Calls per sample: one alone is below the clock's resolution. */
const CALLS = { tiny: 2, full: 200 };

const slot = { epoch: uint(), view: uint(), sequence: uint(), digest };
const schema: ProtocolSchema = {
  proposal: { tag: 1, signed: 'vote', batch: true, fields: slot },
  vote: { tag: 2, signed: 'vote', fields: slot },
};
const DIGEST = 'c5'.repeat(32);

function repeat(calls: number, work: () => unknown): () => void {
  return () => {
    for (let i = 0; i < calls; i++) work();
  };
}

function items(payload: Uint8Array, decode: ReturnType<typeof createFrameDecoder>): readonly unknown[] {
  const decoded = decode(payload);
  if (typeof decoded === 'string') throw new Error(decoded);
  return decoded;
}

export async function groups(scale: Scale): Promise<BenchGroup[]> {
  const calls = CALLS[scale];
  const limits = { maxBatchTransactions: 1000, maxBatchBytes: 1 << 20, maxTransactionBytes: 10_000 };
  const codec = createMessageCodec(schema, { n: 4, batchDigest: () => DIGEST, limits });
  const decode = createFrameDecoder(PEER_FRAME_LIMITS);
  const packr = new Packr({ useRecords: false });
  const signature = new Uint8Array(64);
  const message = { type: 'vote', epoch: 0, view: 3, sequence: 70_000, digest: DIGEST } as AnyMessage;
  const body = codec.encodeBody(message, 2);
  const vote = codec.encodeItem({ from: 2, message, envelope: { body, signature } });
  const frame = encodeFrame([vote]);
  const digestBytes = new Uint8Array(32).fill(0xc5);

  const transactions = Array.from({ length: 500 }, (_, i) => new Uint8Array(200).fill(i));
  const batch = { digest: DIGEST, timeMs: 1.7e12, transactions, bytes: 100_000 };
  const proposal = { ...message, type: 'proposal', batch };
  const attested = {
    from: 1,
    message: proposal,
    envelope: { body: codec.encodeBody(proposal, 1), signature },
  };
  const large = encodeFrame([codec.encodeItem(attested)]);

  const read = (payload: Uint8Array) => {
    const result = codec.decodeItem(items(payload, decode)[0]);
    if (typeof result === 'string') throw new Error(result);
  };
  return [
    {
      title: 'Codec: writing a vote and its frame',
      baseline: 'msgpackr',
      cases: [
        {
          name: 'msgpackr',
          items: calls,
          run: repeat(calls, () =>
            packr.pack([1, [0, packr.pack([2, 2, 0, 3, 70_000, digestBytes]), signature]]),
          ),
        },
        {
          name: 'codec',
          items: calls,
          run: repeat(calls, () => {
            const envelope = { body: codec.encodeBody(message, 2), signature };
            encodeFrame([codec.encodeItem({ from: 2, message, envelope })]);
          }),
        },
      ],
    },
    {
      title: 'Codec: reading a vote out of its frame',
      baseline: 'msgpackr',
      cases: [
        {
          name: 'msgpackr',
          items: calls,
          run: repeat(calls, () => packr.unpack((packr.unpack(frame) as [1, [0, number, Buffer]])[1][2])),
        },
        { name: 'codec, all checked', items: calls, run: repeat(calls, () => read(frame)) },
      ],
    },
    {
      title: 'Codec: reading a proposal of 500 transactions of 200 bytes',
      baseline: 'msgpackr',
      cases: [
        { name: 'msgpackr', run: () => void packr.unpack(large) },
        { name: 'codec, all checked', run: () => read(large) },
      ],
    },
  ];
}
