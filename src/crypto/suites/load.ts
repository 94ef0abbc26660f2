/** Picks what judges and signs for each suite, once per thread. */

import type { SuiteName } from '../interface.ts';
import { nobleEd25519 } from './ed25519.ts';
import { nobleMlDsa87 } from './mldsa87.ts';
import type { Suite } from './suite.ts';

export type Suites = Readonly<Record<SuiteName, Suite>>;

/** Compiled kernels; they can be handed to a thread. */
export type KernelModules = Readonly<Partial<Record<SuiteName, WebAssembly.Module>>>;

let loading: Promise<Suites> | undefined;

/** The suites of this thread. Everything synchronous in this folder comes after one await of it. */
export function loadSuites(_modules?: KernelModules): Promise<Suites> {
  loading ??= Promise.resolve({ ed25519: nobleEd25519, 'ml-dsa-87': nobleMlDsa87 });
  return loading;
}

export async function compileKernels(): Promise<KernelModules> {
  return {};
}
