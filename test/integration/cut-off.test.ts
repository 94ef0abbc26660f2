/** One validator of four whose lines are cut while clients reach it: in reach again, it votes with the others at once. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { Wires } from '../../src/cli/torture/wires.ts';
import { Client } from '../../src/client/index.ts';

const wires = new Wires();
let folder: string;
let cluster: LocalCluster;
let client: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    through: (from, to, url) => wires.lay(from, to, url),
    config: { logLevel: 'silent' },
  });
  cluster.start();
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
}, 60_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
  wires.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const put = (key: string, forMs = 20_000) =>
  client.submit({ op: 'put', key, value: key }, { timeoutMs: forMs });
const statusOf = (id: number) => cluster.status(id);

/** That all of these vote in one view. */
async function together(ids: readonly number[]): Promise<void> {
  const standing = await Promise.all(ids.map(statusOf));
  const { view } = standing[0]!;
  expect(standing.map((status) => [status.view, status.active])).toEqual(ids.map(() => [view, true]));
}

it('stays in its view, and is a full member of it again without anybody’s fault', async () => {
  await put('before');
  wires.split([3], [0, 1, 2]);
  const cutMs = Date.now();
  // Time enough for its patience to run out several times over.
  for (let i = 0; Date.now() - cutMs < 2_500; i++) await put(`meanwhile ${i}`);
  wires.heal();
  const healedMs = Date.now();
  while ((await cluster.readiness(3)) !== 'ok' && Date.now() - healedMs < 10_000) await pause(20);
  expect(await cluster.readiness(3)).toBe('ok');
  await together([0, 1, 2, 3]);
  // Now one more fails, and nothing commits without the votes of the one that was away.
  await cluster.kill(2, 'SIGKILL');
  await put('with its vote');
  await together([0, 1, 3]);
}, 60_000);
