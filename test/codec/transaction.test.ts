import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeTransaction,
  parseTransaction,
  type TransactionSuite,
  transactionOverheadBytes,
  transactionSigningInput,
} from '../../src/codec/transaction.ts';
import { bytesEqual } from '../../src/core/bytes.ts';

const LENGTHS = { ed25519: { key: 32, signature: 64 }, 'ml-dsa-87': { key: 2592, signature: 4627 } };
const CHAIN = new Uint8Array(32).fill(7);
const uint53 = fc.oneof(
  fc.maxSafeNat(),
  fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
);

const transaction = fc.constantFrom<TransactionSuite>('ed25519', 'ml-dsa-87').chain((suite) =>
  fc.record({
    suite: fc.constant(suite),
    kind: fc.constantFrom('write' as const, 'read' as const),
    nonce: uint53,
    expiry: uint53,
    publicKey: fc.uint8Array({ minLength: LENGTHS[suite].key, maxLength: LENGTHS[suite].key }),
    payload: fc.uint8Array({ maxLength: 300 }),
    signature: fc.uint8Array({ minLength: LENGTHS[suite].signature, maxLength: LENGTHS[suite].signature }),
  }),
);

describe('transactions', () => {
  it('come back as they were encoded, as views, and what was signed is what is checked', () => {
    fc.assert(
      fc.property(transaction, ({ signature, ...fields }) => {
        let signed = new Uint8Array();
        const bytes = encodeTransaction(
          fields,
          (input) => {
            signed = Uint8Array.from(input);
            return signature;
          },
          CHAIN,
        );
        expect(bytes.length).toBe(transactionOverheadBytes(fields.suite) + fields.payload.length);
        const parsed = parseTransaction(bytes, bytes.length);
        if (typeof parsed === 'string') throw new Error(parsed);
        expect(parsed).toMatchObject({
          suite: fields.suite,
          kind: fields.kind,
          nonce: fields.nonce,
          expiry: fields.expiry,
        });
        expect(bytesEqual(parsed.publicKey, fields.publicKey)).toBe(true);
        expect(bytesEqual(parsed.payload, fields.payload)).toBe(true);
        expect(bytesEqual(parsed.signature, signature)).toBe(true);
        expect(parsed.payload.buffer).toBe(bytes.buffer);
        expect(bytesEqual(transactionSigningInput(bytes, CHAIN), signed)).toBe(true);
        const tag = new TextDecoder().decode(signed.subarray(0, 14));
        expect(tag).toBe('lockstep/tx/1\0');
        expect(bytesEqual(signed.subarray(14, 46), CHAIN)).toBe(true);
        expect(bytesEqual(signed.subarray(46), bytes.subarray(0, bytes.length - signature.length))).toBe(
          true,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are refused, never thrown on, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 1, 2, 3), (bytes, suite) => {
        if (bytes.length > 1) bytes.set([1, suite]);
        const parsed = parseTransaction(bytes, 1 << 20);
        if (typeof parsed === 'string') expect(parsed).toBe('transaction-malformed');
        else expect(bytes.length).toBeGreaterThanOrEqual(transactionOverheadBytes(parsed.suite));
      }),
    );
  });

  const valid = (): Uint8Array =>
    encodeTransaction(
      {
        suite: 'ed25519',
        kind: 'write',
        nonce: 1,
        expiry: 100,
        publicKey: new Uint8Array(32),
        payload: new Uint8Array(3),
      },
      () => new Uint8Array(64),
      CHAIN,
    );

  it('are refused by version, suite, kind, range, and length', () => {
    expect(typeof parseTransaction(valid(), 118)).toBe('object');
    expect(parseTransaction(valid(), 117)).toBe('transaction-malformed');
    expect(parseTransaction(valid().subarray(0, 114), 1000)).toBe('transaction-malformed');
    for (const [at, value] of [
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 3],
      [2, 4],
      [3, 1],
      [4, 0x20],
      [11, 255],
      [12, 0x20],
    ] as const) {
      const bytes = valid();
      bytes[at] = value;
      expect(parseTransaction(bytes, 1000)).toBe('transaction-malformed');
    }
  });

  it('are bound to the chain', () => {
    const other = new Uint8Array(32).fill(8);
    expect(bytesEqual(transactionSigningInput(valid(), CHAIN), transactionSigningInput(valid(), other))).toBe(
      false,
    );
  });

  it('refuse a caller with wrong lengths or numbers by code', () => {
    const fields = {
      suite: 'ed25519',
      kind: 'write',
      nonce: 1,
      expiry: 1,
      publicKey: new Uint8Array(32),
      payload: new Uint8Array(),
    } as const;
    const sign = () => new Uint8Array(64);
    const refused = (change: object, code: string, signer = sign, chain = CHAIN) =>
      expect(() => encodeTransaction({ ...fields, ...change }, signer, chain)).toThrowError(
        expect.objectContaining({ code }),
      );
    refused({ publicKey: new Uint8Array(31) }, 'bad-length');
    refused({}, 'bad-length', () => new Uint8Array(63));
    refused({}, 'bad-length', sign, new Uint8Array(31));
    refused({ suite: 'rsa' }, 'unknown-suite');
    for (const nonce of [-1, 1.5, 2 ** 53, Number.NaN]) refused({ nonce }, 'bad-request');
    for (const expiry of [-1, 1.5, 2 ** 53]) refused({ expiry }, 'bad-request');
    expect(() => transactionSigningInput(new Uint8Array(), CHAIN)).toThrowError(
      expect.objectContaining({ code: 'unknown-suite' }),
    );
  });
});
