import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NULL_DIGEST } from '../../src/core/ids.ts';
import { maxFaulty, quorumSize } from '../../src/core/quorum.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { decide, wellFormed } from '../../src/protocols/pbft/decide.ts';
import type { CheckpointClaim, Claim, ViewChange } from '../../src/protocols/pbft/messages.ts';

const d = (name: string): string => name.repeat(64).slice(0, 64);
const A = d('a');
const B = d('b');
const G = d('9');

interface Said {
  stable?: number;
  checkpoints?: CheckpointClaim[];
  p?: [view: number, sequence: number, digest: string][];
  q?: [view: number, sequence: number, digest: string][];
}

const claims = (list: [number, number, string][] = []): Claim[] =>
  list.map(([view, sequence, digest]) => ({ view, sequence, digest }));

function says({ stable = 0, checkpoints, p = [], q = p }: Said, view = 9): ViewChange {
  return {
    type: 'view-change',
    epoch: 0,
    view,
    stable,
    checkpoints: checkpoints ?? [{ sequence: stable, digest: G }],
    prepared: claims(p),
    preprepared: claims(q),
  };
}

describe('the decision of a new view, n = 4', () => {
  const decided = (...said: Said[]) =>
    decide(
      said.map((s) => says(s)),
      4,
    );

  test('nothing prepared: nothing is carried over', () => {
    expect(decided({}, {}, {})).toEqual({ checkpoint: { sequence: 0, digest: G }, digests: [] });
  });

  test('what prepared is proposed again, and a gap below it becomes null', () => {
    expect(decided({ p: [[0, 2, A]] }, { q: [[0, 2, A]] }, {})?.digests).toEqual([NULL_DIGEST, A]);
  });

  test('A2: a claim that nobody else vouches for waits for more messages', () => {
    expect(decided({ p: [[0, 1, A]] }, {}, {})).toBeUndefined();
    // With the fourth message q replicas have an empty P, so nothing committed.
    expect(decided({ p: [[0, 1, A]] }, {}, {}, {})?.digests).toEqual([]);
  });

  test('A1: the latest view wins', () => {
    const said = [{ p: [[1, 1, B]] }, { p: [[0, 1, A]], q: [[1, 1, B]] }, { q: [[0, 1, A]] }] as Said[];
    expect(decided(...said)?.digests).toEqual([B]);
  });

  test('of two digests of one view, everybody takes the same one', () => {
    const said = [{ p: [[1, 1, B]] }, { p: [[1, 1, A]] }, { q: [[1, 1, A]] }, { q: [[1, 1, B]] }] as Said[];
    const choices = [said, said.toReversed()].map((order) => decided(...order)?.digests.join());
    expect(choices[0]).toBe(choices[1]);
  });

  test('a null that prepared may have committed: it is proposed again, even at the end', () => {
    const prepared: Said = { p: [[1, 1, NULL_DIGEST]] };
    expect(decided(prepared, prepared, prepared)?.digests).toEqual([NULL_DIGEST]);
  });

  test('a slot far above the checkpoint keeps its digest: its voters may have worked from a later one', () => {
    const said: Said = { p: [[3, 40, A]] };
    expect(decided(said, said, {})?.digests).toHaveLength(40);
    expect(decided(said, said, {})?.digests[39]).toBe(A);
  });

  test('a slot at any height that only a liar names costs nothing', () => {
    const absurd: Said = { p: [[8, Number.MAX_SAFE_INTEGER, B]] };
    expect(decided({}, {}, {}, absurd)?.digests).toEqual([]);
  });

  const eight: CheckpointClaim = { sequence: 8, digest: d('8') };
  const genesis: CheckpointClaim = { sequence: 0, digest: G };

  test('starts from the earliest checkpoint that decides', () => {
    const ahead: Said = { checkpoints: [genesis, eight], p: [[0, 3, A]] };
    const behind: Said = { p: [[0, 3, A]] };
    expect(decided(ahead, ahead, behind)?.checkpoint).toEqual(genesis);
    expect(decided(ahead, ahead, behind)?.digests).toEqual([NULL_DIGEST, NULL_DIGEST, A]);
  });

  test('starts later where too few still speak of earlier slots, or where a lie about them decides nothing', () => {
    const stable: Said = { stable: 8, checkpoints: [eight] };
    const ahead: Said = { checkpoints: [genesis, eight], p: [[0, 3, A]] };
    expect(decided(stable, stable, ahead)?.checkpoint).toEqual(eight);
    const liar: Said = { checkpoints: [genesis, eight], p: [[5, 3, B]] };
    expect(decided(stable, ahead, ahead, liar)).toEqual({ checkpoint: eight, digests: [] });
  });

  test('a checkpoint that one replica alone holds is nothing to start from', () => {
    const alone: Said = { stable: 8, checkpoints: [eight] };
    expect(decided(alone, {}, {})).toBeUndefined();
    expect(decided(alone, {}, {}, {})?.checkpoint).toEqual(genesis);
  });
});

