/**
 * Where the WASM kernels are, and how their bytes become modules: from the file system under Node, by fetch in a
 * browser. Modules can be posted to workers, so a process compiles each kernel once.
 */

export type KernelName = 'mldsa87' | 'ed25519' | 'blake3';

/** The address of a built kernel: the same relative path from `src/crypto/kernels` and from `dist/crypto/kernels`. */
export function kernelUrl(name: KernelName): URL {
  return new URL(`../../../wasm/build/${name}.wasm`, import.meta.url);
}

/** Node's own modules without importing them, so that a browser can load this file. */
function nodeFs(): typeof import('node:fs') | undefined {
  return typeof process === 'object' ? process.getBuiltinModule?.('node:fs') : undefined;
}

/**
 * Compiles a kernel on the calling thread. Node only: throws where there is no file system, and what `readFileSync` or
 * `WebAssembly.Module` throw if the file is missing or damaged (`npm run build` makes it).
 */
export function compileKernelSync(name: KernelName): WebAssembly.Module {
  const fs = nodeFs();
  if (!fs) throw new Error(`the kernel ${name} cannot be read synchronously here`);
  return new WebAssembly.Module(fs.readFileSync(kernelUrl(name)));
}

/** Compiles a kernel, in Node or in a browser. Rejects if it cannot be read or compiled. */
export async function compileKernel(name: KernelName): Promise<WebAssembly.Module> {
  const fs = nodeFs();
  const url = kernelUrl(name);
  if (fs) return WebAssembly.compile(await fs.promises.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the kernel ${name} is missing: ${response.status} at ${url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
