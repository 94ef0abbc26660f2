import { describe, expect, test } from 'vitest';
import { maxFaulty } from '../../src/core/quorum.ts';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { stateOf } from '../../src/sim/bug-kit.ts';
import { Liar } from '../../src/sim/byzantine.ts';
import type { AdversaryOf } from '../../src/sim/cluster.ts';
import { CALM, type Observer, pbftLiar, sign } from '../../src/sim/index.ts';
import { GENESIS } from '../../src/sim/ledger.ts';
import { drive, expectSettled, ids, type PbftEffect, pbftWorld } from './pbft-world.ts';

/** Says in every view, to all, that it has left it. */
const leaver: AdversaryOf<PbftMessage, PbftRecord> = () => (machine) => {
  let left = 0;
  return new Liar(machine, [
    {
      add(out) {
        const { view } = machine.status();
        if (view < left) return;
        left = view + 1;
        const claims = { stable: 0, checkpoints: [{ sequence: 0, digest: GENESIS.digest }] };
        const message = {
          type: 'view-change',
          epoch: 0,
          view: left,
          ...claims,
          prepared: [],
          preprepared: [],
        };
        out.push({ kind: 'send', to: undefined, message: message as PbftMessage, afterPersist: false });
      },
    },
  ]);
};

describe.each([4, 5, 6, 7, 10])('n = %i', (n) => {
  test('all is well: everything commits in view 0, in order, alike', () => {
    const { cluster } = pbftWorld({ n }, true);
    drive(cluster, 120);
    expectSettled(cluster, 100);
    const tips = new Set(cluster.nodes.map((node) => node.ledger.tip.digest));
    expect(tips.size).toBe(1);
    for (const node of cluster.nodes) expect(node.disk.snapshots.at(-1)!.sequence).toBeGreaterThan(0);
  });

  test('an idle cluster stays in its view and says little', () => {
    const { cluster } = pbftWorld({ n }, true);
    drive(cluster, 5);
    cluster.run(1_000);
    const before = cluster.network.stats.sent;
    cluster.run(60_000);
    expect(cluster.network.stats.sent - before).toBeLessThan(60 * n * (n - 1));
  });

  test('f crashed backups change nothing', () => {
    const { cluster } = pbftWorld({ n }, true);
    for (let id = n - maxFaulty(n); id < n; id++) cluster.crash(id);
    drive(cluster, 60);
    expectSettled(cluster, 100);
  });

  test('one crash too many stops progress and breaks nothing; a restart brings it back', () => {
    const { cluster } = pbftWorld({ n });
    drive(cluster, 20);
    expectSettled(cluster);
    for (const id of ids(n).slice(0, n - Math.ceil((n + maxFaulty(n) + 1) / 2) + 1)) cluster.crash(id);
    cluster.submit(10);
    cluster.run(5_000);
    for (const node of cluster.up) expect(node.ledger.executed.size).toBe(20);
    cluster.heal();
    expectSettled(cluster);
  });

  test('20 % loss', () => {
    const { cluster } = pbftWorld({ n, rule: { ...CALM, loss: 0.2 } });
    drive(cluster, 100, 2);
    expectSettled(cluster, 60_000);
  });

  test('a primary that proposes two batches for one sequence forks nobody and stops nobody', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { cluster } = pbftWorld({ n, seed, adversaries: new Map([[0, pbftLiar('equivocating')]]) });
      drive(cluster, 20);
      expectSettled(cluster);
    }
  });

  test('the whole cluster restarts under load', () => {
    const { cluster } = pbftWorld({ n });
    for (let round = 0; round < 3; round++) {
      drive(cluster, 30);
      for (const id of ids(n)) cluster.crash(id);
      cluster.run(10);
      cluster.heal();
    }
    expectSettled(cluster);
  });
});

