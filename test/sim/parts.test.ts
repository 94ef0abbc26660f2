import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../src/core/assert.ts';
import type { Attested } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import {
  Clients,
  Disk,
  GENESIS,
  Ledger,
  Mixer,
  SymbolicVerifier,
  sign,
  symbolicDigest,
} from '../../src/sim/index.ts';
import { Mempool } from '../../src/sim/mempool.ts';
import { type ToyMessage, toy } from './toy.ts';

const mark: ToyMessage = { type: 'mark', sequence: 1, digest: 'a'.repeat(64) };

describe('symbolic signatures', () => {
  const verifier = new SymbolicVerifier(toy.messages);

  test('hold for their signer and their message alone', () => {
    const signed = sign(2, mark);
    expect(verifier.verify(signed)).toBe(true);
    expect(verifier.verify({ ...signed, from: 1 })).toBe(false);
    // An equal message is another one: nobody can make the token fit it.
    expect(verifier.verify({ ...signed, message: { ...mark } })).toBe(false);
    const bytes = { body: signed.envelope.body, signature: signed.envelope.signature };
    expect(verifier.verify({ ...signed, envelope: bytes })).toBe(false);
  });

  test('are checked at any depth', () => {
    const good: Attested<ToyMessage> = sign(1, mark);
    const bad = { ...good, from: 3 };
    const bundle = (marks: Attested<ToyMessage>[], best: Attested<ToyMessage> = good) =>
      sign<ToyMessage>(0, { type: 'bundle', marks, best: { mark: best } });
    expect(verifier.verify(bundle([good, good]))).toBe(true);
    expect(verifier.verify(bundle([]))).toBe(true);
    expect(verifier.verify(bundle([good, bad]))).toBe(false);
    expect(verifier.verify(bundle([good], bad))).toBe(false);
    // Of the type that the schema names.
    expect(verifier.verify(bundle([bundle([])]))).toBe(false);
    expect(verifier.verify(sign(0, { type: 'unknown' } as never))).toBe(false);
  });

  test('have bytes that are equal for equal messages of one signer', () => {
    const body = (signer: number, message: ToyMessage): string =>
      Buffer.from(sign(signer, message).envelope.body).toString();
    expect(body(1, mark)).toBe(body(1, { ...mark }));
    expect(body(1, mark)).not.toBe(body(2, mark));
    expect(body(1, mark)).not.toBe(body(1, { ...mark, sequence: 2 } as ToyMessage));
    const batch = new Clients().batch(1, []);
    expect(body(1, { type: 'order', sequence: 1, digest: batch.digest, batch })).toContain(batch.digest);
    expect(body(0, { type: 'bundle', marks: [sign(1, mark)], best: { mark: sign(2, mark) } })).toContain(
      '"from":2',
    );
  });
});

describe('symbolic hashes', () => {
  test('have the shape of digests and depend on everything', () => {
    const digest = symbolicDigest(new Mixer().text('a').int(1));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const all = [
      new Mixer(),
      new Mixer().int(0),
      new Mixer().int(1),
      new Mixer().int(2 ** 32 + 1),
      new Mixer().int(1.5),
      new Mixer().int(-1),
      new Mixer().int(1).int(2),
      new Mixer().int(2).int(1),
      new Mixer().text('1'),
      new Mixer().digest(digest),
    ];
    expect(new Set(all.map((mixer) => mixer.hex())).size).toBe(all.length);
  });

  test('do not collide in a hundred thousand', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i++) seen.add(new Mixer().int(i).hex());
    expect(seen.size).toBe(100_000);
  });
});

describe('clients', () => {
  test('alone make transactions', () => {
    const clients = new Clients();
    const first = clients.issue();
    for (let i = 0; i < 300; i++) clients.issue();
    expect(clients.idOf(first)).toBe(0);
    expect(clients.idOf(clients.issued[299]!)).toBe(299);
    expect(clients.idOf(first.slice())).toBe(-1);
    expect(clients.idOf(Uint8Array.of(1, 2, 3, 4))).toBe(-1);
    expect(new Clients().idOf(first)).toBe(-1);
  });

  test('a batch is told by its time, its transactions and their order', () => {
    const clients = new Clients();
    const [a, b] = [clients.issue(), clients.issue()];
    const digests = [
      clients.batch(1, [a, b]),
      clients.batch(1, [b, a]),
      clients.batch(2, [a, b]),
      clients.batch(1, [a]),
    ].map((batch) => batch.digest);
    expect(new Set(digests).size).toBe(4);
    expect(clients.batch(1, [a, b])).toMatchObject({ digest: digests[0], timeMs: 1, bytes: 8 });
  });
});

