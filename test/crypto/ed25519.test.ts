/**
 * The Ed25519 kernel against published vectors and inputs of every odd kind. Each is judged alone, under a prepared key
 * and in batches, and the verdicts must be one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Ed25519Error, type Ed25519Handle, instantiateEd25519 } from '../../src/crypto/kernels/ed25519.ts';
import { compileKernelSync, kernelUrl } from '../../src/crypto/kernels/load.ts';
import {
  answers,
  batchOf,
  bytesOf,
  concat,
  flip,
  forge,
  fromHex,
  judge,
  keyOf,
  L,
  mod,
  numbers,
  P,
  Point,
  type Signed,
  signWith,
  smallEncodings,
  toBytes,
  toNumber,
  torsion,
  utf8,
} from './ed25519-cases.ts';

const module = compileKernelSync('ed25519');
const kernel = instantiateEd25519(module, { slots: 8 });
const keys = Array.from({ length: 40 }, (_, i) => keyOf(i));
const ordinary = Array.from({ length: 260 }, (_, i) =>
  signWith(keys[i % keys.length]!, bytesOf(`message ${i}`, i)),
);
const beside = ordinary[7]!;

function expectOne(item: Signed, want: boolean): void {
  expect(new Set(answers(kernel, item, beside))).toEqual(new Set([want]));
}

describe('RFC 8032 §7.1', () => {
  const sha =
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';
  test.each([
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
    [
      'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
      sha,
      'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
    ],
  ])('%s', (key, message, signature) => {
    const item = { publicKey: fromHex(key), message: fromHex(message), signature: fromHex(signature) };
    expectOne(item, true);
    expectOne({ ...item, message: concat(item.message, utf8('.')) }, false);
  });
});

const vectors = join(process.env.LOCKSTEP_VECTORS ?? '', 'cctv-ed25519.json');

test.runIf(process.env.LOCKSTEP_VECTORS && existsSync(vectors))('CCTV vectors', () => {
  interface Vector {
    key: string;
    sig: string;
    msg: string;
    flags: string[] | null;
  }
  const list = JSON.parse(readFileSync(vectors, 'utf8')) as Vector[];
  const items = list.map(({ key, sig, msg }) => ({
    publicKey: fromHex(key),
    message: utf8(msg),
    signature: fromHex(sig),
  }));
  const batch = kernel.verifyBatch(items);
  let reencoded = 0;
  for (const [i, item] of items.entries()) {
    // Where k was computed from another encoding, the equation decides.
    const odd = list[i]!.flags?.includes('reencoded_k') ?? false;
    const want = odd ? judge(item) : true;
    if (odd && want) reencoded++;
    expectOne(item, want);
    expect(batch[i]).toBe(Number(want));
  }
  expect(list.length).toBe(914);
  expect(reencoded).toBe(58);
});

describe('points of small order', () => {
  const encodings = smallEncodings();

  test('every pairing of the fourteen encodings as A and R', () => {
    expect(new Set(encodings.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(14);
    const items: Signed[] = [];
    for (const publicKey of encodings) {
      for (const r of encodings) {
        const item = { publicKey, message: utf8('small'), signature: concat(r, toBytes(0n, 32)) };
        expectOne(item, true);
        const wrong = { ...item, signature: concat(r, toBytes(1n, 32)) };
        expectOne(wrong, false);
        items.push(item, wrong);
      }
    }
    const verdicts = kernel.verifyBatch(items);
    expect(verdicts).toEqual(Uint8Array.from(items, (_, i) => (i + 1) & 1));
    expect(items.every((item, i) => i % 7 > 0 || judge(item) === (i % 2 === 0))).toBe(true);
  });

  test('added to honest keys and nonces, in every pairing', () => {
    const points = torsion();
    const items = points.flatMap((aExtra, i) =>
      points.map((rExtra, j) =>
        forge({ a: 1234567n + BigInt(i), r: 987654321n + BigInt(j), aExtra, rExtra }),
      ),
    );
    for (const item of items) {
      expect(judge(item)).toBe(true);
      expectOne(item, true);
    }
    expect(kernel.verifyBatch([...items, beside])).toEqual(new Uint8Array(65).fill(1));
    const spoiled = items.map((item) => ({ ...item, signature: flip(item.signature, 300) }));
    expect(kernel.verifyBatch([...spoiled, beside]).lastIndexOf(1)).toBe(64);
  });
});

describe('encodings', () => {
  test('y beyond p, as A and as R', () => {
    let points = 0;
    for (let y = P; y < 2n ** 255n; y++) {
      for (const sign of [0n, 2n ** 255n]) {
        const odd = toBytes(y + sign, 32);
        const asA = { publicKey: odd, message: utf8('y'), signature: beside.signature };
        const asR = { ...beside, signature: concat(odd, beside.signature.subarray(32)) };
        // R chosen freely and S = 0 make [k]A + R small only by accident; A small makes the verdict turn on R.
        const under = forge({ aBytes: smallEncodings()[3]!, rBytes: odd });
        for (const item of [asA, asR, under]) expectOne(item, judge(item));
        const handle = kernel.prepare(odd);
        let decodes = true;
        try {
          Point.fromBytes(odd, true);
        } catch {
          decodes = false;
        }
        expect(handle !== undefined).toBe(decodes);
        if (handle !== undefined) {
          kernel.release(handle);
          points++;
        }
      }
    }
    expect(points).toBeGreaterThan(15);
  });

  test('keys that are no points', () => {
    let refused = 0;
    for (let i = 0; i < 60; i++) {
      const publicKey = bytesOf(`no point ${i}`, 32);
      let decodes = true;
      try {
        Point.fromBytes(publicKey, true);
      } catch {
        decodes = false;
      }
      const handle = kernel.prepare(publicKey);
      expect(handle !== undefined).toBe(decodes);
      if (handle !== undefined) kernel.release(handle);
      else refused++;
      expectOne({ ...beside, publicKey }, false);
      expectOne({ ...beside, signature: concat(publicKey, beside.signature.subarray(32)) }, false);
    }
    expect(refused).toBeGreaterThan(10);
  });
});

test('S at and beyond L', () => {
  const s = toNumber(beside.signature.subarray(32));
  const withS = (item: Signed, value: bigint) => ({
    ...item,
    signature: concat(item.signature.subarray(0, 32), toBytes(value, 32)),
  });
  for (let times = 1n; s + times * L < 2n ** 256n; times++) expectOne(withS(beside, s + times * L), false);
  for (let bit = 253; bit < 256; bit++)
    expectOne({ ...beside, signature: flip(beside.signature, 256 + bit) }, false);
  const neutral = smallEncodings()[0]!;
  // Under a key of small order R = [S]B is a signature whatever S: values that honest signers hardly ever have.
  for (const value of [0n, 1n, 2n ** 252n - 1n, 2n ** 252n, 2n ** 252n + 1n, L - 2n, L - 1n]) {
    const item = forge({ r: value, aBytes: neutral });
    expect(toNumber(item.signature.subarray(32))).toBe(value);
    expectOne(item, true);
    for (let times = 1n; value + times * L < 2n ** 256n; times++) {
      expectOne(withS(item, value + times * L), false);
    }
  }
  for (const value of [L, L + 1n, 2n ** 253n - 1n, 2n ** 253n, 2n ** 255n, 2n ** 256n - 1n]) {
    expectOne(withS(forge({ r: mod(value, L), aBytes: neutral }), value), false);
  }
});

test('every single-bit corruption of a signature, a key and a message', () => {
  const item = signWith(keys[3]!, bytesOf('corrupted', 40));
  const spoiled: Signed[] = [];
  for (let bit = 0; bit < 512; bit++) spoiled.push({ ...item, signature: flip(item.signature, bit) });
  for (let bit = 0; bit < 256; bit++) spoiled.push({ ...item, publicKey: flip(item.publicKey, bit) });
  for (let bit = 0; bit < 320; bit++) spoiled.push({ ...item, message: flip(item.message, bit) });
  const handle = kernel.prepare(item.publicKey)!;
  for (const { publicKey, message, signature } of spoiled) {
    expect(kernel.verify(publicKey, message, signature)).toBe(false);
    if (publicKey === item.publicKey) expect(kernel.verifyPrepared(handle, message, signature)).toBe(false);
  }
  kernel.release(handle);
  expect(kernel.verifyBatch(spoiled)).toEqual(new Uint8Array(spoiled.length));
  for (let i = 0; i < spoiled.length; i += 9) expect(judge(spoiled[i]!)).toBe(false);
  expect(kernel.verifyBatch([item, spoiled[0]!, item])).toEqual(Uint8Array.of(1, 0, 1));
});

test('messages of every length over three blocks, and long ones', () => {
  const key = keys[0]!;
  const handle = kernel.prepare(key.publicKey)!;
  const lengths = [...Array(390).keys(), 65_535, 65_536, 65_537, 65_600, 131_072, 200_001];
  for (const length of lengths) {
    const { message, signature } = signWith(key, bytesOf('long', length));
    expect(kernel.verifyPrepared(handle, message, signature)).toBe(true);
    if (length > 0) {
      expect(kernel.verifyPrepared(handle, flip(message, 8 * length - 1), signature)).toBe(false);
    }
  }
  kernel.release(handle);
  const big = signWith(key, bytesOf('long', 65_536));
  expect(judge(big)).toBe(true);
  expectOne(big, true);
  expectOne(signWith(key, new Uint8Array(0)), true);
  const shared = new Uint8Array(new SharedArrayBuffer(65_536));
  shared.set(big.message);
  expect(kernel.verify(big.publicKey, shared, big.signature)).toBe(true);
});

describe('batches', () => {
  const bad = (item: Signed) => ({ ...item, signature: flip(item.signature, 8 * 33) });

  test('of every size', () => {
    for (let size = 0; size <= 130; size++) {
      expect(kernel.verifyBatch(ordinary.slice(0, size))).toEqual(new Uint8Array(size).fill(1));
      if (size === 0) continue;
      const items = ordinary.slice(0, size);
      const at = (size * 7) % size;
      items[at] = bad(items[at]!);
      expect([...kernel.verifyBatch(items).entries()].filter(([, ok]) => !ok)).toEqual([[at, 0]]);
    }
  });

  test.each([2, 3, 5, 8, 17, 64, 128, 130])('of %i with one bad item at every position', (size) => {
    for (let at = 0; at < size; at++) {
      const items = ordinary.slice(size, 2 * size);
      items[at] = bad(items[at]!);
      const want = new Uint8Array(size).fill(1);
      want[at] = 0;
      expect(kernel.verifyBatch(items)).toEqual(want);
    }
  });

  test('with many bad items, prepared keys among them, and keys in common', () => {
    const random = numbers('mixed');
    const handles = new Map<Uint8Array, Ed25519Handle>();
    for (const key of keys.slice(0, 6)) handles.set(key.publicKey, kernel.prepare(key.publicKey)!);
    for (let round = 0; round < 60; round++) {
      const size = 1 + random(140);
      const few = 1 + random(40);
      const badness = random(4) * 30;
      const want = new Uint8Array(size);
      const items = Array.from({ length: size }, (_, i) => {
        const item = ordinary[random(few) + 40 * random(6)]!;
        const spoil = random(100) < badness;
        want[i] = Number(!spoil);
        const { publicKey, message, signature } = spoil ? bad(item) : item;
        const handle = random(3) > 0 ? handles.get(publicKey) : undefined;
        return handle === undefined ? { publicKey, message, signature } : { handle, message, signature };
      });
      expect(batchOf(kernel, items)).toEqual(want);
    }
    // Two bad signatures that would cancel if coefficients were alike.
    const [x, y] = [signWith(keys[1]!, utf8('x')), signWith(keys[1]!, utf8('y'))];
    const shift = (item: Signed, by: bigint) => ({
      ...item,
      signature: concat(
        item.signature.subarray(0, 32),
        toBytes(mod(toNumber(item.signature.subarray(32)) + by, L), 32),
      ),
    });
    const handle = handles.get(keys[1]!.publicKey)!;
    expect(kernel.verifyBatch([shift(x, 5n), shift(y, -5n)])).toEqual(Uint8Array.of(0, 0));
    const many = Array.from({ length: 20 }, (_, i) => ({
      ...shift(i & 1 ? x : y, i & 1 ? 5n : -5n),
      handle,
    }));
    expect(batchOf(kernel, many)).toEqual(new Uint8Array(20));
    for (const used of handles.values()) kernel.release(used);
  });

  test('one key throughout, once and twice per signature', () => {
    const same = Array.from({ length: 70 }, (_, i) => signWith(keys[5]!, bytesOf(`same ${i}`, 50)));
    expect(kernel.verifyBatch([...same, ...same])).toEqual(new Uint8Array(140).fill(1));
    const handle = kernel.prepare(keys[5]!.publicKey)!;
    const prepared = same.map(({ message, signature }) => ({ handle, message, signature }));
    expect(batchOf(kernel, [...prepared, ...same])).toEqual(new Uint8Array(140).fill(1));
    expect(batchOf(kernel, [...prepared, bad(same[0]!)])).toEqual(
      Uint8Array.from({ length: 71 }, (_, i) => +(i < 70)),
    );
    kernel.release(handle);
  });
});

describe('the wrapper', () => {
  test('wrong lengths are false', () => {
    const { publicKey, message, signature } = beside;
    const handle = kernel.prepare(publicKey)!;
    for (const length of [0, 1, 31, 33, 64]) {
      const key = new Uint8Array(length);
      expect(kernel.verify(key, message, signature)).toBe(false);
      expect(kernel.prepare(key)).toBeUndefined();
      expect(kernel.verifyBatch([{ ...beside, publicKey: key }, beside])).toEqual(Uint8Array.of(0, 1));
    }
    for (const length of [0, 32, 63, 65, 128]) {
      const wrong = new Uint8Array(length);
      expect(kernel.verify(publicKey, message, wrong)).toBe(false);
      expect(kernel.verifyPrepared(handle, message, wrong)).toBe(false);
      const items = [beside, { ...beside, signature: wrong }, { handle, message, signature: wrong }];
      expect(batchOf(kernel, items)).toEqual(Uint8Array.of(1, 0, 0));
    }
    kernel.release(handle);
  });

  test('slots and handles', () => {
    const small = instantiateEd25519(module, { slots: 2 });
    const first = small.prepare(keys[0]!.publicKey)!;
    const second = small.prepare(keys[1]!.publicKey)!;
    expect(small.keys).toBe(2);
    expect(() => small.prepare(keys[2]!.publicKey)).toThrow(expect.objectContaining({ code: 'slots' }));
    small.release(first);
    const third = small.prepare(keys[2]!.publicKey)!;
    const { message, signature } = ordinary[0]!;
    const stale = expect.objectContaining({ code: 'handle' });
    for (const handle of [first, 0, -1, 99, 1.5, Number.NaN] as Ed25519Handle[]) {
      expect(() => small.verifyPrepared(handle, message, signature)).toThrow(stale);
      expect(() => small.release(handle)).toThrow(stale);
      expect(() => small.verifyBatch([{ handle, message, signature }])).toThrow(stale);
    }
    expect(small.verifyPrepared(third, ordinary[2]!.message, ordinary[2]!.signature)).toBe(true);
    expect(small.verifyPrepared(second, ordinary[2]!.message, ordinary[2]!.signature)).toBe(false);
    for (const slots of [-1, 1.5, 4097]) {
      expect(() => instantiateEd25519(module, { slots })).toThrow(expect.objectContaining({ code: 'slots' }));
    }
    expect(instantiateEd25519(module, { slots: 0 }).verifyBatch(ordinary.slice(0, 3))).toEqual(
      Uint8Array.of(1, 1, 1),
    );
  });

  test('a module that computes something else, or is something else, is refused', () => {
    const bytes = readFileSync(kernelUrl('ed25519'));
    const base = bytes.indexOf(Buffer.from('5866666666666666', 'hex'));
    expect(base).toBeGreaterThan(0);
    const other = Uint8Array.from(bytes);
    other[base] = 0x03;
    const refusal = expect.objectContaining({ code: 'self-test' });
    expect(() => instantiateEd25519(new WebAssembly.Module(other), { slots: 1 })).toThrow(refusal);
    const empty = new WebAssembly.Module(fromHex('0061736d01000000'));
    expect(() => instantiateEd25519(empty, { slots: 1 })).toThrow(Ed25519Error);
  });
});
