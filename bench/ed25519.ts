/**
 * Ed25519 verification: the WASM kernel against `node:crypto` (OpenSSL), noble, and libsodium's WASM build where
 * `libsodium-wrappers` happens to be installed (it is no dependency; its rules are not those of ZIP 215 either).
 *
 * Every call has a message and a signature that were not seen before. All contenders take turns, so that a neighbour on
 * the machine disturbs all alike; a figure is the median over the turns, and a ratio is the median of the ratios of
 * each turn.
 */
import { generateKeyPairSync, type KeyObject, verify as nodeVerify, randomBytes, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Ed25519Handle, type Ed25519Kernel, instantiateEd25519 } from '../src/crypto/kernels/ed25519.ts';
import { compileKernel } from '../src/crypto/kernels/load.ts';

export interface Ed25519BenchOptions {
  /** Turns; the medians are over this many. Default 41. */
  readonly iterations?: number;
  /** Bytes of a message. Default 100. */
  readonly messageBytes?: number;
  /** Where libsodium-wrappers is, as an import specifier; left out if it cannot be imported. */
  readonly sodium?: string;
}

export interface Ed25519BenchRow {
  /** What was measured: `node:crypto`, `prepared key`, `batch of 64, 64 keys`, … */
  readonly name: string;
  /** Median time of one signature. */
  readonly us: number;
  /** The time of `node:crypto` by this one, and noble's. */
  readonly nodeRatio: number;
  readonly nobleRatio: number;
  /** Least ratio to `node:crypto` that is aimed for. */
  readonly atLeast?: number;
}

interface Key {
  readonly publicKey: Uint8Array;
  readonly secret: KeyObject;
  readonly known: KeyObject;
  readonly handle: Ed25519Handle;
}

