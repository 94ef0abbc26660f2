/** One replica's state differs by a bit: it notices at the next checkpoint, goes back, and is well again. */

import { describe, expect, test } from 'vitest';
import type { AnyMessage, Effects, Machine, Protocol } from '../../src/core/machine.ts';
import {
  BUGS,
  DEFAULT_CAMPAIGN,
  type Plan,
  PROFILES,
  plan,
  runPlan,
  type SimParts,
  SUBJECTS,
} from '../../src/sim/index.ts';

const flipped: Plan = {
  n: 4,
  profile: PROFILES.find(({ name }) => name === 'small')!,
  calm: false,
  rule: undefined,
  strikes: [{ number: 0, atMs: 20, kind: 'flip', seed: 5 }],
  lies: [],
  conspirators: [],
  undivided: new Set(),
  submissions: Array.from({ length: 12 }, (_, number) => ({ number, atMs: 8 * number, to: 0 })),
  counts: { f: 1, l: 0, t: 12 },
  fastPath: true,
  timeoutFloorMs: 50,
};

/** The protocol whose machines say nothing of another state, and take none from elsewhere. */
function silent(parts: SimParts): SimParts {
  const quiet = (out: Effects<AnyMessage, AnyMessage>): void => {
    const kept = out.filter(({ kind }) => kind !== 'diverged' && kind !== 'transfer');
    out.splice(0, out.length, ...kept);
  };
  const protocol: Protocol<AnyMessage, AnyMessage> = {
    ...parts.protocol,
    create(config, log, nowMs, out) {
      const machine = parts.protocol.create(config, log, nowMs, out);
      const step = machine.step.bind(machine);
      return Object.assign(machine as Machine<AnyMessage, AnyMessage>, {
        step(...[event, at, effects]: Parameters<typeof step>): void {
          step(event, at, effects);
          quiet(effects);
        },
      });
    },
  };
  return { ...parts, protocol };
}

describe.each([...SUBJECTS])('%s', (_name, subject) => {
  test('a state that differs is replaced by what the batches make of the last certified one', () => {
    const { failure, trace } = runPlan(flipped, { seed: 1, subject, verbose: true });
    expect(failure).toBeUndefined();
    const victim = trace.map((line) => /a bit of the state of (\d) flips/.exec(line)?.[1]).find(Boolean);
    const slots = trace.flatMap((line) => {
      const executed = new RegExp(`\\s${victim} executes (\\d+), history (\\w+)`).exec(line);
      return executed === null ? [] : [{ sequence: executed[1]!, history: executed[2]! }];
    });
    // One slot at least is executed twice, and comes to another state the second time.
    const twice = slots.some((one) =>
      slots.some((other) => other.sequence === one.sequence && other.history !== one.history),
    );
    expect(twice).toBe(true);
  });

  test('whoever stays in another state is found', () => {
    const parts = silent(subject.parts);
    // As one that stays ill, or as one that is left behind.
    expect(runPlan(flipped, { seed: 1, subject, parts }).failure).toBeDefined();
  });
});

test('whoever takes a certificate for his own state is found', () => {
  const { plant, subject } = BUGS.get('own-checkpoint-unchecked')!;
  expect(runPlan(flipped, { seed: 1, subject, parts: plant(subject.parts) }).failure?.checker).toBe('state');
});

test('a scenario is the same with and without it, but for the flip', () => {
  const small = PROFILES.find(({ name }) => name === 'small')!;
  const { groups, subject } = DEFAULT_CAMPAIGN;
  const without = new Set([...groups].filter((group) => group !== 'memory'));
  const mask = { f: new Set<number>(), l: new Set<number>(), t: new Set<number>() };
  let flips = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const settings = { subject, profile: small, validators: undefined, seed, mask };
    const [all, fewer] = [plan({ ...settings, groups }), plan({ ...settings, groups: without })];
    const rest = all.strikes.filter(({ kind }) => kind !== 'flip');
    flips += all.strikes.length - rest.length;
    expect({ ...all, strikes: rest, counts: fewer.counts }).toEqual(fewer);
  }
  expect(flips).toBeGreaterThan(10);
  expect(flips).toBeLessThan(60);
});
