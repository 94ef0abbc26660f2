import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap } from '../../src/apps/authenticated-map.ts';
import { CHUNK_BYTES } from '../../src/apps/map-chunks.ts';
import { verifyProof } from '../../src/apps/map-proof.ts';
import { toHex } from '../../src/core/bytes.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

type Step = readonly [op: 'set' | 'delete' | 'root' | 'snapshot', key: number, value: number];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('set' as const, 'set' as const, 'set' as const, 'delete' as const, 'root' as const),
  fc.nat(60),
  fc.nat(300),
);
const steps = fc.array(step, { maxLength: 120 });

const keyOf = (n: number): Uint8Array => new TextEncoder().encode(`key-${n}`);
// Short values are hashed as they are, long ones by their digest: both occur.
const bytesOf = (n: number): Uint8Array => new Uint8Array(n % 130).fill(n);

function apply(map: AuthenticatedMap, model: Map<number, number>, [op, key, value]: Step): void {
  if (op === 'set') {
    map.set(keyOf(key), bytesOf(value));
    model.set(key, value);
  } else if (op === 'delete') {
    expect(map.delete(keyOf(key))).toBe(model.delete(key));
  } else if (op === 'root') {
    map.root();
  } else {
    map.snapshot();
  }
}

/** The same content, put in by another history. */
function rebuilt(model: ReadonlyMap<number, number>, seed: number): AuthenticatedMap {
  const map = new AuthenticatedMap(hasher);
  for (let i = 0; i < 10; i++) map.set(keyOf(1_000_000 + i), bytesOf(i));
  for (const [key, value] of new SeededRandom(seed).shuffle([...model])) map.set(keyOf(key), bytesOf(value));
  for (let i = 0; i < 10; i++) map.delete(keyOf(1_000_000 + i));
  return map;
}

function contentOf(entries: Iterable<[Uint8Array, Uint8Array]>): Map<string, string> {
  return new Map([...entries].map(([key, value]) => [toHex(key), toHex(value)]));
}

function modelContent(model: ReadonlyMap<number, number>): Map<string, string> {
  return new Map([...model].map(([key, value]) => [toHex(keyOf(key)), toHex(bytesOf(value))]));
}

