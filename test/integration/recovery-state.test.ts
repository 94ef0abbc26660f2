/** A home taken back to a certified checkpoint, and a certified state carried to another home: by commands, on real homes. */

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { loadHome } from '../../src/cli/home.ts';
import { readExport, writeExport } from '../../src/cli/home-state.ts';
import { inspectHome } from '../../src/cli/inspection.ts';
import { Client } from '../../src/client/index.ts';
import type { LockstepError } from '../../src/core/errors.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
let cluster: LocalCluster;
let home: string;

/** What a command line does, without a process of its own. */
const here = (...args: string[]) => runHere(folder, args);

const snapshotsOf = (dir: string) => readdirSync(join(dir, 'data', 'snapshots')).sort();
const statuses = () => Promise.all(cluster.homes.map((_, id) => cluster.status(id)));

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within 20 s: ${what}`);
}

async function put(from: number, to: number): Promise<void> {
  const client = await Client.connect({ home: cluster.folder });
  for (let i = from; i < to; i++)
    await client.submit({ op: 'put', key: `key${i}`, value: `${i}`.padEnd(20_000, '.') });
  await client.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-recovery-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    auth: 'channel',
    parameters: { checkpointInterval: 8, window: 32 },
    config: { logLevel: 'silent', logCompactBytes: 1 << 20 },
  });
  cluster.start();
  await cluster.waitReady();
  await put(0, 100);
});

afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a snapshot', { timeout: 90_000 }, () => {
  it('is exported under a validator that runs', async () => {
    const file = join(folder, 'running.snapshot');
    const { sequence, signatures } = (
      await here('snapshot', 'export', cluster.homes[0]!, file, '--json')
    ).json();
    expect(sequence % 8).toBe(0);
    expect(signatures).toBeGreaterThanOrEqual(3);
    const nowhere = await here('snapshot', 'export', cluster.homes[0]!, join(folder, 'none', 'file'));
    expect(nowhere.status).toBe(2);
    expect(nowhere.stderr).toMatch(/none.file cannot be written \(ENOENT.*choose a folder that takes it\n$/);
    expect(await cluster.readiness(0)).toBe('ok');
    await cluster.stop();
    const { checkpoint } = await readExport(await loadHome(cluster.homes[3]!), file);
    expect(checkpoint.sequence).toBe(sequence);
  });

  it('that anybody has touched is refused, and the home left as it was', async () => {
    const file = join(folder, 'touched.snapshot');
    const taker = await loadHome(cluster.homes[3]!);
    cpSync(join(folder, 'running.snapshot'), file);
    const whole = readFileSync(file);
    const { checkpoint, chunks } = await readExport(taker, file);
    const codes = new Set<string>();
    const refused = async () => {
      const error = await readExport(taker, file).then(
        () => undefined,
        (thrown: unknown) => thrown as LockstepError,
      );
      expect(error?.name).toBe('LockstepError');
      codes.add(error!.code);
      return error!.message;
    };
    // Bytes that the disk or the way spoilt.
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const bytes = Buffer.from(whole);
          bytes[at]! ^= by;
          writeFileSync(file, cut ? bytes.subarray(0, at) : bytes);
          await refused();
        },
      ),
      { numRuns: 60 },
    );
    // Files that are whole, and lies.
    const forge = async (change: Partial<typeof checkpoint>, state = chunks) => {
      rmSync(file);
      writeExport(taker, file, { ...checkpoint, ...change }, state);
      return refused();
    };
    expect(await forge({ certificate: checkpoint.certificate.slice(0, 2) })).toMatch(
      /2 validators signed it, and 3/,
    );
    const [one] = checkpoint.certificate;
    expect(await forge({ certificate: [one!, one!, one!] })).toMatch(/1 validators signed it/);
    expect(
      await forge({ certificate: checkpoint.certificate.map((c) => ({ ...c, from: (c.from + 1) % 4 })) }),
    ).toMatch(/no message of its own/);
    expect(await forge({ digest: '11'.repeat(32) })).toMatch(/its digest is not that of its fields/);
    const other = chunks.map((chunk, i) =>
      i === 0 ? Uint8Array.from(chunk, (b, at) => (at === chunk.length - 1 ? b ^ 1 : b)) : chunk,
    );
    expect(await forge({}, other)).toMatch(/not the one that its certificate is of/);
    expect(await forge({}, chunks.slice(1))).toMatch(/not the one/);
    expect([...codes].sort()).toEqual(
      ['snapshot-damaged', 'too-new', 'wrong-chain'].filter((c) => codes.has(c)),
    );

    const before = snapshotsOf(taker.dir);
    const result = await here('snapshot', 'import', taker.dir, file);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^lockstep: [^\n]+\n$/);
    expect(snapshotsOf(taker.dir)).toEqual(before);
    // A home's own snapshot has no certificate in it.
    cpSync(join(taker.dir, 'data', 'snapshots', before.at(-1)!), file);
    expect(await refused()).toMatch(/holds no certificate/);
  });
});

it('a snapshot is looked at without a change to a home that has none', async () => {
  const taker = mkdtempSync(join(folder, 'taker-'));
  cpSync(cluster.homes[3]!, taker, { recursive: true });
  rmSync(join(taker, 'data', 'snapshots'), { recursive: true });
  const file = join(folder, 'running.snapshot');
  const tried = await here('snapshot', 'import', taker, file, '--dry-run');
  expect(tried, tried.stderr).toMatchObject({ status: 0 });
  expect(readdirSync(join(taker, 'data'))).not.toContain('snapshots');
  expect(await here('snapshot', 'import', taker, file)).toMatchObject({ status: 0 });
  expect(snapshotsOf(taker)).toHaveLength(1);
});

describe('a rollback', { timeout: 90_000 }, () => {
  beforeEach(() => {
    home = mkdtempSync(join(folder, 'home-'));
    cpSync(cluster.homes[2]!, home, { recursive: true });
  });

  it('names the checkpoints that there are, and changes nothing on a dry run', async () => {
    const wrong = await here('rollback', home, '--to', '5');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/--to must be a certified checkpoint: those here are 8 … .*, 88, 96/);
    const before = snapshotsOf(home);
    const plan = (await here('rollback', home, '--to', '40', '--dry-run', '--json')).json();
    expect(plan).toMatchObject({ to: 40, aside: [], dryRun: true });
    expect(plan.cutSlots).toBeGreaterThanOrEqual(56);
    expect(snapshotsOf(home)).toEqual(before);
  });

  it('is refused where the history would lead to another state', async () => {
    const store = join(home, 'data', 'store', 'data.mdb');
    const oldest = Number(/\d{16}/.exec(snapshotsOf(home)[0]!)![0]);
    const bytes = readFileSync(store);
    // The value that a transaction of a slot soon after it put, wherever the file has it.
    const value = Buffer.from(`${oldest + 8}`.padEnd(64, '.'));
    let spoilt = 0;
    for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1), spoilt++)
      bytes[at + 20]! ^= 1;
    expect(spoilt).toBeGreaterThan(0);
    writeFileSync(store, bytes);
    const before = snapshotsOf(home);
    const refused = await here('rollback', home, '--to', `${oldest + 16}`);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/slot \d+ is damaged|gives another ledger header/);
    expect(snapshotsOf(home)).toEqual(before);
  });

  it('killed at any moment is ended by a second one', async () => {
    for (const delayMs of [150, 250, 350, 450]) {
      const child = spawn(process.execPath, [commandPath(), 'rollback', home, '--to', '24'], {
        stdio: 'ignore',
      });
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      expect((await inspectHome(home)).problems).toEqual([]);
    }
    expect((await here('rollback', home, '--to', '24', '--json')).json()).toMatchObject({ to: 24 });
    const { store, snapshots, incarnation } = await inspectHome(home);
    expect(store).toMatchObject({ head: 24, checkpoint: 24 });
    expect(snapshots.map(({ sequence }) => sequence)).toEqual([24]);
    expect(incarnation!.forgotten).toBe(false);
  });
});

it('homes that were rolled back, or given a snapshot, catch up and vote', async () => {
  const [first, , back, taker] = cluster.homes as [string, string, string, string];
  expect((await here('rollback', back, '--to', '16', '--json')).json().aside.length).toBeGreaterThan(0);
  // All but promises and keys is lost.
  for (const lost of ['snapshots', 'store']) rmSync(join(taker, 'data', lost), { recursive: true });
  const file = join(folder, 'state.snapshot');
  const { sequence } = (await here('snapshot', 'export', first, file, '--json')).json();
  const dry = (await here('snapshot', 'import', taker, file, '--dry-run', '--json')).json();
  expect(dry).toMatchObject({ sequence, dryRun: true });
  expect((await here('snapshot', 'import', taker, file)).stdout).toMatch(/holds: \d signatures/);
  expect((await inspectHome(taker)).snapshots).toMatchObject([{ sequence, damage: null }]);
  const again = await here('snapshot', 'import', taker, file);
  expect(again.status).toBe(2);
  expect(again.stderr).toMatch(/has the state at slot \d+ already/);

  cluster.start();
  await cluster.waitReady();
  await put(100, 130);
  await until('all have one state', async () => {
    const all = await statuses();
    return all.every(({ header, sequence: at }) => at >= 130 && header === all[0]!.header);
  });
  for (const id of [2, 3]) await until(`v${id} votes`, () => cluster.isReady(id));
  for (const { counters } of await statuses()) {
    expect(counters.preparesSent! + counters.proposalsSent!).toBeGreaterThan(0);
    expect(counters.divergences).toBe(0);
  }
}, 90_000);
