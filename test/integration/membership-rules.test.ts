/** What a change of the validators may not do, and what it leaves behind, on real processes. */

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { fetchStatus } from '../../src/cli/cluster.ts';
import { Growing, lockstep } from './growing.ts';

let net: Growing;

afterEach(() => net.stop());

const GENESIS = ['v0', 'v1', 'v2', 'v3'];

it('refuses changes with a reason, and rotates keys, whose old ones are worth nothing', async () => {
  net = await Growing.start();
  const client = await net.connect();

  const few = await net.validators('remove', 'v3');
  expect(few.status).toBe(2);
  expect(few.stderr).toMatch(/3 validators, and 4 is the least that tolerates a fault; add one first/);
  expect((await net.validators('remove', 'v9')).stderr).toMatch(/no validator v9; the set is v0, v1, v2, v3/);
  const two = await net.validators('remove', 'v2', 'v3');
  expect(two.status).toBe(2);
  expect(two.stderr).toMatch(/one at a time/);

  // Approved by fewer than a quorum: the validators themselves refuse it, and say by how many.
  await lockstep('init', '--home', net.home('v4'), '--join', net.cluster.folder, '--name', 'v4');
  const file = join(net.folder, 'change.json');
  const part = join(net.home('v4'), 'public.json');
  const proposed = await net.validators('add', 'v4', '--public', part, '--propose', file);
  expect(proposed, proposed.stderr).toMatchObject({ status: 0 });
  for (const name of ['v0', 'v1']) {
    const approved = await lockstep('validators', 'approve', file, '--home', net.home(name));
    expect(approved, approved.stderr).toMatchObject({ status: 0 });
  }
  const unapproved = await net.validators('submit', file);
  expect(unapproved.status).toBe(1);
  expect(unapproved.stderr).toMatch(/change-unapproved.*2 of 4 validators approve it, and 3 must/);
  expect(await net.set()).toMatchObject({ epoch: 0 });
  // With one more it passes.
  await lockstep('validators', 'approve', file, '--home', net.home('v2'));
  const enough = await net.validators('submit', file, '--json');
  expect(enough, enough.stderr).toMatchObject({ status: 0 });
  expect(await net.set()).toMatchObject({ epoch: 1, members: { length: 5 } });
  // What was approved for one epoch is nothing in another.
  expect((await net.validators('submit', file)).stderr).toMatch(/change-stale/);

  const before = (await net.set()).members.find(({ name }) => name === 'v1')!;
  const rotated = await lockstep('validators', 'rotate', '--home', net.home('v1'), '--json');
  expect(rotated, rotated.stderr).toMatchObject({ status: 0 });
  await net.until(GENESIS, ({ epoch, voting }) => epoch === 2 && voting);
  const after = (await net.set()).members.find(({ name }) => name === 'v1')!;
  expect(after.ed25519).not.toBe(before.ed25519);
  expect(after.id).toBeGreaterThan(4);
  expect((await client.submit({ op: 'put', key: 'after', value: 'rotation' })).result.ok).toBe(true);
  // Started with its old keys, it has no vote.
  await net.end('v1', 'SIGTERM');
  const keys = join(net.home('v1'), 'keys.json');
  copyFileSync(keys, join(net.folder, 'new-keys.json'));
  copyFileSync(join(net.home('v1'), 'keys.old.json'), keys);
  await net.again('v1');
  await net.until(['v1'], ({ voting, halted }) => !voting && /not in the validator set/.test(halted ?? ''));
  await net.end('v1', 'SIGTERM');
  copyFileSync(join(net.folder, 'new-keys.json'), keys);
  await net.again('v1');
  await net.until(['v1'], ({ voting, epoch }) => voting && epoch === 2);

  // The folder is started again: with v4, which is a member that never ran, and without v5, which is none.
  await lockstep('init', '--home', net.home('v5'), '--join', net.cluster.folder, '--name', 'v5');
  await net.cluster.stop();
  const testnet = spawn(
    process.execPath,
    [commandPath(), 'testnet', '--json', '--home', net.cluster.folder],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise((resolve) => testnet.once('exit', resolve));
  try {
    let told = '';
    testnet.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const shown = await new Promise<string>((resolve, reject) => {
      let text = '';
      testnet.stdout.on('data', (chunk) => {
        text += chunk;
        if (text.endsWith('}\n')) resolve(text);
      });
      void ended.then(() => reject(new Error(told)));
    });
    const { validators } = JSON.parse(shown) as { validators: { name: string; url: string }[] };
    expect(validators.map(({ name }) => name).sort()).toEqual([...GENESIS, 'v4']);
    expect(told).toMatch(/v5 is left alone: its keys are not in the set of epoch 2/);
    for (const { url } of validators) expect(await fetchStatus(url)).toMatchObject({ epoch: 2 });
    // Of five, four make a quorum: v4 votes, or this is not ordered.
    const v0 = await fetchStatus(net.url('v0'));
    process.kill(v0.pid, 'SIGKILL');
    const again = await net.connect();
    expect((await again.submit({ op: 'put', key: 'by', value: 'five' })).result.ok).toBe(true);
  } finally {
    testnet.kill('SIGTERM');
    await ended;
  }
}, 300_000);

it('takes back validators that have forgotten, and one that was down meanwhile finds the epoch', async () => {
  net = await Growing.start();
  const client = await net.connect();
  for (let i = 0; i < 40; i++) await client.submit({ op: 'put', key: `k${i}`, value: `${i}` });
  await net.end('v0');
  await net.end('v3');
  rmSync(join(net.home('v3'), 'data', 'votes'), { recursive: true });
  const forgot = await lockstep('rejoin', '--home', net.home('v3'), '--json');
  expect(forgot, forgot.stderr).toMatchObject({ status: 0 });
  expect(existsSync(join(net.home('v3'), 'data', 'incarnation.json'))).toBe(true);
  await net.again('v3');
  // Two of four vote: nothing can be ordered, and so it is not taken back.
  await net.until(['v3'], ({ voting, halted }) => !voting && /forgotten/.test(halted ?? ''));
  await net.again('v0');
  await net.until(GENESIS, ({ voting, epoch }) => voting && epoch === 1);
  expect((await net.set()).members.map(({ incarnation }) => incarnation)).toEqual([0, 0, 0, 1]);
  // Its votes count: it makes a quorum with two others.
  await net.end('v1');
  expect((await client.submit({ op: 'put', key: 'after', value: 'all' })).result.ok).toBe(true);
  await net.again('v1');
  await net.until(GENESIS, ({ voting }) => voting);
  await net.agreement(GENESIS);
}, 300_000);
