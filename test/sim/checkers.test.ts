import { describe, expect, test } from 'vitest';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import type { Attested, Machine } from '../../src/core/machine.ts';
import type { PbftMessage, PbftRecord, ViewChange } from '../../src/protocols/pbft/messages.ts';
import {
  AgreementChecker,
  CheckpointChecker,
  Clients,
  entriesHeld,
  PbftChecker,
  PbftCommitChecker,
  SizeChecker,
  sign,
  ValidityChecker,
  ViewChecker,
  Violation,
} from '../../src/sim/index.ts';

const d = (name: string): string => name.repeat(64);
const clients = new Clients();
const batch = clients.batch(1, [clients.issue()]);
const other = clients.batch(2, [clients.issue()]);
const machine = (view: number) =>
  ({ status: () => ({ view }) }) as unknown as Machine<PbftMessage, PbftRecord>;

describe('agreement', () => {
  test('one batch and one history per sequence', () => {
    const checker = new AgreementChecker();
    checker.executed(0, 1, 0, batch, d('a'));
    checker.executed(1, 1, 3, batch, d('a'));
    expect(() => checker.executed(2, 1, 0, other, d('a'))).toThrow(/^agreement: batch at 1 of replica 2/);
    expect(() => checker.executed(2, 1, 0, batch, d('b'))).toThrow('history up to 1 of replica 2');
  });

  test('one digest per certified checkpoint, and the one that was executed', () => {
    const checker = new CheckpointChecker();
    checker.executed(0, 8, 0, batch, d('a'));
    checker.stable(0, 8, d('a'));
    expect(() => checker.stable(1, 8, d('b'))).toThrow(Violation);
    checker.executed(0, 16, 0, batch, d('c'));
    expect(() => checker.stable(1, 16, d('e'))).toThrow('is not what was executed');
  });
});

test('validity: nothing that no client signed, no null batch with contents', () => {
  const checker = new ValidityChecker(clients);
  checker.executed(0, 1, 0, batch);
  const forged = { ...batch, transactions: [Uint8Array.of(0, 0, 0, 0)] };
  expect(() => checker.executed(0, 2, 0, forged)).toThrow('no client signed');
  expect(() => checker.executed(0, 2, 0, { ...batch, digest: NULL_DIGEST })).toThrow('null batch');
});

test('views go up, and not at all where all is well', () => {
  const checker = new ViewChecker();
  checker.viewChanged(0, 2, false);
  checker.viewChanged(0, 2, true);
  expect([checker.highest, checker.changes]).toEqual([2, 1]);
  expect(() => checker.viewChanged(0, 1, true)).toThrow('went back');
  checker.restarted(0, machine(1));
  checker.viewChanged(0, 1, true);
  const calm = new ViewChecker(0);
  calm.viewChanged(0, 0, true);
  expect(() => calm.viewChanged(0, 1, false)).toThrow('though all was well');
});

test('sizes: everything that is held at any depth counts, once', () => {
  const shared = [1, 2, 3];
  const held = {
    a: new Map([[1, shared]]),
    b: new Set([shared, 'x']),
    c: { d: [shared, new Uint8Array(99)] },
    e: 7,
  };
  expect(entriesHeld(held)).toBe(1 + 2 + 2 + 3);
  const checker = new SizeChecker(4);
  const large = { slots: [1, 2, 3, 4, 5] } as unknown as Machine<PbftMessage, PbftRecord>;
  expect(() => {
    for (let i = 0; i < 1_000; i++) checker.stepped(3, large);
  }).toThrow('replica 3 holds 5 entries, more than 4');
  expect(checker.largest).toBe(5);
});

