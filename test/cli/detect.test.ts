/** Production drivers with a liar among them: one run of each provable lie, and one of nobody lying. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { MISBEHAVIOURS } from '../../src/cli/sim/detect/tactics.ts';
import { runDetection } from '../../src/cli/sim/detect/world.ts';
import { type RealSetting, realSetting } from '../../src/sim/real/index.ts';

let setting: RealSetting;

beforeAll(async () => {
  setting = await realSetting('ed25519', 4, { checkpointInterval: 16, window: 64, viewChangeTimeoutMs: 500 });
});
afterAll(() => setting.verifier.close());

it.each(MISBEHAVIOURS.filter(({ provable }) => provable))(
  '$name: proven to all, by evidence that an outsider takes',
  async (misbehaviour) => {
    const { proven, wrong, liar, findings, broken } = await runDetection(setting, 7, misbehaviour);
    expect(broken).toBeUndefined();
    expect(wrong).toEqual([]);
    expect(proven).toHaveLength(3);
    expect(findings.filter(({ of, kind }) => of !== liar && kind === 'equivocation')).toEqual([]);
  },
  60_000,
);

it('accuses nobody where nobody lies', async () => {
  const { findings, wrong, commits } = await runDetection(setting, 7, 'honest');
  expect(commits).toBeGreaterThan(100);
  expect(findings).toEqual([]);
  expect(wrong).toEqual([]);
}, 60_000);
