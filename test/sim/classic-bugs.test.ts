import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { MachineConfig, MachineEvent } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import type {
  Claim,
  Fetch,
  Fetched,
  NewView,
  PbftMessage,
  PbftRecord,
  ViewChange,
} from '../../src/protocols/pbft/messages.ts';
import type { PbftEffect, PbftParts } from '../../src/sim/bug-kit.ts';
import { decideByOneClaim, decideWithoutPrepared } from '../../src/sim/bugs/classic-rules.ts';
import type { AdversaryOf } from '../../src/sim/cluster.ts';
import { runViewChangeModel } from '../../src/sim/models/view-change.ts';
import { PBFT, PBFT_PARTS } from '../../src/sim/protocols/pbft.ts';
import { Clients, sign } from '../../src/sim/symbolic.ts';
import { drive, expectSettled, pbftWorld } from '../protocols/pbft-world.ts';

const bugNamed = (name: string) => PBFT.bugs.find((bug) => bug.name === name)!;

const CONFIG: MachineConfig = {
  self: 3,
  n: 4,
  epoch: 0,
  checkpointInterval: 2,
  window: 8,
  restoredSequence: 0,
  restoredDigest: 'g',
  fastPath: false,
  timeoutFloorMs: 50,
  timeoutCeilingMs: 1_000,
  parameters: {},
  timeoutGrowth: 2,
};

/** One machine, moved by hand, and all that it did. */
class Hand {
  readonly effects: PbftEffect[] = [];
  readonly machine;

  constructor(parts: PbftParts, config: Partial<MachineConfig> = {}, records: readonly PbftRecord[] = []) {
    this.machine = parts.protocol.create({ ...CONFIG, ...config }, records, 0, this.effects);
  }

  step(event: MachineEvent<PbftMessage>): void {
    const out: PbftEffect[] = [];
    this.machine.step(event, 1, out);
    this.effects.push(...out);
    for (const effect of out) {
      if (effect.kind !== 'attest') continue;
      const attested = sign(CONFIG.self, effect.message);
      this.effects.push({ kind: 'persist', record: { type: 'attested', attested } });
      this.step({ kind: 'message', attested });
    }
  }

  /** As the node does: what is not relevant is not looked at. */
  hear(from: number, ...messages: readonly PbftMessage[]): this {
    for (const message of messages) {
      if (this.machine.relevant(message, from)) this.step({ kind: 'message', attested: sign(from, message) });
    }
    return this;
  }

  sent<T extends PbftMessage['type']>(type: T): Extract<PbftMessage, { type: T }>[] {
    const messages = this.effects.flatMap((e) =>
      e.kind === 'send' || e.kind === 'attest' ? [e.message] : [],
    );
    return messages.filter((m): m is Extract<PbftMessage, { type: T }> => m.type === type);
  }

  get records(): PbftRecord[] {
    return this.effects.flatMap((e) => (e.kind === 'persist' ? [e.record] : []));
  }

  get delivered(): number[] {
    return this.effects.flatMap((e) => (e.kind === 'deliver' ? [e.sequence] : []));
  }
}

const clients = new Clients();
const x = clients.batch(1, [clients.issue()]);
const y = clients.batch(2, [clients.issue()]);

const propose = (sequence: number, batch: Batch, view = 0): PbftMessage => ({
  type: 'pre-prepare',
  epoch: 0,
  view,
  sequence,
  digest: batch.digest,
  batch,
});
const vote = (type: 'prepare' | 'commit', sequence: number, { digest }: Batch, view = 0): PbftMessage => ({
  type,
  epoch: 0,
  view,
  sequence,
  digest,
});
const claim = (sequence: number, { digest }: Batch, view = 0): Claim => ({ view, sequence, digest });
const leave = (view: number, prepared: Claim[] = [], preprepared: Claim[] = prepared): ViewChange => ({
  type: 'view-change',
  epoch: 0,
  view,
  stable: 0,
  checkpoints: [{ sequence: 0, digest: 'g' }],
  prepared,
  preprepared,
});
const open = (view: number, claims: Readonly<Record<number, ViewChange>>): NewView => ({
  type: 'new-view',
  epoch: 0,
  view,
  viewChanges: Object.entries(claims).map(([from, message]) => sign(Number(from), message)),
});

/** Proposed by 0, prepared and committed with the help of 1 and 2. */
function settle(hand: Hand, sequence: number, batch: Batch): Hand {
  hand.hear(0, propose(sequence, batch));
  for (const from of [1, 2])
    hand.hear(from, vote('prepare', sequence, batch), vote('commit', sequence, batch));
  return hand;
}

