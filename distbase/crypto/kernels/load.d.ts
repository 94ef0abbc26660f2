/**
 * Where the WASM kernels are, and how their bytes become modules: from the file system under Node, by fetch in a
 * browser. Modules can be posted to workers, so a process compiles each kernel once.
 */
export type KernelName = 'mldsa87' | 'ed25519';
/** The address of a built kernel: the same relative path from `src/crypto/kernels` and from `dist/crypto/kernels`. */
export declare function kernelUrl(name: KernelName): URL;
/**
 * Compiles a kernel on the calling thread. Node only: throws where there is no file system, and what `readFileSync` or
 * `WebAssembly.Module` throw if the file is missing or damaged (`npm run build` makes it).
 */
export declare function compileKernelSync(name: KernelName): WebAssembly.Module;
/** Compiles a kernel, in Node or in a browser. Rejects if it cannot be read or compiled. */
export declare function compileKernel(name: KernelName): Promise<WebAssembly.Module>;
//# sourceMappingURL=load.d.ts.map