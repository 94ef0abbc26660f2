/** A map from pieces: what is put together is the certified one, whoever gave the pieces and whatever was at hand. */

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap, type MapSnapshot } from '../../src/apps/authenticated-map.ts';
import { type Hole, MapAssembly } from '../../src/apps/map-assembly.ts';
import { entriesOfPiece, provePiece } from '../../src/apps/map-pieces.ts';
import { TrieHasher } from '../../src/apps/trie.ts';
import { concatBytes, toHex } from '../../src/core/bytes.ts';
import { STATE_PIECE_WORK } from '../../src/core/limits.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

let hasher: Hasher;
let trieHasher: TrieHasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
  trieHasher = new TrieHasher(hasher);
});

const keyOf = (n: number): Uint8Array => new TextEncoder().encode(`key-${n}`);
const bytesOf = (n: number): Uint8Array => new Uint8Array(1 + (n % 130)).fill(n);

function mapOf(entries: Iterable<readonly [key: number, value: number]>): MapSnapshot {
  const map = new AuthenticatedMap(hasher);
  for (const [key, value] of entries) map.set(keyOf(key), bytesOf(value));
  map.root();
  return map.snapshot();
}

const ask = (from: MapSnapshot, { place, branch }: Hole) => from.piece(place, !branch)!;

/** Puts `source` together over `base`, `width` places at a time; gives the map and the bytes that it took. */
function fetch(source: MapSnapshot, base: MapSnapshot | undefined, width = 1) {
  const assembly = new MapAssembly(hasher, source.root, base);
  let bytes = 0;
  while (!assembly.complete) {
    const holes = assembly.take(width);
    for (const hole of holes) {
      const piece = ask(source, hole);
      bytes += piece.length;
      expect(assembly.fill(hole, piece)).toBe(true);
    }
  }
  return { map: assembly.finish(), bytes, assembly };
}

const content = (map: MapSnapshot) => [...map.entries()].map(([key, value]) => [toHex(key), toHex(value)]);

const keys = fc.array(fc.tuple(fc.nat(400), fc.nat(200)), { maxLength: 400 });

describe('a map from pieces', () => {
  it('is the one that the root stands for, whatever was at hand', () => {
    fc.assert(
      fc.property(keys, keys, fc.boolean(), fc.integer({ min: 1, max: 40 }), (target, other, akin, width) => {
        const source = mapOf(target);
        const base = mapOf(akin ? [...target, ...other] : other);
        const { map } = fetch(source, base, width);
        expect(toHex(map.root)).toBe(toHex(source.root));
        expect(content(map)).toEqual(content(source));
        expect([map.size, map.bytes]).toEqual([source.size, source.bytes]);
        // It is a map like any other from here on, and nobody else's changes with it.
        const edited = AuthenticatedMap.of(hasher, map);
        for (const [key] of other) edited.set(keyOf(key), bytesOf(7));
        for (const [key] of target.slice(5)) edited.delete(keyOf(key));
        expect(toHex(map.root)).toBe(toHex(source.root));
        expect(content(base)).toEqual(content(mapOf(akin ? [...target, ...other] : other)));
        const rebuilt = mapOf([]);
        expect(fetch(edited.snapshot(), rebuilt).map.size).toBe(edited.size);
      }),
      { numRuns: 60 },
    );
  });

  it('costs what differs', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => [i, i] as const);
    const source = mapOf(entries);
    const older = AuthenticatedMap.of(hasher, source);
    for (let i = 0; i < 20; i++) older.set(keyOf(i * 997), bytesOf(i + 3));
    older.delete(keyOf(5));
    older.set(keyOf(99_999), bytesOf(1));
    older.root();
    const whole = fetch(source, undefined, 8);
    const some = fetch(source, older.snapshot(), 8);
    expect(toHex(some.map.root)).toBe(toHex(source.root));
    expect(some.bytes).toBeLessThan(whole.bytes / 20);
    expect(some.assembly.progress).toMatchObject({ share: 1, entries: 20_000 });
    expect(some.assembly.progress.reused).toBeGreaterThan(19_000);
    expect(fetch(source, source).bytes).toBe(0);
  });

  it('goes on for another root with what it has', () => {
    const entries = Array.from({ length: 3_000 }, (_, i) => [i, i] as const);
    const first = mapOf(entries);
    const second = mapOf([...entries, [5_000, 1], [17, 99]]);
    const assembly = new MapAssembly(hasher, first.root, mapOf(entries.slice(0, 500)));
    for (let i = 0; i < 30; i++) {
      const [hole] = assembly.take(1);
      expect(assembly.fill(hole!, ask(first, hole!))).toBe(true);
    }
    const partial = assembly.partial();
    partial.hashing().step(Number.POSITIVE_INFINITY);
    const { map, bytes } = fetch(second, partial, 4);
    expect(toHex(map.root)).toBe(toHex(second.root));
    expect(content(map)).toEqual(content(second));
    expect(bytes).toBeLessThan(fetch(second, undefined, 4).bytes);
  });
});

