import { describe, expect, it } from 'vitest';
import { chargePath, OutputIndex, pathOf } from '../../src/cli/profile/critical-path.ts';
import type { Cause, Output } from '../../src/cli/profile/recorder.ts';
import { PARTS, Timeline } from '../../src/core/stopwatch.ts';
import type { TracedCommit } from '../../src/load/orders.ts';

const message = (from: number, type: string, arrivedUs: number): Cause => ({
  kind: 'message',
  from,
  type,
  sequence: 7,
  arrivedUs,
});
const output = (type: string, cause: Cause, sentUs: (number | null)[]): Output => ({
  type,
  sequence: 7,
  cause,
  sentUs,
});

/** The client hands over at 0, the primary proposes, v1 prepares, v2 is certain and answers at 100. */
const PROPOSED: Cause = { kind: 'propose', from: -1, type: '', sequence: -1, arrivedUs: 12 };
const OUTPUTS: Output[][] = [
  [output('pre-prepare', PROPOSED, [null, 30, 31, 32, null])],
  [output('prepare', message(0, 'pre-prepare', 35), [48, null, 50, 51, null])],
  [
    output('prepare', message(0, 'pre-prepare', 40), [60, 61, null, 62, null]),
    output('reply', message(1, 'prepare', 45), [null, null, null, null, 90]),
  ],
  [],
];
const COMMIT: TracedCommit = {
  startUs: 0,
  settledUs: 100,
  sequence: 7,
  from: 2,
  arrivedUs: 95,
  sentUs: [10, 11, 12, 13],
  latencyMs: 0.1,
};
const indexes = (outputs: readonly (readonly Output[])[]) => outputs.map((one) => new OutputIndex(one));

/** Busy with `part` from the one time to the other, waiting before and after. */
function timeline(spans: readonly (readonly [(typeof PARTS)[number], number, number])[]) {
  let nowUs = -1;
  const watch = new Timeline(() => nowUs, 64);
  for (const [part, fromUs, toUs] of spans) {
    nowUs = fromUs;
    watch.begin(part);
    nowUs = toUs;
    watch.leave();
  }
  return watch.data();
}

describe('pathOf', () => {
  it('follows a commit backwards, without gaps, from hand-over to hand-over', () => {
    const hops = pathOf(COMMIT, indexes(OUTPUTS))!;
    expect(hops.map(({ stage, holder, fromUs, toUs }) => [stage, holder, fromUs, toUs])).toEqual([
      ['submit', -1, 0, 10],
      ['pre-prepare', 0, 10, 30],
      ['prepare', 1, 30, 45],
      // v2 was at work on v1's message before v1's call to its socket had returned.
      ['reply', 2, 45, 90],
      ['answer', -1, 90, 100],
    ]);
  });

  it('takes the first of what was sent twice', () => {
    const again = output('pre-prepare', PROPOSED, [null, 80, 81, 82, null]);
    const hops = pathOf(COMMIT, indexes([[...OUTPUTS[0]!, again], ...OUTPUTS.slice(1)]))!;
    expect(hops[1]!.toUs).toBe(30);
  });

  it.each([
    ['the reply', 2, 'reply'],
    ['the decisive vote', 1, 'prepare'],
    ['the proposal', 0, 'pre-prepare'],
  ])('gives up where %s is not on record', (_, id, type) => {
    const left = OUTPUTS.map((list, at) => (at === id ? list.filter((one) => one.type !== type) : list));
    expect(pathOf(COMMIT, indexes(left))).toBeUndefined();
  });

  it('gives up on what goes round in a circle, or was caused by nothing', () => {
    const circle = [
      [output('a', message(1, 'b', 1), [])],
      [output('b', message(0, 'a', 1), []), output('reply', message(0, 'a', 2), [])],
    ];
    expect(pathOf({ ...COMMIT, from: 1 }, indexes(circle))).toBeUndefined();
    const none: Cause = { kind: 'none', from: -1, type: '', sequence: -1, arrivedUs: 0 };
    expect(pathOf({ ...COMMIT, from: 0 }, indexes([[output('reply', none, [])]]))).toBeUndefined();
    expect(pathOf({ ...COMMIT, from: 9 }, indexes(OUTPUTS))).toBeUndefined();
  });
});

describe('chargePath', () => {
  const client = timeline([
    ['client', 0, 6],
    ['socket', 6, 14],
    ['client', 95, 100],
  ]);
  const replicas = [
    timeline([
      ['verify', 12, 20],
      ['sign', 20, 28],
      ['socket', 28, 34],
    ]),
    timeline([['verify', 35, 50]]),
    timeline([
      // Busy with its own PREPARE while the decisive one is on its way.
      ['sign', 40, 60],
      ['execution', 70, 92],
    ]),
    timeline([]),
  ];

  it('charges every microsecond once, to what its holder did', () => {
    const charged = chargePath(pathOf(COMMIT, indexes(OUTPUTS))!, client, replicas)!;
    const parts = Object.fromEntries(PARTS.map((part, i) => [part, charged.charges[i]]));
    expect(parts).toMatchObject({
      client: 6 + 5,
      socket: 4 + 2,
      verify: 8 + 10,
      sign: 8 + 15,
      execution: 20,
      // Until the primary's callback, v1's, inside v2, and until the client's.
      waiting: 2 + 5 + 10 + 5,
    });
    expect([...charged.charges].reduce((a, b) => a + b)).toBeCloseTo(charged.latencyUs, 9);
    expect(charged.latencyUs).toBe(100);
    expect(charged.untilArrivedUs).toBe(2 + 5 + 0 + 5);
    expect(charged.stages.map(({ stage }) => stage)).toEqual([
      'submit',
      'pre-prepare',
      'prepare',
      'reply',
      'answer',
    ]);
  });

  it('gives up where a timeline begins too late', () => {
    let nowUs = 50;
    const late = new Timeline(() => nowUs, 8);
    nowUs = 60;
    const hops = pathOf(COMMIT, indexes(OUTPUTS))!;
    expect(chargePath(hops, client, [late.data(), ...replicas.slice(1)])).toBeUndefined();
  });
});
