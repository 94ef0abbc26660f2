import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { createMessageCodec } from '../../src/codec/message-codec.ts';
import { createRecordCodec } from '../../src/codec/record-codec.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { InvariantError } from '../../src/core/assert.ts';
import { NULL_BATCH } from '../../src/core/batch.ts';
import { bytesEqual, toHex } from '../../src/core/bytes.ts';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import type { AnyMessage, Attested } from '../../src/core/machine.ts';
import {
  attested,
  bool,
  bytes,
  digest,
  list,
  type ProtocolSchema,
  record,
  uint,
} from '../../src/core/schema.ts';

const schema: ProtocolSchema = {
  proposal: { tag: 1, signed: 'vote', batch: true, fields: { view: uint(), sequence: uint(100), digest } },
  vote: { tag: 2, signed: 'vote', fields: { view: uint(), sequence: uint(), digest } },
  claim: {
    tag: 3,
    signed: 'always',
    fields: {
      view: uint(),
      urgent: bool,
      note: bytes(40),
      claims: list(record({ view: uint(), digest }), 5),
      votes: list(attested('vote'), 4),
    },
  },
  proof: {
    tag: 4,
    signed: 'always',
    fields: { inner: list(attested('claim', 'proposal'), 3), one: attested('vote') },
  },
};
const records: ProtocolSchema = {
  kept: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
  signed: { tag: 2, signed: 'vote', fields: { attested: attested('claim', 'vote', 'proposal') } },
};

/** A digest that any change of the batch changes; the chain's own is the caller's affair. */
function batchDigest(timeMs: number, transactions: readonly Uint8Array[]): string {
  let h = timeMs % 0xffff_ffff;
  for (const t of transactions) for (const b of [...t, 256]) h = (Math.imul(h ^ b, 0x01000193) + 7) >>> 0;
  return h.toString(16).padStart(8, '0').repeat(8);
}

const options = {
  n: 4,
  batchDigest,
  limits: { maxBatchTransactions: 6, maxBatchBytes: 600, maxTransactionBytes: 200 },
};
const codec = createMessageCodec(schema, options);
const recordCodec = createRecordCodec(records, codec, options);
const packr = new Packr({ useRecords: false });

type Loose = AnyMessage & Record<string, unknown>;

function attest(message: Loose, from: number, signature = new Uint8Array(64).fill(from)): Attested {
  return { from, message, envelope: { body: codec.encodeBody(message, from), signature } };
}

const anyDigest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const anyUint = fc.oneof(fc.nat(300), fc.nat(70_000), fc.maxSafeNat());
const anyFrom = fc.nat(3);
const anyBatch = fc
  .tuple(anyUint, fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 6 }))
  .map(([timeMs, transactions]) => ({
    digest: batchDigest(timeMs, transactions),
    timeMs,
    transactions,
    bytes: transactions.reduce((sum, t) => sum + t.length, 0),
  }));
const anyVote: fc.Arbitrary<Loose> = fc.record({
  type: fc.constant('vote'),
  view: anyUint,
  sequence: anyUint,
  digest: anyDigest,
});
const anyProposal: fc.Arbitrary<Loose> = fc
  .tuple(anyUint, fc.nat(100), fc.oneof(anyBatch, fc.constant(NULL_BATCH)))
  .map(([view, sequence, batch]) => ({ type: 'proposal', view, sequence, digest: batch.digest, batch }));
const attestedOf = (message: fc.Arbitrary<Loose>) =>
  fc.tuple(message, anyFrom).map(([m, from]) => attest(m, from));
const anyClaim: fc.Arbitrary<Loose> = fc.record({
  type: fc.constant('claim'),
  view: anyUint,
  urgent: fc.boolean(),
  note: fc.uint8Array({ maxLength: 40 }),
  claims: fc.array(fc.record({ view: anyUint, digest: anyDigest }), { maxLength: 5 }),
  votes: fc.array(attestedOf(anyVote), { maxLength: 4 }),
});
const anyProof: fc.Arbitrary<Loose> = fc.record({
  type: fc.constant('proof'),
  inner: fc.array(attestedOf(fc.oneof(anyClaim, anyProposal)), { maxLength: 3 }),
  one: attestedOf(anyVote),
});
const anyMessage = fc.oneof(anyVote, anyProposal, anyClaim, anyProof);

