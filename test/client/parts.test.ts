import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClusterFolder } from '../../src/cli/cluster-homes.ts';
import { Heights } from '../../src/client/heights.ts';
import { readClientHome } from '../../src/client/node-home.ts';
import { initialNonce, NonceWindow } from '../../src/client/nonces.ts';
import { type Entry, Outstanding, type Settled } from '../../src/client/outstanding.ts';
import { frames } from '../../src/client/transmitter.ts';
import { CLIENT_FRAME_LIMITS, decodeFrame } from '../../src/codec/frame.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { MAX_CLIENT_FRAME_BYTES, MAX_MESSAGES_PER_FRAME } from '../../src/core/limits.ts';
import { MAC_BYTES } from '../../src/crypto/session.ts';

describe('nonces', () => {
  it('are handed out one by one, and never a span above the lowest that is open', () => {
    const steps = fc.array(fc.option(fc.nat(31), { nil: undefined }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), steps, (span, choices) => {
        const window = new NonceWindow(1000, span);
        const open: number[] = [];
        let expected = 1000;
        for (const choice of choices) {
          if (choice === undefined) {
            const nonce = window.take();
            const full = open.length > 0 && expected - Math.min(...open) >= span;
            expect(nonce).toBe(full ? undefined : expected);
            if (nonce !== undefined) open.push(expected++);
          } else if (open.length > 0) {
            window.release(open.splice(choice % open.length, 1)[0]!);
          }
        }
      }),
    );
  });

  it('that are not open are released without effect', () => {
    const window = new NonceWindow(10, 2);
    window.release(10);
    expect([window.take(), window.take(), window.take()]).toEqual([10, 11, undefined]);
    window.release(9);
    window.release(12);
    window.release(11);
    expect(window.take()).toBeUndefined();
    window.release(10);
    expect([window.take(), window.take(), window.take()]).toEqual([12, 13, undefined]);
  });

  it('start above those of any earlier start, and fit 2⁵³ for centuries', () => {
    expect(initialNonce(1_700_000_000_001) - initialNonce(1_700_000_000_000)).toBe(1000);
    expect(Number.isSafeInteger(initialNonce(Date.UTC(2250, 0)))).toBe(true);
    expect(initialNonce(0)).toBe(1);
  });
});

describe('the height of the chain', () => {
  it('is never above what some honest validator said, whatever f say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
        fc.nat(1_000_000),
        (honest, lie) => {
          const heights = new Heights(2);
          heights.report(3, lie);
          honest.forEach((sequence, id) => {
            heights.report(id, sequence);
          });
          expect(heights.current).toBeLessThanOrEqual(Math.max(...honest));
          expect(heights.current).toBeGreaterThanOrEqual(honest.toSorted((a, b) => b - a)[1]!);
        },
      ),
    );
  });

  it('does not fall below what was executed', () => {
    const heights = new Heights(2);
    heights.executed(50);
    heights.report(0, 10);
    heights.report(1, 10);
    expect(heights.current).toBe(50);
    expect(heights.reports).toBe(2);
  });
});

