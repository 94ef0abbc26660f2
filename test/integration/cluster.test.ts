/** Four (and seven) real processes over real sockets: what a commit means when somebody pulls a plug. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterOptions, LocalCluster } from '../../src/cli/cluster.ts';
import { Client } from '../../src/client/index.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A cluster of its own, a client of it, and what is left of both when `use` is done with them: nothing. */
async function withCluster(
  options: Omit<ClusterOptions, 'folder'>,
  use: (made: LocalCluster, client: Client) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  const made = await LocalCluster.make({
    ...options,
    folder: join(folder, 'net'),
    config: { logLevel: 'silent' },
  });
  let client: Client | undefined;
  try {
    made.start();
    await made.waitReady();
    client = await Client.connect({ home: made.folder });
    await use(made, client);
  } finally {
    await client?.close();
    await made.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until these validators have executed the same slot and say the same of it. */
async function agreement(
  of: LocalCluster,
  ids: readonly number[],
): Promise<{ sequence: number; header: string }> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await Promise.all(ids.map((id) => of.status(id)));
    const sequences = new Set(seen.map((status) => status.sequence));
    // A checkpoint is made in slices, after its slot.
    const made = new Set(seen.map((status) => status.checkpoint.sequence));
    if (sequences.size === 1 && made.size === 1) {
      expect(new Set(seen.map((status) => status.header)).size).toBe(1);
      expect(new Set(seen.map((status) => status.checkpoint.stateHash)).size).toBe(1);
      return { sequence: seen[0]!.sequence, header: seen[0]!.header };
    }
    if (Date.now() > deadline) {
      throw new Error(`no common height: ${seen.map((status) => status.sequence).join(', ')}`);
    }
    await pause(100);
  }
}

describe('a cluster of real processes', () => {
  let folder: string;
  let made: LocalCluster;
  let client: Client;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
    made = await LocalCluster.make({
      folder: join(folder, 'net'),
      parameters: { checkpointInterval: 16, window: 64 },
      config: { logLevel: 'silent' },
    });
    made.start();
    await made.waitReady();
    client = await Client.connect({ home: made.folder });
  });

  afterAll(async () => {
    await client?.close();
    await made?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing and doubles nothing when its primary is killed under load', async () => {
    const acknowledged: string[] = [];
    let running = true;
    const worker = async (id: number) => {
      for (let i = 0; running; i++) {
        const key = `w${id}-${i}`;
        // Each key is created once: a second execution of the same transaction would find it there and fail.
        const { result } = await client.submit({ op: 'cas', key, expected: null, value: 'once' });
        expect(result.ok).toBe(true);
        acknowledged.push(key);
      }
    };
    const acknowledges = async (count: number) => {
      const deadline = Date.now() + 20_000;
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted && Date.now() < deadline) await pause(10);
      expect(acknowledged.length).toBeGreaterThanOrEqual(wanted);
    };
    const workers = Array.from({ length: 8 }, (_, id) => worker(id));
    await acknowledges(200);
    const { primary } = await made.status(1);
    await made.kill(primary.id, 'SIGKILL');
    // Far more than were under way: the others have gone on without it.
    await acknowledges(200);
    running = false;
    await Promise.all(workers);

    const live = [0, 1, 2, 3].filter((id) => id !== primary.id);
    for (const id of live) expect((await made.status(id)).view).toBeGreaterThan(0);
    await agreement(made, live);
    // Read back what was acknowledged around the kill, through the ledger.
    const kept = await Promise.all(acknowledged.slice(-250).map((key) => client.query({ op: 'get', key })));
    for (const { result } of kept) expect(result).toMatchObject({ found: true, value: 'once' });

    // The dead one comes back with its log, contradicts nobody, and catches up.
    made.restart(primary.id);
    await made.waitReady();
    await client.submit({ op: 'put', key: 'after', value: 'restart' });
    await agreement(made, [0, 1, 2, 3]);
    for (const id of live) expect((await made.status(id)).violations).toEqual({});
  }, 120_000);

  it('keeps everything acknowledged when all its processes are killed at once', async () => {
    for (let i = 0; i < 100; i++) await client.submit({ op: 'put', key: `k${i}`, value: `v${i}` });
    await client.close();
    await Promise.all([0, 1, 2, 3].map((id) => made.kill(id, 'SIGKILL')));
    made.start();
    await made.waitReady();
    client = await Client.connect({ home: made.folder });
    for (let i = 0; i < 100; i += 7) {
      const { result } = await client.query({ op: 'get', key: `k${i}` });
      expect(result).toMatchObject({ found: true, value: `v${i}` });
    }
    await agreement(made, [0, 1, 2, 3]);
  }, 90_000);

  it('takes back a validator that missed more than a window', async () => {
    await made.kill(3, 'SIGKILL');
    const { window } = made.genesis.parameters;
    // One slot each, since nothing is in flight: well past the dead validator's high watermark.
    for (let i = 0; i < window + 50; i++) await client.submit({ op: 'put', key: 'x', value: `${i}` });
    made.restart(3);
    await made.waitReady();
    await client.submit({ op: 'put', key: 'after', value: '2' });
    await agreement(made, [0, 1, 2, 3]);
    expect((await made.status(3)).counters.stateTransfers).toBeGreaterThan(0);
  }, 90_000);
});

it(
  'commits with hybrid on every vote',
  () =>
    withCluster({ auth: 'hybrid' }, async (made, client) => {
      for (let i = 0; i < 50; i++) {
        expect((await client.submit({ op: 'put', key: `k${i}`, value: 'v' })).result.ok).toBe(true);
      }
      await agreement(made, [0, 1, 2, 3]);
    }),
  60_000,
);

it(
  'runs with seven validators, two of them dead, with ml-dsa-87 on every vote',
  () =>
    withCluster({ validators: 7, auth: 'ml-dsa-87' }, async (made, client) => {
      for (let i = 0; i < 30; i++) await client.submit({ op: 'put', key: `k${i}`, value: 'v' });
      await made.kill(5, 'SIGKILL');
      await made.kill(6, 'SIGKILL');
      for (let i = 0; i < 20; i++) {
        expect((await client.submit({ op: 'put', key: `k${i}`, value: 'w' })).result.ok).toBe(true);
      }
      await agreement(made, [0, 1, 2, 3, 4]);
    }),
  90_000,
);
