/** Scenarios among replicas that are far apart. */

import { describe, expect, it } from 'vitest';
import type { Delays } from '../../src/core/delays.ts';
import { CALM, Cluster, DEFAULT_CAMPAIGN, PBFT, PROFILES, runSeed, SUBJECTS } from '../../src/sim/index.ts';

const DELAYS: Delays = {
  regions: ['frankfurt', 'virginia', 'tokyo'],
  oneWayMs: {
    frankfurt: { frankfurt: 0, virginia: 44, tokyo: 112 },
    virginia: { frankfurt: 44, virginia: 0, tokyo: 73 },
    tokyo: { frankfurt: 112, virginia: 73, tokyo: 0 },
  },
};

describe('distances', () => {
  it('every packet takes the way between its regions, and the rule of its link on top', () => {
    const cluster = new Cluster({
      protocol: PBFT.parts.protocol,
      n: 4,
      seed: 1,
      delays: DELAYS,
      timeoutFloorMs: 5_000,
    });
    cluster.run(500);
    cluster.submit(1);
    const before = cluster.scheduler.nowMs;
    expect(cluster.runUntil(() => cluster.settled(), 5_000)).toBe(true);
    // A quorum of three needs virginia or tokyo: pre-prepare and prepare over 44 ms each way at the least.
    expect(cluster.scheduler.nowMs - before).toBeGreaterThan(2 * 44);
    expect(cluster.scheduler.nowMs - before).toBeLessThan(5 * (112 + CALM.delayMs + CALM.jitterMs));
  });

  it.each([...SUBJECTS.keys()])('%s holds, and the same seed is the same run', (protocol) => {
    const settings = {
      ...DEFAULT_CAMPAIGN,
      subject: SUBJECTS.get(protocol)!,
      profiles: PROFILES.filter(({ name }) => name === 'full'),
      delays: DELAYS,
    };
    for (let seed = 1; seed <= 3; seed++) {
      const result = runSeed(settings, seed);
      expect(result.failure, `seed ${seed}`).toBeUndefined();
      expect(result.virtualMs).toBeGreaterThan(112 * 10);
      expect(runSeed(settings, seed).traceHash).toBe(result.traceHash);
    }
  });

  it('a leader far away misses its turn in Streamlet, which costs a round and is no fault', () => {
    const seed = 18;
    const settings = {
      ...DEFAULT_CAMPAIGN,
      subject: SUBJECTS.get('streamlet')!,
      profiles: PROFILES.filter(({ name }) => name === 'calm'),
      delays: { ...DELAYS, regions: [...DELAYS.regions, 'frankfurt'] },
    };
    expect(runSeed(settings, seed).failure).toBeUndefined();
    // With all of its turns it would need no change; next to each other nobody misses one.
    const never = { ...settings.subject, missesTurns: undefined as never };
    expect(runSeed({ ...settings, subject: never }, seed).failure?.checker).toBe('view');
    expect(runSeed({ ...settings, subject: never, delays: undefined }, seed).failure).toBeUndefined();
  });
});
