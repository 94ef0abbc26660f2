/**
 * The ML-DSA-87 kernel (FIPS 204, pure variant) for JavaScript: one instance of wasm/build/mldsa87.wasm with its
 * memory. Runs in Node and in a browser; `load.ts` finds the module.
 *
 * Lengths are checked here, so the kernel itself sees well-sized input only: `verify*` answer `false` for wrong ones,
 * everything else throws an `MlDsa87Error`. An instance is not re-entrant and belongs to one thread.
 *
 * One class with one short method per operation of the interface, which is why it is longer than most files.
 */
import { type MlDsa87Kernel, type MlDsa87Options } from './mldsa87-api.ts';
export * from './mldsa87-api.ts';
/**
 * Instantiates the kernel and tests it against known answers. Throws an `MlDsa87Error` with code `self-test` if the module
 * is not the kernel or computes something else, `slots` for bad options, and a `RangeError` if memory cannot grow so far.
 */
export declare function instantiateMlDsa87(module: WebAssembly.Module, options?: MlDsa87Options): MlDsa87Kernel;
//# sourceMappingURL=mldsa87.d.ts.map