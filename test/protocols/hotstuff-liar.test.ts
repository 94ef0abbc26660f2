/** What one lying replica, or a long absence, may not do to a HotStuff replica. */

import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import { NULL_DIGEST, type ReplicaId } from '../../src/core/ids.ts';
import type { Effects, MachineConfig } from '../../src/core/machine.ts';
import { Hotstuff, hotstuff } from '../../src/protocols/hotstuff/hotstuff.ts';
import type { Block, HotstuffMessage, HotstuffRecord, Vote } from '../../src/protocols/hotstuff/messages.ts';
import { Liar, type Tactic } from '../../src/sim/byzantine.ts';
import { type AdversaryOf, Cluster, type Observer } from '../../src/sim/index.ts';
import { sign } from '../../src/sim/symbolic.ts';

type HotstuffTactic = Tactic<HotstuffMessage, HotstuffRecord>;

const N = 4;
const STABLE_ROUNDS = 2 ** 30;

function world(liar: ReplicaId, tactic: () => HotstuffTactic, leader = 'stable', commit = 'two-chain') {
  const votes: Vote[] = [];
  const observer: Observer<HotstuffMessage, HotstuffRecord> = {
    attested: (replica, { message }) => {
      if (replica !== liar && message.type === 'vote') votes.push(message);
    },
  };
  const lies: AdversaryOf<HotstuffMessage, HotstuffRecord> = () => (machine) => new Liar(machine, [tactic()]);
  const cluster: Cluster<HotstuffMessage, HotstuffRecord> = new Cluster({
    protocol: hotstuff,
    n: N,
    seed: 11,
    observers: [observer],
    adversaries: new Map([[liar, lies]]),
    parameters: { commit, leader },
    timeoutFloorMs: 100,
    timeoutCeilingMs: 5_000,
    clientRetryMs: 0,
  });
  return { cluster, votes };
}

const vote = (round: number, parent: number, sequence: number, digest: string): Vote => ({
  type: 'vote',
  epoch: 0,
  round,
  parent,
  sequence,
  digest,
});

describe('one liar', () => {
  it.each([
    ['in the round to come', 'stable', () => 1],
    [
      'as the leader of a view to come',
      'stable',
      (view: number) => (4 * Math.floor(view / 4) + 7) * STABLE_ROUNDS,
    ],
    ['in the round to come', 'rotating', (view: number) => view],
  ])(
    'votes for what nobody proposed, %s (%s leader), and ends no view of an idle cluster',
    (_, leader, round) => {
      let view = 0;
      const { cluster } = world(
        3,
        () => ({
          hear(event) {
            if (event.kind === 'message' && event.attested.message.type === 'status') {
              view = Math.max(view, event.attested.message.view);
            }
          },
          add(out) {
            // In the last round that anybody is in, so that it stands above all that is committed.
            const at = Math.max(view * (leader === 'stable' ? STABLE_ROUNDS : 1) + 9, round(view));
            const message = vote(at, at - 1, 2, 'ab'.repeat(32));
            for (let to = 0; to < 3; to++) out.push({ kind: 'send', to, message, afterPersist: false });
          },
        }),
        leader,
      );
      cluster.submit(1);
      expect(cluster.runUntil(() => cluster.settled(), 1_000)).toBe(true);
      const before = [0, 1, 2].map((id) => cluster.node(id).machine!.status().view);
      cluster.run(60_000);
      expect([0, 1, 2].map((id) => cluster.node(id).machine!.status().view)).toEqual(before);
      cluster.submit(1);
      expect(cluster.runUntil(() => cluster.settled(), 1_000)).toBe(true);
    },
  );

  it.each(['two-chain', 'three-chain'])(
    'that leads and proposes nothing, on and on, gets no votes (%s)',
    (commit) => {
      let high = 0;
      const { cluster, votes } = world(
        0,
        () => ({
          hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'vote') return;
            if (event.attested.from !== 0) high = Math.max(high, event.attested.message.round);
          },
          add(out) {
            if (high < (commit === 'two-chain' ? 2 : 3)) return;
            const message = vote(high + 1, high, 1, NULL_DIGEST);
            out.push({ kind: 'send', to: undefined, message, afterPersist: false });
          },
        }),
        'stable',
        commit,
      );
      cluster.submit(1);
      expect(cluster.runUntil(() => cluster.settled(), 1_000)).toBe(true);
      cluster.run(1_000);
      expect(votes.length).toBeLessThanOrEqual(3 * 12);
    },
  );
});

class Open extends Hotstuff {
  get held() {
    const { slots, wanted, certified } = this.s;
    let batches = 0;
    for (const slot of slots.values()) batches += slot.batches.size;
    return { slots: slots.size, wanted: wanted.size, certified: certified.size, batches };
  }

