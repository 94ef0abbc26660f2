/** Mistakes of our own in HotStuff, Streamlet and Raft that campaigns found: each kept as the shrunk scenario that showed it. */

import { expect, test } from 'vitest';
import { type Plan, PROFILES, runPlan, SUBJECTS } from '../../src/sim/index.ts';

type Scenario = Pick<Plan, 'n' | 'calm' | 'rule' | 'strikes' | 'lies' | 'fastPath' | 'timeoutFloorMs'> & {
  /** In ms, and to whom: bit i for replica i, 0 for all. */
  readonly submissions: readonly (readonly [atMs: number, to: number])[];
  readonly parameters: NonNullable<Plan['parameters']>;
};

function failureOf(protocol: string, profile: string, seed: number, scenario: Scenario) {
  const submissions = scenario.submissions.map(([atMs, to], number) => ({ number, atMs, to }));
  const plan: Plan = {
    ...scenario,
    profile: PROFILES.find(({ name }) => name === profile)!,
    submissions,
    conspirators: [],
    undivided: new Set(),
    counts: { f: 0, l: 0, t: 0 },
  };
  return runPlan(plan, { seed, subject: SUBJECTS.get(protocol)! }).failure;
}

/**
 * Somebody had waited for eight time-outs, which counted against each new leader from its first tick on: it had no time to
 * hear the others, as two chains ask of it, and views changed for ever.
 */
