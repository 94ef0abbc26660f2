/** Validators move to other ports, one by one; the others find them without being told or restarted. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fetchStatus, LocalCluster } from '../../src/cli/cluster.ts';
import { freePorts } from '../../src/cli/free-ports.ts';
import { homePaths } from '../../src/cli/home.ts';
import { Client } from '../../src/client/index.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let folder: string;
let cluster: LocalCluster;

afterEach(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('are found again, the one that dials nobody among them', async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-discovery-'));
  cluster = await LocalCluster.make({ folder: join(folder, 'net'), config: { logLevel: 'warn' } });
  cluster.start();
  await cluster.waitReady(90_000);
  const urls = [...cluster.urls];
  const pids = await Promise.all(urls.map(async (url) => (await fetchStatus(url)).pid));
  const connected = async (id: number): Promise<void> => {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const status = await fetchStatus(urls[id]!).catch(() => undefined);
      if (status?.connectedPeers === 3) return;
      if (Date.now() > deadline) throw new Error(`v${id} is connected to ${status?.connectedPeers}`);
      await pause(50);
    }
  };
  // Validator 0 is dialled by all and dials nobody; 2 is dialled by 3. Neither of the others' files says where they went.
  for (const id of [0, 2]) {
    await cluster.kill(id, 'SIGTERM');
    const [port] = await freePorts(1);
    const file = homePaths(cluster.homes[id]!).config;
    const old = new URL(urls[id]!.replace('ws', 'http')).port;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(old, String(port)));
    urls[id] = `ws://127.0.0.1:${port}`;
    cluster.restart(id);
    await Promise.all([0, 1, 2, 3].map(connected));
  }
  // Who stayed was not restarted; and the set is what it was.
  for (const id of [1, 3]) expect((await fetchStatus(urls[id]!)).pid).toBe(pids[id]);
  expect((await fetchStatus(urls[1]!)).epoch).toBe(0);
  // Without another one, nothing is decided unless both that moved take part.
  await cluster.kill(3, 'SIGKILL');
  const client = await Client.connect({ validators: urls, genesis: cluster.genesis });
  expect((await client.submit({ op: 'put', key: 'a', value: 'moved' })).result.ok).toBe(true);
  await client.close();
  // One that was away meanwhile has the old addresses alone, and learns of the new ones.
  cluster.restart(3);
  await Promise.all([0, 1, 2, 3].map(connected));
}, 240_000);