describe('safety of one slot, at random', () => {
  /**
   * The proof's premises and nothing more: at view v, q replicas prepared the digest; honest replicas claim what
   * they did; after v honest replicas pre-prepare that digest alone; liars claim anything.
   */
  function committedWorld(random: SeededRandom, n: number): { viewChanges: ViewChange[]; digest: string } {
    const f = maxFaulty(n);
    const view = random.below(4);
    const last = view + 1 + random.below(3);
    const digests = [A, B, d('c'), NULL_DIGEST];
    const digest = random.pick(digests);
    const ids = random.shuffle([...Array(n).keys()]);
    const liars = new Set(ids.slice(0, random.below(f + 1)));
    const preparers = new Set(random.shuffle(ids.slice()).slice(0, quorumSize(n)));
    // One digest per view has a quorum of prepares at most; before v it may be any.
    const ofView = Array.from({ length: last }, (_, v) => (v >= view ? digest : random.pick(digests)));
    const viewChanges = ids.map((id) => {
      const p: [number, number, string][] = [];
      const q: [number, number, string][] = [];
      const add = (v: number, what: string): void => {
        const at = q.findIndex(([, , known]) => known === what);
        if (at >= 0) q.splice(at, 1);
        q.push([v, 1, what]);
      };
      if (liars.has(id)) {
        for (const what of digests) if (random.chance(0.7)) q.push([random.below(last), 1, what]);
        if (random.chance(0.8)) p.push([random.below(last), 1, random.pick(digests)]);
        return says({ p, q }, last);
      }
      for (let v = 0; v < last; v++) {
        const must = v === view && preparers.has(id);
        // An equivocating primary may show anything in its view, before the commit's.
        if (must || random.chance(0.6))
          add(v, v >= view ? digest : random.pick([ofView[v]!, random.pick(digests)]));
        const had = q.at(-1);
        if (had?.[0] === v && had[2] === ofView[v] && (must || random.chance(0.5))) {
          p.length = 0;
          p.push([v, 1, ofView[v]!]);
        }
      }
      return says({ p, q }, last);
    });
    return { viewChanges, digest };
  }

  test('no set of messages decides anything but the digest that committed', () => {
    let decisions = 0;
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(4, 5, 6, 7, 10), (seed, n) => {
        const random = new SeededRandom(seed);
        const { viewChanges, digest } = committedWorld(random, n);
        const size = quorumSize(n) + random.below(n - quorumSize(n) + 1);
        const decision = decide(random.shuffle(viewChanges).slice(0, size), n);
        if (decision === undefined) return;
        decisions++;
        expect(decision.digests).toEqual([digest]);
      }),
      { numRuns: 3_000 },
    );
    expect(decisions).toBeGreaterThan(1_000);
  });
});

describe('well-formed view changes', () => {
  const good = says({ stable: 8, checkpoints: [{ sequence: 8, digest: G }], p: [[2, 9, A]] });
  const bad = (change: Partial<ViewChange>): boolean => wellFormed({ ...good, ...change }, 8);

  test('an honest one passes', () => {
    expect(wellFormed(good, 8)).toBe(true);
    expect(wellFormed(says({}), 8)).toBe(true);
  });

  test.each<[string, Partial<ViewChange>]>([
    ['a prepared slot at its own h', { prepared: claims([[2, 8, A]]) }],
    ['a prepared slot in the view it asks for', { prepared: claims([[9, 9, A]]) }],
    [
      'two digests prepared in one slot',
      {
        prepared: claims([
          [2, 9, A],
          [1, 9, B],
        ]),
      },
    ],
    ['a pre-prepared slot below its h', { preprepared: claims([[2, 3, A]]) }],
    ['a pre-prepared slot in a later view', { preprepared: claims([[12, 9, A]]) }],
    [
      'one digest pre-prepared twice',
      {
        preprepared: claims([
          [2, 9, A],
          [1, 9, A],
        ]),
      },
    ],
    ['no checkpoint at its own h', { checkpoints: [{ sequence: 16, digest: G }] }],
    [
      'a checkpoint below its h',
      {
        checkpoints: [
          { sequence: 8, digest: G },
          { sequence: 0, digest: G },
        ],
      },
    ],
    [
      'a checkpoint where there is none',
      {
        checkpoints: [
          { sequence: 8, digest: G },
          { sequence: 9, digest: G },
        ],
      },
    ],
    [
      'two digests for one checkpoint',
      {
        checkpoints: [
          { sequence: 8, digest: G },
          { sequence: 8, digest: A },
        ],
      },
    ],
  ])('%s is refused', (_, change) => {
    expect(bad(change)).toBe(false);
  });
});
