import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClientReply,
  type ClientRequest,
  decodeClientReply,
  decodeClientRequest,
  encodeClientReply,
  encodeClientRequest,
} from '../../src/codec/client-messages.ts';
import {
  CLIENT_FRAME_LIMITS,
  decodeFrame,
  encodeFrame,
  VALIDATOR_FRAME_LIMITS,
} from '../../src/codec/frame.ts';
import { toHex } from '../../src/core/bytes.ts';
import { MAX_QUERY_BYTES, MAX_REFUSAL_CHARACTERS } from '../../src/core/limits.ts';

const limits = { maxTransactionBytes: 500 };
const bytes = fc.uint8Array({ maxLength: 300 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const id = fc.maxSafeNat();

const anyRequest: fc.Arbitrary<ClientRequest> = fc.oneof(
  fc.record({ kind: fc.constant('submit' as const), transaction: bytes }),
  fc.record({ kind: fc.constant('query' as const), requestId: id, payload: bytes }),
  fc.record({ kind: fc.constant('status' as const), requestId: id }),
  fc.record({ kind: fc.constant('lease-query' as const), requestId: id, payload: bytes }),
);
const anyReply: fc.Arbitrary<ClientReply> = fc.oneof(
  fc.record({
    kind: fc.constant('reply' as const),
    transaction: digest,
    sequence: id,
    result: bytes,
    epoch: id,
  }),
  fc.record({
    kind: fc.constant('refusal' as const),
    transaction: digest,
    code: fc.string({ maxLength: 60 }),
    message: fc.string({ maxLength: 100, unit: 'grapheme' }).map((s) => s.slice(0, 200)),
  }),
  fc.record({ kind: fc.constant('answer' as const), requestId: id, sequence: id, result: bytes }),
  fc.record({ kind: fc.constant('status' as const), requestId: id, json: fc.json() }),
  fc.record({
    kind: fc.constant('no-lease' as const),
    requestId: id,
    leader: fc.option(fc.nat(99), { nil: undefined }),
  }),
);

const anything = fc.array(
  fc.oneof(fc.nat(5), fc.boolean(), fc.uint8Array({ maxLength: 40 }), fc.string(), fc.constant([])),
  { maxLength: 5 },
);

describe('client messages', () => {
  it('requests come back as they were', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const [item] = decodeFrame(encodeFrame([encodeClientRequest(request)]), CLIENT_FRAME_LIMITS);
        expect(decodeClientRequest(item, limits)).toEqual(request);
      }),
    );
  });

  it('replies come back as they were', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const [item] = decodeFrame(encodeFrame([encodeClientReply(reply)]), VALIDATOR_FRAME_LIMITS);
        expect(decodeClientReply(item)).toEqual(reply);
      }),
    );
  });

  it('a refusal is cut to what a client takes', () => {
    const refusal = {
      kind: 'refusal',
      transaction: 'ab'.repeat(32),
      code: 'x',
      message: 'y'.repeat(10_000),
    } as const;
    const [item] = decodeFrame(encodeFrame([encodeClientReply(refusal)]), VALIDATOR_FRAME_LIMITS);
    expect(decodeClientReply(item)).toMatchObject({ message: 'y'.repeat(MAX_REFUSAL_CHARACTERS) });
  });

  it('whatever else arrives is a code', () => {
    expect(decodeClientRequest([1, new Uint8Array(501)], limits)).toBe('transaction-malformed');
    expect(decodeClientRequest([2, 1, new Uint8Array(MAX_QUERY_BYTES + 1)], limits)).toBe('frame-too-large');
    expect(decodeClientRequest([7, 1], limits)).toBe('frame-kind');
    expect(decodeClientRequest([1, 5], limits)).toBe('body-malformed');
    expect(decodeClientRequest([3, 1, 1], limits)).toBe('body-malformed');
    expect(decodeClientReply([1, new Uint8Array(31), 1, new Uint8Array(0)])).toBe('body-malformed');
    expect(decodeClientReply([2, new Uint8Array(32), 'c'.repeat(65), ''])).toBe('body-malformed');
    expect(decodeClientReply([7])).toBe('frame-kind');
    expect(decodeClientReply([6, 1])).toBe('body-malformed');
    expect(decodeClientReply([5, 1])).toBe('body-malformed');
    fc.assert(
      fc.property(fc.oneof(anything, fc.anything()), (item) => {
        expect(decodeClientRequest(item, limits)).toBeDefined();
        expect(decodeClientReply(item)).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });
});
