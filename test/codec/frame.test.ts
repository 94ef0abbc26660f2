import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import {
  CLIENT_FRAME_LIMITS,
  createFrameDecoder,
  decodeFrame,
  encodeFrame,
  frameHeaderBytes,
  PEER_FRAME_LIMITS,
  VALIDATOR_FRAME_LIMITS,
} from '../../src/codec/frame.ts';
import { Slab } from '../../src/codec/slab.ts';
import { encodeValue, type WireValue } from '../../src/codec/value.ts';
import { InvariantError } from '../../src/core/assert.ts';
import { bytesEqual } from '../../src/core/bytes.ts';

const packr = new Packr({ useRecords: false });
const pack = (value: unknown) => Uint8Array.from(packr.pack(value));

const { value: anyValue } = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.nat(300), fc.maxSafeNat(), fc.boolean(), fc.uint8Array({ maxLength: 300 }), fc.string()),
    fc.array(tie('value'), { maxLength: 20 }),
  ),
}));
const withText = { ...PEER_FRAME_LIMITS, strings: true };

describe('frames', () => {
  it('give back their items, with room at the front for the MAC', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 30 }), fc.nat(20), (items, headroom) => {
        const frame = encodeFrame(items.map(encodeValue), headroom);
        expect(frame.subarray(0, headroom)).toEqual(new Uint8Array(headroom));
        expect(decodeFrame(frame.subarray(headroom), withText)).toEqual(items);
        const bytes = items.reduce<number>((sum, item) => sum + encodeValue(item).length, 0);
        expect(frame.length).toBe(headroom + frameHeaderBytes(items.length) + bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('are plain MessagePack, both ways', () => {
    const frame = encodeFrame([encodeValue([0, Uint8Array.of(1, 2)]), encodeValue(70_000)]);
    expect(packr.unpack(frame)).toEqual([1, [0, Uint8Array.of(1, 2)], 70_000]);
    expect(decodeFrame(pack([1, [7, new Uint8Array(300)], 'é']), withText)).toEqual([
      [7, new Uint8Array(300)],
      'é',
    ]);
  });

  it('have the shortest header for every length, as msgpackr has', () => {
    for (const length of [0, 1, 31, 32, 127, 128, 255, 256, 65_535, 65_536]) {
      for (const value of [new Uint8Array(length), 'x'.repeat(length), Array<number>(length).fill(1)]) {
        const bytes = encodeValue(value);
        expect(bytesEqual(bytes, pack(value))).toBe(true);
        const [back] = decodeFrame(encodeFrame([bytes]), withText) as WireValue[];
        expect(back !== undefined && bytesEqual(encodeValue(back), bytes)).toBe(true);
      }
    }
    for (const value of [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1])
      expect(encodeValue(value)).toEqual(pack(value));
    for (const value of [2 ** 32, 2 ** 53 - 1]) {
      expect(Number(packr.unpack(encodeValue(value)))).toBe(value);
      expect(decodeFrame(encodeFrame([encodeValue(value)]), withText)).toEqual([value]);
    }
    for (const value of [-1, 1.5, 2 ** 53, Number.NaN])
      expect(() => encodeValue(value)).toThrow(InvariantError);
  });

  it('come out of a slab without touching each other', () => {
    const slab = new Slab();
    const sizes = [5, 900, 1024, 1025, 40_000, 0, 1000];
    const frames = Array.from({ length: 100 }, (_, i) => {
      const item = encodeValue(new Uint8Array(sizes[i % sizes.length]!).fill(i));
      return encodeFrame([item], 16, slab);
    });
    for (const [i, frame] of frames.entries()) {
      expect(frame.subarray(0, 16)).toEqual(new Uint8Array(16));
      const [value] = decodeFrame(slab.copy(frame.subarray(16)), PEER_FRAME_LIMITS) as [Uint8Array];
      expect(bytesEqual(value, new Uint8Array(sizes[i % sizes.length]!).fill(i))).toBe(true);
    }
  });

  it('hold as many items as the limit says', () => {
    const items = Array<Uint8Array>(PEER_FRAME_LIMITS.maxItems).fill(encodeValue(1));
    expect(decodeFrame(encodeFrame(items), PEER_FRAME_LIMITS)).toHaveLength(items.length);
    expect(decodeFrame(encodeFrame([...items, encodeValue(1)]), PEER_FRAME_LIMITS)).toBe('body-malformed');
  });
});

describe('a frame is refused', () => {
  const small = { maxBytes: 1000, maxItems: 10, maxValues: 30, maxDepth: 3, strings: false };
  const cases: [string, Uint8Array, string][] = [
    ['when empty', new Uint8Array(0), 'frame-truncated'],
    ['of another version', pack([2, 5]), 'frame-version'],
    ['without a version', pack([]), 'body-malformed'],
    ['that is no array', pack(5), 'body-malformed'],
    ['that is a map', pack({ a: 1 }), 'body-malformed'],
    ['above its size', new Uint8Array(1001), 'frame-too-large'],
    ['with text', pack([1, 'text']), 'body-malformed'],
    ['with a float', pack([1, 0.5]), 'body-malformed'],
    ['with a map that names a prototype', pack([1, { __proto__: 1, constructor: 2 }]), 'body-malformed'],
    ['with null', pack([1, null]), 'body-malformed'],
    ['with a date', pack([1, new Date()]), 'body-malformed'],
    ['with a negative number', pack([1, -5]), 'body-malformed'],
    ['that is too deep', pack([1, [[[1]]]]), 'body-malformed'],
    ['with too many values', pack([1, Array(31).fill(1)]), 'body-malformed'],
    ['with too many values spread out', pack([1, ...Array(9).fill([1, 2, 3])]), 'body-malformed'],
    ['with bytes after it', Uint8Array.of(0x91, 1, 0), 'body-trailing'],
    ['cut short', pack([1, new Uint8Array(50)]).subarray(0, 40), 'body-malformed'],
    ['that declares 2³² items', Uint8Array.of(0xdd, 255, 255, 255, 255, 1), 'body-malformed'],
    ['that declares 4 GB', Uint8Array.of(0x92, 1, 0xc6, 255, 255, 255, 255), 'body-malformed'],
  ];
  it.each(cases)('%s', (_, payload, code) => {
    expect(decodeFrame(payload, small)).toBe(code);
  });

  it('by every audience that should not get text, or broken text', () => {
    expect(decodeFrame(pack([1, 'x']), CLIENT_FRAME_LIMITS)).toBe('body-malformed');
    expect(decodeFrame(pack([1, 'x']), VALIDATOR_FRAME_LIMITS)).toEqual(['x']);
    expect(decodeFrame(Uint8Array.of(0x92, 1, 0xa1, 0xff), VALIDATOR_FRAME_LIMITS)).toBe('body-malformed');
  });

  it('or taken, but never throws: mutations and noise', () => {
    const decode = createFrameDecoder(withText);
    fc.assert(
      fc.property(
        fc.array(anyValue, { maxLength: 6 }),
        fc.nat(),
        fc.nat(255),
        fc.nat(),
        (items, place, value, cut) => {
          const frame = encodeFrame(items.map(encodeValue));
          const mutated = frame.slice(0, cut % 4 === 0 ? cut % (frame.length + 1) : frame.length);
          if (mutated.length > 0) mutated[place % mutated.length] = value;
          const result = decode(mutated);
          if (typeof result !== 'string')
            expect(bytesEqual(encodeFrame(result.map(encodeValue)), mutated)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        expect(decode(noise)).toBeDefined();
        expect(decode(Uint8Array.of(0x9f, 1, ...noise))).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });
});
