/**
 * Picks what judges and signs for each suite, once per thread: the WASM kernel, or noble where the kernel is missing
 * or fails its known answers. `stats().backends` tells which.
 */

import type { SuiteName } from '../interface.ts';
import { compileKernel } from '../kernels/load.ts';
import { nobleEd25519 } from './ed25519.ts';
import { wasmEd25519 } from './ed25519-wasm.ts';
import { nobleMlDsa87 } from './mldsa87.ts';
import { wasmMlDsa87 } from './mldsa87-wasm.ts';
import type { Suite } from './suite.ts';

export type Suites = Readonly<Record<SuiteName, Suite>>;

/** Compiled kernels; they can be handed to a thread. One is missing where it could not be read or compiled. */
export type KernelModules = Readonly<Partial<Record<SuiteName, WebAssembly.Module>>>;

let compiling: Promise<KernelModules> | undefined;
let loading: Promise<Suites> | undefined;

/** Once per thread. */
export function compileKernels(): Promise<KernelModules> {
  compiling ??= Promise.allSettled([compileKernel('ed25519'), compileKernel('mldsa87')]).then(
    ([ed25519, mlDsa87]) => ({
      ...(ed25519.status === 'fulfilled' ? { ed25519: ed25519.value } : {}),
      ...(mlDsa87.status === 'fulfilled' ? { 'ml-dsa-87': mlDsa87.value } : {}),
    }),
  );
  return compiling;
}

function suiteOf(
  module: WebAssembly.Module | undefined,
  make: (module: WebAssembly.Module) => Suite,
  otherwise: Suite,
): Suite {
  if (module === undefined) return otherwise;
  try {
    return make(module);
  } catch {
    return otherwise;
  }
}

export function suitesOf(modules: KernelModules): Suites {
  return {
    ed25519: suiteOf(modules.ed25519, wasmEd25519, nobleEd25519),
    'ml-dsa-87': suiteOf(modules['ml-dsa-87'], wasmMlDsa87, nobleMlDsa87),
  };
}

/**
 * The suites of this thread; everything synchronous in this folder comes after one await of it. `modules`: what
 * another thread compiled.
 */
export function loadSuites(modules?: KernelModules): Promise<Suites> {
  loading ??= modules === undefined ? compileKernels().then(suitesOf) : Promise.resolve(suitesOf(modules));
  return loading;
}
