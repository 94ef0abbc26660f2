import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameSizes } from '../../src/cli/bench/frame-sizes.ts';
import { Progress } from '../../src/cli/bench/progress.ts';
import { agreement } from '../../src/cli/bench/session.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { measureFloor } from '../../src/load/floor.ts';
import { type LoadProgress, runLoad } from '../../src/load/generator.ts';

describe('the floor, in processes of its own', () => {
  it.each([4, 5])('passes messages between %i replicas', async (validators) => {
    const sizes = frameSizes('ed25519', 'ed25519', 64);
    const summary = await measureFloor({ validators, sizes, warmupMs: 50, durationMs: 200 });
    expect(summary.count).toBeGreaterThan(5);
    expect(summary.p50Ms).toBeGreaterThan(0);
    expect(summary.p99Ms).toBeGreaterThanOrEqual(summary.p50Ms);
  });
});

describe('frame sizes', () => {
  it('follow the signatures', () => {
    const small = frameSizes('channel', 'ed25519', 64);
    const large = frameSizes('ml-dsa-87', 'ed25519', 64);
    expect(large.prepareBytes - small.prepareBytes).toBeGreaterThanOrEqual(4627);
    expect(large.requestBytes).toBe(small.requestBytes);
    expect(frameSizes('channel', 'ml-dsa-87', 64).prePrepareBytes - small.prePrepareBytes).toBeGreaterThan(
      7000,
    );
  });
});

describe('a load, from a process of its own', () => {
  let cluster: LocalCluster;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-load-'));
    cluster = await LocalCluster.make({ folder, config: { logLevel: 'warn' } });
    cluster.start();
    await cluster.waitReady();
  });
  afterAll(() => cluster.remove());

  const common = { txAuth: 'ed25519', payloadBytes: 32, warmupMs: 100, durationMs: 500 } as const;

  it('measures one closed-loop client', async () => {
    const result = await runLoad({ ...common, kind: 'latency', home: cluster.folder });
    expect(result.failed).toBe(0);
    expect(result.committed).toBe(result.submitted);
    expect(result.committed).toBeGreaterThan(3);
    expect(result.latency.count).toBe(result.committed);
    expect(result.outstanding).toBe(1);
  });

  it('keeps many transactions in flight, signed ahead, and says what it does', async () => {
    const seen: LoadProgress[] = [];
    const order = {
      ...common,
      kind: 'throughput',
      home: cluster.folder,
      clients: 2,
      outstanding: 64,
    } as const;
    const result = await runLoad(order, (progress) => seen.push(progress));
    expect(result.failures).toEqual({});
    expect(result.committed).toBe(result.submitted);
    expect(result.throughputTps).toBeGreaterThan(0);
    expect(result.signedAhead).toBeGreaterThanOrEqual(128);
    expect(result.outstanding).toBe(64);
    expect(new Set(seen.map(({ phase }) => phase))).toContain('signing');
    expect((await agreement(cluster, new Progress())).agree).toBe(true);
  });

  it('fails where there is no cluster, with the reason', async () => {
    const lost = runLoad({ ...common, kind: 'latency', home: tmpdir() });
    await expect(lost).rejects.toMatchObject({ code: 'home-missing' });
  });
});
