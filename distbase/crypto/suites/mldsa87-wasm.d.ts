/** ML-DSA-87 by the WASM kernel. Where the kernel traps, noble takes over for good and `backend` says so. */
import { type Suite } from './suite.ts';
/** Throws where the kernel fails its known answers. */
export declare function wasmMlDsa87(module: WebAssembly.Module): Suite;
//# sourceMappingURL=mldsa87-wasm.d.ts.map