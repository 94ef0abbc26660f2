import { blake3 } from '@noble/hashes/blake3.js';
import fc from 'fast-check';
import { createBLAKE3 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { concatBytes, toHex } from '../../src/core/bytes.ts';
import { loadBlake3, portable } from '../../src/crypto/blake3.ts';
import { Blake3Error, createBlake3 } from '../../src/crypto/kernels/blake3.ts';
import { compileKernelSync } from '../../src/crypto/kernels/load.ts';

/** The input of the published vectors: 0, 1, … 250, 0, … */
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251);

/** Every shape of the tree's right edge: blocks and chunks around their ends, one to nine chunks, one piece and more. */
const LENGTHS = [
  ...Array.from({ length: 130 }, (_, i) => i),
  ...Array.from({ length: 10 }, (_, i) => [1024 * i + 1023, 1024 * i + 1024, 1024 * i + 1025]).flat(),
  ...[1087, 1088, 1089, 3000, 31_744, 65_535, 65_536, 65_537, 66_560, 131_072, 131_073, 200_000],
];

describe('the BLAKE3 kernel', () => {
  it("agrees with noble's and hash-wasm's at every shape of input", async () => {
    const kernel = await loadBlake3();
    const other = await createBLAKE3(256);
    const bytes = pattern(200_000);
    for (const length of LENGTHS) {
      const input = bytes.subarray(0, length);
      const digest = toHex(kernel.hash(input));
      expect(`${length} ${digest}`).toBe(`${length} ${other.init().update(input).digest('hex')}`);
      if (length < 10_000) expect(digest).toBe(toHex(blake3(input)));
    }
  });

  it('gives the published digests', async () => {
    const kernel = await loadBlake3();
    const key = new TextEncoder().encode('whats the Elvish word for friend');
    const of = (length: number) => toHex(kernel.hash(pattern(length)));
    expect(of(0)).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262');
    expect(of(64)).toBe('4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98');
    expect(of(1024)).toBe('42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7');
    expect(toHex(kernel.keyed(key, pattern(0), pattern(0)))).toBe(
      '92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26',
    );
  });

  it('takes parts as one input, under keys and without, one after the other', async () => {
    const ways = [await loadBlake3(), await portable()];
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 90 }),
      fc.uint8Array({ minLength: 900, maxLength: 2200 }),
      fc.integer({ min: 60_000, max: 70_000 }).map(pattern),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (parts, key) => {
          const [first = new Uint8Array(0), second = new Uint8Array(0)] = parts;
          for (const way of ways) {
            expect(toHex(way.hash(...parts))).toBe(toHex(blake3(concatBytes(...parts))));
            expect(toHex(way.keyed(key, first, second))).toBe(
              toHex(blake3(concatBytes(first, second), { key })),
            );
            expect(toHex(way.tagged(7, parts))).toBe(toHex(blake3(concatBytes(Uint8Array.of(7), ...parts))));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes no key of another length', async () => {
    const kernel = await loadBlake3();
    const nothing = new Uint8Array(0);
    expect(() => kernel.keyed(new Uint8Array(31), nothing, nothing)).toThrow(RangeError);
    expect(toHex(kernel.hash(nothing))).toBe(toHex(blake3(nothing)));
  });

  it('refuses a module that is not it', () => {
    expect(() => createBlake3(compileKernelSync('ed25519'))).toThrow(Blake3Error);
  });
});
