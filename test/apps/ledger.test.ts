import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateMachine } from '../../src/apps/interface.ts';
import { applicationByName } from '../../src/apps/registry.ts';
import type { AppResult } from '../../src/apps/results.ts';
import { toHex } from '../../src/core/bytes.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

const ledger = applicationByName('ledger');
const context = { sequence: 1, timeMs: 1 };
const ids = Array.from({ length: 6 }, (_, i) => i.toString(16).repeat(64));
const fresh = (allocations: Record<string, number>, more = {}): StateMachine =>
  ledger.create({ allocations, ...more }, hasher);

interface Transfer {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

const payloadOf = ({ to, amount }: Transfer): Uint8Array =>
  ledger.encodeCommand({ op: 'transfer', to: ids[to], amount });
const commandOf = (one: Transfer) => ({ client: ids[one.from]!, payload: payloadOf(one), readOnly: false });

function run(app: StateMachine, transfers: readonly Transfer[]): AppResult[] {
  return app.execute(context, transfers.map(commandOf)).map((bytes) => ledger.decodeResult(bytes));
}

function balances(app: StateMachine): number[] {
  return ids.map((account) => {
    const result = ledger.decodeResult(app.query(ledger.encodeQuery({ op: 'balance', account })));
    return Number((result as { balance?: unknown }).balance);
  });
}

const supply = (app: StateMachine): AppResult =>
  ledger.decodeResult(app.query(ledger.encodeQuery({ op: 'supply' })));
const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

const account = fc.nat(ids.length - 1);
const transfer = fc.record({ from: account, to: account, amount: fc.integer({ min: 1, max: 120 }) });
const genesis = fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 1, max: 200 }));