describe('the primary crashes at each phase of a slot', () => {
  const isSend = (effect: PbftEffect, type: string): boolean =>
    effect.kind === 'send' && effect.message.type === type;
  const phases: [string, (effect: PbftEffect, to: number | undefined, n: number) => boolean][] = [
    ['before its log holds the proposal', (e) => e.kind === 'persist'],
    ['before it sent its proposal', (e) => isSend(e, 'pre-prepare')],
    ['having proposed to one', (e, to) => isSend(e, 'pre-prepare') && to === 2],
    ['having proposed to two', (e, to) => isSend(e, 'pre-prepare') && to === 3],
    ['having proposed to all but the last', (e, to, n) => isSend(e, 'pre-prepare') && to === n - 1],
    ['having prepared, before its log says so', (e) => e.kind === 'persist' && e.record.type === 'prepared'],
    ['having prepared, before its commit', (e) => isSend(e, 'commit')],
    ['having sent its commit to some', (e, to) => isSend(e, 'commit') && to === 3],
    [
      'having committed, before its log says so',
      (e) => e.kind === 'persist' && e.record.type === 'committed',
    ],
    ['having committed, before it executes', (e) => e.kind === 'deliver'],
  ];
  for (const n of [4, 7]) {
    for (const back of [false, true]) {
      const ways = [true, false].flatMap((fastPath) =>
        // On the fast path no COMMIT is sent for it to crash at.
        phases
          .filter(([name]) => !fastPath || !name.includes('its commit'))
          .map(([name, trip]) => [`${name}${fastPath ? ', fast path' : ''}`, trip, fastPath] as const),
      );
      test.each(ways)(`n = ${n}, ${back ? 'comes back' : 'stays away'}: %s`, (_, trip, fastPath) => {
        const { cluster } = pbftWorld({ n, fastPath });
        drive(cluster, 7);
        expectSettled(cluster);
        const node = cluster.node(0);
        node.tripwire = (effect, to) => trip(effect, to, n);
        cluster.submit(3);
        expect(cluster.runUntil(() => !node.up, 1_000)).toBe(true);
        node.tripwire = undefined;
        if (back) {
          cluster.run(30);
          cluster.restart(0);
        }
        cluster.submit(3);
        expectSettled(cluster);
      });
    }
  }

  test('having executed, before anybody has its reply', () => {
    const { cluster } = pbftWorld({ n: 4 });
    cluster.submit(1);
    cluster.runUntil(() => cluster.node(0).ledger.executed.size === 1, 100);
    cluster.crash(0);
    cluster.submit(2);
    expectSettled(cluster);
  });
});

