import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealSetting, realSetting, runRealScenario } from '../../src/sim/real/index.ts';

let setting: RealSetting;

beforeAll(async () => {
  setting = await realSetting('channel', 4);
});
afterAll(() => setting.verifier.close());

test('clusters whose power goes again and again lose nothing that a client was told, and contradict nothing', async () => {
  let cuts = 0;
  let acknowledged = 0;
  for (let seed = 1; cuts < 150; seed++) {
    const result = await runRealScenario(setting, seed, 'power');
    expect(result.failure, `seed ${seed}`).toBeUndefined();
    cuts += result.cuts;
    acknowledged += result.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(1000);
}, 60_000);