describe('a piece', () => {
  it('holds nowhere once a byte of it is flipped, added or missing', () => {
    const source = mapOf(Array.from({ length: 12 }, (_, i) => [i, 9 * i] as const));
    const assembly = new MapAssembly(hasher, source.root, undefined);
    const seen = { branch: 0, entries: 0 };
    const [rootHole] = assembly.take(1);
    const pieces = [false, true].map((whole) => [rootHole!, source.piece(rootHole!.place, whole)!] as const);
    for (const [hole, piece] of pieces) {
      seen[piece[0] === 0 ? 'branch' : 'entries']++;
      const holds = (bytes: Uint8Array) => provePiece(bytes, hole.place, hole.hash, trieHasher) !== undefined;
      expect(holds(piece)).toBe(true);
      for (let at = 0; at < piece.length; at++) {
        for (const mask of [1, 0x80]) {
          const spoilt = piece.slice();
          spoilt[at]! ^= mask;
          expect(holds(spoilt)).toBe(false);
        }
        expect(holds(piece.slice(0, at))).toBe(false);
      }
      expect(holds(concatBytes(piece, Uint8Array.of(0)))).toBe(false);
      expect(holds(concatBytes(piece, new Uint8Array(8)))).toBe(false);
    }
    expect(seen).toEqual({ branch: 1, entries: 1 });
  });

  it('holds at its own place and under its own root alone', () => {
    const source = mapOf(Array.from({ length: 300 }, (_, i) => [i, i] as const));
    const other = mapOf(Array.from({ length: 300 }, (_, i) => [i, i + 1] as const));
    const assembly = new MapAssembly(hasher, source.root, undefined);
    const [top] = assembly.take(1);
    expect(assembly.fill(top!, other.piece(top!.place, false)!)).toBe(false);
    expect(assembly.fill(top!, source.piece(top!.place, false)!)).toBe(true);
    const holes = assembly.take(16);
    expect(holes.length).toBe(16);
    for (const hole of holes) {
      for (const place of holes) {
        if (place !== hole) expect(assembly.fill(hole, ask(source, place))).toBe(false);
      }
      expect(assembly.fill(hole, ask(other, hole))).toBe(false);
    }
    // Two places together, or one and a half, are no place.
    const [a, b] = holes;
    const both = concatBytes(ask(source, a!), ask(source, b!).subarray(1));
    expect(assembly.fill(a!, both)).toBe(false);
    const half = [...entriesOfPiece(ask(source, a!))].length;
    expect(half).toBeGreaterThan(1);
    for (const hole of holes) expect(assembly.fill(hole, ask(source, hole))).toBe(true);
    expect(assembly.complete).toBe(true);
  });

  it('is bounded in the work that it asks for, however it is made', () => {
    const entries = Array.from({ length: 2_000 }, (_, i) => [i, 0] as const);
    const source = mapOf(entries);
    const whole = source.piece(new Uint8Array(0), true)!;
    // Too many entries for one piece: the root comes as a branch.
    expect(whole[0]).toBe(0);
    const head = new DataView(new ArrayBuffer(8));
    const bomb = concatBytes(
      Uint8Array.of(1),
      ...[...source.entries()].flatMap(([key, value]) => {
        head.setUint32(0, key.length);
        head.setUint32(4, value.length);
        return [new Uint8Array(head.buffer.slice(0)), key, value];
      }),
    );
    // All of it is true, and still too much at once.
    expect(provePiece(bomb, new Uint8Array(0), source.root, trieHasher)).toBeUndefined();
    const large = new AuthenticatedMap(hasher);
    large.set(keyOf(1), new Uint8Array(4 * STATE_PIECE_WORK));
    const single = large.snapshot();
    const piece = single.piece(new Uint8Array(0), true)!;
    expect(provePiece(piece, new Uint8Array(0), single.root, trieHasher)).toMatchObject({ entries: 1 });
  });

  it('of any bytes is at worst refused', () => {
    const source = mapOf(Array.from({ length: 40 }, (_, i) => [i, i] as const));
    const random = new SeededRandom(7);
    const good = [true, false].map((whole) => source.piece(new Uint8Array(0), whole)!);
    for (let i = 0; i < 3_000; i++) {
      const piece = good[i % 2]!.slice(0, random.below(300));
      for (let j = random.below(6); j >= 0; j--) piece[random.below(piece.length)] = random.below(256);
      const place = new Uint8Array(random.below(65)).map(() => random.below(16));
      expect(provePiece(piece, place, source.root, trieHasher)).toBeUndefined();
    }
  });

  it('of the empty map says so', () => {
    const empty = mapOf([]);
    const { map } = fetch(empty, mapOf([[1, 1]]));
    expect([map.size, toHex(map.root)]).toEqual([0, toHex(empty.root)]);
    expect(empty.piece(Uint8Array.of(1), true)).toBeUndefined();
  });
});
