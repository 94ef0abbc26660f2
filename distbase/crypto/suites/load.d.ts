/**
 * Picks what judges and signs for each suite, once per thread: the WASM kernel, or noble where the kernel is missing
 * or fails its known answers. `stats().backends` tells which.
 */
import type { SuiteName } from '../interface.ts';
import type { Suite } from './suite.ts';
export type Suites = Readonly<Record<SuiteName, Suite>>;
/** Compiled kernels; they can be handed to a thread. One is missing where it could not be read or compiled. */
export type KernelModules = Readonly<Partial<Record<SuiteName, WebAssembly.Module>>>;
/** Once per thread. */
export declare function compileKernels(): Promise<KernelModules>;
export declare function suitesOf(modules: KernelModules): Suites;
/**
 * The suites of this thread; everything synchronous in this folder comes after one await of it. `modules`: what
 * another thread compiled.
 */
export declare function loadSuites(modules?: KernelModules): Promise<Suites>;
//# sourceMappingURL=load.d.ts.map