import { createHash } from 'node:crypto';
import { blake3 } from '@noble/hashes/blake3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, toHex } from '../../src/core/bytes.ts';
import { createDigests, type DigestName, digestWays, NATIVE_FROM_BYTES } from '../../src/crypto/digests.ts';
import { createHasher, HASH_KINDS, type HashKind } from '../../src/crypto/hash.ts';

const NAMES = Object.keys(NATIVE_FROM_BYTES) as DigestName[];

function reference(name: string, bytes: Uint8Array): string {
  return name === 'blake3' ? toHex(blake3(bytes)) : createHash(name).update(bytes).digest('hex');
}

describe('digests', () => {
  it.each(NAMES)('%s is the same by every way, around its threshold and beyond', async (name) => {
    const digests = await createDigests();
    const { wasm, native } = await digestWays(name);
    const threshold = Number.isFinite(NATIVE_FROM_BYTES[name]) ? NATIVE_FROM_BYTES[name] : 1024;
    for (const length of [0, 1, threshold - 1, threshold, threshold + 1, 5000, 100_000]) {
      const bytes = new Uint8Array(length).map((_, i) => i * 7);
      expect(toHex(digests.digest(name, bytes))).toBe(reference(name, bytes));
      expect(toHex(wasm(bytes))).toBe(reference(name, bytes));
      if (native !== undefined) expect(toHex(native(bytes))).toBe(reference(name, bytes));
    }
  });

  it('of SHA-256 are those of FIPS 180-4', async () => {
    const digests = await createDigests();
    expect(toHex(digests.digest('sha256', new TextEncoder().encode('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe("the chain's hash", () => {
  it.each(['blake3', 'sha3-256'] as const)('%s covers the kind and every part', async (name) => {
    const hasher = await createHasher(name);
    const kinds = Object.keys(HASH_KINDS) as HashKind[];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 4 }),
        (kind, parts) => {
          const expected = reference(name, concatBytes(Uint8Array.of(HASH_KINDS[kind]), ...parts));
          expect(hasher.hex(kind, ...parts)).toBe(expected);
          expect(toHex(hasher.hash(kind, ...parts))).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives results that later calls leave alone', async () => {
    const hasher = await createHasher('blake3');
    const first = hasher.hash('state', Uint8Array.of(1));
    const copy = first.slice();
    hasher.hash('state', Uint8Array.of(2));
    expect(first).toEqual(copy);
    expect(new Set(Object.values(HASH_KINDS)).size).toBe(Object.keys(HASH_KINDS).length);
  });
});
