/** More validators than may have lost their vote logs: the operator's procedure, on real processes killed under load. */

import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { validatorInfo } from '../../src/cli/genesis.ts';
import { Client } from '../../src/client/index.ts';
import { readKeyFile } from '../../src/crypto/keyfile.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
let cluster: LocalCluster;
let client: Client;
const acknowledged: string[] = [];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What an operator types, without a process of its own each time. */
const lockstep = (...args: string[]) => runHere(folder, args);

const put = async (key: string): Promise<void> => {
  const { result } = await client.submit({ op: 'cas', key, expected: null, value: key });
  if (result.ok) acknowledged.push(key);
};

/** Kills all validators in the middle of work. */
async function killAll(round: string): Promise<void> {
  const writers = Array.from({ length: 4 }, async (_, w) => {
    for (let i = 0; ; i++) await put(`${round}-${w}-${i}`);
  });
  const over = Promise.allSettled(writers);
  const before = acknowledged.length;
  while (acknowledged.length < before + 60) await pause(1);
  await Promise.all(cluster.homes.map((_, id) => cluster.kill(id)));
  await client.close();
  await over;
}

async function allIsThere(): Promise<void> {
  client = await Client.connect({ home: cluster.folder });
  await put(`after ${acknowledged.length}`);
  // Together: many questions share a slot.
  const found = await Promise.all(acknowledged.map((key) => client.query({ op: 'get', key })));
  for (const [i, key] of acknowledged.entries()) expect(found[i]!.result).toMatchObject({ value: key });
  const deadline = Date.now() + 20_000;
  for (;;) {
    const all = await Promise.all(cluster.homes.map((_, id) => cluster.status(id)));
    if (all.every(({ header, voting }) => voting && header === all[0]!.header)) {
      for (const { violations } of all) expect(violations).toEqual({});
      return;
    }
    if (Date.now() > deadline)
      throw new Error(JSON.stringify(all.map(({ sequence, voting }) => [sequence, voting])));
    await pause(50);
  }
}

const lose = (id: number) => rmSync(join(cluster.homes[id]!, 'data', 'votes'), { recursive: true });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-reconcile-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    parameters: { checkpointInterval: 32, window: 128 },
    config: { logLevel: 'info' },
  });
  cluster.start();
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
}, 60_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('two of four lose their logs: one command, and all that was acknowledged is there', async () => {
  await killAll('first');
  for (const id of [1, 2]) lose(id);
  // One as the operator finds it, one that was repaired already.
  expect((await lockstep('repair', cluster.homes[2]!)).status).toBe(0);
  const args = (id: number) => ['rejoin', '--home', cluster.homes[id]!, '--with', cluster.folder, '--json'];

  const tried = await lockstep(...args(1), '--dry-run');
  expect(tried, tried.stderr).toMatchObject({ status: 0 });
  expect(tried.json()).toMatchObject({
    whole: ['v0', 'v3'],
    forgetful: ['v1', 'v2'],
    loss: false,
    done: false,
  });
  expect(existsSync(join(cluster.homes[1]!, 'data', 'votes'))).toBe(false);

  const done = await lockstep(...args(1));
  expect(done, done.stderr).toMatchObject({ status: 0 });
  expect(done.json()).toMatchObject({ loss: false, done: true });
  // Not twice; and the other one is taken back by three that know what they promised.
  expect((await lockstep(...args(1))).stderr).toMatch(/has forgotten nothing/);
  expect((await lockstep(...args(2))).stderr).toMatch(/v0, v1, v3 have their logs, and 3 of 4 are enough/);
  cluster.start();
  await cluster.waitReady();
  await allIsThere();
}, 90_000);

it('three of four: refused unless loss is accepted; then what any home knows is kept', async () => {
  await killAll('second');
  for (const id of [0, 1, 3]) lose(id);
  // The homes of others come as copies without secret keys.
  const copies = cluster.homes.map((home, id) => {
    const copy = join(folder, `copy${id}`);
    cpSync(home, copy, { recursive: true, filter: (from) => !/(keys\.json|lock)$/.test(from) });
    const info = validatorInfo(`v${id}`, readKeyFile(join(home, 'keys.json')));
    writeFileSync(join(copy, 'public.json'), JSON.stringify(info));
    return copy;
  });
  const args = (id: number) => [
    'rejoin',
    '--home',
    cluster.homes[id]!,
    ...copies.filter((_, other) => other !== id).flatMap((copy) => ['--with', copy]),
  ];
  const refused = await lockstep(...args(0));
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/only v2 of 4 validators still know .*--accept-loss/);
  for (const id of [0, 1, 3])
    expect((await lockstep(...args(id), '--accept-loss')).stdout).toMatch(/WARNING .*\n.*has a log/);
  cluster.start();
  await cluster.waitReady();
  // The one that remembered knows of all that it took part in, and so does every history.
  await allIsThere();
  expect(readdirSync(join(cluster.homes[0]!, 'data')).filter((name) => name.includes('reconciled'))).toEqual(
    [],
  );
}, 90_000);

it('three of four, one home after the other where they are: all begin in one view, and go on at once', async () => {
  await killAll('third');
  for (const id of [0, 1, 3]) lose(id);
  const views: number[] = [];
  for (const id of [0, 1]) {
    const where = ['--home', cluster.homes[id]!, '--with', cluster.folder];
    const done = await lockstep('rejoin', ...where, '--accept-loss', '--json');
    expect(done, done.stderr).toMatchObject({ status: 0 });
    views.push(done.json().view);
  }
  expect(views[1]).toBe(views[0]);
  // The one that is left is taken back by them.
  expect((await lockstep('rejoin', '--home', cluster.homes[3]!)).status).toBe(0);
  cluster.start();
  await cluster.waitReady();
  await allIsThere();
}, 90_000);