describe('view changes', () => {
  test('successive dead primaries: n = 7, f = 2', () => {
    const { cluster, views } = pbftWorld({ n: 7 });
    drive(cluster, 10);
    cluster.crash(0);
    cluster.crash(1);
    drive(cluster, 10);
    expectSettled(cluster);
    expect(views.highest).toBe(2);
  });

  test.each([1, 2, 3])('a restart of replica %i in the middle of a view change', (id) => {
    const { cluster } = pbftWorld({ n: 4 });
    drive(cluster, 10);
    cluster.crash(0);
    cluster.submit(5);
    const node = cluster.node(id);
    expect(cluster.runUntil(() => node.machine!.status().view === 1, 5_000)).toBe(true);
    expect(node.machine!.status().active).toBe(false);
    cluster.crash(id);
    cluster.run(3);
    cluster.restart(id);
    expect(node.machine!.status()).toMatchObject({ view: 1, active: false });
    expectSettled(cluster);
  });

  test('a replica that asks for another view alone takes nobody along, and votes on', () => {
    const { cluster, views } = pbftWorld({ n: 4 });
    drive(cluster, 10);
    cluster.network.isolate(3);
    cluster.submit(3);
    cluster.run(10_000);
    expect(stateOf(cluster.node(3).machine!)).toMatchObject({ asked: 1, view: 0, active: true });
    cluster.heal();
    drive(cluster, 20);
    expectSettled(cluster);
    // Without its votes, there is no quorum in this view.
    cluster.crash(2);
    drive(cluster, 20);
    expectSettled(cluster);
    expect(views.highest).toBe(0);
    cluster.restart(2);
    cluster.crash(0);
    drive(cluster, 5);
    expectSettled(cluster);
  });

  test('what f + 1 ask for, everybody asks for, and so all leave', () => {
    const { cluster, views } = pbftWorld({ n: 7 });
    drive(cluster, 10);
    cluster.network.isolate(5);
    cluster.network.isolate(6);
    cluster.submit(3);
    cluster.run(3_000);
    cluster.heal();
    drive(cluster, 10);
    // Two of seven ask: one of them may lie.
    expect(views.highest).toBe(0);
    cluster.network.isolate(4);
    cluster.submit(3);
    cluster.run(3_000);
    cluster.heal();
    drive(cluster, 10);
    expectSettled(cluster);
    for (const { machine } of cluster.nodes)
      expect(machine!.status()).toMatchObject({ view: 1, active: true });
  });

  test('one that left a view alone is helped after a while, and one that only says so moves nobody often', () => {
    const changes: number[] = [];
    const { cluster } = pbftWorld({ n: 4, adversaries: new Map([[3, leaver]]) });
    let last = 0;
    for (let second = 0; second < 200; second++) {
      drive(cluster, 1);
      cluster.run(999);
      const { view } = cluster.node(0).machine!.status();
      if (view > last) changes.push(second);
      last = view;
    }
    expectSettled(cluster);
    // After 10 s, 30 s, 70 s, 150 s, each a little late: an idle replica looks every ten seconds at least.
    expect(changes[0]).toBeGreaterThanOrEqual(9);
    expect(changes.length).toBeGreaterThanOrEqual(3);
    expect(changes.length).toBeLessThanOrEqual(4);
  });

  test('everybody asks for another view, nobody hears: they meet again', () => {
    const { cluster } = pbftWorld({ n: 4 });
    drive(cluster, 10);
    cluster.partition([0], [1], [2], [3]);
    cluster.submit(5);
    cluster.run(10_000);
    cluster.heal();
    expectSettled(cluster);
  });

  test('a primary that loses what it was sent is told by the others', () => {
    const { cluster, views } = pbftWorld({ n: 4, clientRetryMs: 0 });
    cluster.submit(4, [1, 2]);
    expectSettled(cluster);
    expect(views.highest).toBe(0);
  });

  test.each(ids(60))('lies in view changes, a dead primary beside: seed %i, n = 7', (seed) => {
    const liar = pbftLiar('lyingInViewChanges', 'twoNewViews', 'votingForAll');
    const { cluster } = pbftWorld({ n: 7, seed, adversaries: new Map([[1, liar]]) });
    drive(cluster, 10);
    cluster.partition([0, 1, 2, 3], [4, 5, 6]);
    drive(cluster, 5);
    cluster.network.mend();
    cluster.crash(0);
    drive(cluster, 10);
    expectSettled(cluster);
  });
});

describe('catching up', () => {
  test('far behind the window: by the state of a certified checkpoint', () => {
    let executedBy3 = 0;
    const counter: Observer<PbftMessage, PbftRecord> = {
      executed: (replica) => {
        if (replica === 3) executedBy3++;
      },
    };
    const { cluster } = pbftWorld({ n: 4, observers: [counter] });
    drive(cluster, 10);
    expectSettled(cluster);
    cluster.network.isolate(3);
    drive(cluster, 200);
    cluster.heal();
    drive(cluster, 10);
    expectSettled(cluster);
    const { sequence } = cluster.node(3).ledger.tip;
    expect(sequence).toBeGreaterThan(100);
    expect(executedBy3).toBeLessThan(sequence - 50);
  });

  test('within the window: slot by slot', () => {
    const { cluster } = pbftWorld({ n: 4, window: 64, checkpointInterval: 32 }, true);
    drive(cluster, 5);
    cluster.network.isolate(3);
    for (let i = 0; i < 10; i++) {
      cluster.submit(1, [0, 1, 2]);
      cluster.run(3);
    }
    cluster.heal();
    expectSettled(cluster, 3_000);
  });

  test('an idle cluster tells a replica that was away what it missed', () => {
    const { cluster } = pbftWorld({ n: 4 });
    cluster.crash(2);
    drive(cluster, 30);
    cluster.run(5_000);
    cluster.restart(2);
    expectSettled(cluster, 3_000);
  });

  test('the source of a transfer dies on the way', () => {
    const { cluster } = pbftWorld({ n: 7 });
    cluster.crash(6);
    drive(cluster, 150);
    cluster.restart(6);
    cluster.run(1);
    cluster.crash(1);
    cluster.crash(2);
    drive(cluster, 20);
    expectSettled(cluster);
  });
});

