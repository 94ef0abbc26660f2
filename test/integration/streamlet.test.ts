/** Streamlet on four real processes: a leader is killed under load, and comes back. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { Client } from '../../src/client/index.ts';

it('loses nothing when a leader is killed under load, and takes it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  const cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    protocol: 'streamlet',
    config: { logLevel: 'silent' },
  });
  let client: Client | undefined;
  try {
    cluster.start();
    await cluster.waitReady();
    client = await Client.connect({ home: cluster.folder });
    const acknowledged: string[] = [];
    let running = true;
    const worker = async (id: number) => {
      for (let i = 0; running; i++) {
        const key = `w${id}-${i}`;
        // Created once: a second execution would find it there and fail.
        const { result } = await client!.submit({ op: 'cas', key, expected: null, value: 'once' });
        expect(result.ok).toBe(true);
        acknowledged.push(key);
      }
    };
    const until = async (holds: () => boolean | Promise<boolean>) => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const workers = Array.from({ length: 4 }, (_, id) => worker(id));
    await until(() => acknowledged.length >= 40);
    const { primary } = await cluster.status(1);
    await cluster.kill(primary.id, 'SIGKILL');
    const before = acknowledged.length;
    await until(() => acknowledged.length >= before + 100);
    cluster.restart(primary.id);
    await cluster.waitReady();
    running = false;
    await Promise.all(workers);

    await client.submit({ op: 'put', key: 'after', value: 'restart' });
    for (const key of acknowledged.slice(-40)) {
      const { result } = await client.query({ op: 'get', key });
      expect(result).toMatchObject({ found: true, value: 'once' });
    }
    // All four come to the same height, and say the same of it.
    await until(async () => {
      const seen = await Promise.all([0, 1, 2, 3].map((id) => cluster.status(id)));
      return new Set(seen.map(({ sequence, header }) => `${sequence} ${header}`)).size === 1;
    });
    for (const id of [0, 1, 2, 3]) expect((await cluster.status(id)).violations).toEqual({});
  } finally {
    await client?.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 90_000);
