import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealSetting, realSetting, runRealScenario } from '../../src/sim/real/index.ts';

let setting: RealSetting;

beforeAll(async () => {
  setting = await realSetting('ed25519', 4);
});
afterAll(() => setting.verifier.close());

test('the production driver survives crashes, power cuts, partitions, twins and spoilt frames', async () => {
  let faults = 0;
  let views = 0;
  const seen = { transfers: 0, falsePieces: 0, rollbacks: 0 };
  // The last two have a replica whose state is damaged.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 19, 24]) {
    const result = await runRealScenario(setting, seed);
    expect(result.failure, `seed ${seed}`).toBeUndefined();
    expect(result.commits).toBeGreaterThan(0);
    faults += result.faults;
    views += result.views;
    seen.transfers += result.transfers;
    seen.falsePieces += result.falsePieces;
    seen.rollbacks += result.rollbacks;
  }
  expect(faults).toBeGreaterThan(10);
  expect(views).toBeGreaterThan(0);
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
}, 60_000);

test('a seed is the same run every time', async () => {
  const first = await runRealScenario(setting, 2);
  const again = await runRealScenario(setting, 2);
  expect(again).toEqual(first);
  expect((await runRealScenario(setting, 3)).traceHash).not.toBe(first.traceHash);
}, 60_000);

test('votes that sessions alone authenticate; a twin that starts again hears nothing of its other copy', async () => {
  const other = await realSetting('channel', 4);
  const result = await runRealScenario(other, 36);
  expect(result.failure).toBeUndefined();
  expect(result.commits).toBeGreaterThan(0);
  await other.verifier.close();
}, 60_000);

test('votes of ML-DSA-87: random signatures, the same run', async () => {
  const other = await realSetting('ml-dsa-87', 4);
  const first = await runRealScenario(other, 2);
  expect(first.failure).toBeUndefined();
  expect((await runRealScenario(other, 2)).traceHash).toBe(first.traceHash);
  await other.verifier.close();
}, 60_000);