test('a restart from a compacted log is the same replica', () => {
  const { cluster } = pbftWorld({ n: 4, rule: { ...CALM, loss: 0.05 } });
  for (let i = 0; i < 40; i++) {
    drive(cluster, 3);
    const node = cluster.node(i % 4);
    const before = node.machine!.status();
    const records = node.machine!.liveRecords();
    node.disk.replace(records);
    cluster.crash(node.id);
    cluster.restart(node.id);
    const after = node.machine!.status();
    expect(after.view).toBe(before.view);
    expect(after.active).toBe(before.active);
    expect(after.delivered).toBe(before.delivered);
    expect(node.machine!.liveRecords().length).toBeLessThanOrEqual(records.length + 1);
  }
  expectSettled(cluster);
});

test('a crash between the certificate in the log and the snapshot on disk', () => {
  let met = 0;
  for (let seed = 0; seed < 40; seed++) {
    const { cluster } = pbftWorld({ n: 4, seed });
    const node = cluster.node(2);
    node.tripwire = (effect) => effect.kind === 'stable';
    drive(cluster, 30);
    expect(cluster.runUntil(() => !node.up, 2_000)).toBe(true);
    node.tripwire = undefined;
    if (node.disk.snapshots.length === 0 && node.disk.records.some((record) => record.type === 'stable'))
      met++;
    cluster.restart(2);
    drive(cluster, 10);
    expectSettled(cluster);
  }
  expect(met).toBeGreaterThan(0);
});

