import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateMachine } from '../../src/apps/interface.ts';
import { kvCodec } from '../../src/apps/kv-codec.ts';
import { applicationByName } from '../../src/apps/registry.ts';
import type { AppResult } from '../../src/apps/results.ts';
import { bytesEqual, toHex } from '../../src/core/bytes.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

const client = 'ab'.repeat(32);
const context = { sequence: 1, timeMs: 1 };
const kv = applicationByName('kv');
const fresh = (params = {}): StateMachine => kv.create(params, hasher);

function run(app: StateMachine, request: object): AppResult {
  const payload = kv.encodeCommand(request);
  const [result] = app.execute(context, [{ client, payload, readOnly: false }]);
  return kv.decodeResult(result!);
}

const read = (app: StateMachine, request: object): AppResult =>
  kv.decodeResult(app.query(kv.encodeQuery(request)));

const value = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.nat(5),
  fc.constant(null),
  fc.uint8Array({ maxLength: 90 }),
);
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const request = fc.oneof(
  fc.record({ op: fc.constant('put'), key, value }),
  fc.record({ op: fc.constant('get'), key }),
  fc.record({ op: fc.constant('delete'), key }),
  fc.record({ op: fc.constant('cas'), key, expected: fc.option(fc.nat(5)), value }),
);
type Request = { op: string; key: string; value?: unknown; expected?: unknown };

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? bytesEqual(a, b) : Object.is(a, b);

/** What a plain Map would answer. */
function expectedOf(model: Map<string, unknown>, { op, key, value, expected }: Request): object {
  const there = model.has(key);
  const before = model.get(key);
  switch (op) {
    case 'put':
      model.set(key, value);
      return { ok: true };
    case 'get':
      return there ? { ok: true, found: true, value: before } : { ok: true, found: false, value: null };
    case 'delete':
      model.delete(key);
      return { ok: true, existed: there };
    default:
      if (expected === null ? there : !there || !same(before, expected)) {
        return { ok: false, code: 'cas-mismatch', message: 'the key does not hold what was expected' };
      }
      model.set(key, value);
      return { ok: true };
  }
}

