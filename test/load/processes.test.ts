import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floorPattern, frameSizes } from '../../src/cli/bench/patterns.ts';
import { Progress } from '../../src/cli/bench/progress.ts';
import { agreement } from '../../src/cli/bench/session.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { measureFloor } from '../../src/load/floor.ts';
import { type LoadProgress, runLoad } from '../../src/load/generator.ts';

const SETTING = { protocol: 'pbft', auth: 'ed25519', txAuth: 'ed25519', validators: 4, payloadBytes: 64 };

describe('the floor, in processes of its own', () => {
  it.each([
    ['pbft', 4],
    ['streamlet', 4],
  ])('passes the messages of %s between %i replicas', async (protocol, validators) => {
    const pattern = floorPattern({ ...SETTING, protocol, validators });
    const summary = await measureFloor({ validators, pattern, warmupMs: 50, durationMs: 200 });
    expect(summary.count).toBeGreaterThan(0);
    expect(summary.p50Ms).toBeGreaterThan(0);
    expect(summary.p99Ms).toBeGreaterThanOrEqual(summary.p50Ms);
  });

  it('takes at least as long as its message delays', async () => {
    const pattern = floorPattern({ ...SETTING, protocol: 'raft', validators: 3 });
    const options = { validators: 3, pattern, warmupMs: 50, durationMs: 300, delayMs: () => 5 };
    const summary = await measureFloor(options);
    expect(summary.count).toBeGreaterThan(0);
    // To the followers and back; timers may run out half a millisecond early.
    expect(summary.minMs).toBeGreaterThanOrEqual(9);
  });
});

describe('frame sizes', () => {
  it('follow the signatures', () => {
    const small = frameSizes({ ...SETTING, auth: 'channel' });
    const large = frameSizes({ ...SETTING, auth: 'ml-dsa-87' });
    expect(large.vote - small.vote).toBeGreaterThanOrEqual(4627);
    expect(large.request).toBe(small.request);
    const signed = frameSizes({ ...SETTING, auth: 'channel', txAuth: 'ml-dsa-87' });
    expect(signed.proposal - small.proposal).toBeGreaterThan(7000);
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
    expect(result.signedInside).toBe(0);
    expect(result.warmup).not.toHaveProperty('steady');
    expect(result.warmup.windows.length).toBeGreaterThan(0);
  });

  it('warms up until figures no longer change, or for so long', async () => {
    const order = { ...common, kind: 'latency', home: cluster.folder, steadyWithinMs: 2_500 } as const;
    const { warmup } = await runLoad(order);
    expect(typeof warmup.steady).toBe('boolean');
    expect(warmup.windows.length).toBeGreaterThanOrEqual(warmup.steady ? 6 : 1);
  });

  it('keeps many transactions in flight, signed ahead, and says what it does', async () => {
    const seen: LoadProgress[] = [];
    const order = {
      ...common,
      kind: 'throughput',
      home: cluster.folder,
      clients: 2,
      outstanding: 64,
      paced: { percent: 50, durationMs: 400 },
    } as const;
    const result = await runLoad(order, (progress) => seen.push(progress));
    expect(result.failures).toEqual({});
    expect(result.committed).toBe(result.submitted);
    expect(result.throughputTps).toBeGreaterThan(0);
    expect(result.signedAhead).toBeGreaterThanOrEqual(128);
    expect(result.outstanding).toBe(64);
    expect(new Set(seen.map(({ phase }) => phase))).toContain('signing');
    const { paced } = result;
    expect(paced?.offeredTps).toBeCloseTo(result.throughputTps / 2);
    expect(paced?.percent).toBe(50);
    expect(paced!.committed + paced!.failed).toBe(paced!.submitted);
    expect(paced!.committed).toBeGreaterThan(0);
    expect(paced?.latency.count).toBe(paced?.committed);
    expect((await agreement(cluster, new Progress())).agree).toBe(true);
  });

  it('fails where there is no cluster, with the reason', async () => {
    const lost = runLoad({ ...common, kind: 'latency', home: tmpdir() });
    await expect(lost).rejects.toMatchObject({ code: 'home-missing' });
  });
});