describe('a replica does not contradict its log', () => {
  const slot = (view: number, sequence: number, digest: string) => ({ view, sequence, digest });
  const prepare = (view: number, sequence: number, digest: string): PbftMessage => ({
    type: 'prepare',
    epoch: 0,
    ...slot(view, sequence, digest),
  });
  const commit = (view: number, sequence: number, digest: string): PbftMessage => ({
    type: 'commit',
    epoch: 0,
    ...slot(view, sequence, digest),
  });
  const viewChange = (view: number, more: Partial<ViewChange> = {}): Attested<PbftMessage> =>
    sign<PbftMessage>(0, {
      type: 'view-change',
      epoch: 0,
      view,
      stable: 0,
      checkpoints: [],
      prepared: [],
      preprepared: [],
      ...more,
    });

  const records = (
    digest: string,
    upTo: 'batch' | 'pre-prepare' | 'prepared',
    view = 0,
    sequence = 1,
  ): PbftRecord[] => {
    const all: PbftRecord[] = [
      { type: 'batch', sequence, digest, batch },
      { type: 'pre-prepare', view, sequence, digest },
      { type: 'prepared', view, sequence, digest },
    ];
    return all.slice(0, ['batch', 'pre-prepare', 'prepared'].indexOf(upTo) + 1);
  };
  const checkerWith = (list: PbftRecord[]): PbftChecker => {
    const checker = new PbftChecker();
    for (const record of list) checker.persisted(0, record);
    return checker;
  };

  test('what its log backs it may say', () => {
    const checker = checkerWith(records(d('a'), 'prepared'));
    checker.sent(0, prepare(0, 1, d('a')));
    checker.sent(0, commit(0, 1, d('a')));
    checker.sent(0, { type: 'fetch', epoch: 0, sequence: 1, digest: d('a') });
    const claims = [slot(0, 1, d('a'))];
    checker.attested(0, viewChange(1, { prepared: claims, preprepared: claims }));
    checker.attested(0, sign<PbftMessage>(0, { type: 'new-view', epoch: 0, view: 1, viewChanges: [] }));
    checker.attested(0, sign<PbftMessage>(0, { type: 'checkpoint', epoch: 0, sequence: 8, digest: d('c') }));
    checker.attested(0, sign<PbftMessage>(0, { type: 'status' } as never));
  });

  const a = d('a');
  const wrong: [string, PbftRecord[], (checker: PbftChecker) => void, string][] = [
    ['a vote that is not logged', [], (c) => c.sent(0, prepare(0, 1, a)), 'its log does not hold'],
    [
      'a vote without the bytes',
      records(a, 'prepared').slice(1),
      (c) => c.sent(0, prepare(0, 1, a)),
      "without the batch's bytes",
    ],
    [
      'two votes in one view for one sequence',
      [...records(a, 'pre-prepare'), ...records(d('b'), 'pre-prepare')],
      (c) => {
        c.restarted(0, machine(0), records(a, 'pre-prepare'));
        c.sent(0, prepare(0, 1, a));
        c.restarted(0, machine(0), records(d('b'), 'pre-prepare'));
        c.sent(0, prepare(0, 1, d('b')));
      },
      'said two things',
    ],
    [
      'a commit of what did not prepare',
      records(a, 'pre-prepare'),
      (c) => c.sent(0, commit(0, 1, a)),
      "without 'prepared'",
    ],
    [
      'a commit without a pre-prepare',
      records(a, 'prepared').toSpliced(1, 1),
      (c) => c.sent(0, commit(0, 1, a)),
      'without pre-prepare',
    ],
    [
      'a vote in a view that it left',
      records(a, 'prepared'),
      (c) => {
        const claims = [slot(0, 1, a)];
        c.attested(0, viewChange(1, { prepared: claims, preprepared: claims }));
        c.sent(0, commit(0, 1, a));
      },
      'after it was in 1',
    ],
    [
      'a view that it asks for twice',
      [],
      (c) => {
        c.attested(0, viewChange(1));
        c.attested(0, viewChange(1));
      },
      'asked for view 1 after 1',
    ],
    [
      'a view that it asks for after it voted in it',
      records(a, 'pre-prepare', 3),
      (c) => {
        c.sent(0, prepare(3, 1, a));
        c.attested(0, viewChange(2));
      },
      'asked for view 2 after it was in 3',
    ],
    [
      'a restart in an earlier view',
      [],
      (c) => {
        c.attested(0, viewChange(2));
        c.restarted(0, machine(1), []);
      },
      'came back in view 1',
    ],
    [
      'hiding what prepared',
      records(a, 'prepared'),
      (c) => c.attested(0, viewChange(1)),
      'hides that aaaaaaaa at view 0, sequence 1 prepared',
    ],
    [
      'hiding what it pre-prepared',
      records(a, 'pre-prepare'),
      (c) => c.attested(0, viewChange(1)),
      'was pre-prepared',
    ],
    [
      'claiming what never prepared',
      records(a, 'pre-prepare'),
      (c) => c.attested(0, viewChange(1, { prepared: [slot(0, 1, a)], preprepared: [slot(0, 1, a)] })),
      'as prepared; its log does not',
    ],
    [
      'claiming without the bytes',
      records(a, 'prepared').slice(1, 2),
      (c) => c.attested(0, viewChange(1, { preprepared: [slot(0, 1, a)] })),
      'without its bytes',
    ],
    [
      'two checkpoints of one sequence',
      [],
      (c) => {
        c.attested(0, sign<PbftMessage>(0, { type: 'checkpoint', epoch: 0, sequence: 8, digest: a }));
        c.attested(0, sign<PbftMessage>(0, { type: 'checkpoint', epoch: 0, sequence: 8, digest: d('b') }));
      },
      'said two things: checkpoint 8',
    ],
    [
      'two new views for one view',
      [],
      (c) => {
        const newView = sign<PbftMessage>(0, { type: 'new-view', epoch: 0, view: 4, viewChanges: [] });
        c.attested(0, newView);
        c.attested(0, newView);
      },
      'second new view for view 4',
    ],
  ];
  test.each(wrong)('%s', (_, list, act, message) => {
    const checker = checkerWith(list);
    expect(() => act(checker)).toThrow(Violation);
    const again = checkerWith(list);
    expect(() => act(again)).toThrow(message);
  });

  test('below its stable checkpoint the log owes nothing', () => {
    const checker = checkerWith([
      ...records(a, 'prepared'),
      { type: 'stable', sequence: 8, digest: a, certificate: [] },
    ]);
    checker.sent(0, commit(0, 5, d('b')));
    checker.attested(0, viewChange(1, { stable: 8 }));
  });
});

describe('what committed stays committed', () => {
  const prepare = (view: number, digest: string): PbftMessage => ({
    type: 'prepare',
    epoch: 0,
    view,
    sequence: 1,
    digest,
  });

  test('no later vote for another batch, whichever is seen first', () => {
    const checker = new PbftCommitChecker();
    checker.sent(0, prepare(0, batch.digest));
    checker.sent(1, prepare(0, other.digest));
    checker.executed(0, 1, 0, batch);
    checker.sent(1, prepare(0, other.digest));
    checker.sent(1, prepare(4, batch.digest));
    checker.sent(1, { type: 'fetch', epoch: 0, sequence: 1, digest: other.digest });
    expect(() => checker.sent(2, prepare(1, other.digest))).toThrow(
      /^commit: .* committed at sequence 1 by view 0/,
    );
    const late = new PbftCommitChecker();
    late.sent(0, prepare(2, batch.digest));
    late.sent(0, prepare(3, other.digest));
    expect(() => late.executed(1, 1, 0, batch)).toThrow('in view 3 somebody honest votes for');
  });
});
