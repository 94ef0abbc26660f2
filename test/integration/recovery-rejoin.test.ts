/** From a damaged log to a vote again: the one command, and then by itself. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { inspectHome } from '../../src/cli/inspection.ts';
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
