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

/**
 * A replica installed a state and came to the next checkpoint in the same step. It saved the first state and started its
 * log anew above the second: after a cut, the slots between were in neither. And by its log's word it took the second for
 * a state that it held, so that nothing made it ask for one.
 */
test('what stands between the state on the disk and the log above it is in one of them', async () => {
  for (const seed of [346, 693]) {
    expect((await runRealScenario(setting, seed, 'power')).failure, `seed ${seed}`).toBeUndefined();
  }
}, 60_000);