/** A minimal script for each mistake: what it yields where all is right, and what with the mistake. */
const SCRIPTS: Record<string, { play: (parts: PbftParts) => unknown; right: unknown; wrong: unknown }> = {
  'digest-without-sequence': {
    // One batch at two sequences; 1 prepares it at the first alone.
    play: (parts) => {
      const hand = new Hand(parts).hear(0, propose(1, x), propose(2, x)).hear(1, vote('prepare', 1, x));
      return hand.sent('commit').map(({ sequence }) => sequence);
    },
    right: [1],
    wrong: [1, 2],
  },
  'duplicate-votes': {
    // 1 sends its COMMIT twice; 2 says nothing.
    play: (parts) => {
      const hand = new Hand(parts).hear(0, propose(1, x)).hear(1, vote('prepare', 1, x));
      return hand.hear(1, vote('commit', 1, x), vote('commit', 1, x)).delivered;
    },
    right: [],
    wrong: [1],
  },
  'second-proposal': {
    play: (parts) =>
      new Hand(parts)
        .hear(0, propose(1, x), propose(1, y))
        .sent('prepare')
        .map((p) => p.digest),
    right: [x.digest],
    wrong: [x.digest, y.digest],
  },
  'fast-rule-without-prepared': {
    // x may have committed with the help of 2 and of 1, who is not heard. 0 lies for y, which it showed to 3.
    play: (parts) => {
      const hand = new Hand(parts).hear(0, propose(1, y));
      const claims = {
        0: leave(1, [], [claim(1, y)]),
        2: leave(1, [claim(1, x)]),
        3: leave(1, [], [claim(1, y)]),
      };
      hand.hear(1, open(1, claims));
      return hand.sent('prepare').map(({ view, digest }) => [view, digest]);
    },
    right: [[0, y.digest]],
    wrong: [
      [0, y.digest],
      [1, y.digest],
    ],
  },
  'fast-rule-by-one-claim': {
    // x prepared at 1 and 3 in view 0. 0 alone says that y was proposed in view 1.
    play: (parts) => {
      const hand = new Hand(parts).hear(0, propose(1, x)).hear(1, vote('prepare', 1, x));
      const claims = {
        0: leave(2, [], [claim(1, y, 1)]),
        1: leave(2, [claim(1, x)]),
        3: leave(2, [claim(1, x)]),
      };
      hand.hear(2, open(2, claims), propose(1, y, 2));
      return hand
        .sent('prepare')
        .filter(({ view }) => view === 2)
        .map(({ digest }) => digest);
    },
    right: [x.digest],
    wrong: [y.digest],
  },
  'quorum-2f-plus-1': {
    // Three of five.
    play: (parts) => {
      const hand = new Hand(parts, { n: 5 }).hear(0, propose(1, x));
      for (const from of [0, 1]) hand.hear(from, vote('prepare', 1, x), vote('commit', 1, x));
      return hand.delivered;
    },
    right: [],
    wrong: [1],
  },
  'old-new-view': {
    // 3 has gone on to view 2 when a copy of the NEW-VIEW of view 1 comes, and a proposal of that view.
    play: (parts) => {
      const hand = new Hand(parts);
      const first = open(1, { 0: leave(1), 1: leave(1), 2: leave(1) });
      hand
        .hear(1, first)
        .hear(0, leave(2))
        .hear(2, leave(2))
        .hear(1, first, propose(1, x, 1));
      const { view, active } = hand.machine.status();
      return {
        left: hand.sent('view-change').map((m) => m.view),
        view,
        active,
        votes: hand.sent('prepare').length,
      };
    },
    right: { left: [2], view: 2, active: false, votes: 0 },
    wrong: { left: [2], view: 1, active: true, votes: 1 },
  },
  'claims-above-delivered': {
    play: (parts) => {
      const hand = settle(new Hand(parts), 1, x).hear(0, leave(1)).hear(2, leave(1));
      return { delivered: hand.delivered, claims: hand.sent('view-change').map((m) => m.prepared.length) };
    },
    right: { delivered: [1], claims: [1] },
    wrong: { delivered: [1], claims: [0] },
  },
  'checkpoint-alone': {
    // Nobody else has spoken of a checkpoint.
    play: (parts) => {
      const hand = settle(settle(new Hand(parts), 1, x), 2, y);
      hand.step({ kind: 'checkpoint', sequence: 2, digest: 'c' });
      const stable = hand.effects.filter((e) => e.kind === 'stable').length;
      return { stable, low: hand.machine.status().lowWatermark };
    },
    right: { stable: 0, low: 0 },
    wrong: { stable: 1, low: 2 },
  },
  amnesiac: {
    // It prepared x, crashed, and is shown y.
    play: (parts) => {
      const before = new Hand(parts).hear(0, propose(1, x));
      const disk = parts.disk<PbftRecord>();
      for (const record of before.records) disk.append(record);
      disk.flush();
      disk.crash(new SeededRandom(1));
      const after = new Hand(parts, {}, disk.records).hear(0, propose(1, y));
      return [...before.sent('prepare'), ...after.sent('prepare')].map(({ digest }) => digest);
    },
    right: [x.digest],
    wrong: [x.digest, y.digest],
  },
  'log-cut-at-delivered': {
    play: (parts) => {
      const before = settle(new Hand(parts), 1, x);
      const after = new Hand(parts, {}, before.machine.liveRecords()).hear(0, leave(1)).hear(2, leave(1));
      return { delivered: after.delivered, claims: after.sent('view-change').map((m) => m.prepared.length) };
    },
    right: { delivered: [1], claims: [1] },
    wrong: { delivered: [], claims: [0] },
  },
  'duplicates-forgotten': {
    // The same transaction again, on a ledger that executed it and on one that took a snapshot over it.
    play: (parts) => {
      const executed = parts.ledger(clients);
      const restored = parts.ledger(clients);
      executed.apply(1, x);
      restored.restore(executed.tip);
      const before = restored.tip.digest === executed.tip.digest;
      for (const ledger of [executed, restored]) ledger.apply(2, clients.batch(3, x.transactions));
      return { before, after: restored.tip.digest === executed.tip.digest, known: restored.executed.size };
    },
    right: { before: true, after: true, known: 1 },
    wrong: { before: true, after: false, known: 1 },
  },
};