/** An item as the far side sees it: through bytes. */
function overTheWire(item: Uint8Array): unknown {
  return packrToPlain(packr.unpack(item));
}

function packrToPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(packrToPlain) : value;
}

describe('messages', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(anyMessage, anyFrom, (message, from) => {
        const original = attest(message, from);
        expect(codec.decodeItem(overTheWire(codec.encodeItem(original)))).toEqual(original);
      }),
      { numRuns: 400 },
    );
  });

  it('are plain MessagePack: another library reads the body', () => {
    const body = codec.encodeBody(
      { type: 'vote', view: 2, sequence: 70_000, digest: 'ab'.repeat(32) } as Loose,
      3,
    );
    expect(packrToPlain(packr.unpack(body))).toEqual([2, 3, 2, 70_000, new Uint8Array(32).fill(0xab)]);
  });

  it('have one encoding: whatever decodes, encodes to the same bytes', () => {
    fc.assert(
      fc.property(anyMessage, anyFrom, fc.nat(), fc.nat(255), (message, from, place, value) => {
        const body = codec.encodeBody(message, from).slice();
        body[place % body.length] = value;
        const decoded = codec.decodeBody(body);
        if (typeof decoded === 'string' || decoded.message.type === 'proposal') return;
        expect(bytesEqual(codec.encodeBody(decoded.message, decoded.from), body)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('list what is signed inside them, at any depth', () => {
    fc.assert(
      fc.property(anyProof, (message) => {
        const inner = message.inner as Attested[];
        const votes = inner.flatMap((a) => (a.message.type === 'claim' ? (a.message as Loose).votes : []));
        const nested = codec.nested(message);
        expect(nested).toHaveLength(inner.length + 1 + (votes as Attested[]).length);
        expect(new Set(nested)).toEqual(new Set([...inner, message.one, ...(votes as Attested[])]));
      }),
    );
    expect(codec.nested({ type: 'vote' })).toEqual([]);
  });

  it('keep their bytes when the next one is encoded', () => {
    const first = codec.encodeBody({ type: 'vote', view: 1, sequence: 1, digest: NULL_DIGEST } as Loose, 0);
    const copy = first.slice();
    for (let i = 0; i < 1000; i++)
      codec.encodeBody({ type: 'vote', view: 9, sequence: i, digest: 'ff'.repeat(32) } as Loose, 3);
    expect(first).toEqual(copy);
  });
});

describe('rejects', () => {
  const d = new Uint8Array(32);
  const body = (...values: unknown[]) => codec.decodeBody(Uint8Array.from(packr.pack(values)));
  const cases: [string, ReturnType<typeof codec.decodeBody>, string][] = [
    ['an unknown tag', body(9, 0, 1, 1, d), 'body-unknown-type'],
    ['a field too few', body(2, 0, 1, d), 'body-malformed'],
    ['a field too many', body(2, 0, 1, 1, d, 1), 'body-malformed'],
    ['an author outside the set', body(2, 4, 1, 1, d), 'stranger'],
    ['a short digest', body(2, 0, 1, 1, d.subarray(1)), 'body-malformed'],
    ['text for a digest', body(2, 0, 1, 1, 'a'.repeat(32)), 'body-malformed'],
    ['a negative number', body(2, 0, -1, 1, d), 'body-malformed'],
    ['a float', body(2, 0, 1.5, 1, d), 'body-malformed'],
    ['a float for a large integer', body(2, 0, 2 ** 40, 1, d), 'body-malformed'],
    ['null', body(2, 0, null, 1, d), 'body-malformed'],
    ['a map', body(2, 0, { length: 1 }, 1, d), 'body-malformed'],
    ['an extension', body(2, 0, new Date(0), 1, d), 'body-malformed'],
    ['a number above its range', body(1, 0, 1, 101, d), 'body-malformed'],
    [
      'more than 2⁵³ − 1',
      codec.decodeBody(raw(0x95, 2, 0, 0xcf, 0, 0x20, 0, 0, 0, 0, 0, 0)),
      'body-malformed',
    ],
    ['a long form of a short integer', codec.decodeBody(raw(0x95, 2, 0, 0xcc, 5)), 'body-malformed'],
    ['nothing', codec.decodeBody(new Uint8Array(0)), 'body-malformed'],
    ['no array', codec.decodeBody(raw(5)), 'body-malformed'],
    ['an array of 2³² − 1', codec.decodeBody(raw(0xdd, 255, 255, 255, 255, 2)), 'body-malformed'],
    ['an overlong list', body(3, 0, 1, true, d, Array(6).fill([1, d]), []), 'body-malformed'],
    ['overlong bytes', body(3, 0, 1, true, new Uint8Array(41), [], []), 'body-malformed'],
    ['a record too short', body(3, 0, 1, true, d, [[1]], []), 'body-malformed'],
    ['a number for a boolean', body(3, 0, 1, 1, d, [], []), 'body-malformed'],
  ];
  it.each(cases)('%s', (_, result, code) => {
    expect(result).toBe(code);
  });

  function raw(...values: number[]): Uint8Array {
    return Uint8Array.from(values);
  }

  it('bytes after the end', () => {
    const whole = codec.encodeBody({ type: 'vote', view: 1, sequence: 1, digest: NULL_DIGEST } as Loose, 0);
    expect(codec.decodeBody(Uint8Array.from([...whole, 0]))).toBe('body-trailing');
  });

  it('a nested message of another type, or beyond its own limits', () => {
    const claim = attest({ type: 'claim', view: 1, urgent: false, note: d, claims: [], votes: [] }, 1);
    const nest = (inner: unknown) => body(3, 0, 1, true, d, [], [inner]);
    expect(nest([claim.envelope.body, d])).toBe('body-unknown-type');
    expect(nest([new Uint8Array(3), d])).toBe('body-malformed');
    const vote = attest({ type: 'vote', view: 1, sequence: 1, digest: NULL_DIGEST }, 1);
    expect(nest([vote.envelope.body, new Uint8Array(5000)])).toBe('body-malformed');
    expect(nest([vote.envelope.body, d, 0, []])).toBe('body-malformed');
    expect(nest([vote.envelope.body, d])).toMatchObject({ from: 0 });
  });

  it('items of the wrong shape', () => {
    const vote = attest({ type: 'vote', view: 1, sequence: 1, digest: NULL_DIGEST }, 1);
    const { body: bytes, signature } = vote.envelope;
    expect(codec.decodeItem([1, bytes, signature])).toBe('frame-kind');
    expect(codec.decodeItem('x')).toBe('frame-kind');
    expect(codec.decodeItem([])).toBe('frame-kind');
    expect(codec.decodeItem([0, 0, bytes])).toBe('body-malformed');
    expect(codec.decodeItem([0, 0, bytes, new Uint8Array(4692)])).toBe('signature-length');
    expect(codec.decodeItem([0, 1, bytes, signature])).toBe('epoch-mismatch');
    expect(codec.decodeItem([0, bytes, signature])).toBe('body-malformed');
    expect(codec.decodeItem([0, 0, bytes, signature, 1, []])).toBe('batch-malformed');
  });

  it('batches above a limit, or other than the body names', () => {
    const tx = new Uint8Array(10);
    const proposal = (transactions: unknown, timeMs: unknown = 7) => {
      const d = Array.isArray(transactions) ? batchDigest(7, transactions) : NULL_DIGEST;
      const b = codec.encodeBody({ type: 'proposal', view: 1, sequence: 1, digest: d } as Loose, 1);
      return codec.decodeItem([0, 0, b, new Uint8Array(0), timeMs, transactions]);
    };
    expect(proposal([tx, tx])).toMatchObject({ message: { batch: { timeMs: 7, bytes: 20 } } });
    expect(proposal([tx, tx], 8)).toBe('digest-mismatch');
    expect(proposal(Array(7).fill(tx))).toBe('batch-malformed');
    expect(proposal([new Uint8Array(201)])).toBe('batch-malformed');
    expect(proposal(Array(4).fill(new Uint8Array(151)))).toBe('batch-malformed');
    expect(proposal([[1]])).toBe('batch-malformed');
    expect(proposal(5)).toBe('batch-malformed');
    expect(proposal([tx], true)).toBe('batch-malformed');
  });

  it('messages of our own that break their schema, loudly', () => {
    const vote = { type: 'vote', view: 1, sequence: 1, digest: NULL_DIGEST };
    expect(() => codec.encodeBody({ ...vote, view: -1 } as Loose, 0)).toThrow(InvariantError);
    expect(() => codec.encodeBody({ ...vote, view: undefined } as Loose, 0)).toThrow(InvariantError);
    expect(() => codec.encodeBody({ ...vote, digest: 'G'.repeat(64) } as Loose, 0)).toThrow(InvariantError);
    expect(() => codec.encodeBody(vote as Loose, 4)).toThrow(InvariantError);
    expect(() => codec.encodeBody({ type: 'other' }, 0)).toThrow(InvariantError);
  });

  it('schemas that contradict themselves', () => {
    const a = { tag: 1, signed: 'vote', fields: { inner: attested('b') } } as const;
    const b = { tag: 2, signed: 'vote', fields: { inner: attested('a') } } as const;
    expect(() => createMessageCodec({ a, b }, options)).toThrow(/contain itself/);
    expect(() => createMessageCodec({ a }, options)).toThrow(/nested type b/);
    expect(() => createMessageCodec({ a: { ...b, fields: {} }, b: { ...b, fields: {} } }, options)).toThrow(
      /tag 2/,
    );
    expect(() =>
      createMessageCodec({ a: { tag: 1, signed: 'vote', batch: true, fields: {} } }, options),
    ).toThrow(/digest/);
  });

  it('mutated items without ever throwing', () => {
    fc.assert(
      fc.property(
        anyMessage,
        anyFrom,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (message, from, edits, cut) => {
          const { body } = attest(message, from).envelope;
          const mutated = body.slice(0, cut % 3 === 0 ? cut % (body.length + 1) : body.length);
          for (const [place, value] of edits) if (mutated.length > 0) mutated[place % mutated.length] = value;
          const result = codec.decodeItem([0, 0, mutated, new Uint8Array(0), 1, []]);
          expect(['string', 'object']).toContain(typeof result);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('random bytes without ever throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(codec.decodeBody(noise)).toBeDefined();
        expect(recordCodec.decodeRecord(noise)).toBeDefined();
      }),
      { numRuns: 5000 },
    );
  });
});

describe('records', () => {
  it('come back as they were', () => {
    const anyRecord = fc.oneof(
      fc
        .tuple(anyUint, anyBatch)
        .map(([sequence, batch]) => ({ type: 'kept', sequence, digest: batch.digest, batch })),
      attestedOf(fc.oneof(anyClaim, anyVote, anyProposal)).map((a) => ({ type: 'signed', attested: a })),
    );
    fc.assert(
      fc.property(anyRecord, (kept) => {
        expect(recordCodec.decodeRecord(recordCodec.encodeRecord(kept as AnyMessage))).toEqual(kept);
      }),
    );
  });

  it('are refused when damaged', () => {
    const batch = { digest: batchDigest(1, [d32()]), timeMs: 1, transactions: [d32()], bytes: 32 };
    const bytes = recordCodec.encodeRecord({
      type: 'kept',
      sequence: 1,
      digest: batch.digest,
      batch,
    } as AnyMessage);
    expect(recordCodec.decodeRecord(Uint8Array.from([...bytes, 1]))).toBe('body-trailing');
    expect(recordCodec.decodeRecord(bytes.subarray(0, -1))).toBe('body-malformed');
    const other = bytes.slice();
    other[other.length - 1]! ^= 1;
    expect(recordCodec.decodeRecord(other)).toBe('digest-mismatch');
    expect(recordCodec.decodeRecord(encodeValue([9, 1]))).toBe('body-unknown-type');
    expect(recordCodec.decodeRecord(encodeValue([1, 1]))).toBe('body-malformed');
    expect(() => recordCodec.encodeRecord({ type: 'other' })).toThrow(InvariantError);
  });

  function d32(): Uint8Array {
    return new Uint8Array(32).fill(5);
  }
});
