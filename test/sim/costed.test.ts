import { describe, expect, it } from 'vitest';
import { theoryOf } from '../../src/cli/bench/patterns.ts';
import type { Setting } from '../../src/cli/bench/row.ts';
import { CONTENDERS } from '../../src/cli/compare/contenders.ts';
import { apart, nearest } from '../../src/cli/compare/fit.ts';
import { calibrate, foretell, makeModel, simulate, simulateFloor } from '../../src/cli/compare/model.ts';
import { type CompareRow, settingOf } from '../../src/cli/compare/row.ts';
import type { Delays } from '../../src/core/delays.ts';
import { type Arrival, CostedWorld, Host, MYSELF, type Party, Process } from '../../src/sim/costed/world.ts';

const FREE = { idleUs: 0, switchUs: 0, frameInUs: 0, frameOutUs: 0, kilobyteUs: 0 };
const FRAMES = { idleUs: 20, switchUs: 5, frameInUs: 8, frameOutUs: 8, kilobyteUs: 1 };
const DRIVER = { turnUs: 20, messageUs: 30, slotUs: 70, spread: 0 };
const MEASURED = {
  signUs: { ed25519: 36, 'ml-dsa-87': 130 },
  verifyUs: { ed25519: 17, 'ml-dsa-87': 21 },
  appendUs: 2,
};
const COMMON = { txAuth: 'ed25519', durability: 'process', payloadBytes: 64 };
const setting = (name: string, n: number, auth = 'ed25519'): Setting =>
  settingOf(CONTENDERS.find((one) => one.name === name)!, auth, n, COMMON);
const far = (ms: number): Delays => ({ regions: ['a'], oneWayMs: { a: { a: ms } } });
const middle = (values: readonly number[]) => values[values.length >> 1]!;
const noPause = () => Promise.resolve();

describe('time in a simulated cluster', () => {
  /** Works so long whenever it is told to, and notes when it began. */
  class Worker implements Party {
    readonly began: number[] = [];
    turn(arrivals: readonly Arrival[], nowMs: number): number {
      this.began.push(nowMs);
      return 1000 * arrivals.length;
    }
  }
  const begun = (cores: number): number[] => {
    const world = new CostedWorld(FREE);
    const host = new Host(cores);
    const worker = new Worker();
    for (let id = 0; id < 4; id++) {
      const process = new Process(world, id, host);
      process.party = worker;
      process.remember(5, undefined);
    }
    expect(world.run(() => worker.began.length === 4, 100)).toBe(true);
    return worker.began;
  };

  it('passes for those who wait for a core', () => {
    expect(begun(4)).toEqual([5, 5, 5, 5]);
    expect(begun(2)).toEqual([5, 5, 6, 6]);
    expect(begun(1)).toEqual([5, 6, 7, 8]);
  });

  it('lets a process take all that came while it was at work', () => {
    const world = new CostedWorld(FREE);
    const worker = new Worker();
    const process = new Process(world, 0, new Host(1));
    process.party = worker;
    for (const ms of [0, 0.2, 0.4, 3.5]) process.remember(ms, undefined);
    world.run(() => false, 100);
    // The second and third together, in two ms.
    expect(worker.began).toEqual([0, 1, 3.5]);
    expect(process.busyUs).toBe(4000);
  });

  it('passes within a turn, with what is done', () => {
    const world = new CostedWorld({ ...FREE, frameInUs: 50 });
    const [a, b] = [0, 1].map((id) => new Process(world, id, new Host(1))) as [Process, Process];
    const read: number[] = [];
    a.party = {
      turn: () => {
        a.post(b, 0, 'hello');
        return 0;
      },
    };
    b.party = {
      turn: (_arrivals, _nowMs, clock) => {
        read.push(clock(0), clock(200));
        return 200;
      },
    };
    a.remember(3, undefined);
    world.run(() => false, 100);
    expect(read).toEqual([3.05, 3.25]);
  });

  it('charges frames where they leave and where they arrive', () => {
    const world = new CostedWorld({ ...FREE, frameInUs: 10, frameOutUs: 20, kilobyteUs: 5 }, () => 2);
    const [a, b] = [0, 1].map((id) => new Process(world, id, new Host(1))) as [Process, Process];
    const heard: number[] = [];
    a.party = {
      turn: (arrivals) => {
        for (const { from } of arrivals) if (from === MYSELF) a.post(b, 2000, 'hello');
        return 100;
      },
    };
    b.party = {
      turn: (_, nowMs) => {
        heard.push(nowMs);
        return 0;
      },
    };
    a.remember(0, undefined);
    world.run(() => false, 100);
    expect(heard).toEqual([0.1 + 0.02 + 0.01 + 2]);
    expect([a.busyUs, b.busyUs]).toEqual([130, 20]);
  });
});

