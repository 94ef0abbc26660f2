/** What a real cluster leaves in its stores: it outlives kill -9, can be asked for, walked, and proven to strangers. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProof } from '../../src/apps/map-proof.ts';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { openStoreView } from '../../src/cli/history-source.ts';
import { type Home, loadHome } from '../../src/cli/home.ts';
import { Client, checkProof } from '../../src/client/index.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import { CertificateChecker } from '../../src/replica/certificates.ts';
import { walkLedger } from '../../src/replica/ledger-walk.ts';
import type { LedgerReader, StoredSlot } from '../../src/storage/interface.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
let cluster: LocalCluster;

/** What a command line does, without a process of its own. */
const lockstep = (...args: string[]) => runHere(folder, args);

const net = (...args: string[]) => lockstep(...args, '--home', cluster.folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-history-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    auth: 'channel',
    parameters: { checkpointInterval: 8, window: 32 },
    config: { logLevel: 'silent', retain: 'all' },
  });
  cluster.start();
  await cluster.waitReady();
});

afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts keys one after another, so that each has a slot of its own. */
async function put(from: number, to: number): Promise<string> {
  const client = await Client.connect({ home: cluster.folder });
  for (let i = from; i < to; i++) await client.submit({ op: 'put', key: `key${i}`, value: i });
  await client.close();
  return client.id;
}

async function walk(home: Home, change?: (slot: StoredSlot) => StoredSlot | undefined) {
  const view = await openStoreView(home);
  const verifier = await createVerifier({ threads: 0 });
  const store: LedgerReader = {
    summary: () => view.summary(),
    slot: async (sequence) => {
      const slot = await view.slot(sequence);
      return slot && change ? change(slot) : slot;
    },
    slotsFrom: (from, limit) => view.slotsFrom(from, limit),
    checkpointFrom: (sequence) => view.checkpointFrom(sequence),
    checkpointTo: (sequence) => view.checkpointTo(sequence),
    evidence: (limit) => view.evidence(limit),
    find: (by, digest, before, limit) => view.find(by, digest, before, limit),
  };
  const { chain, hasher } = home;
  const certificates = new CertificateChecker(chain, hasher, verifier);
  const report = await walkLedger({ chain, hasher, store, certificates, verifier });
  await view.close();
  await verifier.close();
  return report;
}

