import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quorumSize } from '../../src/core/quorum.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { FLOOR_KINDS, FloorReplica } from '../../src/load/floor-pattern.ts';

/** Passes one request through n replicas, frames arriving in an order that the seed decides; gives the frames by kind. */
function round(n: number, seed: number, number = 1): Record<string, number> {
  const random = new SeededRandom(seed);
  const counts: Record<string, number> = { request: n, prePrepare: 0, prepare: 0, commit: 0, reply: 0 };
  const flying: { to: number; kind: number }[] = [];
  const toOthers = (from: number, kind: number, name: string) => {
    for (let to = 0; to < n; to++) if (to !== from) flying.push({ to, kind });
    counts[name]! += n - 1;
  };
  const replicas = Array.from(
    { length: n },
    (_, self) =>
      new FloorReplica(self, n, {
        prePrepare: () => toOthers(self, FLOOR_KINDS.prePrepare, 'prePrepare'),
        prepare: () => toOthers(self, FLOOR_KINDS.prepare, 'prepare'),
        commit: () => toOthers(self, FLOOR_KINDS.commit, 'commit'),
        reply: () => counts.reply!++,
      }),
  );
  for (let to = 0; to < n; to++) flying.push({ to, kind: FLOOR_KINDS.request });
  while (flying.length > 0) {
    const [{ to, kind }] = flying.splice(random.below(flying.length), 1) as [{ to: number; kind: number }];
    replicas[to]!.receive(kind, number);
  }
  return counts;
}

describe('the floor', () => {
  it("sends exactly the frames of PBFT's normal case, in whatever order they arrive", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 10 }), fc.nat(), (n, seed) => {
        expect(round(n, seed)).toEqual({
          request: n,
          prePrepare: n - 1,
          prepare: (n - 1) * (n - 1),
          commit: n * (n - 1),
          reply: n,
        });
      }),
    );
  });

  it('waits for a quorum in each phase', () => {
    for (const n of [4, 5, 6, 7]) {
      const sent: string[] = [];
      const replica = new FloorReplica(1, n, {
        prePrepare: () => sent.push('pre-prepare'),
        prepare: () => sent.push('prepare'),
        commit: () => sent.push('commit'),
        reply: () => sent.push('reply'),
      });
      replica.receive(FLOOR_KINDS.prePrepare, 1);
      // Its own prepare and the primary's pre-prepare are two of the quorum; its own commit is one.
      for (let i = 0; i < quorumSize(n) - 3; i++) replica.receive(FLOOR_KINDS.prepare, 1);
      expect(sent).toEqual(['prepare']);
      replica.receive(FLOOR_KINDS.prepare, 1);
      expect(sent).toEqual(['prepare', 'commit']);
      for (let i = 0; i < quorumSize(n) - 2; i++) replica.receive(FLOOR_KINDS.commit, 1);
      expect(sent).toEqual(['prepare', 'commit']);
      replica.receive(FLOOR_KINDS.commit, 1);
      expect(sent).toEqual(['prepare', 'commit', 'reply']);
    }
  });
});
