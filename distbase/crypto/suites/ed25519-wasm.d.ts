/** Ed25519 verified by the WASM kernel under ZIP 215. Where the kernel traps, noble takes over for good. */
import { type Suite } from './suite.ts';
/** Throws where the kernel fails its known answers. Signing stays with OpenSSL, which is the faster there. */
export declare function wasmEd25519(module: WebAssembly.Module): Suite;
//# sourceMappingURL=ed25519-wasm.d.ts.map