describe('the ledger', () => {
  test('takes slots in order and no transaction twice', () => {
    const clients = new Clients();
    const [a, b] = [clients.issue(), clients.issue()];
    const ledger = new Ledger(clients);
    ledger.apply(1, clients.batch(0, [a]));
    expect(() => ledger.apply(3, clients.batch(0, [b]))).toThrow(InvariantError);
    ledger.apply(2, clients.batch(0, [b, a]));
    expect([...ledger.executed]).toEqual([0, 1]);
    expect(ledger.at(1)!.sequence).toBe(1);
    expect(ledger.at(3)).toBeUndefined();
    expect(ledger.at(0)).toBe(GENESIS);
  });

  test('goes back to a snapshot and comes to the same again', () => {
    const clients = new Clients();
    const batches = Array.from({ length: 5 }, (_, i) => clients.batch(i, [clients.issue()]));
    const ledger = new Ledger(clients);
    batches.slice(0, 3).forEach((batch, i) => {
      ledger.apply(i + 1, batch);
    });
    const snapshot = ledger.tip;
    ledger.apply(4, batches[3]!);
    const { digest } = ledger.tip;
    ledger.restore(snapshot);
    expect([...ledger.executed].sort()).toEqual([0, 1, 2]);
    ledger.apply(4, batches[3]!);
    expect(ledger.tip.digest).toBe(digest);
    ledger.restore(snapshot);
    ledger.apply(4, batches[4]!);
    expect(ledger.tip.digest).not.toBe(digest);
  });
});

describe('the mempool', () => {
  test('gives each transaction out once, oldest first, until its proposals are forgotten', () => {
    const clients = new Clients();
    const pool = new Mempool(clients);
    const all = Array.from({ length: 5 }, () => clients.issue());
    expect(pool.oldestMs).toBe(-1);
    all.forEach((transaction, i) => {
      pool.add(transaction, 10 + i);
    });
    pool.add(all[0]!, 99);
    pool.add(Uint8Array.of(9, 9, 9, 9), 99);
    expect(pool.size).toBe(5);
    expect(pool.oldestMs).toBe(10);
    expect(pool.take(2)).toEqual(all.slice(0, 2));
    expect(pool.unproposed).toBe(3);
    pool.remove(0);
    expect(pool.oldestMs).toBe(11);
    expect(pool.take(9)).toEqual(all.slice(2));
    expect(pool.take(9)).toEqual([]);
    pool.forgetProposals();
    expect(pool.unproposed).toBe(4);
    expect(pool.relayable(2)).toEqual(all.slice(1, 3));
    pool.take(1);
    expect(pool.relayable(2)).toEqual(all.slice(2, 4));
  });
});

describe('the disk', () => {
  test('loses some of the tail that was not written, and nothing else', () => {
    const kept = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const disk = new Disk<number>();
      for (let i = 0; i < 3; i++) disk.append(i);
      disk.flush();
      for (let i = 3; i < 6; i++) disk.append(i);
      disk.crash(new SeededRandom(seed));
      expect(disk.records).toEqual([0, 1, 2, 3, 4, 5].slice(0, disk.records.length));
      expect(disk.written).toBe(disk.records.length);
      kept.add(disk.records.length);
    }
    expect([...kept].sort()).toEqual([3, 4, 5, 6]);
  });

  test('keeps the newest two snapshots; a replaced log is written', () => {
    const clients = new Clients();
    const ledger = new Ledger(clients);
    const disk = new Disk<string>();
    for (let sequence = 1; sequence <= 4; sequence++) {
      ledger.apply(sequence, clients.batch(sequence, []));
      disk.save(ledger.tip);
      disk.save(ledger.tip);
    }
    expect(disk.snapshots.map((snapshot) => snapshot.sequence)).toEqual([3, 4]);
    disk.append('old');
    disk.replace(['new']);
    disk.crash(new SeededRandom(1));
    expect(disk.records).toEqual(['new']);
  });
});