interface Item {
  readonly key: Key;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

interface Contender {
  readonly name: string;
  /** Keys that sign by turns, and signatures judged in a turn. */
  readonly keys: number;
  readonly items: number;
  readonly atLeast?: number;
  judge(items: readonly Item[]): boolean;
}

interface Sodium {
  readonly ready: Promise<void>;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

const KEYS = 64;
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

function makeKey(kernel: Ed25519Kernel): Key {
  const { publicKey: known, privateKey: secret } = generateKeyPairSync('ed25519');
  const publicKey = Uint8Array.from(known.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { publicKey, secret, known, handle: kernel.prepare(publicKey)! };
}

function makeItems(keys: readonly Key[], count: number, bytes: number): Item[] {
  return Array.from({ length: count }, (_, i) => {
    const key = keys[i % keys.length]!;
    const message = Uint8Array.from(randomBytes(bytes));
    const signature = Uint8Array.from(sign(null, message, key.secret));
    return { key, publicKey: key.publicKey, message, signature };
  });
}

/** Batches of so many; `prepared` decides what the kernel is told of the keys. */
function batches(kernel: Ed25519Kernel, size: number, prepared: boolean) {
  return (items: readonly Item[]) => {
    let good = true;
    for (let from = 0; from < items.length; from += size) {
      const part = items.slice(from, from + size);
      const told = prepared
        ? part.map(({ key, message, signature }) => ({ handle: key.handle, message, signature }))
        : part;
      good &&= !kernel.verifyBatch(told).includes(0);
    }
    return good;
  };
}

async function loadSodium(specifier: string): Promise<Sodium | undefined> {
  try {
    const { default: sodium } = (await import(specifier)) as { default: Sodium };
    await sodium.ready;
    return sodium;
  } catch {
    return undefined;
  }
}

function contenders(kernel: Ed25519Kernel, sodium: Sodium | undefined): Contender[] {
  const each = (check: (item: Item) => boolean) => (items: readonly Item[]) => items.every(check);
  const prepared = each(({ key, message, signature }) =>
    kernel.verifyPrepared(key.handle, message, signature),
  );
  const list: Contender[] = [
    {
      name: 'node:crypto',
      keys: KEYS,
      items: 64,
      judge: each(({ key, message, signature }) => nodeVerify(null, message, key.known, signature)),
    },
    {
      name: 'noble, ZIP 215',
      keys: KEYS,
      items: 6,
      judge: each((item) => ed25519.verify(item.signature, item.message, item.publicKey, { zip215: true })),
    },
    {
      name: 'key not prepared',
      keys: KEYS,
      items: 128,
      judge: each(({ publicKey, message, signature }) => kernel.verify(publicKey, message, signature)),
    },
    { name: 'prepared key', keys: 1, items: 256, atLeast: 3.3, judge: prepared },
    { name: 'prepared key, 4 by turns', keys: 4, items: 256, atLeast: 3.3, judge: prepared },
    { name: 'prepared key, 64 by turns', keys: KEYS, items: 256, atLeast: 3.3, judge: prepared },
  ];
  for (const [size, keys] of [
    [64, KEYS],
    [64, 4],
    [64, 1],
    [8, KEYS],
    [128, KEYS],
  ] as const) {
    const name = `batch of ${size}, ${Math.min(size, keys)} key${keys > 1 ? 's' : ''}`;
    const goal = size === 64 && keys === KEYS ? { atLeast: 2.4 } : {};
    list.push({ name, keys, items: 256, ...goal, judge: batches(kernel, size, false) });
    list.push({ name: `${name}, prepared`, keys, items: 256, judge: batches(kernel, size, true) });
  }
  if (sodium) {
    list.push({
      name: 'libsodium, WASM',
      keys: KEYS,
      items: 64,
      judge: each((item) => sodium.crypto_sign_verify_detached(item.signature, item.message, item.publicKey)),
    });
  }
  return list;
}

/** Measures verification alone, under prepared keys, and in batches. Takes some 0.2 s a turn. */
export async function run(options: Ed25519BenchOptions = {}): Promise<Ed25519BenchRow[]> {
  const turns = options.iterations ?? 41;
  const kernel = instantiateEd25519(await compileKernel('ed25519'), { slots: KEYS });
  const keys = Array.from({ length: KEYS }, () => makeKey(kernel));
  const list = contenders(kernel, await loadSodium(options.sodium ?? 'libsodium-wrappers'));
  const times = list.map(() => [] as number[]);
  // The first turns warm up: the engine compiles hot WASM functions anew after some hundred calls.
  const warm = Math.min(3, turns - 1);
  for (let turn = -warm; turn < turns; turn++) {
    for (const [i, { name, items: count, keys: many, judge }] of list.entries()) {
      const items = makeItems(keys.slice(0, many), count, options.messageBytes ?? 100);
      const started = process.hrtime.bigint();
      const good = judge(items);
      const us = Number(process.hrtime.bigint() - started) / 1000 / count;
      if (!good) throw new Error(`${name} refused a signature`);
      if (turn >= 0) times[i]!.push(us);
    }
  }
  const ratio = (to: number, i: number) => median(times[to]!.map((us, turn) => us / times[i]![turn]!));
  const ratios = list.map((_, i) => ({ nodeRatio: ratio(0, i), nobleRatio: ratio(1, i) }));
  return list.map(({ name, atLeast }, i) => ({
    name,
    us: median(times[i]!),
    ...ratios[i]!,
    ...(atLeast === undefined ? {} : { atLeast }),
  }));
}

/** The rows as a table for a terminal. */
export function format(rows: readonly Ed25519BenchRow[]): string {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows
    .map(({ name, us, nodeRatio, nobleRatio, atLeast }) => {
      const goal = atLeast === undefined ? '' : `  (at least ${atLeast.toFixed(1)}×)`;
      const times = `${nodeRatio.toFixed(2).padStart(6)}× node:crypto ${nobleRatio.toFixed(1).padStart(6)}× noble`;
      return `${name.padEnd(width)} ${us.toFixed(2).padStart(9)} µs ${times}${goal}`;
    })
    .join('\n');
}
