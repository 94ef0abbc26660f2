/** What HotStuff does where nobody fails: the leader drives the chain on until all is committed, and then rests. */

import { describe, expect, it } from 'vitest';
import { createMessageCodec } from '../../src/codec/message-codec.ts';
import type { ReplicaId } from '../../src/core/ids.ts';
import { hotstuff } from '../../src/protocols/hotstuff/hotstuff.ts';
import type { HotstuffMessage, HotstuffRecord, NewView } from '../../src/protocols/hotstuff/messages.ts';
import { Cluster, type Observer } from '../../src/sim/index.ts';

interface Said {
  readonly type: string;
  readonly atMs: number;
}

function world(commit: string, leader: string, n = 4) {
  const said: Said[] = [];
  let cluster: Cluster<HotstuffMessage, HotstuffRecord> | undefined;
  const say = (type: string): void => {
    said.push({ type, atMs: cluster?.scheduler.nowMs ?? 0 });
  };
  const observer: Observer<HotstuffMessage, HotstuffRecord> = {
    sent: (_replica: ReplicaId, message) => say(message.type),
    attested: (_replica, { message }) => say(message.type),
  };
  cluster = new Cluster({
    protocol: hotstuff,
    n,
    seed: 7,
    maxBatch: 1,
    observers: [observer],
    parameters: { commit, leader },
    // Clients have their answers, and nothing of theirs comes again.
    clientRetryMs: 0,
  });
  return { cluster, said };
}

const SETTINGS = [
  ['two-chain', 'stable'],
  ['two-chain', 'rotating'],
  ['three-chain', 'stable'],
  ['three-chain', 'rotating'],
] as const;

describe.each(SETTINGS)('HotStuff, %s, %s leader', (commit, leader) => {
  it('commits what is pending though nothing more is proposed, and then is quiet', () => {
    const { cluster, said } = world(commit, leader);
    for (let i = 0; i < 5; i++) {
      cluster.submit(1);
      // No message is lost and none takes a millisecond: a commit takes a few of them, and no time-out.
      expect(cluster.runUntil(() => cluster.settled(), 20)).toBe(true);
      cluster.run(20);
    }
    for (const { machine } of cluster.nodes) expect(machine!.drives!()).toBe(false);
    const doneMs = cluster.scheduler.nowMs;
    said.length = 0;
    cluster.run(60_000);
    // A heartbeat after 1, 2, 4, 8 and then every 10 seconds, of each replica, and what answers it: nothing is late.
    expect(new Set(said.map(({ type }) => type))).toEqual(new Set(['status']));
    expect(said.length).toBeLessThanOrEqual(4 * 9);
    const late = said.filter(({ atMs }) => atMs > doneMs + 30_000);
    expect(late.length).toBeLessThanOrEqual(4 * 4);
  });

  it('sends no certificate where no view fails: votes go to all, and each makes its own', () => {
    const { cluster, said } = world(commit, leader, 7);
    cluster.submit(20);
    expect(cluster.runUntil(() => cluster.settled(), 200)).toBe(true);
    const types = new Set(said.map(({ type }) => type));
    expect(types).not.toContain('new-view');
    expect(types).not.toContain('timeout');
  });
});

describe('HotStuff, certificates where a view fails', () => {
  it('go to each replica once over a connection that stays up, however often the time-out is repeated', () => {
    const sent: { from: ReplicaId; to: ReplicaId | undefined; message: NewView }[] = [];
    const cluster: Cluster<HotstuffMessage, HotstuffRecord> = new Cluster({
      protocol: hotstuff,
      n: 4,
      seed: 3,
      observers: [
        {
          sent: (from, message: HotstuffMessage, to) => {
            if (message.type === 'new-view') sent.push({ from, to, message });
          },
        },
      ],
    });
    cluster.submit(4);
    expect(cluster.runUntil(() => cluster.settled(), 100)).toBe(true);
    // Two of four are no quorum: those who left their view repeat their time-outs for as long as it lasts.
    cluster.crash(0);
    cluster.submit(2);
    const active = (id: ReplicaId) => cluster.node(id).machine!.status().active;
    expect(cluster.runUntil(() => !active(1) && active(3), 500)).toBe(true);
    cluster.crash(3);
    cluster.run(20_000);
    const repeated = sent.filter(({ from, to }) => from === 1 && to === 2);
    expect(repeated.length).toBeGreaterThan(8);
    expect(repeated.filter(({ message }) => message.high.length > 0).length).toBeLessThanOrEqual(1);
    for (const { message } of repeated) expect(message.round).toBeGreaterThan(0);
    cluster.restart(0);
    cluster.restart(3);
    expect(cluster.runUntil(() => cluster.settled(), 20_000)).toBe(true);
    const shown = new Map<string, number>();
    for (const { from, to, message } of sent) {
      if (to === 0 || to === 3) continue;
      for (const { message: block } of message.high) {
        const key = `${from} to ${to}: ${block.round}`;
        shown.set(key, (shown.get(key) ?? 0) + 1);
      }
    }
    for (const [key, times] of shown) expect(times, key).toBe(1);
  });

  it('take 13.9 KB with ML-DSA-87 signatures of three of four, and a few bytes where they are referred to', () => {
    const limits = { maxBatchTransactions: 16, maxBatchBytes: 1 << 20, maxTransactionBytes: 1 << 16 };
    const codec = createMessageCodec<HotstuffMessage>(hotstuff.messages, {
      n: 4,
      batchDigest: () => '',
      limits,
    });
    const vote = {
      type: 'vote',
      epoch: 0,
      round: 9,
      parent: 8,
      sequence: 5,
      digest: 'a'.repeat(64),
    } as const;
    const signatures = [0, 1, 3].map(() => new Uint8Array(4627));
    const whole: NewView = {
      type: 'new-view',
      epoch: 0,
      view: 1,
      round: 9,
      high: [{ message: vote, signers: [0, 1, 3], signatures }],
      timeouts: [],
    };
    expect(codec.encodeBody(whole, 1).length).toBeGreaterThan(13_881);
    expect(codec.encodeBody(whole, 1).length).toBeLessThan(14_000);
    expect(codec.encodeBody({ ...whole, high: [] }, 1).length).toBeLessThan(20);
  });
});
