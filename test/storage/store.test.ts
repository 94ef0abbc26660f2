import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../src/core/bytes.ts';
import { SeededRandom } from '../../src/core/random.ts';
import type { ExecutedSlot, LedgerStore } from '../../src/storage/interface.ts';
import { openStore } from '../../src/storage/lmdb-store.ts';
import { loadLmdb } from '../../src/storage/lmdb-tables.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { MemoryTables } from '../../src/storage/memory-tables.ts';

const CHAIN = new Uint8Array(32).fill(7);
const random = new SeededRandom(5);
const bytes = (length: number) => Uint8Array.from({ length }, () => random.below(256));

interface Spec {
  readonly fork?: number;
  readonly clients?: readonly number[];
  readonly resultBytes?: number;
}

const clientId = (client: number) => toHex(new Uint8Array(32).fill(client));

/** A slot whose header tells its sequence and its fork. */
function slot(sequence: number, { fork = 0, clients = [1, 2], resultBytes = 9 }: Spec = {}): ExecutedSlot {
  const header = new Uint8Array(32).fill(fork);
  new DataView(header.buffer).setUint32(0, sequence);
  return {
    sequence,
    epoch: 3,
    timeMs: 1_700_000_000_000 + sequence,
    batchTimeMs: 1_700_000_000_000,
    header,
    previous: bytes(32),
    transactionsRoot: bytes(32),
    resultsRoot: bytes(32),
    batchDigest: toHex(bytes(32)),
    transactions: clients.map(() => bytes(1 + random.below(300))),
    results: clients.map(() => bytes(resultBytes)),
    digests: clients.map(() => toHex(bytes(32))),
    clients: clients.map(clientId),
  };
}

const certificate = (sequence: number) => ({
  sequence,
  epoch: 3,
  digest: toHex(new Uint8Array(32).fill(9)),
  meta: Uint8Array.of(1, 2, 3),
  certificate: [0, 1, 2].map((from) => ({ from, body: bytes(50), signature: bytes(64) })),
});

let dir: string;
const stores: LedgerStore[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lockstep-store-'));
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(dir, { recursive: true, force: true });
});

async function onDisk(retain = Number.POSITIVE_INFINITY, chainId = CHAIN): Promise<LedgerStore> {
  const store = await openStore({ path: join(dir, 'store'), chainId, retain });
  stores.push(store);
  return store;
}

async function closed(store: LedgerStore): Promise<void> {
  stores.splice(stores.indexOf(store), 1);
  await store.close();
}

const tables = new Map<string, MemoryTables>();
function inMemory(retain = Number.POSITIVE_INFINITY, lag = 5): LedgerStore {
  const kept = tables.get(dir) ?? new MemoryTables();
  tables.set(dir, kept);
  const store = new MemoryStore({ chainId: CHAIN, tables: kept, retain, lag });
  stores.push(store);
  return store;
}

async function positions(store: LedgerStore, by: 'digest' | 'client', digest: string, limit = 100) {
  const found = [];
  for (let before: { sequence: number; index: number } | undefined; ; ) {
    const part = await store.find(by, digest, before, limit);
    found.push(...part.positions);
    if (part.next === undefined) return found;
    before = part.next;
  }
}