describe('the history of a cluster', () => {
  let client: string;
  let digest: string;
  const proof = () => join(folder, 'tx.json');

  it('is shown by slot, by transaction and by client', async () => {
    client = await put(0, 20);
    const { block } = (await net('block', '5', '--json')).json();
    expect(block).toMatchObject({
      sequence: 5,
      epoch: 0,
      transactions: [{ client, index: 0, ok: true, kind: 'write' }],
    });
    digest = block.transactions[0].digest;
    const { transaction } = (await net('tx', digest, '--json')).json();
    expect(transaction).toMatchObject({
      digest,
      sequence: 5,
      client,
      header: block.header,
      decoded: { ok: true },
    });
    expect((await net('tx', digest)).stdout).toContain(`client       ${client}`);
    const listed = (await net('history', client, '--limit', '15', '--json')).json();
    expect(listed.transactions).toHaveLength(15);
    const rest = (await net('history', client, '--before', listed.before, '--json')).json();
    expect([...listed.transactions, ...rest.transactions].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 20 }, (_, i) => 20 - i),
    );
    expect((await net('block', '999')).status).toBe(1);
    expect((await net('tx', 'f'.repeat(64))).status).toBe(1);
    expect((await net('tx', 'nonsense')).status).toBe(2);
    expect((await net('block', 'first')).status).toBe(2);
  });

  it('can be proven to somebody who has the genesis', async () => {
    expect((await net('prove', 'tx', digest, '--out', proof())).status).toBe(0);
    const genesis = join(cluster.folder, 'genesis.json');
    const { ok, proven } = (
      await lockstep('verify', '--proof', proof(), '--genesis', genesis, '--json')
    ).json();
    expect(ok).toBe(true);
    expect(proven).toMatchObject({ kind: 'transaction', sequence: 5, digest, checkpoint: 8, signatures: 3 });

    const entry = join(folder, 'entry.json');
    for (const [key, value] of [
      ['key3', '0233'],
      ['nothing', null],
    ]) {
      expect((await net('prove', 'key', key!, '--out', entry)).status).toBe(0);
      const answer = (await lockstep('verify', '--proof', entry, '--genesis', genesis, '--json')).json();
      expect(answer).toMatchObject({ ok: true, proven: { kind: 'entry', value } });
    }
    const lie = { ...JSON.parse(readFileSync(entry, 'utf8')), value: '0233' };
    writeFileSync(entry, JSON.stringify(lie));
    expect((await lockstep('verify', '--proof', entry, '--genesis', genesis)).status).toBe(1);
  });

  it('outlives kill -9 of everybody, and is whole in every home', async () => {
    await put(20, 40);
    await Promise.all(cluster.homes.map((_, id) => cluster.kill(id)));
    cluster.start();
    await cluster.waitReady();
    await put(40, 50);
    const { sequence } = await cluster.status(0);
    const { ok, homes } = (await net('verify', '--signatures', '--json')).json();
    expect(ok).toBe(true);
    expect(homes).toHaveLength(4);
    for (const { first, last, problems, gaps, checkpoints, transactions } of homes) {
      expect({ first, problems, gaps }).toEqual({ first: 1, problems: [], gaps: [] });
      expect(last).toBeGreaterThanOrEqual(sequence - 2);
      // A kill may cost the certificate of a checkpoint; the next one certifies what is below it.
      expect(checkpoints).toBeGreaterThanOrEqual(3);
      expect(transactions).toBeGreaterThanOrEqual(48);
    }
  });

  it('is read from the store where no validator runs, and refused to another chain', async () => {
    await cluster.stop();
    expect((await net('tx', digest, '--json')).json().transaction).toMatchObject({ digest, sequence: 5 });
    const again = join(folder, 'again.json');
    expect((await net('prove', 'tx', digest, '--out', again)).status).toBe(0);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(proof(), 'utf8'));
    const other = await LocalCluster.make({ folder: join(folder, 'other'), config: { logLevel: 'silent' } });
    const [theirs, ours] = [other.homes[0]!, cluster.homes[0]!];
    cpSync(join(ours, 'data', 'store'), join(theirs, 'data', 'store'), { recursive: true });
    rmSync(join(theirs, 'data', 'store', 'lock'), { force: true });
    const start = [commandPath(), 'start', '--home', theirs];
    const refused = spawnSync(process.execPath, start, { encoding: 'utf8', timeout: 60_000 });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/store belongs to chain/);
    const verdict = await lockstep('verify', '--proof', proof(), '--home', theirs);
    expect(verdict.status).toBe(1);
    expect(verdict.stdout).toMatch(/another chain/);
  });

  it('does not hold where anything in it was changed', async () => {
    const home = await loadHome(cluster.homes[1]!);
    expect((await walk(home)).problems).toEqual([]);
    const spoil = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => (i === 0 ? byte ^ 1 : byte));
    const changes: Record<string, (slot: StoredSlot) => StoredSlot> = {
      'results are not': (slot) => ({ ...slot, results: slot.results.map(spoil) }),
      'transactions are not': (slot) => ({ ...slot, transactions: slot.transactions.map(spoil) }),
      'batch digest': (slot) => ({ ...slot, batchTimeMs: slot.batchTimeMs + 1 }),
      'not the hash': (slot) => ({ ...slot, timeMs: slot.timeMs + 1 }),
      'does not follow': (slot) => ({ ...slot, previous: spoil(slot.previous) }),
    };
    for (const [what, change] of Object.entries(changes)) {
      const { problems } = await walk(home, (slot) => (slot.sequence === 11 ? change(slot) : slot));
      expect(problems.map((problem) => problem.what).join('\n')).toMatch(what);
    }
    // A slot that is gone is a gap, and no proof of anything.
    const { problems } = await walk(home, (slot) => (slot.sequence === 11 ? undefined : slot));
    expect(problems).toEqual([]);
  });

  it('is proven by no document of which a digit was changed', async () => {
    const text = readFileSync(proof(), 'utf8');
    const home = await loadHome(cluster.homes[0]!);
    const verifier = await createVerifier({ threads: 0 });
    const { ProofChecker } = await import('../../src/proofs/proof-check.ts');
    const checker = new ProofChecker(
      home.chain,
      home.hasher,
      new CertificateChecker(home.chain, home.hasher, verifier),
      verifyProof,
    );
    const whole = checker.check(JSON.parse(text));
    expect(whole).toMatchObject({ sequence: 5 });
    // A client, in a browser, comes to the same, and knows no protocol.
    const { genesis } = home.chain;
    expect(await checkProof(genesis, JSON.parse(text))).toEqual(whole);
    const lie = JSON.parse(readFileSync(join(folder, 'entry.json'), 'utf8'));
    expect(await checkProof(genesis, { ...lie, value: null })).toMatchObject({ kind: 'entry', value: null });
    for (const nothing of [lie, null, { ...lie, checkpoint: { ...lie.checkpoint, certificate: [] } }])
      await expect(checkProof(genesis, nothing)).rejects.toMatchObject({ code: 'rejected' });
    // The number of the state's pieces travels with a checkpoint's fields and is not signed.
    const meta = JSON.parse(text).checkpoint.meta as string;
    const unsigned = text.indexOf(meta) + meta.length - 8;
    let refused = 0;
    for (let at = 0; at < text.length; at += 37) {
      if (at >= unsigned && at < unsigned + 8) continue;
      const digit = text[at]!;
      if (!/[0-9a-f]/.test(digit)) continue;
      const spoilt = `${text.slice(0, at)}${digit === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      let document: unknown;
      try {
        document = JSON.parse(spoilt);
      } catch {
        continue;
      }
      const verdict = checker.check(document);
      if (refused % 100 === 50)
        await expect(checkProof(genesis, document)).rejects.toMatchObject({ code: 'rejected' });
      expect(typeof verdict, `digit ${at} of ${text.length}: ${JSON.stringify(verdict)}`).toBe('string');
      refused++;
    }
    expect(refused).toBeGreaterThan(200);
    for (const nonsense of [
      null,
      1,
      [],
      {},
      { format: 'lockstep-proof/1' },
      { ...JSON.parse(text), headers: 5 },
    ]) {
      expect(typeof checker.check(nonsense)).toBe('string');
    }
    await verifier.close();
  });
});
