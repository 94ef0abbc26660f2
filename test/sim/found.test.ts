/** Mistakes of our own that campaigns found: each kept as the shrunk scenario that showed it. */

import { expect, test } from 'vitest';
import { type Plan, PROFILES, runPlan } from '../../src/sim/index.ts';

const CALM_PLAN: Omit<Plan, 'n' | 'profile'> = {
  calm: false,
  rule: undefined,
  strikes: [],
  lies: [],
  conspirators: [],
  undivided: new Set(),
  submissions: [],
  counts: { f: 0, l: 0, t: 0 },
  fastPath: true,
  timeoutFloorMs: 50,
};

const profile = (name: string, more: object = {}) => ({
  ...PROFILES.find((one) => one.name === name)!,
  ...more,
});
const at = (atMs: number, to: number, number: number) => ({ atMs, to, number });

/**
 * A liar signs a true checkpoint for one replica alone and sends the others checkpoints far ahead. Their places for
 * its signatures were full of these, so that the certificate which one replica held could be completed nowhere else.
 */
test("a liar's invented checkpoints leave room for its signature under a true one", () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 4,
    profile: profile('byzantine', {
      faultyMs: 120,
      cluster: { checkpointInterval: 4, window: 8, maxBatch: 2 },
    }),
    lies: [
      { number: 0, liar: 1, tactic: 'flooding' },
      { number: 1, liar: 1, tactic: 'garbling' },
    ],
    submissions: [
      at(68.01603376865387, 8, 3),
      at(119.11865011788905, 6, 4),
      at(42.826651353389025, 0, 5),
      at(19.235843745991588, 4, 6),
      at(41.32818697951734, 12, 10),
    ],
  };
  expect(runPlan(plan, { seed: 2583 }).failure).toBeUndefined();
});

/**
 * A primary crashes between its NEW-VIEW and its log's word of what that assigns. Restarted, it sent the NEW-VIEW, which
 * counts as its PREPARE, and held no Q entry: a batch committed by the fast path that fewer than n could claim.
 */
test('a primary that restarts on its NEW-VIEW has pre-prepared what that assigns', () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 4,
    timeoutFloorMs: 10,
    profile: profile('small', {
      faultyMs: 200,
      cluster: { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 },
    }),
    strikes: [
      { number: 0, atMs: 27.65771122649312, kind: 'isolatePrimary', seed: 3230444989 },
      { number: 2, atMs: 29.487436171621084, kind: 'clock', seed: 2749093717 },
      { number: 3, atMs: 59.252682980149984, kind: 'isolatePrimary', seed: 4289932665 },
      { number: 6, atMs: 118.79186509177089, kind: 'crashAll', seed: 349304137 },
      { number: 7, atMs: 119.78237386792898, kind: 'partition', seed: 1113895303 },
    ],
    submissions: [
      at(45.61062352731824, 0, 3),
      at(33.546319929882884, 3, 5),
      at(58.66693528369069, 0, 7),
      at(181.56907595694065, 0, 10),
      at(26.661026244983077, 0, 11),
    ],
  };
  expect(runPlan(plan, { seed: 3453 }).failure).toBeUndefined();
});

/**
 * A lying primary proposes an old batch again, so that one digest stands at two slots. A replica that lacked its bytes
 * at both asked for them once, and waited for the other slot's for ever.
 */
test('a batch that stands at two slots is fetched for both', () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 7,
    fastPath: false,
    timeoutFloorMs: 3,
    profile: profile('full', { faultyMs: 200 }),
    strikes: [
      { number: 0, atMs: 20.6883835606277, kind: 'clock', seed: 3054090858 },
      { number: 3, atMs: 66.68364279903471, kind: 'crashAll', seed: 2939760636 },
      { number: 4, atMs: 150.330260861665, kind: 'partition', seed: 2138868488 },
    ],
    lies: [{ number: 0, liar: 3, tactic: 'repeating' }],
    submissions: [
      at(11.674346774816513, 0, 2),
      at(124.09516712650657, 0, 4),
      at(54.972551949322224, 0, 6),
      at(169.62343459017575, 0, 7),
      at(30.681270733475685, 0, 9),
      at(66.99046581052244, 0, 10),
      at(83.53666453622282, 123, 11),
      at(156.78717507980764, 14, 13),
    ],
  };
  expect(runPlan(plan, { seed: 24245 }).failure).toBeUndefined();
});

/**
 * Two replicas gave up waiting for the last PREPARE and sent COMMIT; the two others got these, then the PREPARE, and
 * committed without a commit phase, silently. Two COMMITs are no quorum: the slot waited for the next time-out, and a
 * primary was deposed for it though all was well.
 */