test('HotStuff: a new leader gets its time however long others let somebody wait', () => {
  const failure = failureOf('hotstuff', 'small', 5556, {
    n: 4,
    calm: false,
    rule: {
      loss: 0,
      duplicate: 0,
      delayMs: 1.3988879891112447,
      jitterMs: 4.626109708100557,
      slow: 0.04239532081410289,
      slowMs: 26.29454236011952,
      ordered: true,
      flapMs: 0,
    },
    strikes: [
      { number: 0, atMs: 7.101128762587905, kind: 'pause', seed: 2628848188 },
      { number: 1, atMs: 7.996494136750698, kind: 'crash', seed: 479246757 },
      { number: 2, atMs: 12.366754794493318, kind: 'crash', seed: 2629003359 },
      { number: 3, atMs: 13.056767545640469, kind: 'flap', seed: 1236685652 },
      { number: 6, atMs: 30.878410581499338, kind: 'flap', seed: 4034266775 },
      { number: 9, atMs: 118.11620169319212, kind: 'flap', seed: 1831645456 },
      { number: 14, atMs: 189.73774397745728, kind: 'crash', seed: 3645857103 },
    ],
    lies: [{ number: 1, liar: 3, tactic: 'silent' }],
    submissions: [
      [112.58512823842466, 4],
      [195.71198085322976, 0],
      [12.032592482864857, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 3,
    parameters: { commit: 'two-chain', leader: 'stable' },
  });
  expect(failure).toBeUndefined();
});

/**
 * With a leader for every round, votes of one round came before those of the round before it. The replica took the round
 * between for one that had failed, and proposed again what was on its way.
 */
test('HotStuff: certificates that overtake each other are no change of view', () => {
  const failure = failureOf('hotstuff', 'small', 21988, {
    n: 4,
    calm: false,
    rule: {
      loss: 0,
      duplicate: 0,
      delayMs: 0.49886675365269184,
      jitterMs: 1.6909786742180586,
      slow: 0,
      slowMs: 77.43082661181688,
      ordered: false,
      flapMs: 0,
    },
    strikes: [
      { number: 0, atMs: 2.0673606544733047, kind: 'flap', seed: 137203568 },
      { number: 1, atMs: 11.870793346315622, kind: 'crash', seed: 2589449464 },
      { number: 2, atMs: 40.43171466328204, kind: 'lossy', seed: 993880083 },
      { number: 3, atMs: 44.15356912650168, kind: 'crashAll', seed: 2665048806 },
      { number: 4, atMs: 79.52220905572176, kind: 'crash', seed: 2415920765 },
      { number: 5, atMs: 81.6069214604795, kind: 'oneWay', seed: 1513811836 },
      { number: 8, atMs: 110.31285761855543, kind: 'mend', seed: 886173190 },
      { number: 9, atMs: 134.43639175966382, kind: 'pause', seed: 3162186784 },
      { number: 10, atMs: 140.39324037730694, kind: 'crashAll', seed: 4042326362 },
    ],
    lies: [],
    submissions: [
      [188.33113368600607, 0],
      [83.95511345006526, 9],
      [45.364417508244514, 0],
      [12.749503692612052, 3],
      [30.35542373545468, 0],
      [139.48828247375786, 10],
      [162.3147949576378, 8],
      [25.919619295746088, 0],
      [158.28088829293847, 0],
      [70.25086469948292, 0],
      [0.18777381628751755, 0],
      [53.22234868071973, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { commit: 'two-chain', leader: 'rotating' },
  });
  expect(failure).toBeUndefined();
});

/**
 * Where leaders take turns, one of them proposed for its next turns in advance, hundreds of them. Replicas kept the highest
 * four proposals, and forgot those of the honest leaders before that.
 */
test('HotStuff: what a liar proposes for later views crowds out nobody', () => {
  const failure = failureOf('hotstuff', 'brief', 1594, {
    n: 4,
    calm: false,
    rule: {
      loss: 0.21714966350700707,
      duplicate: 0,
      delayMs: 0.2972427695058286,
      jitterMs: 7.261680781841278,
      slow: 0.06151783622335643,
      slowMs: 25.375589565373957,
      ordered: false,
      flapMs: 0,
    },
    strikes: [],
    lies: [
      { number: 0, liar: 0, tactic: 'buildingOnThePast' },
      { number: 1, liar: 0, tactic: 'flooding' },
    ],
    submissions: [
      [31.939073335379362, 0],
      [19.301843885332346, 0],
      [5.7385763712227345, 0],
    ],
    fastPath: false,
    timeoutFloorMs: 50,
    parameters: { commit: 'two-chain', leader: 'rotating' },
  });
  expect(failure).toBeUndefined();
});

/**
 * Its transaction came when the others were about to leave the round. It proposed, and the next leader, which could not have
 * seen that notarised, proposed beside it: one of the two blocks was lost.
 */
test('Streamlet: a leader that hears of work at the end of its round leaves it to the next', () => {
  const failure = failureOf('streamlet', 'calm', 5107, {
    n: 5,
    calm: true,
    rule: undefined,
    strikes: [],
    lies: [],
    submissions: [
      [59.244046825915575, 4],
      [15.374155067838728, 8],
      [9.641430722549558, 0],
      [27.916922913864255, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { roundMs: 8 },
  });
  expect(failure).toBeUndefined();
});

/**
 * The clients had left it out; when it heard of work, it proposed, just as the others ended its round. They voted for its
 * block, and the next leader, which had as well, proposed beside that block before it could be notarised.
 */
test('Streamlet: a leader gives a block that it has only just voted for the time to be notarised', () => {
  const failure = failureOf('streamlet', 'calm', 750191074, {
    n: 5,
    calm: true,
    rule: undefined,
    strikes: [],
    lies: [],
    submissions: [
      [10.158496429212391, 21],
      [12.839818792417645, 3],
    ],
    fastPath: false,
    timeoutFloorMs: 50,
    parameters: { roundMs: 8 },
  });
  expect(failure).toBeUndefined();
});

/**
 * It led and had committed an entry of its term, while its state was still on its way from another replica.
 */
test('Raft: a leader whose state is behind what is committed is not read', () => {
  const failure = failureOf('raft', 'brief', 84635, {
    n: 3,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 17.723349053412676, kind: 'crash', seed: 607684325 },
      { number: 1, atMs: 20.170427532866597, kind: 'partition', seed: 2646845025 },
      { number: 3, atMs: 23.222452830523252, kind: 'crashAll', seed: 2651218930 },
    ],
    lies: [],
    submissions: [
      [15.007963702082634, 1],
      [17.69419110380113, 0],
      [15.523730041459203, 6],
    ],
    fastPath: true,
    timeoutFloorMs: 3,
    parameters: { leasePercent: 25, learners: 0 },
  });
  expect(failure).toBeUndefined();
});

/**
 * The leader of the first term was restarted before its log held anything, and led on. Its heartbeats counted from one
 * again, so that an answer to one from before the crash renewed its lease, long after others had elected somebody else.
 */
test('Raft: the leader of the first term does not lead on after a restart', () => {
  const failure = failureOf('raft', 'brief', 7163, {
    n: 3,
    calm: false,
    rule: {
      loss: 0.11266318475827575,
      duplicate: 0,
      delayMs: 0.4517871025018394,
      jitterMs: 5.840549025684595,
      slow: 0.07308105246629566,
      slowMs: 90.68437195383012,
      ordered: false,
      flapMs: 0,
    },
    strikes: [
      { number: 0, atMs: 3.5032304655760527, kind: 'crash', seed: 3586172776 },
      { number: 1, atMs: 7.8194263856858015, kind: 'pause', seed: 3855135439 },
    ],
    lies: [],
    submissions: [],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { leasePercent: 25, learners: 0 },
  });
  expect(failure).toBeUndefined();
});

/**
 * A replica was killed when a state was on its disk and what certifies it was not in its log yet: it could show the
 * checkpoint to nobody, and those behind it stayed behind while another was down.
 */
test('HotStuff: what certifies a state is written before the state', () => {
  const failure = failureOf('hotstuff', 'small', 200003457, {
    n: 4,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 5.842064926400781, kind: 'partition', seed: 203036105 },
      { number: 1, atMs: 38.010974042117596, kind: 'flap', seed: 1138361496 },
      { number: 3, atMs: 57.69644151441753, kind: 'mend', seed: 1731113938 },
      { number: 4, atMs: 62.025972409173846, kind: 'isolatePrimary', seed: 3406865110 },
      { number: 5, atMs: 62.916984083130956, kind: 'lossy', seed: 3021730114 },
      { number: 7, atMs: 81.3095111399889, kind: 'slow', seed: 3046155619 },
      { number: 9, atMs: 106.24903445132077, kind: 'disk', seed: 2468155652 },
      { number: 15, atMs: 167.1521902550012, kind: 'crash', seed: 4042153905 },
    ],
    lies: [],
    submissions: [
      [51.174015598371625, 5],
      [8.364527486264706, 9],
      [12.31172257103026, 0],
      [2.393233962357044, 5],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { commit: 'two-chain', leader: 'rotating' },
  });
  expect(failure).toBeUndefined();
});

/**
 * A replica woke up to the votes that decided a slot before it read the proposal: it had asked for the batch, took the one
 * of the proposal, asked no more, and never looked whether the slot could be delivered now.
 */
test('HotStuff: a batch that comes after its slot was decided is delivered, whoever brings it', () => {
  const failure = failureOf('hotstuff', 'full', 220020842, {
    n: 6,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 1, atMs: 93.41544713824987, kind: 'lossy', seed: 1149217076 },
      { number: 2, atMs: 112.74954690597951, kind: 'slowDisk', seed: 2938911707 },
      { number: 3, atMs: 137.6994615420699, kind: 'pause', seed: 2511190723 },
    ],
    lies: [],
    submissions: [
      [60.37383149378002, 23],
      [176.92637583240867, 0],
      [121.45995618775487, 0],
      [129.00876672938466, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { commit: 'three-chain', leader: 'stable' },
  });
  expect(failure).toBeUndefined();
});

/**
 * A new leader had heard from all whose connections were open, and had nothing to propose. Then a replica came back, whose
 * lock may be the highest, and it was not waited for.
 */
test('HotStuff: a leader that has not spoken yet waits for who comes back meanwhile', () => {
  const failure = failureOf('hotstuff', 'brief', 220031524, {
    n: 4,
    calm: false,
    rule: {
      loss: 0,
      duplicate: 0,
      delayMs: 0.8822786877863109,
      jitterMs: 2.213652463629842,
      slow: 0,
      slowMs: 94.45800411049277,
      ordered: false,
      flapMs: 0,
    },
    strikes: [
      { number: 0, atMs: 2.222047597169876, kind: 'crash', seed: 668334294 },
      { number: 1, atMs: 18.440989311784506, kind: 'lossy', seed: 3809986643 },
    ],
    lies: [{ number: 0, liar: 0, tactic: 'buildingOnThePast' }],
    submissions: [
      [1.0121924709528685, 0],
      [23.8265788462013, 0],
    ],
    fastPath: false,
    timeoutFloorMs: 3,
    parameters: { commit: 'two-chain', leader: 'stable' },
  });
  expect(failure).toBeUndefined();
});

/**
 * A replica that knew nothing but a checkpoint's state took the block that all begin with for one at that checkpoint, and
 * wrote so into its log: it might have voted for a batch as the first after it.
 */
test('HotStuff: the first block is the same to who begins at a later checkpoint', () => {
  const failure = failureOf('hotstuff', 'brief', 230013672, {
    n: 4,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 2.290792418643832, kind: 'crash', seed: 527166233 },
      { number: 1, atMs: 21.205193484202027, kind: 'crash', seed: 2329792248 },
    ],
    lies: [],
    submissions: [
      [31.038606446236372, 12],
      [2.0679347030818462, 11],
      [8.334110658615828, 0],
    ],
    fastPath: false,
    timeoutFloorMs: 3,
    parameters: { commit: 'two-chain', leader: 'stable' },
  });
  expect(failure).toBeUndefined();
});

/**
 * Not Raft's mistake but its checker's: a leader committed while it waited for a state, heard of another term before the
 * state came, and was then asked who held its entry in that term.
 */
test('Raft: what a leader committed may be executed when it leads no more', () => {
  const failure = failureOf('raft', 'sets', 400058434, {
    n: 5,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 7.85164819099009, kind: 'rotate', seed: 988097409 },
      { number: 1, atMs: 34.892195533029735, kind: 'isolatePrimary', seed: 3484231530 },
      { number: 2, atMs: 49.15471784770489, kind: 'crash', seed: 365513107 },
      { number: 3, atMs: 52.90156945120543, kind: 'busy', seed: 236299310 },
      { number: 4, atMs: 62.5520747853443, kind: 'join', seed: 230936500 },
      { number: 6, atMs: 100.7675237255171, kind: 'join', seed: 3350320564 },
      { number: 7, atMs: 124.13163150195032, kind: 'rotate', seed: 2252404535 },
      { number: 8, atMs: 127.7571725891903, kind: 'join', seed: 1527562311 },
      { number: 9, atMs: 193.36961035151035, kind: 'crashAll', seed: 2393563602 },
      { number: 10, atMs: 197.5900392048061, kind: 'join', seed: 4086156914 },
      { number: 12, atMs: 211.66947036981583, kind: 'flap', seed: 2089416651 },
      { number: 15, atMs: 270.48863070085645, kind: 'partition', seed: 4207399740 },
    ],
    lies: [],
    submissions: [
      [65.79278439749032, 0],
      [216.37710174545646, 0],
      [73.72091508004814, 7],
      [62.24183379672468, 6],
      [215.81963589414954, 0],
      [118.56789712328464, 0],
      [193.97602023091167, 18],
      [193.5499724233523, 0],
      [55.59601548593491, 16],
      [163.80660838913172, 27],
      [71.39935484156013, 0],
      [57.53596562426537, 25],
      [116.03778228163719, 18],
      [279.04936079867184, 0],
      [161.76333110779524, 7],
      [74.31253076065332, 0],
      [154.88684924785048, 0],
      [247.5974851520732, 0],
      [147.54935984965414, 21],
      [223.26577305793762, 0],
      [221.4376717340201, 0],
      [55.13703301548958, 0],
      [55.07469798903912, 0],
      [254.5520925661549, 17],
      [216.6974580148235, 0],
      [115.36790246609598, 0],
      [89.4781589275226, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { leasePercent: 25, learners: 0 },
  });
  expect(failure).toBeUndefined();
});

/**
 * Five of seven had a round certified, asked for the view after it, and crashed before that certificate was in a log; the
 * one that had left for what they asked could not sign for the earlier view that they were back in. One of the five had
 * forgotten all, and no quorum was left for either.
 */
test('HotStuff: whoever asks for a view remembers how it came to the one before', () => {
  const failure = failureOf('hotstuff', 'small', 500090595, {
    n: 7,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 1.1701594572514296, kind: 'flap', seed: 2892180874 },
      { number: 1, atMs: 18.88495869934559, kind: 'crash', seed: 3159028650 },
      { number: 4, atMs: 55.48815825022757, kind: 'crashAll', seed: 2505380749 },
      { number: 5, atMs: 69.87673630937934, kind: 'disk', seed: 3299890615 },
    ],
    lies: [{ number: 0, liar: 4, tactic: 'silent' }],
    submissions: [[15.586501266807318, 20]],
    fastPath: false,
    timeoutFloorMs: 10,
    parameters: { commit: 'two-chain', leader: 'rotating' },
  });
  expect(failure).toBeUndefined();
});