describe('matching answers', () => {
  const digest = 'ab'.repeat(32);

  function outstanding(n: number, needed: number) {
    const ends: (Settled | Error)[] = [];
    const table = new Outstanding(n, needed);
    const entry: Entry = {
      digest,
      item: Uint8Array.of(1),
      waiter: { settled: (end) => ends.push(end), failed: (error) => ends.push(error) },
      startedMs: 0,
      deadlineMs: 100,
      resendAtMs: 10,
      resendAfterMs: 10,
      candidates: [],
      refusals: [],
    };
    table.add(entry);
    return { table, ends };
  }

  it('settle a transaction exactly when f + 1 different validators gave one of them, and fail it when none can', () => {
    const answers = fc.array(fc.tuple(fc.nat(6), fc.nat(1), fc.nat(1)), { maxLength: 30 });
    const noAgreement: [number, number, number][] = [0, 0, 1, 1, 2, 2, 3].map((value, from) => [
      from,
      value >> 1,
      value & 1,
    ]);
    fc.assert(
      fc.property(answers, (given) => {
        const { table, ends } = outstanding(7, 3);
        const first = new Map<number, string>();
        const most = () => {
          const votes = new Map<string, number>();
          for (const vote of first.values()) votes.set(vote, (votes.get(vote) ?? 0) + 1);
          return Math.max(0, ...votes.values());
        };
        const hopeless = () => most() + (7 - first.size) < 3;
        for (const [from, sequence, result] of given) {
          if (most() < 3 && !first.has(from)) first.set(from, `${sequence}/${result}`);
          table.reply(from, digest, sequence, Uint8Array.of(result), 5);
          expect(ends.length).toBe(most() >= 3 || hopeless() ? 1 : 0);
        }
        for (const end of ends)
          if (hopeless()) expect(end).toMatchObject({ code: 'no-agreement' });
          else expect(end).not.toBeInstanceOf(Error);
      }),
      { examples: [[noAgreement]] },
    );
  });

  it('are kept as copies of their frames', () => {
    const { table, ends } = outstanding(4, 2);
    const frame = Uint8Array.of(7, 7);
    table.reply(0, digest, 1, frame.subarray(0, 1), 5);
    frame.fill(0);
    table.reply(1, digest, 1, Uint8Array.of(7), 6);
    expect(ends).toEqual([{ sequence: 1, result: Uint8Array.of(7), latencyMs: 6 }]);
  });

  it('are waited for until the deadline, and asked for again meanwhile, ever more seldom', () => {
    const { table, ends } = outstanding(4, 2);
    const sent: number[] = [];
    for (let now = 0; now <= 100; now++) table.tick(now, () => sent.push(now));
    expect(sent).toEqual([10, 30, 70]);
    expect(ends).toMatchObject([{ code: 'timeout' }]);
    expect(table.size).toBe(0);
  });

  it('are not refusals: a later refusal of the same validator replaces its earlier one', () => {
    const { table, ends } = outstanding(4, 2);
    for (let i = 0; i < 5; i++) table.refusal(0, digest, 'transaction-refused', 'no', 1);
    table.refusal(1, digest, 'duplicate', '', 1);
    expect(ends).toEqual([]);
    table.refusal(2, digest, 'transaction-expired', '', 1);
    expect(ends).toMatchObject([
      { code: 'rejected', message: expect.stringContaining('transaction-expired') },
    ]);
  });

  it('to something else change nothing', () => {
    const { table, ends } = outstanding(4, 2);
    for (const from of [0, 1, 2]) {
      table.reply(from, 'cd'.repeat(32), 1, Uint8Array.of(1), 1);
      table.refusal(from, 'cd'.repeat(32), 'mempool-full', '', 1);
    }
    expect(ends).toEqual([]);
    expect([...table.items()]).toEqual([Uint8Array.of(1)]);
  });
});

describe('frames', () => {
  it('hold all items in order, each frame within what a validator takes', () => {
    const sizes = fc.array(fc.constantFrom(0, 1, 100, 70_000, 1 << 20, 3 << 20), { maxLength: 12 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const items = lengths.map((length, i) => encodeValue([3, i, new Uint8Array(length)]));
        const decoded = [...frames(items)].flatMap((frame) => {
          expect(frame.length).toBeLessThanOrEqual(MAX_CLIENT_FRAME_BYTES + MAC_BYTES);
          const inside = decodeFrame(frame.subarray(MAC_BYTES), CLIENT_FRAME_LIMITS);
          expect(inside).toBeInstanceOf(Array);
          return inside as readonly unknown[];
        });
        expect(decoded.map((item) => (item as unknown[])[1])).toEqual(lengths.map((_, i) => i));
      }),
      { numRuns: 50 },
    );
  });

  it('are split by number too', () => {
    const items = Array.from({ length: 2 * MAX_MESSAGES_PER_FRAME + 1 }, (_, i) => encodeValue([3, i]));
    const all = [...frames(items)].map((frame) =>
      decodeFrame(frame.subarray(MAC_BYTES), CLIENT_FRAME_LIMITS),
    );
    expect(all.map((one) => one.length)).toEqual([MAX_MESSAGES_PER_FRAME, MAX_MESSAGES_PER_FRAME, 1]);
  });
});

describe('a home', () => {
  it('gives a client the chain, the addresses, and a key of its own', async () => {
    const root = mkdtempSync(join(tmpdir(), 'lockstep-client-'));
    try {
      const cluster = await makeClusterFolder({ folder: join(root, 'net') });
      const whole = readClientHome(cluster.folder, 'ed25519');
      expect(whole.urls).toEqual(cluster.urls);
      expect(whole.genesis).toEqual(cluster.genesis);
      expect(whole.key?.publicKey.length).toBe(32);
      expect(readClientHome(cluster.folder, 'ml-dsa-87').key?.publicKey.length).toBe(2592);
      const own = readClientHome(cluster.homes[2]!, 'ed25519');
      expect(own.urls).toEqual(cluster.urls);
      expect(own.key).toBeUndefined();
      writeFileSync(join(root, 'genesis.json'), '{}');
      expect(() => readClientHome(root, 'ed25519')).toThrow('is no genesis');
      writeFileSync(join(root, 'genesis.json'), 'x');
      expect(() => readClientHome(root, 'ed25519')).toThrow('is not JSON');
      expect(() => readClientHome(join(root, 'nothing'), 'ed25519')).toThrow('has no genesis.json');
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
