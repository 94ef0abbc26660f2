/** A validator's home that was copied, and started while the original runs: real processes, each with the same keys. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ValidatorChild } from '../../src/cli/child.ts';
import { fetchStatus, LocalCluster } from '../../src/cli/cluster.ts';
import { freePorts } from '../../src/cli/free-ports.ts';
import { Client } from '../../src/client/index.ts';

let folder: string;
let cluster: LocalCluster;
let client: Client;
let copy: ValidatorChild | undefined;
let written = 0;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const put = async (times: number) => {
  for (let i = 0; i < times; i++)
    await client.submit({ op: 'put', key: `key${written}`, value: `${written++}` });
};

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await holds().catch(() => false)) return;
    await pause(50);
  }
  throw new Error(`not within 20 s: ${what}`);
}

/** A copy of a home that listens elsewhere; `moved`: it also believes that this is where the others find it. */
async function copyOf(id: number, moved: boolean): Promise<{ home: string; url: string }> {
  const home = mkdtempSync(join(folder, 'copy-'));
  cpSync(cluster.homes[id]!, home, { recursive: true });
  rmSync(join(home, 'lock'));
  rmSync(join(home, 'data', 'store', 'lock'), { force: true });
  const [port] = await freePorts(1);
  const old = new URL(cluster.urls[id]!).port;
  const file = join(home, 'config.yaml');
  const text = readFileSync(file, 'utf8').replace(`port: ${old}`, `port: ${port}`);
  writeFileSync(file, moved ? text.replaceAll(`:${old}`, `:${port}`) : text);
  return { home, url: `ws://127.0.0.1:${port}` };
}

const violations = async () => {
  const all = await Promise.all([0, 1, 2, 3].map((id) => cluster.status(id)));
  return all.flatMap(({ violations: seen }) => Object.keys(seen ?? {}));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-twins-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    auth: 'channel',
    parameters: { checkpointInterval: 16, window: 64 },
    config: { logLevel: 'info' },
  });
  cluster.start();
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
  await put(20);
});

afterEach(async () => {
  await copy?.stop();
  copy = undefined;
});

afterAll(async () => {
  await client.close();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a copied home', { timeout: 90_000 }, () => {
  it('does not start where the original answers at its own address', async () => {
    for (const id of [0, 3]) {
      copy = new ValidatorChild((await copyOf(id, false)).home);
      const { code, lastLine } = await copy.exited;
      expect(code).toBe(2);
      expect(lastLine).toMatch(
        new RegExp(`^lockstep: a process with the keys of validator v${id} answers at ws://`),
      );
    }
    await put(5);
  });

  it('that was given another address says nothing, and stops when the others have seen both', async () => {
    const { home } = await copyOf(3, true);
    const before = cluster.pid(3);
    copy = new ValidatorChild(home);
    const load = put(60);
    const { code, lastLine } = await copy.exited;
    expect(code, lastLine).toBe(2);
    expect(lastLine).toMatch(
      /another process runs with the keys of this validator, since 20.*this one has said nothing yet/,
    );
    await load;
    // The original goes on, and nobody has anything to accuse it of.
    expect(cluster.alive(3)).toBe(true);
    await until(
      'the original votes',
      async () => (await cluster.isReady(3)) && (await cluster.status(3)).connectedPeers === 3,
    );
    await put(5);
    expect(cluster.pid(3)).toBe(before);
    expect(await violations()).toEqual([]);
  });

  it('that cannot reach a quorum waits, and says why it does not vote', async () => {
    // Only those with lower ids are dialled by a validator: nobody, here.
    const { home, url } = await copyOf(0, true);
    copy = new ValidatorChild(home);
    await copy.ready;
    await put(10);
    expect(copy.alive).toBe(true);
    expect((await fetchStatus(url)).halted).toMatch(/too few of the others have said yet/);
    await put(5);
    expect(await violations()).toEqual([]);
  });

  it('that took over from a process that hangs, and one of the two stops when that one wakes up', async () => {
    await cluster.kill(3, 'SIGSTOP');
    const { home, url } = await copyOf(3, true);
    copy = new ValidatorChild(home);
    await copy.ready;
    await until(
      'the copy votes',
      async () => (await fetchStatus(url)).halted === undefined || (await fetchStatus(url)).halted === null,
    );
    await put(10);
    expect(copy.alive).toBe(true);
    await cluster.kill(3, 'SIGCONT');
    await until('one of them stops', async () => !copy!.alive || !cluster.alive(3));
    expect([copy.alive, cluster.alive(3)].sort()).toEqual([false, true]);
    if (!copy.alive) expect(copy.exit!.lastLine).toMatch(/and votes like this one/);
    await put(5);
  });
});

it('an ordinary restart waits for nobody', async () => {
  if (!cluster.alive(3)) cluster.restart(3);
  await until('all are ready', async () =>
    (await Promise.all([0, 1, 2, 3].map((id) => cluster.isReady(id)))).every(Boolean),
  );
  for (const [id, signal] of [
    [1, 'SIGKILL'],
    [3, 'SIGTERM'],
  ] as const) {
    await cluster.kill(id, signal);
    cluster.restart(id);
    await until(`v${id} votes`, () => cluster.isReady(id));
    await put(3);
  }
  expect(await violations()).toEqual([]);
}, 90_000);