/**
 * Whoever is in a later term answers a leader of the past, so that it learns of the term. It named what it had matched with
 * another leader's log; the leader of the past had won that very term meanwhile, took the answer for its own, and
 * committed what no majority held.
 */
test('Raft: an answer to a leader of the past lends the leader of the present no entries', () => {
  const failure = failureOf('raft', 'sets', 420074698, {
    n: 4,
    calm: false,
    rule: {
      loss: 0.1325946140103042,
      duplicate: 0,
      delayMs: 1.521047806367278,
      jitterMs: 5.999145144596696,
      slow: 0,
      slowMs: 73.95446193404496,
      ordered: false,
      flapMs: 0,
    },
    strikes: [
      { number: 2, atMs: 73.2349849306047, kind: 'crashAll', seed: 153153068 },
      { number: 3, atMs: 73.83836195804179, kind: 'flap', seed: 842523943 },
      { number: 5, atMs: 84.3238087138161, kind: 'lossy', seed: 3704159939 },
      { number: 6, atMs: 135.02002540044487, kind: 'rotate', seed: 3013941185 },
      { number: 7, atMs: 140.99656564649194, kind: 'rotate', seed: 937768651 },
      { number: 11, atMs: 295.2685912605375, kind: 'isolatePrimary', seed: 2287396786 },
    ],
    lies: [],
    submissions: [
      [151.47269514854997, 0],
      [30.68843164946884, 6],
      [21.029791049659252, 0],
      [80.6765457848087, 9],
      [130.85818025283515, 0],
      [199.15320512373, 5],
      [122.39025640301406, 0],
      [23.923507262952626, 0],
      [262.8253870876506, 5],
      [4.568839841522276, 0],
      [227.40219016559422, 7],
      [264.3323869211599, 9],
      [173.256640532054, 0],
      [227.7235234854743, 11],
      [111.00476053543389, 0],
      [227.6099409442395, 15],
      [158.20210087113082, 0],
      [255.65327515359968, 0],
      [52.59370661806315, 0],
      [292.5095524638891, 0],
      [135.85083670914173, 0],
      [208.5491827921942, 4],
      [61.83047241065651, 0],
      [29.217193205840886, 0],
      [27.337873843498528, 0],
      [219.92193956393749, 0],
      [14.1281814314425, 0],
      [292.9167210822925, 13],
      [288.91549471300095, 0],
      [135.1435995195061, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 3,
    parameters: { leasePercent: 25, learners: 1 },
  });
  expect(failure).toBeUndefined();
});

/**
 * A leader began its term with a log that reached three windows above the checkpoint that it knew to be certified, so that
 * it made no entry of its own; and made none when it knew of later ones, so that nothing before it could commit.
 */
test('Raft: a term that had no room for its first entry gets it later', () => {
  const failure = failureOf('raft', 'sets', 430183480, {
    n: 5,
    calm: false,
    rule: undefined,
    strikes: [
      { number: 0, atMs: 12.977300235070288, kind: 'cutLink', seed: 3470604756 },
      { number: 1, atMs: 21.538830525241792, kind: 'pause', seed: 1802999276 },
      { number: 4, atMs: 40.83647537045181, kind: 'isolate', seed: 3925930577 },
      { number: 5, atMs: 58.8143213884905, kind: 'isolate', seed: 638954305 },
      { number: 9, atMs: 246.1255735019222, kind: 'isolate', seed: 2324787029 },
    ],
    lies: [],
    submissions: [
      [139.7430555894971, 0],
      [177.5721758371219, 0],
      [179.99381956178695, 0],
      [208.75587821938097, 0],
      [221.44569237716496, 0],
      [200.35359745379537, 0],
      [176.73952232580632, 30],
      [150.7457789964974, 0],
      [38.78203220665455, 24],
      [85.30325051397085, 9],
      [152.47527603060007, 0],
      [170.3030727803707, 8],
      [26.859441376291215, 13],
      [17.392635438591242, 0],
      [149.50526256579906, 0],
      [204.81376962270588, 1],
      [194.1821062937379, 3],
      [60.47172909602523, 0],
      [187.25460504647344, 0],
      [103.35336034186184, 0],
    ],
    fastPath: true,
    timeoutFloorMs: 50,
    parameters: { leasePercent: 25, learners: 0 },
  });
  expect(failure).toBeUndefined();
});