describe('the authenticated map', () => {
  it('agrees with a Map, and its root depends on the content alone', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (run, seed) => {
        const map = new AuthenticatedMap(hasher);
        const model = new Map<number, number>();
        for (const one of run) apply(map, model, one);
        expect(map.size).toBe(model.size);
        expect(contentOf(map.entries())).toEqual(modelContent(model));
        for (let key = 0; key <= 60; key++) {
          const value = model.get(key);
          expect(map.get(keyOf(key))).toEqual(value === undefined ? undefined : bytesOf(value));
        }
        expect(toHex(map.root())).toBe(toHex(rebuilt(model, seed).root()));
      }),
      { numRuns: 200 },
    );
  });

  it('has another root for any other content', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), fc.nat(300), (run, key, value) => {
        const map = new AuthenticatedMap(hasher);
        for (const one of run) apply(map, new Map(), one[0] === 'delete' ? ['set', one[1], one[2]] : one);
        const before = toHex(map.root());
        const old = map.get(keyOf(key));
        map.set(keyOf(key), bytesOf(value));
        const same = old !== undefined && toHex(old) === toHex(bytesOf(value));
        expect(toHex(map.root()) === before).toBe(same);
        map.delete(keyOf(key));
        expect(toHex(map.root()) === before).toBe(old === undefined);
      }),
    );
  });

  it('keeps a snapshot as it was while the map goes on', () => {
    fc.assert(
      fc.property(steps, steps, steps, (first, second, third) => {
        const map = new AuthenticatedMap(hasher);
        const model = new Map<number, number>();
        for (const one of first) apply(map, model, one);
        const early = map.snapshot();
        const earlyModel = new Map(model);
        for (const one of second) apply(map, model, one);
        const late = map.snapshot();
        const lateModel = new Map(model);
        for (const one of third) apply(map, model, one);
        for (const [snapshot, kept] of [
          [early, earlyModel],
          [late, lateModel],
        ] as const) {
          expect(snapshot.size).toBe(kept.size);
          expect(contentOf(snapshot.entries())).toEqual(modelContent(kept));
          expect(toHex(snapshot.root)).toBe(toHex(rebuilt(kept, 1).root()));
          for (const key of [0, 7, 33]) {
            const value = kept.get(key);
            expect(snapshot.get(keyOf(key))).toEqual(value === undefined ? undefined : bytesOf(value));
            const proof = snapshot.prove(keyOf(key));
            const claimed = value === undefined ? undefined : bytesOf(value);
            expect(verifyProof(hasher, snapshot.root, keyOf(key), claimed, proof)).toBe(true);
          }
        }
        expect(toHex(map.root())).toBe(toHex(rebuilt(model, 2).root()));
      }),
    );
  });

  it('undoes what came after a savepoint, and only that', () => {
    fc.assert(
      fc.property(steps, steps, steps, fc.boolean(), (kept, undone, after, snapshotBefore) => {
        const map = new AuthenticatedMap(hasher);
        const model = new Map<number, number>();
        for (const one of kept) apply(map, model, one);
        const frozen = snapshotBefore ? map.snapshot() : undefined;
        const root = toHex(map.root());
        map.savepoint();
        const scratch = new Map(model);
        for (const one of undone) apply(map, scratch, one);
        map.rollback();
        expect(map.size).toBe(model.size);
        expect(toHex(map.root())).toBe(root);
        if (frozen !== undefined) expect(toHex(frozen.root)).toBe(root);
        map.release();
        const snapshot = map.snapshot();
        expect(snapshot.chunkCount).toBe([...snapshot.chunks()].length);
        for (const one of after) apply(map, model, one);
        expect(contentOf(map.entries())).toEqual(modelContent(model));
        expect(toHex(map.root())).toBe(toHex(rebuilt(model, 3).root()));
      }),
    );
  });

  it('comes back from its chunks, which depend on the content alone and have a bound', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (run, seed) => {
        const map = new AuthenticatedMap(hasher);
        const model = new Map<number, number>();
        for (const one of run) apply(map, model, one);
        const chunks = [...map.snapshot().chunks()];
        expect([...rebuilt(model, seed).snapshot().chunks()].map(toHex)).toEqual(chunks.map(toHex));
        expect(map.snapshot().chunkCount).toBe(chunks.length);
        const back = AuthenticatedMap.fromChunks(hasher, chunks, map.root());
        expect(back.size).toBe(map.size);
        expect(contentOf(back.entries())).toEqual(modelContent(model));
      }),
    );
  });

  it('cuts large values over chunks', () => {
    const map = new AuthenticatedMap(hasher);
    for (let i = 0; i < 5; i++)
      map.set(keyOf(i), new Uint8Array(CHUNK_BYTES * i - (i === 0 ? 0 : i)).fill(i));
    const chunks = [...map.snapshot().chunks()];
    expect(chunks.length).toBe(11);
    expect(map.snapshot().chunkCount).toBe(11);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(256 << 10);
    expect(toHex(AuthenticatedMap.fromChunks(hasher, chunks, map.root()).root())).toBe(toHex(map.root()));
  });

  it('refuses chunks that are cut, changed or made up', () => {
    const map = new AuthenticatedMap(hasher);
    for (let i = 0; i < 50; i++) map.set(keyOf(i), bytesOf(i));
    const [chunk] = [...map.snapshot().chunks()];
    const refused = (chunks: Uint8Array[]): void => {
      expect(() => AuthenticatedMap.fromChunks(hasher, chunks, map.root())).toThrowError(
        expect.objectContaining({ code: 'snapshot-damaged' }),
      );
    };
    for (let cut = 0; cut < chunk!.length; cut += 7) refused([chunk!.subarray(0, cut)]);
    for (let at = 0; at < chunk!.length; at += 11) {
      const changed = Uint8Array.from(chunk!);
      changed[at]! ^= 0x80;
      refused([changed]);
    }
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 5 }), refused));
  });

  it('proves what is there and what is not, and nothing else', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(70),
        fc.nat(300),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (run, n, other, at, flip) => {
          const map = new AuthenticatedMap(hasher);
          const model = new Map<number, number>();
          for (const one of run) apply(map, model, one);
          const key = keyOf(n);
          const root = map.root();
          const stored = model.get(n);
          const value = stored === undefined ? undefined : bytesOf(stored);
          const proof = map.prove(key);
          expect(verifyProof(hasher, root, key, value, proof)).toBe(true);
          // The opposite claim, another value, another root, a longer or a damaged proof.
          expect(
            verifyProof(hasher, root, key, value === undefined ? bytesOf(other) : undefined, proof),
          ).toBe(false);
          if (value !== undefined && toHex(bytesOf(other)) !== toHex(value)) {
            expect(verifyProof(hasher, root, key, bytesOf(other), proof)).toBe(false);
          }
          expect(verifyProof(hasher, hasher.hash('state'), key, value, proof)).toBe(false);
          expect(verifyProof(hasher, root, key, value, Uint8Array.of(...proof, 0))).toBe(false);
          expect(verifyProof(hasher, root, key, value, proof.subarray(0, at % proof.length))).toBe(false);
          const damaged = Uint8Array.from(proof);
          damaged[at % proof.length]! ^= flip;
          expect(verifyProof(hasher, root, key, value, damaged)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes any bytes as a proof without a throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.option(fc.uint8Array({ maxLength: 80 })),
        (proof, value) => {
          expect(verifyProof(hasher, hasher.hash('state'), keyOf(1), value ?? undefined, proof)).toBe(false);
        },
      ),
    );
  });

  it('stays right over ten thousand keys, with a snapshot now and then', () => {
    const random = new SeededRandom(5);
    const map = new AuthenticatedMap(hasher);
    const model = new Map<number, number>();
    for (let i = 0; i < 30_000; i++) {
      const key = random.below(10_000);
      if (random.chance(0.3)) apply(map, model, ['delete', key, 0]);
      else apply(map, model, ['set', key, random.below(300)]);
      if (i % 1000 === 0) map.snapshot();
      if (i % 1500 === 0) map.root();
    }
    expect(map.size).toBe(model.size);
    expect(toHex(map.root())).toBe(toHex(rebuilt(model, 9).root()));
  });
});
