/** Ordinary and odd Ed25519 signatures for the tests of the kernel, made from noble's points. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Ed25519Handle, Ed25519Kernel } from '../../src/crypto/kernels/ed25519.ts';

export const LONG = process.env.LOCKSTEP_LONG === '1';
export const { Point } = ed25519;
export type Point = InstanceType<typeof Point>;
export const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;

export interface Signed {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export const mod = (a: bigint, m: bigint) => ((a % m) + m) % m;
export const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
export const utf8 = (text: string) => new TextEncoder().encode(text);
export const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

export function toBytes(value: bigint, length: number): Uint8Array {
  return fromHex(
    value
      .toString(16)
      .padStart(2 * length, '0')
      .match(/../g)!
      .reverse()
      .join(''),
  );
}

export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

/** Random-looking bytes that depend on `seed` alone. */
export function bytesOf(seed: string | number, length: number): Uint8Array {
  return new Uint8Array(createHash('shake256', { outputLength: length }).update(`ed25519 ${seed}`).digest());
}

/** Uniform enough numbers below `n`, from `seed` alone. */
export function numbers(seed: string | number): (n: number) => number {
  let block = 0;
  let at = 0;
  let words: Uint32Array = new Uint32Array(0);
  return (n) => {
    if (at === words.length) {
      words = new Uint32Array(bytesOf(`${seed}/${block++}`, 4096).buffer);
      at = 0;
    }
    return words[at++]! % n;
  };
}

export interface Key {
  readonly publicKey: Uint8Array;
  readonly secret: KeyObject;
  readonly known: KeyObject;
}

export function keyOf(seed: string | number): Key {
  const der = concat(fromHex('302e020100300506032b657004220420'), bytesOf(seed, 32));
  const secret = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const known = createPublicKey(secret);
  return {
    publicKey: new Uint8Array(known.export({ format: 'der', type: 'spki' }).subarray(-32)),
    secret,
    known,
  };
}

export function signWith(key: Key, message: Uint8Array): Signed {
  return { publicKey: key.publicKey, message, signature: new Uint8Array(sign(null, message, key.secret)) };
}

export function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

/** What noble says: ZIP 215. */
export function judge(item: Signed): boolean {
  try {
    return ed25519.verify(item.signature, item.message, item.publicKey, { zip215: true });
  } catch {
    return false;
  }
}

export function challenge(r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint {
  return mod(toNumber(new Uint8Array(createHash('sha512').update(r).update(a).update(message).digest())), L);
}

/** The eight points of small order. */
export function torsion(): Point[] {
  const generator = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
  const points = [Point.ZERO];
  for (let i = 1; i < 8; i++) points.push(points[i - 1]!.add(generator));
  return points;
}

/** The fourteen encodings of points of small order that ZIP 215 takes: eight canonical, six not. */
export function smallEncodings(): Uint8Array[] {
  const sign = 2n ** 255n;
  const odd = [1n + sign, P - 1n + sign, P, P + sign, P + 1n, P + 1n + sign];
  return [...torsion().map((point) => point.toBytes()), ...odd.map((value) => toBytes(value, 32))];
}

/** A signature made by the equation, with any points of small order added to A and R, and any encoding of them. */
export function forge(options: {
  a?: bigint;
  r?: bigint;
  aExtra?: Point;
  rExtra?: Point;
  aBytes?: Uint8Array;
  rBytes?: Uint8Array;
  message?: Uint8Array;
}): Signed {
  const { a = 0n, r = 0n, aExtra = Point.ZERO, rExtra = Point.ZERO, message = utf8('forged') } = options;
  const times = (n: bigint) => (n === 0n ? Point.ZERO : Point.BASE.multiply(n));
  const publicKey = options.aBytes ?? times(a).add(aExtra).toBytes();
  const rBytes = options.rBytes ?? times(r).add(rExtra).toBytes();
  const s = mod(r + challenge(rBytes, publicKey, message) * a, L);
  return { publicKey, message, signature: concat(rBytes, toBytes(s, 32)) };
}

/** All of a kernel's answers for one item, which must be one: alone, prepared, and in a batch of two. */
export function answers(kernel: Ed25519Kernel, item: Signed, beside: Signed): (boolean | number)[] {
  const { publicKey, message, signature } = item;
  const all: (boolean | number)[] = [kernel.verify(publicKey, message, signature)];
  const handle = kernel.prepare(publicKey);
  if (handle !== undefined) {
    all.push(kernel.verifyPrepared(handle, message, signature));
    all.push(batchOf(kernel, [{ handle, message, signature }, beside])[0]! === 1);
    kernel.release(handle);
  }
  all.push(batchOf(kernel, [item, beside])[0]! === 1);
  return all;
}

export function batchOf(
  kernel: Ed25519Kernel,
  items: readonly (
    | Signed
    | { readonly handle: Ed25519Handle; readonly message: Uint8Array; readonly signature: Uint8Array }
  )[],
): Uint8Array {
  return kernel.verifyBatch(items);
}