describe('a planted bug is one: a script in which right and wrong part', () => {
  it.each(Object.entries(SCRIPTS))('%s', (name, { play, right, wrong }) => {
    expect(play(PBFT_PARTS)).toEqual(right);
    expect(play(bugNamed(name).plant(PBFT_PARTS))).toEqual(wrong);
  });
});

describe('what none of them shows', () => {
  it.each(Object.keys(SCRIPTS))('%s: calm weather, all replicas honest, n = 4 to 6', (name) => {
    for (const n of [4, 5, 6]) {
      for (const fastPath of [true, false]) {
        const parts = bugNamed(name).plant(PBFT_PARTS);
        const { cluster } = pbftWorld({ n, fastPath, protocol: parts.protocol, parts }, true);
        drive(cluster, 60);
        expectSettled(cluster, 200);
      }
    }
  });
});

/** Claims in every VIEW-CHANGE that it pre-prepared a batch of its own one view ago; says nothing as a primary. */
const inventing: AdversaryOf<PbftMessage, PbftRecord> = ({ clients }) => {
  const invented = clients.batch(7, []);
  const { digest } = invented;
  const lie = (effect: PbftEffect): PbftEffect[] => {
    if (effect.kind === 'send' && effect.message.type === 'pre-prepare') return [];
    if (effect.kind !== 'attest') return [effect];
    const { message } = effect;
    if (message.type === 'new-view') return [];
    if (message.type !== 'view-change') return [effect];
    const extra = { view: message.view - 1, sequence: 1, digest };
    return [{ ...effect, message: { ...message, preprepared: [...message.preprepared, extra] } }];
  };
  return (inner) => ({
    step(event, now, out) {
      const asked = event.kind === 'message' && event.attested.message.type === 'fetch';
      if (asked && (event.attested.message as Fetch).digest === digest) {
        const message: Fetched = { type: 'fetched', epoch: 0, sequence: 1, digest, batch: invented };
        out.push({ kind: 'send', to: event.attested.from, message, afterPersist: false });
      }
      const own: PbftEffect[] = [];
      inner.step(event, now, own);
      out.push(...own.flatMap(lie));
    },
    relevant: () => true,
    proposable: (nowMs) => inner.proposable(nowMs),
    status: () => inner.status(),
    liveRecords: () => inner.liveRecords(),
  });
};

describe('one liar in a whole cluster', () => {
  // Slot 1 commits in view 0. Its primary is down for a while, and the liar would be the next one.
  const play = (parts: PbftParts): void => {
    const { cluster } = pbftWorld({
      n: 4,
      seed: 3,
      protocol: parts.protocol,
      parts,
      adversaries: new Map([[1, inventing]]),
    });
    drive(cluster, 2);
    expectSettled(cluster);
    cluster.crash(0);
    cluster.submit(3);
    cluster.run(1_000);
    cluster.heal();
    expectSettled(cluster);
  };

  it('cannot undo what committed', () => {
    expect(() => play(PBFT_PARTS)).not.toThrow();
  });

  it('undoes it where one claim is enough', () => {
    expect(() => play(bugNamed('fast-rule-by-one-claim').plant(PBFT_PARTS))).toThrow(
      /commit: .* committed at/,
    );
  });
});

describe('the weaker rules of a new view', () => {
  it.each([
    ['without the prepared claims', decideWithoutPrepared],
    ['by one claim', decideByOneClaim],
  ])('%s: the model finds a history that they break', (_, rule) => {
    let violation: string | undefined;
    for (let seed = 1; seed <= 30_000 && violation === undefined; seed++) {
      violation = runViewChangeModel({ n: 4, seed, rule, views: 3 + (seed % 3) }).violation;
    }
    expect(violation).toMatch(/fork|chosen/);
  });
});
