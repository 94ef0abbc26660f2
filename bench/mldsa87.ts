/**
 * ML-DSA-87: the WASM kernel against `@noble/post-quantum`, and against `node:crypto` where that Node knows the scheme.
 *
 * Every call has a fresh message and signature. What is compared runs in turns, a batch each, so that a neighbour on the
 * machine disturbs all alike; a figure is the median over the turns, and a ratio is the median of the ratios of each turn.
 */
import * as nodeCrypto from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { compileKernel } from '../src/crypto/kernels/load.ts';
import { instantiateMlDsa87, type MlDsa87Kernel } from '../src/crypto/kernels/mldsa87.ts';

export interface MlDsa87BenchOptions {
  /** Turns; the medians are over this many. Default 25. */
  readonly iterations?: number;
  /** Messages, each with its signature. Default 64. */
  readonly messages?: number;
  /** A folder with the CCTV sets of messages that need a representative number of candidates. Default: LOCKSTEP_VECTORS. */
  readonly vectors?: string | undefined;
}

export interface MlDsa87BenchRow {
  /** What was measured: `verify, prepared key`, `sign, prepared key, representative set`, … */
  readonly name: string;
  /** Median time of one operation. */
  readonly kernelUs: number;
  readonly nobleUs: number;
  /** noble's time by the kernel's. */
  readonly ratio: number;
  /** The same of `node:crypto`, where it has ML-DSA-87. */
  readonly nodeUs?: number;
  readonly nodeRatio?: number;
}

const NONE = new Uint8Array(0);
const ZERO = new Uint8Array(32);

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

/** µs per call over `calls` calls, numbered on from turn to turn so that inputs stay fresh. */
function time(calls: number, turn: number, action: (i: number) => unknown): number {
  const started = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) action(turn * calls + i);
  return Number(process.hrtime.bigint() - started) / 1000 / calls;
}

interface Contender {
  /** Calls in a turn: the slow get fewer. */
  readonly calls: number;
  readonly action: (i: number) => unknown;
}

function compare(
  name: string,
  turns: number,
  kernel: Contender,
  noble: Contender,
  node?: Contender,
): MlDsa87BenchRow {
  const times = { kernel: [] as number[], noble: [] as number[], node: [] as number[] };
  // Warm up: the engine compiles hot WASM functions anew after some hundred calls.
  time(Math.min(400, 20 * turns), 0, kernel.action);
  for (let turn = 0; turn < turns; turn++) {
    times.kernel.push(time(kernel.calls, turn, kernel.action));
    times.noble.push(time(noble.calls, turn, noble.action));
    if (node) times.node.push(time(node.calls, turn, node.action));
  }
  const ratios = (values: number[]) => median(values.map((value, i) => value / times.kernel[i]!));
  const [ratio, nodeRatio] = [ratios(times.noble), node ? ratios(times.node) : 0];
  const row = { name, kernelUs: median(times.kernel), nobleUs: median(times.noble), ratio };
  return node ? { ...row, nodeUs: median(times.node), nodeRatio } : row;
}

interface NodeKeys {
  readonly publicKey: nodeCrypto.KeyObject;
  readonly privateKey: nodeCrypto.KeyObject;
}

/** A key pair of node:crypto, or undefined where it does not know the scheme. */
function nodeKeys(): NodeKeys | undefined {
  try {
    const generate = nodeCrypto.generateKeyPairSync as unknown as (type: string) => NodeKeys;
    return generate('ml-dsa-87');
  } catch {
    return undefined;
  }
}

function verifyRows(kernel: MlDsa87Kernel, turns: number, count: number): MlDsa87BenchRow[] {
  const { publicKey, secretKey } = kernel.keyGen(new Uint8Array(32).fill(7));
  const own = kernel.prepareSecret(secretKey);
  const items = Array.from({ length: count }, () => {
    const message = nodeCrypto.randomBytes(64);
    return { message, signature: kernel.signPrepared(own, message, NONE, ZERO) };
  });
  kernel.release(own);
  const handle = kernel.prepare(publicKey);
  const item = (i: number) => items[i % count]!;
  const check = (holds: boolean) => {
    if (!holds) throw new Error('a signature was refused');
  };
  const noble: Contender = {
    calls: 2,
    action: (i) => check(ml_dsa87.verify(item(i).signature, item(i).message, publicKey)),
  };
  const keys = nodeKeys();
  const signed =
    keys &&
    items.map(({ message }) => ({ message, signature: nodeCrypto.sign(null, message, keys.privateKey) }));
  const node = signed && {
    calls: 8,
    action: (i: number) => {
      const { message, signature } = signed[i % count]!;
      check(nodeCrypto.verify(null, message, keys.publicKey, signature));
    },
  };
  const prepared: Contender = {
    calls: 128,
    action: (i) => check(kernel.verifyPrepared(handle, item(i).message, item(i).signature, NONE)),
  };
  const unprepared: Contender = {
    calls: 16,
    action: (i) => check(kernel.verify(publicKey, item(i).message, item(i).signature, NONE)),
  };
  const rows = [
    compare('verify, prepared key', turns, prepared, noble, node),
    compare('verify, key not prepared', turns, unprepared, noble, node),
  ];
  kernel.release(handle);
  return rows;
}