describe('the key-value store', () => {
  it('answers as a map does, and its hash depends on its content alone', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
        const app = fresh();
        const model = new Map<string, unknown>();
        for (const one of requests) {
          const expected = expectedOf(model, one as Request);
          expect(run(app, one)).toEqual(expected);
        }
        const copy = fresh();
        for (const [name, stored] of [...model].reverse()) run(copy, { op: 'put', key: name, value: stored });
        expect(toHex(copy.stateHash())).toBe(toHex(app.stateHash()));
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          const stored = model.get(name) ?? null;
          expect(read(app, { op: 'get', key: name })).toEqual({
            ok: true,
            found: model.has(name),
            value: stored,
          });
        }
      }),
    );
  });

  it('comes back from a snapshot, taken before later writes', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 40 }),
        fc.array(request, { maxLength: 20 }),
        (before, after) => {
          const app = fresh();
          for (const one of before) run(app, one);
          const snapshot = app.snapshot();
          const size = read(app, { op: 'size' });
          for (const one of after) run(app, one);
          const copy = fresh();
          run(copy, { op: 'put', key: 'old', value: 'gone' });
          copy.restore(snapshot.chunks(), snapshot.root);
          expect(toHex(copy.stateHash())).toBe(toHex(snapshot.root));
          expect(read(copy, { op: 'size' })).toEqual(size);
          for (const one of after) run(copy, one);
          expect(toHex(copy.stateHash())).toBe(toHex(app.stateHash()));
        },
      ),
    );
  });

  it('keeps its state where a snapshot does not hold', () => {
    const app = fresh();
    run(app, { op: 'put', key: 'a', value: 1 });
    const root = toHex(app.stateHash());
    for (const chunks of [[], [Uint8Array.of(1, 2, 3)], [...fresh().snapshot().chunks()]]) {
      expect(() => app.restore(chunks, hasher.hash('state'))).toThrowError(
        expect.objectContaining({ code: 'snapshot-damaged' }),
      );
    }
    expect(toHex(app.stateHash())).toBe(root);
  });

  it('keeps text, bytes and JSON apart', () => {
    const app = fresh();
    for (const stored of [
      '1',
      1,
      Uint8Array.of(49),
      null,
      true,
      [1, 'x'],
      { a: { b: [] } },
      '',
      new Uint8Array(),
    ]) {
      run(app, { op: 'put', key: 'k', value: stored });
      expect(read(app, { op: 'get', key: 'k' })).toEqual({ ok: true, found: true, value: stored });
    }
    run(app, { op: 'put', key: 'k', value: '1' });
    expect(run(app, { op: 'cas', key: 'k', expected: 1, value: 2 })).toMatchObject({ code: 'cas-mismatch' });
    expect(run(app, { op: 'cas', key: 'k', expected: '1', value: 2 })).toEqual({ ok: true });
    expect(run(app, { op: 'cas', key: 'new', expected: null, value: 2 })).toEqual({ ok: true });
    expect(run(app, { op: 'cas', key: 'new', value: 3 })).toMatchObject({ code: 'cas-mismatch' });
  });

  it('does not keep a view into a transaction', () => {
    const app = fresh();
    const payload = Uint8Array.from(kv.encodeCommand({ op: 'put', key: 'k', value: 'text' }));
    app.execute(context, [{ client, payload, readOnly: false }]);
    const root = toHex(app.stateHash());
    payload.fill(0);
    expect(read(app, { op: 'get', key: 'k' })).toEqual({ ok: true, found: true, value: 'text' });
    expect(toHex(app.stateHash())).toBe(root);
  });

  it('never throws on a payload, a query or a result, and changes nothing by a bad one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, readOnly) => {
        const app = fresh();
        run(app, { op: 'put', key: 'k', value: 'text' });
        const root = toHex(app.stateHash());
        const [result] = app.execute(context, [{ client, payload: bytes, readOnly }]);
        const decoded = kv.decodeResult(result!);
        if (decoded.ok === false || readOnly) expect(toHex(app.stateHash())).toBe(root);
        kv.decodeResult(app.query(bytes));
        app.check({ client, payload: bytes, readOnly });
        kv.decodeResult(bytes);
      }),
      { numRuns: 500 },
    );
    expect(kv.decodeResult(new Uint8Array())).toMatchObject({ ok: false, code: 'bad-result' });
  });

  it('refuses to write in a read', () => {
    const app = fresh();
    const payload = kv.encodeCommand({ op: 'put', key: 'k', value: 1 });
    const [result] = app.execute(context, [{ client, payload, readOnly: true }]);
    expect(kv.decodeResult(result!)).toMatchObject({ ok: false, code: 'read-only' });
    expect(app.check({ client, payload, readOnly: true })).toBe('a read cannot write');
    expect(app.check({ client, payload, readOnly: false })).toBeUndefined();
    expect(app.check({ client, payload: payload.subarray(1), readOnly: false })).toContain('no request');
    const get = kv.encodeCommand({ op: 'get', key: 'k' });
    expect(app.execute(context, [{ client, payload: get, readOnly: true }])).toEqual([app.query(get)]);
  });

  it('is bounded in entries and in bytes', () => {
    const few = fresh({ maxEntries: 2 });
    for (const name of ['a', 'b']) expect(run(few, { op: 'put', key: name, value: 1 })).toEqual({ ok: true });
    expect(run(few, { op: 'put', key: 'c', value: 1 })).toMatchObject({ ok: false, code: 'state-full' });
    expect(run(few, { op: 'put', key: 'a', value: 'longer' })).toEqual({ ok: true });
    expect(run(few, { op: 'delete', key: 'b' })).toEqual({ ok: true, existed: true });
    expect(run(few, { op: 'cas', key: 'c', expected: null, value: 1 })).toEqual({ ok: true });
    const small = fresh({ maxBytes: 10 });
    expect(run(small, { op: 'put', key: 'a', value: '12345678' })).toEqual({ ok: true });
    expect(run(small, { op: 'put', key: 'a', value: '123456789' })).toMatchObject({ code: 'state-full' });
    expect(read(small, { op: 'size' })).toEqual({ ok: true, entries: 1, bytes: 10 });
  });

  it('says what is wrong with a request or a genesis', () => {
    const bad = (request: unknown, say: RegExp) => {
      expect(() => kvCodec.encodeCommand(request)).toThrowError(say);
      expect(() => kvCodec.encodeCommand(request)).toThrowError(
        expect.objectContaining({ code: 'bad-request' }),
      );
    };
    bad({ op: 'increment', key: 'a' }, /no operation "increment".*put, get, delete, cas/);
    bad({ op: 'toString' }, /no operation/);
    bad('put', /an object with an 'op'/);
    bad(null, /an object with an 'op'/);
    bad({ op: 'put', key: '', value: 1 }, /'key' must have 1 to 1024 bytes/);
    bad({ op: 'put', key: 'x'.repeat(1025), value: 1 }, /'key' must have 1 to 1024 bytes/);
    bad({ op: 'put', key: 5, value: 1 }, /'key' must be text or bytes/);
    bad({ op: 'put', key: 'a' }, /'value' must be/);
    bad({ op: 'put', key: 'a', value: 1n }, /'value' must be/);
    bad({ op: 'put', key: 'a', vaule: 1 }, /no field 'vaule'/);
    expect(() => kvCodec.encodeQuery({ op: 'put', key: 'a', value: 1 })).toThrowError(/get, size/);
    expect(() => fresh({ maxEntries: 0 })).toThrowError(expect.objectContaining({ code: 'bad-genesis' }));
    expect(() => fresh({ max: 1 })).toThrowError(/no parameter 'max'; it has maxEntries, maxBytes/);
    expect(() => applicationByName('nothing')).toThrowError(/no app 'nothing'; there are kv, ledger/);
  });
});
