import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap } from '../../src/apps/authenticated-map.ts';
import type { StateMachine } from '../../src/apps/interface.ts';
import { applicationByName } from '../../src/apps/registry.ts';
import { type ParsedTransaction, parseTransaction } from '../../src/codec/transaction.ts';
import { type Batch, NULL_BATCH } from '../../src/core/batch.ts';
import { bytesEqual, toHex } from '../../src/core/bytes.ts';
import { LockstepError } from '../../src/core/errors.ts';
import type { Chain } from '../../src/core/genesis.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { createExecutor } from '../../src/replica/executor.ts';
import { type Node, publicKeyOf, testBatch, testChain, testNode, testTransaction } from './fixtures.ts';

let hasher: Hasher;
let chain: Chain;
let ids: string[];
const kv = applicationByName('kv');
const ledger = applicationByName('ledger');
beforeAll(async () => {
  hasher = await createHasher('blake3');
  chain = testChain(hasher, { name: 'kv', params: {} });
  ids = Array.from({ length: 5 }, (_, i) => hasher.hex('client', Uint8Array.of(1), publicKeyOf(i)));
});

function parse(bytes: Uint8Array): ParsedTransaction {
  const parsed = parseTransaction(bytes, 4096);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

const put = (key: string, value: unknown): Uint8Array => kv.encodeCommand({ op: 'put', key, value });

/** A run of slots: fresh transactions, repeats of old ones, bytes that are none, null batches. */
function randomLedger(seed: number, slots: number): { timeMs: number; transactions: Uint8Array[] }[] {
  const random = new SeededRandom(seed);
  const sent: Uint8Array[] = [];
  return Array.from({ length: slots }, (_, i) => {
    const transactions: Uint8Array[] = [];
    for (let n = random.below(6); n > 0; n--) {
      if (sent.length > 0 && random.chance(0.3)) {
        transactions.push(random.pick(sent));
      } else if (random.chance(0.1)) {
        transactions.push(new Uint8Array(random.below(200)).fill(random.below(256)));
      } else {
        const transaction = testTransaction(chain, {
          client: random.below(4),
          nonce: random.below(30),
          expiry: i + random.below(40),
          payload: random.chance(0.1) ? Uint8Array.of(1, 2) : put(`k${random.below(9)}`, random.below(99)),
          kind: random.chance(0.2) ? 'read' : 'write',
          salt: random.below(3),
        });
        sent.push(transaction);
        transactions.push(transaction);
      }
    }
    return { timeMs: 1000 + random.below(50), transactions };
  });
}

function batchFor(
  node: Node,
  { timeMs, transactions }: { timeMs: number; transactions: Uint8Array[] },
): Batch {
  return transactions.length === 0 ? NULL_BATCH : testBatch(node, timeMs, transactions);
}

describe('the executor', () => {
  it('gives the same headers, results and checkpoints for the same batches', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const one = testNode(hasher, chain);
        const two = testNode(hasher, chain);
        for (const [i, slot] of randomLedger(seed, 40).entries()) {
          const a = one.executor.execute(i + 1, batchFor(one, slot));
          const b = two.executor.execute(i + 1, batchFor(two, slot));
          expect(b).toEqual(a);
          if ((i + 1) % 8 !== 0) continue;
          const checkpoint = one.executor.checkpoint();
          expect(two.executor.checkpoint().digest).toBe(checkpoint.digest);
          expect(two.executor.checkpoint().digest).toBe(checkpoint.digest);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('goes on from an installed snapshot as from the replayed slots', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, interval) => {
        const slots = randomLedger(seed, 40);
        const replayed = testNode(hasher, chain);
        const installed = testNode(hasher, chain);
        // What stands there before is replaced whole.
        installed.executor.execute(1, batchFor(installed, slots[5]!));
        const at = interval * 8;
        for (let i = 0; i < at; i++) {
          replayed.executor.execute(i + 1, batchFor(replayed, slots[i]!));
          if ((i + 1) % 8 === 0) replayed.executor.checkpoint();
        }
        const { digest, meta, stateRoot, ...state } = replayed.executor.checkpoint();
        // The snapshot was taken before these.
        for (let i = at; i < 40; i++) replayed.executor.execute(i + 1, batchFor(replayed, slots[i]!));
        expect(installed.executor.install(at, meta, [...state.chunks()], digest)).toBe(true);
        expect(installed.executor.checkpoint()).toMatchObject({ digest, stateRoot, sequence: at });
        for (let i = at; i < 40; i++) installed.executor.execute(i + 1, batchFor(installed, slots[i]!));
        expect(installed.executor.header).toBe(replayed.executor.header);
        expect(installed.executor.timeMs).toBe(replayed.executor.timeMs);
        expect(installed.executor.checkpoint().digest).toBe(replayed.executor.checkpoint().digest);
      }),
      { numRuns: 25 },
    );
  });

  it('installs all or nothing, and only what has the certified digest', () => {
    const source = testNode(hasher, chain);
    for (const [i, slot] of randomLedger(3, 16).entries())
      source.executor.execute(i + 1, batchFor(source, slot));
    const { digest, meta, ...state } = source.executor.checkpoint();
    const chunks = [...state.chunks()];
    const target = testNode(hasher, chain);
    for (const [i, slot] of randomLedger(4, 8).entries())
      target.executor.execute(i + 1, batchFor(target, slot));
    const before = target.executor.checkpoint();
    const unchanged = (
      sequence: number,
      badMeta: Uint8Array,
      badChunks: readonly Uint8Array[],
      badDigest: string,
    ): void => {
      expect(target.executor.install(sequence, badMeta, badChunks, badDigest)).toBe(false);
      expect(target.executor.checkpoint().digest).toBe(before.digest);
      expect(target.executor.sequence).toBe(8);
    };
    unchanged(16, meta, chunks, before.digest);
    unchanged(15, meta, chunks, digest);
    unchanged(16, meta.subarray(1), chunks, digest);
    unchanged(16, meta, [], digest);
    unchanged(16, meta, chunks.slice(1), digest);
    unchanged(16, meta, [...chunks].reverse(), digest);
    for (let at = 0; at < meta.length; at += at < 300 ? 5 : 997) {
      const changed = Uint8Array.from(meta);
      changed[at]! ^= 1;
      unchanged(16, changed, chunks, digest);
    }
    for (const [i, chunk] of chunks.entries()) {
      for (let at = 0; at < chunk.length; at += 97) {
        const changed = Uint8Array.from(chunk);
        changed[at]! ^= 1;
        unchanged(16, meta, chunks.with(i, changed), digest);
      }
    }
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(fc.uint8Array()), (bytes, pieces) => {
        unchanged(16, bytes, pieces, digest);
      }),
    );
    expect(target.executor.install(16, meta, chunks, digest)).toBe(true);
    expect(target.executor.checkpoint().digest).toBe(digest);
    const again = testNode(hasher, chain);
    again.executor.restore(16, meta, chunks);
    expect(again.executor.checkpoint().digest).toBe(digest);
    expect(() => again.executor.restore(16, meta, [])).toThrowError(LockstepError);
  });

  it('executes each transaction once, and answers its repeats with the first result', () => {
    const node = testNode(hasher, chain);
    const transaction = testTransaction(chain, { client: 1, nonce: 1, expiry: 50, payload: put('a', 1) });
    const get = testTransaction(chain, {
      client: 1,
      nonce: 2,
      expiry: 50,
      payload: kv.encodeQuery({ op: 'get', key: 'a' }),
      kind: 'read',
    });
    const overwrite = testTransaction(chain, { client: 2, nonce: 1, expiry: 50, payload: put('a', 2) });
    const first = node.executor.execute(1, testBatch(node, 5, [transaction, transaction, get]));
    expect(first.transactions.map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(kv.decodeResult(first.transactions[2]!.result)).toEqual({ ok: true, found: true, value: 1 });
    node.executor.execute(2, testBatch(node, 6, [overwrite]));
    const again = node.executor.execute(3, testBatch(node, 7, [transaction, get]));
    expect(again.transactions.map(({ sequence }) => sequence)).toEqual([1, 1]);
    expect(again.transactions[1]!.result).toEqual(first.transactions[2]!.result);
    const query = node.app.query(kv.encodeQuery({ op: 'get', key: 'a' }));
    expect(kv.decodeResult(query)).toEqual({ ok: true, found: true, value: 2 });
    // Another transaction under a nonce that was spent is refused, and says so.
    const double = testTransaction(chain, { client: 1, nonce: 1, expiry: 50, payload: put('a', 3) });
    const [refused] = node.executor.execute(4, testBatch(node, 8, [double])).transactions;
    expect(kv.decodeResult(refused!.result)).toMatchObject({ ok: false, code: 'transaction-nonce' });
    // A replica that installed the state answers the same from it.
    const { digest, meta, ...state } = node.executor.checkpoint();
    const fresh = testNode(hasher, chain);
    expect(fresh.executor.install(4, meta, [...state.chunks()], digest)).toBe(true);
    const repeated = fresh.executor.execute(5, testBatch(fresh, 9, [transaction]));
    expect(repeated.transactions[0]).toMatchObject({ sequence: 1, result: first.transactions[0]!.result });
  });

  it('makes a result of a transaction that is none, too late, or too early', () => {
    const node = testNode(hasher, chain);
    const make = (nonce: number, expiry: number): Uint8Array =>
      testTransaction(chain, { client: 1, nonce, expiry, payload: put('a', nonce) });
    node.executor.execute(1, NULL_BATCH);
    const transactions = [
      new Uint8Array(3),
      new Uint8Array(5000),
      make(1, 1),
      make(1, 1_000_003),
      make(0, 9),
      make(1, 2),
    ];
    const executed = node.executor.execute(2, testBatch(node, 5, transactions));
    expect(executed.transactions.map(({ result }) => kv.decodeResult(result))).toMatchObject([
      { code: 'transaction-malformed' },
      { code: 'transaction-malformed' },
      { code: 'transaction-expired' },
      { code: 'transaction-expiry-too-far' },
      { code: 'transaction-nonce' },
      { ok: true },
    ]);
    expect(executed.transactions.map(({ digest }) => digest)).toEqual(
      transactions.map((bytes) => hasher.hex('transaction', bytes)),
    );
  });

  it('keeps its time monotone, and null batches make headers', () => {
    const node = testNode(hasher, chain);
    const genesis = node.executor.header;
    const at = (sequence: number, timeMs: number, nonce: number): number => {
      const transaction = testTransaction(chain, { client: 1, nonce, expiry: 50, payload: put('a', 1) });
      node.executor.execute(sequence, testBatch(node, timeMs, [transaction]));
      return node.executor.timeMs;
    };
    expect([at(1, 500, 1), at(2, 400, 2), at(3, 600, 3)]).toEqual([500, 500, 600]);
    const before = node.executor.header;
    node.executor.execute(4, NULL_BATCH);
    expect(node.executor.timeMs).toBe(600);
    expect(new Set([genesis, before, node.executor.header]).size).toBe(3);
    expect(() => node.executor.execute(4, NULL_BATCH)).toThrowError(/broken invariant/);
  });

  it('binds chain, order, content and time in the header and the checkpoint', () => {
    const payloads = ['x', 'y'].map((key, i) => ({ client: i, nonce: 1, expiry: 50, payload: put(key, 1) }));
    const [x, y] = payloads.map((spec) => testTransaction(chain, spec)) as [Uint8Array, Uint8Array];
    const runs: [timeMs: number, Uint8Array[]][][] = [
      [[5, [x, y]]],
      [[5, [y, x]]],
      [[6, [x, y]]],
      [[5, [x]]],
      [
        [5, [x]],
        [5, [y]],
      ],
      [],
    ];
    const digests = runs.map((run) => {
      const node = testNode(hasher, chain);
      for (const [i, [timeMs, transactions]] of run.entries()) {
        node.executor.execute(i + 1, testBatch(node, timeMs, transactions));
      }
      return node.executor.checkpoint().digest;
    });
    const other = testNode(hasher, testChain(hasher, { name: 'kv', params: { maxEntries: 5 } }));
    expect(new Set([...digests, other.executor.checkpoint().digest]).size).toBe(7);
  });

  it('looks up what became of a transaction without changing anything', () => {
    const node = testNode(hasher, chain);
    const spec = { client: 1, nonce: 1, expiry: 50, payload: put('a', 1) };
    const transaction = testTransaction(chain, spec);
    const look = (bytes: Uint8Array) => node.executor.lookup(parse(bytes), hasher.hex('transaction', bytes));
    expect(look(transaction)).toEqual({ kind: 'new' });
    const executed = node.executor.execute(1, testBatch(node, 5, [transaction])).transactions[0]!;
    expect(look(transaction)).toEqual({ kind: 'executed', sequence: 1, result: executed.result });
    expect(look(testTransaction(chain, { ...spec, salt: 1 }))).toEqual({
      kind: 'refused',
      code: 'transaction-nonce',
    });
    expect(look(testTransaction(chain, { ...spec, nonce: 2, expiry: 1 }))).toMatchObject({
      code: 'transaction-expired',
    });
  });

  it('moves no money twice, whatever is repeated, and makes none', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const allocations = Object.fromEntries(ids.map((id) => [id, 100]));
        const money = testChain(hasher, { name: 'ledger', params: { allocations } });
        const random = new SeededRandom(seed);
        const node = testNode(hasher, money);
        const model = ids.map(() => 100);
        const sent: { bytes: Uint8Array; from: number; to: number; amount: number; done: boolean }[] = [];
        for (let sequence = 1; sequence <= 30; sequence++) {
          const batch = Array.from({ length: 1 + random.below(8) }, () => {
            if (sent.length > 0 && random.chance(0.5)) return random.pick(sent);
            const [from, to, amount] = [random.below(5), random.below(5), 1 + random.below(60)];
            const payload = ledger.encodeCommand({ op: 'transfer', to: ids[to], amount });
            const spec = { client: from, nonce: sent.length + 1, expiry: 1000, payload };
            const one = { bytes: testTransaction(money, spec), from, to, amount, done: false };
            sent.push(one);
            return one;
          });
          for (const one of batch) {
            if (one.done) continue;
            one.done = true;
            if (model[one.from]! < one.amount) continue;
            model[one.from]! -= one.amount;
            model[one.to]! += one.amount;
          }
          node.executor.execute(
            sequence,
            testBatch(
              node,
              sequence,
              batch.map(({ bytes }) => bytes),
            ),
          );
        }
        const balances = ids.map((account) => {
          const result = ledger.decodeResult(node.app.query(ledger.encodeQuery({ op: 'balance', account })));
          return (result as { balance?: unknown }).balance;
        });
        expect(balances).toEqual(model);
        expect(model.reduce((sum, one) => sum + one, 0)).toBe(500);
      }),
      { numRuns: 25 },
    );
  });

  it('stops where the application does not keep its contract', () => {
    const app: StateMachine = {
      name: 'short',
      check: () => undefined,
      execute: () => [],
      query: () => new Uint8Array(),
      stateHash: () => hasher.hash('state'),
      snapshot: () => new AuthenticatedMap(hasher).snapshot(),
      restore: () => {},
      adopt: () => {},
    };
    const digests = createBatchDigests(hasher);
    const executor = createExecutor({ chain, hasher, app, digests, verify: () => true });
    const transaction = testTransaction(chain, {
      client: 1,
      nonce: 1,
      expiry: 50,
      payload: new Uint8Array(),
    });
    expect(() => executor.execute(1, digests.batchOf(1, [transaction]))).toThrowError(
      /one result per command/,
    );
  });
});

describe('batch digests', () => {
  it('bind time, order and content, and are the same however the batch came', () => {
    const a = Uint8Array.of(1);
    const b = Uint8Array.of(2);
    const digests = createBatchDigests(hasher);
    const of = (timeMs: number, ...transactions: Uint8Array[]) => digests.batchDigest(timeMs, transactions);
    expect(new Set([of(1, a, b), of(1, b, a), of(2, a, b), of(1, a), of(1), of(2)]).size).toBe(6);
    const made = digests.batchOf(1, [a, b]);
    expect(made).toMatchObject({ digest: of(1, a, b), timeMs: 1, bytes: 2 });
    expect(createBatchDigests(hasher).batchDigest(1, [a, b])).toBe(made.digest);
    expect(digests.of(made).hex).toEqual([a, b].map((bytes) => hasher.hex('transaction', bytes)));
    expect(bytesEqual(digests.of(NULL_BATCH).root, hasher.hash('merkleEmpty'))).toBe(true);
    expect(toHex(digests.of(made).root)).toHaveLength(64);
  });
});