describe('the ledger', () => {
  it('makes no money and overdraws no account, whatever is asked', () => {
    fc.assert(
      fc.property(genesis, fc.array(transfer, { maxLength: 60 }), (allocations, transfers) => {
        const app = fresh(allocations);
        const model = ids.map((id) => allocations[id] ?? 0);
        const sum = total(model);
        for (const one of transfers) {
          const [result] = run(app, [one]);
          const has = model[one.from]!;
          if (has < one.amount) {
            expect(result).toEqual({
              ok: false,
              code: 'insufficient-funds',
              message: `the account has ${has} and cannot spend ${one.amount}`,
            });
          } else {
            model[one.from]! -= one.amount;
            expect(result).toEqual({ ok: true, balance: one.from === one.to ? has : model[one.from] });
            model[one.to]! += one.amount;
          }
          expect(balances(app)).toEqual(model);
        }
        expect(Math.min(...balances(app))).toBeGreaterThanOrEqual(0);
        expect(total(balances(app))).toBe(sum);
        expect(supply(app)).toEqual({
          ok: true,
          supply: sum,
          accounts: model.filter((one) => one > 0).length,
        });
      }),
    );
  });

  it('gives balances that do not depend on the order of transfers that all take effect', () => {
    fc.assert(
      fc.property(fc.array(transfer, { maxLength: 40 }), fc.nat(), (transfers, seed) => {
        // Everybody can pay all that they are asked to, in any order.
        const allocations = Object.fromEntries(ids.map((id) => [id, 120 * 40]));
        const one = fresh(allocations);
        const other = fresh(allocations);
        for (const result of run(one, transfers)) expect(result.ok).toBe(true);
        run(other, new SeededRandom(seed).shuffle([...transfers]));
        expect(balances(other)).toEqual(balances(one));
        expect(toHex(other.stateHash())).toBe(toHex(one.stateHash()));
      }),
    );
  });

  it('takes the first of two transfers that spend the same money, and says why not the second', () => {
    const app = fresh({ [ids[0]!]: 100 });
    const results = run(app, [
      { from: 0, to: 1, amount: 100 },
      { from: 0, to: 2, amount: 100 },
    ]);
    expect(results).toEqual([
      { ok: true, balance: 0 },
      { ok: false, code: 'insufficient-funds', message: 'the account has 0 and cannot spend 100' },
    ]);
    expect(balances(app).slice(0, 3)).toEqual([0, 100, 0]);
  });

  it('is exact up to 2^53 - 1', () => {
    const app = fresh({ [ids[0]!]: Number.MAX_SAFE_INTEGER - 1, [ids[1]!]: 1 });
    run(app, [{ from: 0, to: 1, amount: Number.MAX_SAFE_INTEGER - 1 }]);
    expect(balances(app).slice(0, 2)).toEqual([0, Number.MAX_SAFE_INTEGER]);
    run(app, [{ from: 1, to: 0, amount: 1 }]);
    expect(balances(app).slice(0, 2)).toEqual([1, Number.MAX_SAFE_INTEGER - 1]);
    expect(supply(app)).toMatchObject({ supply: Number.MAX_SAFE_INTEGER, accounts: 2 });
  });

  it('is the same one by one, in a batch, and after a snapshot', () => {
    fc.assert(
      fc.property(
        genesis,
        fc.array(transfer, { maxLength: 30 }),
        fc.array(transfer, { maxLength: 30 }),
        (allocations, before, after) => {
          const app = fresh(allocations);
          for (const one of before) run(app, [one]);
          const snapshot = app.snapshot();
          const results = run(app, after);
          const copy = fresh({});
          copy.restore(snapshot.chunks(), snapshot.root);
          expect(run(copy, after)).toEqual(results);
          expect(toHex(copy.stateHash())).toBe(toHex(app.stateHash()));
          expect(balances(copy)).toEqual(balances(app));
        },
      ),
    );
  });

  it('bounds its accounts, and an emptied one makes room', () => {
    const app = fresh({ [ids[0]!]: 10, [ids[1]!]: 10 }, { maxAccounts: 2 });
    expect(run(app, [{ from: 0, to: 2, amount: 1 }])[0]).toMatchObject({
      ok: false,
      code: 'too-many-accounts',
    });
    expect(run(app, [{ from: 0, to: 2, amount: 10 }])[0]).toEqual({ ok: true, balance: 0 });
    expect(total(balances(app))).toBe(20);
  });

  it('never throws on a payload, and nobody spends what is not theirs by one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (payload, readOnly) => {
        const app = fresh({ [ids[0]!]: 50 });
        const command = { client: ids[1]!, payload, readOnly };
        const [result] = app.execute(context, [command]);
        ledger.decodeResult(result!);
        ledger.decodeResult(app.query(payload));
        app.check(command);
        ledger.decodeResult(payload);
        expect(balances(app)[0]).toBe(50);
      }),
      { numRuns: 500 },
    );
  });

  it('takes an amount of nothing, or a transfer in a read, for what it is', () => {
    const app = fresh({ [ids[0]!]: 50 });
    const payload = Uint8Array.from(payloadOf({ from: 0, to: 1, amount: 1 }));
    expect(app.check({ client: ids[0]!, payload, readOnly: true })).toBe('a read cannot transfer');
    const [refused] = app.execute(context, [{ client: ids[0]!, payload, readOnly: true }]);
    expect(ledger.decodeResult(refused!)).toMatchObject({ ok: false, code: 'read-only' });
    // [0, to (2 + 32 bytes), amount, memo]: the amount is at 36.
    expect(payload[36]).toBe(1);
    payload[36] = 0;
    const [nothing] = app.execute(context, [{ client: ids[0]!, payload, readOnly: false }]);
    expect(ledger.decodeResult(nothing!)).toMatchObject({ ok: false, code: 'bad-amount' });
    const rich = payloadOf({ from: 0, to: 1, amount: 51 });
    expect(app.check({ client: ids[0]!, payload: rich, readOnly: false })).toContain('not that much money');
    expect(app.check({ client: ids[0]!, payload: rich.subarray(1), readOnly: false })).toContain(
      'no request',
    );
    expect(balances(app)[0]).toBe(50);
  });

  it('says what is wrong with a request or a genesis', () => {
    const bad = (request: unknown, say: RegExp) =>
      expect(() => ledger.encodeCommand(request)).toThrowError(say);
    bad({ op: 'mint' }, /no operation "mint"/);
    bad({ op: 'transfer', to: 'alice', amount: 1 }, /'to' must be a client id of 64 hex digits/);
    for (const amount of [0, -1, 1.5, 2 ** 53, 2n ** 53n, '5', undefined]) {
      bad({ op: 'transfer', to: ids[0], amount }, /'amount' must be an integer from 1/);
    }
    bad(
      { op: 'transfer', to: ids[0], amount: 1, memo: 'é'.repeat(129) },
      /'memo' must be text of at most 256 bytes/,
    );
    bad({ op: 'transfer', to: ids[0], amount: 1, memo: 5 }, /'memo'/);
    expect(ledger.encodeCommand({ op: 'transfer', to: ids[0], amount: 5n, memo: 'rent' }).length).toBe(42);
    const badGenesis = (params: Record<string, unknown>, say: RegExp) => {
      expect(() => ledger.create(params, hasher)).toThrowError(say);
      expect(() => ledger.create(params, hasher)).toThrowError(
        expect.objectContaining({ code: 'bad-genesis' }),
      );
    };
    badGenesis({ allocations: [] }, /must be an object/);
    badGenesis({ allocations: { alice: 1 } }, /'alice' is no client id/);
    badGenesis({ allocations: { [ids[0]!]: 0.5 } }, /must be an integer/);
    badGenesis({ allocations: { ['aa'.repeat(32)]: 1, ['AA'.repeat(32)]: 1 } }, /allocated twice/);
    badGenesis({ allocations: { [ids[0]!]: Number.MAX_SAFE_INTEGER, [ids[1]!]: 1 } }, /exceed 2\^53 - 1/);
    badGenesis({ allocations: { [ids[0]!]: 1, [ids[1]!]: 1 }, maxAccounts: 1 }, /more allocations/);
    badGenesis({ allocation: {} }, /no parameter 'allocation'/);
  });
});
