import { describe, expect, test } from 'vitest';
import { type CampaignSettings, DEFAULT_CAMPAIGN, runSeed, SUBJECTS } from '../../src/sim/index.ts';

const subject = SUBJECTS.get('hotstuff')!;
const settings: CampaignSettings = { ...DEFAULT_CAMPAIGN, subject };

describe('HotStuff under the default campaign', () => {
  test('commits everything in its first scenarios, by every rule set and leader policy', () => {
    const seen = new Set<string>();
    let views = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const result = runSeed(settings, seed);
      expect(result.failure, `seed ${seed}, ${result.profile}, n = ${result.n}`).toBeUndefined();
      seen.add(result.profile);
      views += result.views;
    }
    expect(seen).toContain('twins');
    expect(views).toBeGreaterThan(100);
  }, 60_000);

  test('a seed is the same scenario every time', () => {
    for (let seed = 1; seed <= 12; seed++) {
      expect(runSeed(settings, seed).traceHash).toBe(runSeed(settings, seed).traceHash);
    }
  });
});