describe.each([
  ['on the disk', onDisk],
  ['in memory', async (retain?: number) => inMemory(retain)],
])('the store %s', (_, open) => {
  it('gives back slots, checkpoints, evidence and the witness, after a restart too', async () => {
    const first = await open();
    const slots = Array.from({ length: 300 }, (_, i) => slot(i + 1));
    for (const one of slots) first.add(one);
    first.certify(certificate(64));
    first.certify(certificate(128));
    const [a, b] = certificate(1).certificate;
    first.accuse({ from: 2, offence: 'prepare', seenMs: 12, first: a!, second: b! });
    expect(first.getWitness()).toBeUndefined();
    first.putWitness(Uint8Array.of(1));
    first.putWitness(Uint8Array.of(1, 2));
    first.flushSync();
    await closed(first);

    const second = await open();
    expect(second.head).toBe(300);
    expect(second.getWitness()).toEqual(Uint8Array.of(1, 2));
    expect(await second.summary()).toMatchObject({ head: 300, first: 1, checkpoint: 128 });
    for (const sequence of [1, 150, 300]) {
      const { digests: _, clients: __, ...rest } = slots[sequence - 1]!;
      const { transactions, results, ...fields } = (await second.slot(sequence))!;
      expect({ ...fields, header: Uint8Array.from(fields.header) }).toMatchObject({
        sequence,
        epoch: 3,
        timeMs: rest.timeMs,
        batchTimeMs: rest.batchTimeMs,
        header: rest.header,
        batchDigest: rest.batchDigest,
      });
      for (const key of ['previous', 'transactionsRoot', 'resultsRoot'] as const)
        expect(toHex(fields[key])).toBe(toHex(rest[key]));
      expect(transactions.map(toHex)).toEqual(rest.transactions.map(toHex));
      expect(results.map(toHex)).toEqual(rest.results.map(toHex));
    }
    expect(await second.slot(301)).toBeUndefined();
    expect(await second.slotsFrom(299, 10)).toEqual([299, 300]);
    expect((await second.checkpointFrom(65))?.sequence).toBe(128);
    expect((await second.checkpointTo(127))?.sequence).toBe(64);
    expect(await second.checkpointFrom(129)).toBeUndefined();
    expect((await second.checkpointFrom(1))?.certificate.map(({ from }) => from)).toEqual([0, 1, 2]);
    expect(await second.evidence(10)).toMatchObject([{ from: 2, offence: 'prepare', seenMs: 12 }]);
  });

  it('finds transactions by digest and by client, newest first and page by page', async () => {
    const first = await open();
    const slots = Array.from({ length: 700 }, (_, i) =>
      slot(i + 1, { clients: i % 100 === 99 ? [5, 5, 6] : [i % 3] }),
    );
    for (const one of slots) first.add(one);
    for (const sequence of [1, 256, 257, 512, 600, 700]) {
      const { digests } = slots[sequence - 1]!;
      expect(await positions(first, 'digest', digests[0]!)).toEqual([{ sequence, index: 0 }]);
    }
    const expected = [700, 600, 500, 400, 300, 200, 100].flatMap((sequence) => [
      { sequence, index: 1 },
      { sequence, index: 0 },
    ]);
    expect(await positions(first, 'client', clientId(5))).toEqual(expected);
    await closed(first);
    const second = await open();
    expect(await positions(second, 'client', clientId(5), 3)).toEqual(expected);
    expect(await positions(second, 'client', clientId(77))).toEqual([]);
    expect(await positions(second, 'client', clientId(1), 50)).toHaveLength(
      slots.filter(({ clients }) => clients[0] === clientId(1)).length,
    );
  });

  it('leaves alone what it has, and replaces what turned out otherwise', async () => {
    const store = await open();
    const slots = Array.from({ length: 600 }, (_, i) => slot(i + 1));
    for (const one of slots) store.add(one);
    store.certify(certificate(512));
    for (const one of slots.slice(200, 300)) store.add(one);
    expect((await store.summary()).head).toBe(600);

    const other = slot(400, { fork: 1, clients: [9] });
    store.add(other);
    expect(await store.summary()).toMatchObject({ head: 400, checkpoint: 0 });
    expect(toHex((await store.slot(400))!.header)).toBe(toHex(other.header));
    expect(await store.slot(401)).toBeUndefined();
    expect(await positions(store, 'digest', slots[399]!.digests[0]!)).toEqual([]);
    expect(await positions(store, 'digest', slots[450]!.digests[0]!)).toEqual([]);
    expect(await positions(store, 'digest', slots[398]!.digests[0]!)).toEqual([{ sequence: 399, index: 0 }]);
    expect(await positions(store, 'client', clientId(9))).toEqual([{ sequence: 400, index: 0 }]);

    store.truncate(256);
    expect((await store.summary()).head).toBe(256);
    // A state that came from others: the slots between are not here.
    store.add(slot(1000));
    expect(await store.summary()).toMatchObject({ head: 1000, first: 1 });
    expect(await store.slotsFrom(255, 9)).toEqual([255, 256, 1000]);
    expect(await positions(store, 'digest', slots[10]!.digests[1]!)).toEqual([{ sequence: 11, index: 1 }]);
  });

  it('keeps the checkpoints that it was told to keep, and the slots since the oldest', async () => {
    const store = await open(3);
    const slots = Array.from({ length: 2000 }, (_, i) => slot(i + 1));
    for (const one of slots) {
      store.add(one);
      if (one.sequence % 50 === 0) {
        store.certify(certificate(one.sequence));
        if (one.sequence % 500 === 0) store.flushSync();
      }
    }
    const last = slots.at(-1)!;
    store.add(slot(2001));
    await store.summary();
    store.add(slot(2002));
    expect(await store.summary()).toMatchObject({ first: 1901, head: 2002, checkpoint: 2000 });
    expect((await store.checkpointFrom(1))?.sequence).toBe(1900);
    expect(await positions(store, 'digest', last.digests[0]!)).toEqual([{ sequence: 2000, index: 0 }]);
    expect(await positions(store, 'digest', slots[1899]!.digests[0]!)).toEqual([]);
    expect(await positions(store, 'client', clientId(1))).toHaveLength(102);
    // What is pruned stays pruned, though a restart may execute it again.
    store.add(slots[100]!);
    expect((await store.summary()).first).toBe(1901);
    await closed(store);
    const again = await open(1);
    again.add(slot(2003));
    await again.summary();
    expect((await again.summary()).first).toBe(2001);
  });

  it('holds no more evidence against one validator than proves its case', async () => {
    const store = await open();
    const [first] = certificate(1).certificate;
    const accuse = (from: number, seenMs: number, body: Uint8Array) =>
      store.accuse({ from, offence: 'commit', seenMs, first: first!, second: { ...first!, body } });
    for (let i = 0; i < 50; i++) accuse(i % 2, i, Uint8Array.of(i));
    expect(await store.evidence(1000)).toHaveLength(32);
  });

  it('holds evidence that is found again once, and keeps room for the place in another epoch', async () => {
    const store = await open();
    const signed = (epoch: number, more: number) => ({
      from: 3,
      body: Uint8Array.of(0x94, 1, 3, epoch, more),
      signature: new Uint8Array(64),
    });
    const accuse = (seenMs: number, first: object, second: object) =>
      store.accuse({ from: 3, offence: 'commit', seenMs, first, second } as Parameters<
        typeof store.accuse
      >[0]);
    for (let i = 0; i < 20; i++) accuse(i, signed(0, 0), signed(0, 1));
    accuse(20, signed(0, 1), signed(0, 0));
    expect((await store.evidence(1000)).map(({ seenMs }) => seenMs)).toEqual([0]);
    for (let i = 1; i < 40; i++) accuse(i, signed(0, 0), signed(0, i));
    for (let i = 1; i < 3; i++) accuse(100 + i, signed(1, 0), signed(1, i));
    const times = (await store.evidence(1000)).map(({ seenMs }) => seenMs);
    expect(times).toHaveLength(18);
    expect(times.slice(-2)).toEqual([101, 102]);
  });
});

