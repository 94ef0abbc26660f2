/** Four (and seven) real processes over real sockets: what a commit means when somebody pulls a plug. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { Client } from '../../src/client/index.ts';

const clusters: LocalCluster[] = [];
const clients: Client[] = [];
const folders: string[] = [];

async function cluster(options: { validators?: number; auth?: 'ed25519' | 'ml-dsa-87' | 'hybrid' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  folders.push(folder);
  const made = await LocalCluster.make({
    folder: join(folder, 'net'),
    validators: options.validators ?? 4,
    auth: options.auth ?? 'ed25519',
    config: { logLevel: 'silent' },
  });
  clusters.push(made);
  made.start();
  await made.waitReady();
  return made;
}

async function connect(to: LocalCluster) {
  const client = await Client.connect({ home: to.folder });
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const made of clusters.splice(0)) await made.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Waits until these validators have executed the same slot and say the same of it. */
async function agreement(
  of: LocalCluster,
  ids: readonly number[],
): Promise<{ sequence: number; header: string }> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await Promise.all(ids.map((id) => of.status(id)));
    const sequences = new Set(seen.map((status) => status.sequence));
    if (sequences.size === 1) {
      expect(new Set(seen.map((status) => status.header)).size).toBe(1);
      expect(new Set(seen.map((status) => status.checkpoint.stateHash)).size).toBe(1);
      return { sequence: seen[0]!.sequence, header: seen[0]!.header };
    }
    if (Date.now() > deadline) {
      throw new Error(`no common height: ${seen.map((status) => status.sequence).join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a cluster of real processes', () => {
  it('loses nothing and doubles nothing when its primary is killed under load', async () => {
    const made = await cluster();
    const client = await connect(made);
    const acknowledged: string[] = [];
    const times: number[] = [];
    let running = true;
    const worker = async (id: number) => {
      for (let i = 0; running; i++) {
        const key = `w${id}-${i}`;
        // Each key is created once: a second execution of the same transaction would find it there and fail.
        const { result } = await client.submit({ op: 'cas', key, expected: null, value: 'once' });
        expect(result.ok).toBe(true);
        acknowledged.push(key);
        times.push(performance.now());
      }
    };
    const workers = Array.from({ length: 8 }, (_, id) => worker(id));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { primary } = await made.status(1);
    await made.kill(primary.id, 'SIGKILL');
    const killedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    running = false;
    await Promise.all(workers);

    expect(times.some((at) => at < killedAt)).toBe(true);
    const pause = Math.min(...times.filter((at) => at > killedAt + 50)) - killedAt;
    expect(pause).toBeLessThan(20_000);
    const live = [0, 1, 2, 3].filter((id) => id !== primary.id);
    for (const id of live) expect((await made.status(id)).view).toBeGreaterThan(0);
    await agreement(made, live);
    // Read back all of it, in order, through the ledger.
    for (const key of acknowledged.slice(-200)) {
      const { result } = await client.query({ op: 'get', key });
      expect(result).toMatchObject({ found: true, value: 'once' });
    }

    // The dead one comes back with its log, contradicts nobody, and catches up.
    made.restart(primary.id);
    await made.waitReady();
    await client.submit({ op: 'put', key: 'after', value: 'restart' });
    await agreement(made, [0, 1, 2, 3]);
    for (const id of live) expect((await made.status(id)).violations).toEqual({});
  }, 120_000);

  it('keeps everything acknowledged when all its processes are killed at once', async () => {
    const made = await cluster();
    const client = await connect(made);
    for (let i = 0; i < 150; i++) await client.submit({ op: 'put', key: `k${i}`, value: `v${i}` });
    await client.close();
    await Promise.all([0, 1, 2, 3].map((id) => made.kill(id, 'SIGKILL')));
    made.start();
    await made.waitReady();
    const again = await connect(made);
    for (let i = 0; i < 150; i += 7) {
      const { result } = await again.query({ op: 'get', key: `k${i}` });
      expect(result).toMatchObject({ found: true, value: `v${i}` });
    }
    await agreement(made, [0, 1, 2, 3]);
  }, 90_000);

  it('takes back a validator that missed more than a window', async () => {
    const made = await cluster();
    const client = await connect(made);
    await client.submit({ op: 'put', key: 'before', value: '1' });
    await made.kill(3, 'SIGKILL');
    const { window } = made.genesis.parameters;
    // One slot each, since nothing is in flight: well past the dead validator's high watermark.
    for (let i = 0; i < window + 100; i++) await client.submit({ op: 'put', key: 'x', value: `${i}` });
    made.restart(3);
    await made.waitReady();
    await client.submit({ op: 'put', key: 'after', value: '2' });
    await agreement(made, [0, 1, 2, 3]);
    expect((await made.status(3)).counters.stateTransfers).toBeGreaterThan(0);
  }, 90_000);

  it.each(['ml-dsa-87', 'hybrid'] as const)(
    'commits with %s on every vote',
    async (auth) => {
      const made = await cluster({ auth });
      const client = await connect(made);
      for (let i = 0; i < 50; i++) {
        expect((await client.submit({ op: 'put', key: `k${i}`, value: 'v' })).result.ok).toBe(true);
      }
      await agreement(made, [0, 1, 2, 3]);
    },
    60_000,
  );

  it('runs with seven validators, two of them dead', async () => {
    const made = await cluster({ validators: 7 });
    const client = await connect(made);
    for (let i = 0; i < 20; i++) await client.submit({ op: 'put', key: `k${i}`, value: 'v' });
    await made.kill(5, 'SIGKILL');
    await made.kill(6, 'SIGKILL');
    for (let i = 0; i < 20; i++) await client.submit({ op: 'put', key: `k${i}`, value: 'w' });
    await agreement(made, [0, 1, 2, 3, 4]);
  }, 90_000);
});