test('a fast commit answers the COMMITs that came before it', () => {
  const strikes: Plan['strikes'] = [
    { number: 0, atMs: 3.398691676557064, kind: 'lossy', seed: 70156652 },
    { number: 1, atMs: 9.328109817579389, kind: 'isolatePrimary', seed: 3448102564 },
    { number: 2, atMs: 24.52796744182706, kind: 'oneWay', seed: 4119661241 },
    { number: 4, atMs: 49.840942211449146, kind: 'clock', seed: 3993082515 },
    { number: 5, atMs: 56.17659515701234, kind: 'isolatePrimary', seed: 2920732467 },
    { number: 7, atMs: 90.64405891112983, kind: 'crashAll', seed: 3366975068 },
    { number: 8, atMs: 108.53595030494034, kind: 'partition', seed: 1407641752 },
    { number: 9, atMs: 124.02576827444136, kind: 'oneWay', seed: 2650585920 },
    { number: 10, atMs: 128.7191843148321, kind: 'lossy', seed: 439783735 },
  ];
  const plan: Plan = {
    ...CALM_PLAN,
    n: 4,
    rule: {
      loss: 0,
      duplicate: 0,
      delayMs: 1.8881164980120957,
      jitterMs: 7.503093972802162,
      slow: 0,
      slowMs: 0,
      ordered: false,
      flapMs: 0,
    },
    profile: profile('small', {
      faultyMs: 200,
      cluster: { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 },
    }),
    strikes,
    submissions: [
      at(164.60106782615185, 7, 0),
      at(71.41000055707991, 0, 1),
      at(167.6712233107537, 0, 2),
      at(67.89842075668275, 14, 3),
      at(0.44450899586081505, 0, 4),
      at(113.9322676230222, 14, 5),
      at(171.49621532298625, 0, 6),
      at(11.12392283976078, 0, 7),
      at(147.21792205236852, 6, 8),
      at(88.55544407851994, 0, 9),
      at(146.8257130123675, 0, 10),
      at(179.94455602020025, 0, 11),
    ],
  };
  expect(runPlan(plan, { seed: 50467 }).failure).toBeUndefined();
});

/** Not a mistake of the protocol's: the checker did not take a crashed primary's NEW-VIEW, safe in its log, for its word. */
test('a primary that is down since its NEW-VIEW counts among those that prepared', () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 5,
    timeoutFloorMs: 3,
    profile: profile('small', {
      faultyMs: 200,
      cluster: { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 },
    }),
    strikes: [
      { number: 0, atMs: 11.172865657135844, kind: 'disk', seed: 475681745 },
      { number: 1, atMs: 18.955379631370306, kind: 'disk', seed: 2434703155 },
      { number: 3, atMs: 27.072309562936425, kind: 'lossy', seed: 443472791 },
      { number: 4, atMs: 48.85650067590177, kind: 'crash', seed: 1985864408 },
    ],
    submissions: [at(42.66835632734001, 9, 4)],
  };
  expect(runPlan(plan, { seed: 599826 }).failure).toBeUndefined();
});

/**
 * A replica that left its view learned a commit above a gap, with the bytes from a proposal that it took no part in: they
 * were not in its log. Its log was rewritten with the commit and without them, and after a crash it held the slot for
 * committed and asked nobody for the batch.
 */
test('a commit above a gap survives a crash with its bytes, or is learned anew', () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 4,
    timeoutFloorMs: 3,
    profile: profile('full'),
    strikes: [
      { number: 0, atMs: 47.38781829364598, kind: 'flap', seed: 3889677487 },
      { number: 1, atMs: 57.10724932141602, kind: 'crash', seed: 742198810 },
      { number: 2, atMs: 75.32156594097614, kind: 'slow', seed: 3020497915 },
      { number: 3, atMs: 106.62944633513689, kind: 'lossy', seed: 3147764820 },
      { number: 6, atMs: 152.20727710984647, kind: 'crash', seed: 1212334123 },
    ],
    lies: [
      { number: 0, liar: 0, tactic: 'twoNewViews' },
      { number: 1, liar: 0, tactic: 'withholdingProposals' },
      { number: 2, liar: 0, tactic: 'flooding' },
    ],
    counts: { f: 11, l: 3, t: 16 },
    submissions: [
      at(107.93169401586056, 0, 2),
      at(17.305347369983792, 0, 6),
      at(26.079585263505578, 0, 8),
      at(27.168352669104934, 0, 9),
      at(3.8647864013910294, 0, 11),
      at(68.04024865850806, 0, 12),
      at(37.619486171752214, 0, 14),
      at(3.790022572502494, 0, 15),
    ],
  };
  expect(runPlan(plan, { seed: 20003228 }).failure).toBeUndefined();
});

/**
 * A primary that had given up waiting for the last PREPAREs for a while took none of them once it had prepared. The others
 * committed the slot before a checkpoint by them, certified the checkpoint and let the slot go: nobody answered its
 * COMMIT. It held the checkpoint's certificate, and waited half a time-out of its own, long since it had been slow,
 * before it took the state; the others' time-outs were shorter, and they deposed it though all was well.
 */
test('a replica that others left behind at a checkpoint takes all PREPAREs, or else the state at once', () => {
  const plan: Plan = {
    ...CALM_PLAN,
    n: 4,
    profile: profile('small', {
      faultyMs: 200,
      cluster: { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 },
    }),
    strikes: [
      { number: 0, atMs: 53.181976126506925, kind: 'slow', seed: 2027763631 },
      { number: 1, atMs: 53.787582740187645, kind: 'pause', seed: 1010057154 },
      { number: 2, atMs: 94.95638594962656, kind: 'partition', seed: 3329461007 },
      { number: 3, atMs: 129.02483246289194, kind: 'lossy', seed: 798068087 },
      { number: 4, atMs: 146.61146830767393, kind: 'slow', seed: 3302870703 },
    ],
    submissions: [
      at(71.57600191421807, 0, 0),
      at(35.625255247578025, 0, 1),
      at(60.34855800680816, 13, 2),
      at(194.5582255255431, 9, 3),
      at(84.00165331549942, 0, 6),
      at(118.6809413600713, 14, 7),
      at(118.99843728169799, 0, 8),
      at(8.399800956249237, 0, 9),
      at(124.26135777495801, 0, 10),
      at(7.825928181409836, 11, 11),
    ],
  };
  expect(runPlan(plan, { seed: 20074421 }).failure).toBeUndefined();
});