describe('the store in memory', () => {
  it('loses in a crash what waited, and nothing else', async () => {
    const before = inMemory(Number.POSITIVE_INFINITY, 10);
    for (let i = 1; i <= 25; i++) before.add(slot(i));
    stores.pop();
    const after = inMemory();
    expect(after.head).toBe(22);
  });
});

describe('the store on the disk', () => {
  it('is refused to a second process, to another chain, and to an older program', async () => {
    const store = await onDisk();
    await expect(openStore({ path: join(dir, 'store'), chainId: CHAIN, retain: 1 })).rejects.toMatchObject({
      code: 'home-in-use',
    });
    store.add(slot(1));
    await closed(store);
    await expect(onDisk(1, new Uint8Array(32).fill(8))).rejects.toMatchObject({ code: 'wrong-chain' });
    const { openLmdb } = await import('../../src/storage/lmdb-tables.ts');
    const { sealCell } = await import('../../src/storage/ledger-records.ts');
    const { tables } = await openLmdb({ path: join(dir, 'store') });
    tables.transact(() => tables.put(Buffer.from('\u0006format'), sealCell(Uint8Array.of(99))));
    await tables.close();
    await expect(onDisk()).rejects.toMatchObject({ code: 'too-new' });
  });

  it('says in one line that lmdb does not load', async () => {
    const broken = loadLmdb(() => Promise.reject(new Error('No native build was found\nfor platform=x')));
    await expect(broken).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(broken).rejects.toThrow(/^[^\n]*npm ci[^\n]*$/);
  });

  it('survives kill -9 while it writes, with a whole prefix', async () => {
    const path = join(dir, 'store');
    const child = spawn(process.execPath, [
      fileURLToPath(new URL('./store-writer.mjs', import.meta.url)),
      path,
    ]);
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await onDisk();
    expect(store.head).toBeGreaterThan(0);
    expect(await store.slotsFrom(1, 1e6)).toHaveLength(store.head);
    for (let sequence = 1; sequence <= store.head; sequence++) {
      expect((await store.slot(sequence))?.sequence).toBe(sequence);
    }
  });

  it('refuses a file that was cut short or spoilt, and takes one that only lost its unused end', async () => {
    const store = await onDisk();
    for (let i = 1; i <= 500; i++) store.add(slot(i, { resultBytes: 3000 }));
    await closed(store);
    const file = join(dir, 'store', 'data.mdb');
    const whole = readFileSync(file);
    for (const size of [whole.length >> 1, 3 * 4096, 8192 + 100, 5000]) {
      writeFileSync(file, whole);
      truncateSync(file, size);
      await expect(onDisk()).rejects.toMatchObject({ code: 'store-damaged' });
    }
    writeFileSync(
      file,
      Buffer.from('this is no database at all, but long enough to be looked at'.repeat(300)),
    );
    await expect(onDisk()).rejects.toMatchObject({ code: 'store-damaged' });
    const spoilt = Buffer.from(whole);
    const at = spoilt.indexOf(Buffer.from((await (async () => slot(1))()).header.subarray(0, 4)), 8192);
    expect(at).toBeGreaterThan(0);
    writeFileSync(file, whole);
    const again = await onDisk();
    expect(again.head).toBe(500);
    expect(statSync(file).size).toBe(whole.length);
  });
});