  /** Whether the batch is here that was proposed in this round for this slot. */
  batchOf(sequence: number, round: number): boolean {
    const { digest } = this.s.proposals.get(round)!;
    return this.s.slots.get(sequence)?.batches.has(digest) === true;
  }
}

const CONFIG: MachineConfig = {
  self: 3,
  n: N,
  epoch: 0,
  checkpointInterval: 8,
  window: 16,
  restoredSequence: 0,
  restoredDigest: NULL_DIGEST,
  fastPath: false,
  timeoutFloorMs: 100,
  timeoutCeilingMs: 5_000,
  timeoutGrowth: 2,
  parameters: { commit: 'two-chain', leader: 'stable' },
};

describe('a leader that proposes empty blocks half a view ahead', () => {
  it.each(['two-chain', 'three-chain'])('by one word has nobody vote for ever (%s)', (commit) => {
    const out: Effects<HotstuffMessage, HotstuffRecord> = [];
    const machine = new Open({ ...CONFIG, parameters: { commit, leader: 'stable' } }, [], 0, out);
    const batch: Batch = { digest: 'ba'.repeat(32), timeMs: 0, transactions: [], bytes: 0 };
    const { digest } = batch;
    const voted: number[] = [];
    const hear = (from: ReplicaId, message: HotstuffMessage): void => {
      out.length = 0;
      machine.step({ kind: 'message', attested: sign(from, message) }, 1, out);
      for (const effect of [...out]) {
        if (effect.kind !== 'attest' || effect.message.type !== 'vote') continue;
        voted.push(effect.message.round);
        hear(3, effect.message);
      }
    };
    const block = (round: number): Block => ({
      type: 'block',
      epoch: 0,
      digest,
      tails: 2,
      vote: sign(0, vote(round, 0, 1, digest)),
      batch,
    });
    hear(0, block(1));
    hear(0, block(2 ** 29));
    // The others were told the same, and do as we do.
    hear(1, vote(1, 0, 1, digest));
    hear(2, vote(1, 0, 1, digest));
    for (let round = 2; voted.includes(round) && round < 100; round++) {
      hear(1, vote(round, round - 1, 1, NULL_DIGEST));
      hear(2, vote(round, round - 1, 1, NULL_DIGEST));
    }
    expect(machine.status().delivered).toBe(1);
    expect(voted.length).toBeLessThanOrEqual(12);
  });
});

describe('a leader of views to come', () => {
  it.each([
    ['stable', STABLE_ROUNDS],
    ['rotating', 1],
  ])('has one of its batches kept for each slot (%s leader)', (leader, rounds) => {
    const out: Effects<HotstuffMessage, HotstuffRecord> = [];
    const machine = new Open({ ...CONFIG, parameters: { commit: 'two-chain', leader } }, [], 0, out);
    const send = (round: number, sequence: number, parent: number): void => {
      const digest = round.toString(16).padStart(56, 'e') + sequence.toString(16).padStart(8, '0');
      const batch: Batch = { digest, timeMs: 0, transactions: [], bytes: 0 };
      const signed = sign(1, vote(round, parent, sequence, digest));
      const message: Block = { type: 'block', epoch: 0, digest, tails: 0, vote: signed, batch };
      machine.step({ kind: 'message', attested: sign(1, message) }, 1, out);
    };
    for (let turn = 200; turn > 0; turn--) {
      const round = (4 * turn + 1) * rounds;
      // In this order each is nearer than those before, and comes in several versions.
      for (let sequence = 1; sequence <= CONFIG.window; sequence++) send(round, sequence, round - 1);
    }
    expect(machine.held.batches).toBeLessThanOrEqual(CONFIG.window);
    // The very next one is among them.
    send(rounds === 1 ? 1 : rounds, 1, 0);
    expect(machine.held.batches).toBeLessThanOrEqual(CONFIG.window);
    expect(machine.batchOf(1, rounds === 1 ? 1 : rounds)).toBe(true);
  });
});

describe('a replica that is far behind', () => {
  it('holds, and asks for, no more than it may take next', () => {
    const out: Effects<HotstuffMessage, HotstuffRecord> = [];
    const machine = new Open(CONFIG, [], 0, out);
    let fetches = 0;
    for (let round = 1; round <= 2_000; round++) {
      for (const from of [0, 1, 2]) {
        const digest = round.toString(16).padStart(64, 'c');
        out.length = 0;
        const attested = sign(from, vote(round, round - 1, round, digest));
        machine.step({ kind: 'message', attested }, round, out);
        for (const effect of out) if (effect.kind === 'send' && effect.message.type === 'fetch') fetches++;
      }
    }
    const { slots, wanted, certified } = machine.held;
    expect(slots).toBeLessThanOrEqual(CONFIG.window);
    expect(wanted).toBeLessThanOrEqual(CONFIG.window);
    expect(fetches).toBeLessThanOrEqual(CONFIG.window);
    expect(certified).toBeLessThanOrEqual(8 * CONFIG.window + 8);
  });
});
