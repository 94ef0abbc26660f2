/** Production drivers with a liar among them: one run of each provable lie, and one of nobody lying. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { MISBEHAVIOURS } from '../../src/cli/sim/detect/tactics.ts';
import { runDetection } from '../../src/cli/sim/detect/world.ts';
import { type RealSetting, realSetting } from '../../src/sim/real/index.ts';

let setting: RealSetting;
let channel: RealSetting;

const PARAMETERS = { checkpointInterval: 16, window: 64, viewChangeTimeoutMs: 500 };

beforeAll(async () => {
  setting = await realSetting('ed25519', 4, PARAMETERS);
  channel = await realSetting('channel', 4, PARAMETERS);
});
afterAll(async () => {
  await setting.verifier.close();
  await channel.verifier.close();
});

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

it.each(MISBEHAVIOURS.filter(({ provable, brief }) => provable && brief !== true))(
  '$name, where sessions vouch for votes: proven by what it signs once it is asked to',
  async (misbehaviour) => {
    const { proven, wrong, suspected } = await runDetection(channel, 7, misbehaviour);
    expect(wrong).toEqual([]);
    expect(suspected).toEqual([]);
    expect(proven).toHaveLength(3);
  },
  60_000,
);

it('two proposals, where sessions vouch for votes: found though nothing proves it', async () => {
  const [misbehaviour] = MISBEHAVIOURS.filter(({ brief }) => brief);
  const { findings, liar, wrong, suspected } = await runDetection(channel, 7, misbehaviour!);
  expect(findings.some(({ of, kind }) => of === liar && kind === 'equivocation')).toBe(true);
  expect([...wrong, ...suspected]).toEqual([]);
}, 60_000);

it('accuses nobody where nobody lies', async () => {
  // An even second digit in base two: many slots a second.
  const { findings, wrong, commits } = await runDetection(setting, 5, 'honest');
  expect(commits).toBeGreaterThan(100);
  expect(findings).toEqual([]);
  expect(wrong).toEqual([]);
}, 60_000);
