import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUint53, UINT53_BYTES, uint53Bytes, writeUint53 } from '../../src/core/uint53.ts';

const edges = [0, 1, 255, 256, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 48 + 7, Number.MAX_SAFE_INTEGER];

test('integers go there and back, as eight big-endian bytes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), fc.constantFrom(...edges)), fc.nat({ max: 9 }), (value, at) => {
      const bytes = new Uint8Array(at + UINT53_BYTES);
      writeUint53(bytes, at, value);
      expect(readUint53(bytes, at)).toBe(value);
      expect(Buffer.from(uint53Bytes(value)).readBigUInt64BE()).toBe(BigInt(value));
    }),
  );
});

test('what is above 2⁵³ − 1 is no integer of ours', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), (value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(value);
      expect(readUint53(bytes, 0)).toBe(-1);
    }),
  );
});
