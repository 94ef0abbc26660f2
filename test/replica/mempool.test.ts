import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mempool, type PendingTransaction } from '../../src/replica/mempool.ts';

const LIMITS = { maxTransactions: 40, maxBytes: 800, maxPerClient: 12 };

interface Held extends PendingTransaction {
  inFlight: boolean;
}

/** A pool and the list that it should be, driven by the same commands. */
class Pair {
  readonly pool = new Mempool(LIMITS);
  held: Held[] = [];
  private clock = 0;

  add(n: number, client: number, length: number, expiry: number): void {
    const digest = `digest-${n}`;
    const transaction = {
      digest,
      bytes: new Uint8Array(length),
      client: `client-${client}`,
      nonce: n,
      expiry,
      arrivedMs: this.clock++,
    };
    const answer = this.pool.add(transaction);
    if (this.held.some((one) => one.digest === digest)) {
      expect(answer).toBeUndefined();
      return;
    }
    const bytes = this.held.reduce((sum, one) => sum + one.bytes.length, 0);
    const ofClient = this.held.filter((one) => one.client === transaction.client).length;
    if (this.held.length >= LIMITS.maxTransactions || bytes + length > LIMITS.maxBytes) {
      expect(answer).toBe('mempool-full');
    } else if (ofClient >= LIMITS.maxPerClient) {
      expect(answer).toBe('rate-limited');
    } else {
      expect(answer).toBeUndefined();
      this.held.push({ ...transaction, inFlight: false });
    }
  }

  take(count: number, maxBytes: number, sequence: number): void {
    const expected: string[] = [];
    let bytes = 0;
    for (const one of this.held) {
      if (expected.length >= count) break;
      if (one.inFlight || one.expiry < sequence) continue;
      bytes += one.bytes.length;
      if (bytes > maxBytes) break;
      one.inFlight = true;
      expected.push(one.digest);
    }
    expect(this.pool.take(count, maxBytes, sequence).map((one) => one.digest)).toEqual(expected);
  }

  commit(numbers: readonly number[]): void {
    const digests = numbers.map((n) => `digest-${n}`);
    this.pool.committed(digests);
    this.held = this.held.filter((one) => !digests.includes(one.digest));
  }

  returnAll(): void {
    this.pool.returnAll();
    for (const one of this.held) one.inFlight = false;
  }

  expire(sequence: number): void {
    const gone = this.held.filter((one) => one.expiry <= sequence).map((one) => one.digest);
    expect(this.pool.expire(sequence).toSorted()).toEqual(gone.toSorted());
    this.held = this.held.filter((one) => one.expiry > sequence);
  }

  compare(): void {
    const { pool, held } = this;
    const waiting = held.filter((one) => !one.inFlight);
    expect(pool.size).toBe(held.length);
    expect(pool.waiting).toBe(waiting.length);
    expect(pool.bytes).toBe(held.reduce((sum, one) => sum + one.bytes.length, 0));
    expect(pool.oldestMs).toBe(held[0]?.arrivedMs ?? -1);
    expect(pool.relayable(5).map((one) => one.digest)).toEqual(waiting.slice(0, 5).map((one) => one.digest));
    for (const one of held) expect(pool.arrivedMs(one.digest)).toBe(one.arrivedMs);
  }
}

const small = fc.nat(60);
const command: fc.Arbitrary<(pair: Pair) => void> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(small, fc.nat(4), fc.nat(60), fc.integer({ min: 5, max: 30 })).map(
      ([n, client, length, expiry]) =>
        (pair: Pair) =>
          pair.add(n, client, length, expiry),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(8), fc.nat(200), fc.nat(20)).map(
      ([count, bytes, sequence]) =>
        (pair: Pair) =>
          pair.take(count, bytes, sequence),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.array(small, { maxLength: 8 }).map((numbers) => (pair: Pair) => pair.commit(numbers)),
  },
  { weight: 1, arbitrary: fc.constant((pair: Pair) => pair.returnAll()) },
  { weight: 1, arbitrary: fc.nat(20).map((sequence) => (pair: Pair) => pair.expire(sequence)) },
);

describe('the mempool', () => {
  it('is a bounded list in the order of arrival', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 150 }), (commands) => {
        const pair = new Pair();
        for (const one of commands) {
          one(pair);
          pair.compare();
        }
      }),
      { numRuns: 200 },
    );
  });

  const transaction = (n: number, more: Partial<PendingTransaction> = {}): PendingTransaction => ({
    digest: `d${n}`,
    bytes: new Uint8Array(10),
    client: `c${n % 500}`,
    nonce: n,
    expiry: 1_000_000,
    arrivedMs: n,
    ...more,
  });

  it('stays in order over many more than it holds, beside one that never leaves', () => {
    const pool = new Mempool({ maxTransactions: 3000, maxBytes: 1 << 20 });
    pool.add(transaction(0));
    pool.take(1, 1000, 1);
    let committed = 1;
    for (let n = 1; n <= 30_000; n++) {
      expect(pool.add(transaction(n))).toBeUndefined();
      if (n % 100 !== 0) continue;
      const taken = pool.take(100, 10_000, 1).map((one) => one.nonce);
      expect(taken).toEqual(Array.from({ length: 100 }, (_, i) => n - 99 + i));
      // The last hundred stay in flight.
      if (n === 100) continue;
      pool.committed(Array.from({ length: 100 }, (_, i) => `d${committed + i}`));
      committed += 100;
      expect(pool.oldestMs).toBe(0);
    }
    expect(pool.size).toBe(101);
    expect(pool.waiting).toBe(0);
    pool.returnAll();
    expect(pool.take(200, 10_000, 1).map((one) => one.nonce)).toEqual([
      0,
      ...Array.from({ length: 100 }, (_, i) => 29_901 + i),
    ]);
  });

  it('forgets what is done while much still waits', () => {
    const pool = new Mempool({ maxTransactions: 10_000, maxBytes: 1 << 20 });
    for (let n = 0; n < 4000; n++) pool.add(transaction(n));
    for (let n = 0; n < 4000; n += 50) {
      const taken = pool.take(50, 10_000, 1);
      expect(taken[0]!.nonce).toBe(n);
      expect(pool.oldestMs).toBe(n);
      pool.committed(taken.map((one) => one.digest));
      expect(pool.size).toBe(3950 - n);
    }
    expect(pool.oldestMs).toBe(-1);
    expect(pool.arrivedMs('d1')).toBeUndefined();
  });

  it('does not let one client take the place of all', () => {
    const pool = new Mempool({ maxTransactions: 100_000, maxBytes: 1 << 30 });
    let taken = 0;
    for (let n = 0; n < 5000; n++) if (pool.add(transaction(n, { client: 'greedy' })) === undefined) taken++;
    expect(taken).toBe(1024);
    expect(pool.add(transaction(5001, { client: 'modest' }))).toBeUndefined();
  });
});
