/** What one lying replica, or a long absence, may not do to a Streamlet replica. */

import { describe, expect, it } from 'vitest';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import type { Effects, MachineConfig } from '../../src/core/machine.ts';
import type { StreamletMessage, StreamletRecord, Vote } from '../../src/protocols/streamlet/messages.ts';
import { Streamlet, streamlet } from '../../src/protocols/streamlet/streamlet.ts';
import { Liar, type Tactic } from '../../src/sim/byzantine.ts';
import { CALM, Cluster } from '../../src/sim/index.ts';
import { sign } from '../../src/sim/symbolic.ts';

type StreamletTactic = Tactic<StreamletMessage, StreamletRecord>;

const N = 4;

describe('one liar', () => {
  it.each([86_400_000, 1])(
    'that measures delays of %i ms does not set the length of the rounds',
    (delayMs) => {
      const lies: StreamletTactic = {
        bend(effect, out) {
          if (effect.kind !== 'attest') return void out.push(effect);
          const { message } = effect;
          const lied =
            message.type === 'proposal' || message.type === 'tail' ? { ...message, delayMs } : message;
          out.push({ ...effect, message: lied });
        },
      };
      const cluster = new Cluster({
        protocol: streamlet,
        n: N,
        seed: 5,
        adversaries: new Map([[3, () => (machine) => new Liar(machine, [lies])]]),
        parameters: { roundMs: 0 },
        rule: { ...CALM, delayMs: 5 },
        timeoutFloorMs: 500,
        timeoutCeilingMs: 16_000,
        clientRetryMs: 0,
      });
      const lengths: number[] = [];
      for (let i = 0; i < 600; i++) {
        cluster.submit(1);
        cluster.run(25);
        lengths.push(...[0, 1, 2].map((id) => cluster.node(id).machine!.status().timeoutMs));
      }
      expect(Math.max(...lengths)).toBeLessThan(500);
      expect(cluster.runUntil(() => cluster.settled(), 5_000)).toBe(true);
    },
  );
});

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
  parameters: { roundMs: 0 },
};

class Open extends Streamlet {
  get wanted(): number {
    return this.s.wanted.size;
  }
}

describe('a replica that is far behind', () => {
  const digestOf = (round: number) => round.toString(16).padStart(64, 'c');

  it('asks for no more batches than it may take next, and for the next ones as it takes them', () => {
    const out: Effects<StreamletMessage, StreamletRecord> = [];
    const machine = new Open(CONFIG, [], 0, out);
    const asked = new Set<number>();
    const delivered: number[] = [];
    const hear = (from: number, message: StreamletMessage): void => {
      out.length = 0;
      machine.step({ kind: 'message', attested: sign(from, message) }, 1, out);
      for (const effect of out) {
        if (effect.kind === 'deliver') delivered.push(effect.sequence);
        if (effect.kind !== 'send' || effect.message.type !== 'fetch' || !effect.message.bytes) continue;
        asked.add(effect.message.round);
      }
    };
    const vote = (round: number): Vote => ({
      type: 'vote',
      epoch: 0,
      round,
      parent: round - 1,
      height: round,
      sequence: round,
      digest: digestOf(round),
      delayMs: 1,
    });
    const last = 400;
    for (let round = 1; round <= last; round++) for (const from of [0, 1, 2]) hear(from, vote(round));
    expect(machine.wanted).toBe(CONFIG.window);
    expect(Math.max(...asked)).toBe(CONFIG.window);
    // It takes all that is final, a window at a time.
    for (let round = 1; round < last; round++) {
      expect(asked).toContain(round);
      const digest = digestOf(round);
      const batch = { digest, timeMs: 0, transactions: [], bytes: 0 };
      hear(0, { type: 'fetched', epoch: 0, round, digest, batch });
      expect(machine.wanted).toBeLessThanOrEqual(CONFIG.window);
    }
    expect(delivered.at(-1)).toBe(last - 1);
  });
});