describe('what peers send is at worst refused', () => {
  const refusals = (act: (send: (from: number, message: PbftMessage) => void) => void): string[] => {
    const codes: string[] = [];
    const { cluster } = pbftWorld({ n: 4 });
    drive(cluster, 3);
    expectSettled(cluster);
    const machine = cluster.node(1).machine!;
    const out: PbftEffect[] = [];
    act((from, message) => machine.step({ kind: 'message', attested: sign(from, message) }, 100, out));
    for (const effect of out) {
      if (effect.kind === 'reject') codes.push(effect.code);
      if (effect.kind === 'evidence') codes.push(`evidence of ${effect.offence}`);
    }
    expect(cluster.node(1).machine!.status().view).toBe(0);
    return codes;
  };
  const digest = 'a'.repeat(64);
  const other = 'b'.repeat(64);
  const epoch = 0;
  const vote = (type: 'prepare' | 'commit', view: number, sequence: number, name = digest): PbftMessage => ({
    type,
    epoch,
    view,
    sequence,
    digest: name,
  });
  const batch = { digest, timeMs: 1, transactions: [], bytes: 0 };
  const prePrepare = (view: number, sequence: number, name = digest): PbftMessage => ({
    type: 'pre-prepare',
    epoch,
    view,
    sequence,
    digest: name,
    batch: { ...batch, digest: name },
  });
  const cases: [string, string[], (send: (from: number, message: PbftMessage) => void) => void][] = [
    ['another epoch', ['epoch-mismatch'], (send) => send(2, { ...vote('prepare', 0, 5), epoch: 7 })],
    ['a proposal of a backup', ['not-primary'], (send) => send(2, prePrepare(0, 5))],
    ['a PREPARE of the primary', ['not-primary'], (send) => send(0, vote('prepare', 0, 5))],
    [
      'slots outside the watermarks',
      ['outside-watermarks', 'outside-watermarks', 'outside-watermarks'],
      (send) => {
        send(0, prePrepare(0, 1_000));
        send(2, vote('prepare', 0, 1_000));
        send(2, vote('commit', 0, 1_000));
      },
    ],
    ['a proposal of nothing', ['batch-invalid'], (send) => send(0, prePrepare(0, 9, '0'.repeat(64)))],
    [
      'two proposals for one slot',
      ['evidence of pre-prepare', 'conflicting'],
      (send) => {
        send(0, prePrepare(0, 9));
        send(0, prePrepare(0, 9, other));
      },
    ],
    [
      'two PREPAREs of one replica',
      ['evidence of prepare', 'conflicting'],
      (send) => {
        send(2, vote('prepare', 0, 9));
        send(2, vote('prepare', 0, 9));
        send(2, vote('prepare', 0, 9, other));
      },
    ],
    [
      'two COMMITs of one replica',
      ['evidence of commit', 'conflicting'],
      (send) => {
        send(2, vote('commit', 0, 9));
        send(2, vote('commit', 0, 9, other));
      },
    ],
    [
      'two checkpoints of one replica',
      ['evidence of checkpoint', 'conflicting'],
      (send) => {
        send(2, { type: 'checkpoint', epoch, sequence: 8, digest });
        send(2, { type: 'checkpoint', epoch, sequence: 8, digest });
        send(2, { type: 'checkpoint', epoch, sequence: 8, digest: other });
      },
    ],
    [
      'a checkpoint where there is none',
      ['bad-claim'],
      (send) => send(2, { type: 'checkpoint', epoch, sequence: 9, digest }),
    ],
    [
      'a NEW-VIEW of somebody else, or that proves nothing',
      ['not-primary', 'bad-claim'],
      (send) => {
        send(2, { type: 'new-view', epoch, view: 5, viewChanges: [] });
        send(2, { type: 'new-view', epoch, view: 6, viewChanges: [] });
      },
    ],
    [
      'a commit claim from far ahead',
      ['outside-watermarks'],
      (send) => send(2, { type: 'committed', epoch, sequence: 900, digest }),
    ],
    [
      'bytes that nobody asked for',
      ['unrequested'],
      (send) => send(2, { type: 'fetched', epoch, sequence: 9, digest, batch }),
    ],
  ];
  test.each(cases)('%s', (_, expected, act) => {
    expect(refusals(act)).toEqual(expected);
  });

  test('checkpoints from far ahead take a bounded place', () => {
    const codes = refusals((send) => {
      for (let i = 1; i <= 300; i++) send(2, { type: 'checkpoint', epoch, sequence: 8 * i, digest });
      send(2, { type: 'checkpoint', epoch, sequence: 8, digest });
    });
    expect(codes).toEqual(['outside-watermarks']);
  });

  test('messages of views to come take a bounded place', () => {
    const { cluster, sizes } = pbftWorld({ n: 4 });
    const { machine } = cluster.node(1);
    for (let i = 0; i < 5_000; i++) {
      machine!.step({ kind: 'message', attested: sign(2, vote('commit', 3 + i, 5)) }, 100, []);
      sizes.stepped(1, machine!);
    }
    expect(sizes.largest).toBeGreaterThan(0);
  });
});

test('a log that is certified further than it reaches: the state is fetched', () => {
  const { cluster } = pbftWorld({ n: 4 });
  drive(cluster, 60);
  expectSettled(cluster);
  const node = cluster.node(1);
  // A disk restored from before the first snapshot, with the newest certificate alone in its log.
  const newest = node.machine!.liveRecords().filter((record) => record.type === 'stable');
  expect(newest).toHaveLength(1);
  cluster.crash(1);
  node.disk.replace(newest);
  node.disk.snapshots.length = 0;
  cluster.restart(1);
  expect(node.ledger.tip.sequence).toBe(0);
  drive(cluster, 3);
  expectSettled(cluster);
});