/** Rows for one set of messages: a turn signs all of them, so that the mean number of candidates is the set's. */
function signRows(kernel: MlDsa87Kernel, turns: number, set: string, texts: Uint8Array[]): MlDsa87BenchRow[] {
  const { secretKey } = kernel.keyGen(ZERO);
  const own = kernel.prepareSecret(secretKey);
  const text = (i: number) => texts[i % texts.length]!;
  const noble: Contender = {
    calls: texts.length,
    action: (i) => ml_dsa87.sign(text(i), secretKey, { extraEntropy: false }),
  };
  const prepared: Contender = {
    calls: texts.length,
    action: (i) => kernel.signPrepared(own, text(i), NONE, ZERO),
  };
  const unprepared: Contender = {
    calls: texts.length,
    action: (i) => kernel.sign(secretKey, text(i), NONE, ZERO),
  };
  const rows = [
    compare(`sign, prepared key, ${set}`, turns, prepared, noble),
    compare(`sign, key not prepared, ${set}`, turns, unprepared, noble),
  ];
  kernel.release(own);
  return rows;
}

/** The sets of messages to sign: both of CCTV if they are there, else numbered ones. */
function signSets(folder: string | undefined, messages: number): [string, Uint8Array[]][] {
  const sets: [string, Uint8Array[]][] = [];
  for (const [set, name] of [
    ['representative set', 'cctv-mldsa87-sign-bench.json'],
    ['other representative set', 'cctv-mldsa87-sign-bench.alt.json'],
  ] as const) {
    const file = folder && join(folder, name);
    if (!file || !existsSync(file)) continue;
    const texts = JSON.parse(readFileSync(file, 'utf8')) as string[];
    sets.push([set, texts.map((text) => new TextEncoder().encode(text))]);
  }
  if (sets.length) return sets;
  return [
    ['numbered messages', Array.from({ length: messages }, (_, i) => new TextEncoder().encode(`${i}`))],
  ];
}

/** Measures verification, signing and key generation. Takes a second a turn with the CCTV sets. */
export async function run(options: MlDsa87BenchOptions = {}): Promise<MlDsa87BenchRow[]> {
  const turns = options.iterations ?? 25;
  const messages = options.messages ?? 64;
  const kernel = instantiateMlDsa87(await compileKernel('mldsa87'), { publicSlots: 1, secretSlots: 1 });
  const rows = verifyRows(kernel, turns, messages);
  const folder = 'vectors' in options ? options.vectors : process.env.LOCKSTEP_VECTORS;
  for (const [set, texts] of signSets(folder, messages)) {
    // noble needs a second for a whole set.
    rows.push(...signRows(kernel, Math.min(turns, 5), set, texts));
  }
  const seed = (i: number) => new Uint8Array(32).fill(i & 255);
  const keyGen: Contender = { calls: 16, action: (i) => kernel.keyGen(seed(i)) };
  rows.push(compare('key generation', turns, keyGen, { calls: 2, action: (i) => ml_dsa87.keygen(seed(i)) }));
  return rows;
}

/** The rows as a table for a terminal. */
export function format(rows: readonly MlDsa87BenchRow[]): string {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows
    .map((row) => {
      const node = row.nodeUs
        ? `, node:crypto ${row.nodeUs.toFixed(0)} µs (${row.nodeRatio!.toFixed(1)}×)`
        : '';
      const figures = `${row.kernelUs.toFixed(1).padStart(7)} µs, noble ${row.nobleUs.toFixed(0)} µs`;
      return `${row.name.padEnd(width)} ${figures} (${row.ratio.toFixed(1)}×)${node}`;
    })
    .join('\n');
}
