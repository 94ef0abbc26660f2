import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorPattern, theoryOf } from '../../src/cli/bench/patterns.ts';
import { quorumSize } from '../../src/core/quorum.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { FLOOR_KINDS, type FloorPattern, FloorReplica } from '../../src/load/floor-pattern.ts';

const setting = (protocol: string, validators: number, commit?: string) => ({
  protocol,
  validators,
  auth: 'ed25519',
  txAuth: 'ed25519',
  payloadBytes: 64,
  ...(commit !== undefined && { protocolParameters: { commit } }),
});

/** Passes one request through n replicas, frames arriving in an order that the seed decides; gives the frames by step. */
function round(n: number, pattern: FloorPattern, seed: number): Record<string, number> {
  const random = new SeededRandom(seed);
  const counts: Record<string, number> = { echo: 0, reply: 0 };
  for (const i of pattern.steps.keys()) counts[i] = 0;
  const flying: { to: number; kind: number }[] = [];
  const name = (kind: number) => (kind === FLOOR_KINDS.echo ? 'echo' : String(kind - FLOOR_KINDS.step));
  const post = (to: number, kind: number) => {
    flying.push({ to, kind });
    counts[name(kind)]!++;
  };
  const replicas = Array.from(
    { length: n },
    (_, self) =>
      new FloorReplica(self, pattern, {
        toAll: (kind) => {
          for (let to = 0; to < n; to++) if (to !== self) post(to, kind);
        },
        toOne: (to, kind) => post(to, kind),
        reply: () => counts.reply!++,
      }),
  );
  for (let to = 0; to < n; to++) flying.push({ to, kind: FLOOR_KINDS.request });
  while (flying.length > 0) {
    const [{ to, kind }] = flying.splice(random.below(flying.length), 1) as [{ to: number; kind: number }];
    replicas[to]!.receive(kind, 1);
  }
  return counts;
}

const property = (check: (n: number, seed: number) => void) =>
  fc.assert(fc.property(fc.integer({ min: 4, max: 10 }), fc.nat(), check));

describe('the floor', () => {
  it("sends exactly the frames of PBFT's normal case, in whatever order they arrive", () => {
    property((n, seed) => {
      expect(round(n, floorPattern(setting('pbft', n)), seed)).toEqual({
        0: n - 1,
        1: (n - 1) * (n - 1),
        2: n * (n - 1),
        echo: 0,
        reply: n,
      });
    });
  });

  it('leaves the commit phase out of the fast path', () => {
    property((n, seed) => {
      const counts = round(n, floorPattern(setting('pbft', n), true), seed);
      expect(counts).toEqual({ 0: n - 1, 1: (n - 1) * (n - 1), echo: 0, reply: n });
    });
  });

  it('has a phase more for a chain of three than for one of two', () => {
    property((n, seed) => {
      const votes = n * (n - 1);
      const two = { 0: n - 1, 1: votes - (n - 1), 2: votes, echo: 0, reply: n };
      expect(round(n, floorPattern(setting('hotstuff', n, 'two-chain')), seed)).toEqual(two);
      const three = round(n, floorPattern(setting('hotstuff', n, 'three-chain')), seed);
      expect(three).toEqual({ ...two, 3: votes });
    });
  });

  it('lets two leaders propose and everybody echo for Streamlet', () => {
    property((n, seed) => {
      const votes = (n - 1) * (n - 1);
      const counts = round(n, floorPattern(setting('streamlet', n)), seed);
      expect(counts).toEqual({
        0: n - 1,
        1: votes,
        2: n - 1,
        3: votes,
        echo: 2 * n * (n - 1),
        reply: n,
      });
    });
  });

  it('goes from the leader and back for Raft, whose leader alone replies', () => {
    property((n, seed) => {
      const counts = round(n, floorPattern(setting('raft', n)), seed);
      expect(counts).toEqual({ 0: n - 1, 1: n - 1, echo: 0, reply: 1 });
    });
  });

  it('waits for a quorum in each phase', () => {
    for (const n of [4, 5, 6, 7]) {
      const sent: string[] = [];
      const replica = new FloorReplica(1, floorPattern(setting('pbft', n)), {
        toAll: (kind) => sent.push(`step ${kind - FLOOR_KINDS.step}`),
        toOne: () => sent.push('to one'),
        reply: () => sent.push('reply'),
      });
      const [prePrepare, prepare, commit] = [0, 1, 2].map((step) => FLOOR_KINDS.step + step) as [
        number,
        number,
        number,
      ];
      replica.receive(prePrepare, 1);
      // Its own prepare and the primary's pre-prepare are two of the quorum; its own commit is one.
      for (let i = 0; i < quorumSize(n) - 3; i++) replica.receive(prepare, 1);
      expect(sent).toEqual(['step 1']);
      replica.receive(prepare, 1);
      expect(sent).toEqual(['step 1', 'step 2']);
      for (let i = 0; i < quorumSize(n) - 2; i++) replica.receive(commit, 1);
      expect(sent).toEqual(['step 1', 'step 2']);
      replica.receive(commit, 1);
      expect(sent).toEqual(['step 1', 'step 2', 'reply']);
    }
  });
});

describe('the theory', () => {
  it('counts the messages that the pattern sends', () => {
    for (const protocol of ['pbft', 'hotstuff', 'raft']) {
      const counts = round(7, floorPattern(setting(protocol, 7), true), 1);
      const { reply: _, ...between } = counts;
      const sent = Object.values(between).reduce((sum, count) => sum + count, 0);
      expect(theoryOf(setting(protocol, 7)).messages).toBe(sent);
    }
  });

  it('knows the delays from request to reply', () => {
    const delays = (protocol: string, commit?: string) => theoryOf(setting(protocol, 4, commit)).delays;
    expect(delays('raft')).toBe(4);
    expect(delays('pbft')).toBe(4);
    expect(delays('hotstuff', 'two-chain')).toBe(5);
    expect(delays('hotstuff', 'three-chain')).toBe(6);
    expect(delays('streamlet')).toBe(6);
  });
});
