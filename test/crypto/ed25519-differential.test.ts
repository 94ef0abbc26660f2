/**
 * The Ed25519 kernel against noble (`zip215: true`) on odd inputs at random, and against OpenSSL on ordinary ones, on every
 * path. LOCKSTEP_LONG=1 makes it a million cases.
 */
import { verify as opensslVerify } from 'node:crypto';
import { expect, test } from 'vitest';
import { run } from '../../bench/ed25519.ts';
import { instantiateEd25519 } from '../../src/crypto/kernels/ed25519.ts';
import { compileKernelSync } from '../../src/crypto/kernels/load.ts';
import {
  answers,
  bytesOf,
  challenge,
  concat,
  flip,
  forge,
  judge,
  keyOf,
  L,
  LONG,
  mod,
  numbers,
  Point,
  type Signed,
  signWith,
  smallEncodings,
  toBytes,
  toNumber,
  torsion,
} from './ed25519-cases.ts';

const kernel = instantiateEd25519(compileKernelSync('ed25519'), { slots: 9 });
const keys = Array.from({ length: 40 }, (_, i) => keyOf(i));
const beside = signWith(keys[7]!, bytesOf('beside', 70));

/** Inputs of every odd kind at random: mostly sound points and scalars, put together rightly or wrongly. */
function oddItem(random: (n: number) => number, seed: string): Signed {
  const small = smallEncodings();
  const points = torsion();
  const number = () => mod(toNumber(bytesOf(`${seed} ${random(1 << 30)}`, 40)), L);
  const message = bytesOf(seed, random(200));
  const kind = random(7);
  if (kind === 0)
    return forge({
      a: number(),
      r: number(),
      aExtra: points[random(8)]!,
      rExtra: points[random(8)]!,
      message,
    });
  if (kind === 1)
    return forge({ aBytes: small[random(14)]!, r: number(), rExtra: points[random(8)]!, message });
  if (kind === 2)
    return forge({ a: number(), aExtra: points[random(8)]!, rBytes: small[random(14)]!, message });
  if (kind === 3) {
    const item = forge({ a: number(), r: number(), rExtra: points[random(8)]!, message });
    return { ...item, signature: flip(item.signature, random(512)) };
  }
  if (kind === 4)
    return {
      publicKey: bytesOf(`${seed} k`, 32),
      message,
      signature: concat(bytesOf(`${seed} r`, 32), toBytes(number(), 32)),
    };
  if (kind === 5) {
    // k from another encoding of A than the one that is sent.
    const r = number();
    const a = number();
    const rBytes = (r === 0n ? Point.ZERO : Point.BASE.multiply(r)).toBytes();
    const publicKey = Point.BASE.multiply(a).add(points[random(8)]!).toBytes();
    const s = mod(r + challenge(rBytes, Point.BASE.multiply(a).toBytes(), message) * a, L);
    return { publicKey, message, signature: concat(rBytes, toBytes(s, 32)) };
  }
  return signWith(keys[random(keys.length)]!, message);
}

test('differential: odd inputs against noble, alone and mixed into batches', () => {
  const random = numbers('odd');
  let held = 0;
  const total = LONG ? 40_000 : 900;
  for (let done = 0; done < total; ) {
    const items = Array.from({ length: 1 + random(100) }, (_, i) => oddItem(random, `odd ${done + i}`));
    done += items.length;
    const batch = kernel.verifyBatch(items);
    for (const [i, item] of items.entries()) {
      const want = judge(item);
      if (want) held++;
      expect(batch[i]).toBe(Number(want));
      expect(new Set(answers(kernel, item, beside))).toEqual(new Set([want]));
    }
  }
  expect(held).toBeGreaterThan(total / 3);
}, 3_600_000);

test('differential: ordinary signatures against OpenSSL', () => {
  const random = numbers('openssl');
  const handles = keys.slice(0, 8).map((key) => kernel.prepare(key.publicKey)!);
  const total = LONG ? 1_000_000 : 2_500;
  let batch: Signed[] = [];
  let want: number[] = [];
  for (let i = 0; i < total; i++) {
    const which = random(keys.length);
    const key = keys[which]!;
    let item = signWith(key, bytesOf(i, random(300)));
    if (random(3) === 0) item = { ...item, signature: flip(item.signature, random(512)) };
    const { message, signature, publicKey } = item;
    const verdict = opensslVerify(null, message, key.known, signature);
    if (random(2)) expect(kernel.verify(publicKey, message, signature)).toBe(verdict);
    if (which < 8) expect(kernel.verifyPrepared(handles[which]!, message, signature)).toBe(verdict);
    batch.push(item);
    want.push(Number(verdict));
    if (batch.length > random(256)) {
      expect(kernel.verifyBatch(batch)).toEqual(Uint8Array.from(want));
      batch = [];
      want = [];
    }
  }
  for (const handle of handles) kernel.release(handle);
}, 3_600_000);

test('the benchmark runs', async () => {
  const rows = await run({ iterations: 1, messageBytes: 8 });
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.every(({ us, nodeRatio, nobleRatio }) => us > 0 && nodeRatio > 0 && nobleRatio > 0)).toBe(true);
});
