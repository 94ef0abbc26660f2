/** What both test files of the ML-DSA-87 kernel share: the module, its raw exports, and vectors from outside. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileKernelSync } from '../../src/crypto/kernels/load.ts';

export const LONG = process.env.LOCKSTEP_LONG === '1';

export const module = compileKernelSync('mldsa87');

/** The exports that the wrapper hides. */
export interface RawKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly SLOTS: { readonly value: number };
  readonly VECTOR: { readonly value: number };
  readonly W: { readonly value: number };
  readonly MESSAGE: { readonly value: number };
  testNtt(poly: number): void;
  testInverseNtt(poly: number): void;
  testMulRoots(poly: number, w: number, wq: number, s: number): void;
  testMulMatrix(slot: number): void;
  testNorm(poly: number, bound: number): number;
  testRejectUniform(input: number, bytes: number, out: number, count: number): number;
  testDecodeZ(input: number, out: number): void;
  testSponge(
    rate: number,
    suffix: number,
    input: number,
    length: number,
    out: number,
    outLength: number,
  ): void;
  testSponge2(
    rate: number,
    suffix: number,
    a: number,
    b: number,
    length: number,
    out: number,
    blocks: number,
  ): void;
  testRounding(r: number, count: number, out: number): void;
}

/** A raw instance; addresses from `SLOTS` to 320 KiB on are free for tests once memory has grown. */
export function rawKernel(pages: number): RawKernel {
  const { exports } = new WebAssembly.Instance(module, {});
  (exports.memory as { grow(pages: number): number }).grow(pages);
  return exports as unknown as RawKernel;
}

/** A file of public vectors, if LOCKSTEP_VECTORS names the folder that has it. */
export function vectors(name: string): string | undefined {
  const folder = process.env.LOCKSTEP_VECTORS;
  const file = folder && join(folder, name);
  return file && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Reproducible bytes (xorshift), so that a failure can be repeated. */
export function randomBytes(seed: number, length: number): Uint8Array {
  let state = (seed * 2654435761 + 1) | 0 || 1;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
}