describe('protocols in a simulated cluster', () => {
  it.each(['pbft', 'hotstuff-2', 'hotstuff-3', 'raft'])(
    '%s takes its message delays and its messages',
    (name) => {
      const one = setting(name, 4);
      const wayMs = 10;
      const result = simulate(one, MEASURED, FRAMES, DRIVER, undefined, far(wayMs))!;
      const { delays, messages } = theoryOf(one);
      // The client stands beside the validators: two of the delays cost nothing.
      expect(middle(result.latenciesMs) / wayMs).toBeGreaterThanOrEqual(delays - 2);
      expect(middle(result.latenciesMs) / wayMs).toBeLessThan(delays - 1.8);
      expect(result.messagesPerCommit).toBeGreaterThanOrEqual(messages);
      // Raft's leader says as much as for a commit at every tick, a fifth of 300 ms, whether anybody commits or not.
      const beats = name === 'raft' ? middle(result.latenciesMs) / 60 : 0;
      expect(result.messagesPerCommit).toBeLessThan((1.3 + beats) * messages);
      expect(simulateFloor(one, FRAMES, undefined, far(wayMs)) / wayMs).toBeCloseTo(delays - 2, 0);
    },
  );

  it('come out alike every time', () => {
    const run = () => simulate(setting('streamlet', 7), MEASURED, FRAMES, DRIVER, 2, undefined);
    expect(run()).toEqual(run());
  });

  it('are slower on fewer cores, and never below their floor', () => {
    for (const { name } of CONTENDERS) {
      const p50 = (cores: number | undefined) =>
        middle(simulate(setting(name, 7), MEASURED, FRAMES, DRIVER, cores, undefined)!.latenciesMs);
      expect(p50(1)).toBeGreaterThan(p50(undefined));
      expect(p50(2)).toBeGreaterThan(simulateFloor(setting(name, 7), FRAMES, 2, undefined));
    }
  });

  it('sign nothing in the normal case where sessions authenticate', () => {
    const signed = simulate(setting('raft', 4), MEASURED, FRAMES, DRIVER, 2, undefined)!;
    const bare = simulate(setting('raft', 4, 'channel'), MEASURED, FRAMES, DRIVER, 2, undefined)!;
    expect(signed.signaturesMadePerCommit).toBeGreaterThan(4);
    // Checkpoints only.
    expect(bare.signaturesMadePerCommit).toBeLessThan(0.2);
  });
});

describe('fitting', () => {
  it('finds what a cost is least for', () => {
    const [a, b] = nearest([1, 100], ([x, y]) => apart(x!, 7) + 2 * apart(x! * y!, 70)) as [number, number];
    expect(a).toBeCloseTo(7, 2);
    expect(b).toBeCloseTo(10, 2);
  });

  it('foretells other sizes from the figures of one', async () => {
    const truth = {
      measured: MEASURED,
      frames: FRAMES,
      driver: { turnUs: 60, messageUs: 35, slotUs: 60, spread: 0.4 },
      factors: { 'pbft ed25519': 1.2, 'raft ed25519': 0.8 },
      fittedTo: 4,
    };
    const names = ['pbft', 'raft'];
    const rows = [4, 7].flatMap((n) =>
      names.map((name) => foretell(setting(name, n), name, truth, 'one', undefined)!),
    ) as CompareRow[];
    const model = await makeModel(rows, MEASURED, undefined, noPause);
    expect(model.fittedTo).toBe(4);
    const found = await calibrate(rows, model, undefined, noPause);
    expect(found).toHaveLength(4);
    for (const one of found) {
      expect(Math.abs(one.off)).toBeLessThan(0.2);
      expect(one.within).toBe(true);
      expect(one.fitted).toBe(one.validators === 4);
    }
  }, 120_000);
});
