import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError, invariant, unreachable } from '../../src/core/assert.ts';
import { NULL_BATCH } from '../../src/core/batch.ts';
import { bytesEqual, concatBytes, fromHex, toHex } from '../../src/core/bytes.ts';
import { LockstepError } from '../../src/core/errors.ts';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import { MAX_VALIDATORS, MAX_WINDOW } from '../../src/core/limits.ts';
import { attested, bool, bytes, digest, list, record, uint } from '../../src/core/schema.ts';

describe('assertions', () => {
  test('a claim that holds passes, another throws and says what was believed', () => {
    expect(() => invariant(true, 'fine')).not.toThrow();
    expect(() => invariant(false, 'votes only grow')).toThrow(InvariantError);
    expect(() => invariant(false, 'votes only grow')).toThrow('broken invariant: votes only grow');
  });

  test('the end of a switch names the value that got there', () => {
    expect(() => unreachable('left' as never)).toThrow('"left"');
  });
});

describe('bytes', () => {
  const someBytes = fc.uint8Array({ maxLength: 80 });

  test('hex goes there and back', () => {
    fc.assert(fc.property(someBytes, (b) => bytesEqual(fromHex(toHex(b))!, b)));
    fc.assert(fc.property(someBytes, (b) => toHex(b) === Buffer.from(b).toString('hex')));
    expect(fromHex('0aFF')).toEqual(Uint8Array.of(10, 255));
  });

  test('what is not hex is undefined', () => {
    for (const text of ['0', 'zz', '0x', ' 00', '00 ', '0g']) expect(fromHex(text)).toBeUndefined();
    expect(fromHex('')).toEqual(new Uint8Array(0));
  });

  test('equality is that of the contents', () => {
    fc.assert(fc.property(someBytes, someBytes, (a, b) => bytesEqual(a, b) === (Buffer.compare(a, b) === 0)));
    fc.assert(fc.property(someBytes, (a) => bytesEqual(a, a.slice())));
  });

  test('concatenation keeps every byte in its place', () => {
    fc.assert(
      fc.property(fc.array(someBytes, { maxLength: 6 }), (parts) => {
        expect(Buffer.from(concatBytes(...parts))).toEqual(Buffer.concat(parts));
      }),
    );
  });
});

describe('errors', () => {
  test('carry their code and their cause', () => {
    const cause = new Error('below');
    const error = new LockstepError('bad-config', 'say what to do', { cause });
    expect(error).toMatchObject({
      code: 'bad-config',
      message: 'say what to do',
      name: 'LockstepError',
      cause,
    });
  });
});

describe('schema helpers', () => {
  test('describe fields as the codec reads them', () => {
    expect(uint()).toEqual({ kind: 'uint', max: Number.MAX_SAFE_INTEGER });
    expect(uint(9)).toEqual({ kind: 'uint', max: 9 });
    expect(bool).toEqual({ kind: 'bool' });
    expect(digest).toEqual({ kind: 'digest' });
    expect(bytes(5)).toEqual({ kind: 'bytes', max: 5 });
    expect(list(bool, 3)).toEqual({ kind: 'list', of: { kind: 'bool' }, max: 3 });
    expect(record({ a: digest })).toEqual({ kind: 'record', fields: { a: { kind: 'digest' } } });
    expect(attested('x', 'y')).toEqual({ kind: 'attested', types: ['x', 'y'] });
  });
});

test('the null batch is empty and has the null digest', () => {
  expect(NULL_BATCH).toEqual({ digest: NULL_DIGEST, timeMs: 0, transactions: [], bytes: 0 });
  expect(NULL_DIGEST).toMatch(/^0{64}$/);
  expect(Math.min(MAX_VALIDATORS, MAX_WINDOW)).toBeGreaterThan(0);
});
