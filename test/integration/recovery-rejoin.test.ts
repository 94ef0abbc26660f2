/** From a damaged log to a vote again: the one command, and then by itself. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { inspectHome } from '../../src/cli/inspection.ts';
import { forgetfulBecause, readRemains } from '../../src/cli/remains.ts';
import { Client } from '../../src/client/index.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
let cluster: LocalCluster;
let written = 0;

function lockstep(...args: string[]) {
  const done = spawnSync(process.execPath, [commandPath(), ...args], { encoding: 'utf8', timeout: 30_000 });
  return { ...done, json: () => JSON.parse(done.stdout) };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within 60 s: ${what}`);
}

async function put(times: number): Promise<void> {
  const client = await Client.connect({ home: cluster.folder });
  for (let i = 0; i < times; i++)
    await client.submit({ op: 'put', key: `key${written++}`, value: 'x'.repeat(100) });
  await client.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-rejoin-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    parameters: { checkpointInterval: 8, window: 32 },
    config: { logLevel: 'info' },
  });
  cluster.start();
  await cluster.waitReady();
  await put(30);
});

afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a validator whose log was damaged is repaired, taken back as a new incarnation, and votes', async () => {
  const home = cluster.homes[2]!;
  await cluster.kill(2);
  const votes = join(home, 'data', 'votes');
  const segment = join(votes, readdirSync(votes).sort().at(-1)!);
  const bytes = readFileSync(segment);
  bytes[Math.floor(bytes.length / 2)]! ^= 4;
  writeFileSync(segment, bytes);

  const stopped = lockstep('start', '--home', home);
  expect(stopped.status).toBe(1);
  const command = /`lockstep (repair [^`]*)`/.exec(stopped.stderr)![1]!;
  expect(lockstep(...command.split(' '), '--json').json()).toMatchObject({ forgotten: true });
  const { incarnation } = await inspectHome(home);

  cluster.restart(2);
  await until('v2 is taken back and votes', () => cluster.isReady(2));
  expect((await inspectHome(home)).incarnation).toEqual({ ...incarnation, forgotten: false, reason: '' });
  await put(10);
  await until('all have one state', async () => {
    const all = await Promise.all(cluster.homes.map((_, id) => cluster.status(id)));
    return all.every(
      ({ header, violations }) => header === all[0]!.header && Object.keys(violations).length === 0,
    );
  });
}, 90_000);

it('a validator whose machine lost its power comes back as a new incarnation where it had promised without syncing', async () => {
  const home = cluster.homes[1]!;
  const mark = join(home, 'data', 'running.json');
  const tokenOf = async () => (await inspectHome(home)).incarnation!.token;
  const token = await tokenOf();
  await cluster.kill(1);
  // The machine has another boot by the time that it is started again.
  const { boot } = JSON.parse(readFileSync(mark, 'utf8')) as { boot: string };
  writeFileSync(mark, JSON.stringify({ version: 1, boot: `${boot}, and not` }));
  const { problems } = await inspectHome(home);
  expect(problems).toEqual([
    { code: 'log-damaged', message: expect.stringMatching(/durability: process.*`lockstep start/) },
  ]);
  // Nor may the procedure for too many of them count on what it says.
  const others = cluster.homes.filter((dir) => dir !== home);
  await cluster.stop();
  expect(others.map((dir) => existsSync(join(dir, 'data', 'running.json')))).toEqual([false, false, false]);
  const remains = await readRemains(home);
  expect(forgetfulBecause(remains, token)).toMatch(/durability: process/);

  cluster.start();
  await until(
    'v1 is taken back and votes',
    async () => (await cluster.isReady(1)) && (await tokenOf()) !== token,
  );
  expect(await inspectHome(home)).toMatchObject({ problems: [], incarnation: { forgotten: false } });
  await put(10);
  // The same boot again: an ordinary restart.
  const taken = await tokenOf();
  await cluster.kill(1);
  cluster.restart(1);
  await until('v1 votes again', () => cluster.isReady(1));
  expect(await tokenOf()).toBe(taken);
}, 120_000);

it('a state of a later epoch is carried to a home that knows none, with what proves the set', async () => {
  const home = cluster.homes[3]!;
  const file = join(folder, 'state.snapshot');
  await put(10);
  await cluster.stop();
  const exported = await runHere(folder, ['snapshot', 'export', cluster.homes[0]!, file, '--json']);
  const { sequence } = exported.json();
  for (const lost of ['snapshots', 'store', 'epochs'])
    rmSync(join(home, 'data', lost), { recursive: true, force: true });
  const taken = await runHere(folder, ['snapshot', 'import', home, file]);
  expect(taken.stderr).toBe('');
  expect((await inspectHome(home)).snapshots).toMatchObject([{ sequence, damage: null }]);
  cluster.start();
  await until('v3 votes', () => cluster.isReady(3));
  await put(5);
}, 90_000);
