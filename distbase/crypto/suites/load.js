/**
 * Picks what judges and signs for each suite, once per thread: the WASM kernel, or noble where the kernel is missing
 * or fails its known answers. `stats().backends` tells which.
 */
import { compileKernel } from '../kernels/load.js';
import { nobleEd25519 } from './ed25519.js';
import { wasmEd25519 } from './ed25519-wasm.js';
import { nobleMlDsa87 } from './mldsa87.js';
import { wasmMlDsa87 } from './mldsa87-wasm.js';
let compiling;
let loading;
/** Once per thread. */
export function compileKernels() {
    compiling ??= Promise.allSettled([compileKernel('ed25519'), compileKernel('mldsa87')]).then(([ed25519, mlDsa87]) => ({
        ...(ed25519.status === 'fulfilled' ? { ed25519: ed25519.value } : {}),
        ...(mlDsa87.status === 'fulfilled' ? { 'ml-dsa-87': mlDsa87.value } : {}),
    }));
    return compiling;
}
function suiteOf(module, make, otherwise) {
    if (module === undefined)
        return otherwise;
    try {
        return make(module);
    }
    catch {
        return otherwise;
    }
}
export function suitesOf(modules) {
    return {
        ed25519: suiteOf(modules.ed25519, wasmEd25519, nobleEd25519),
        'ml-dsa-87': suiteOf(modules['ml-dsa-87'], wasmMlDsa87, nobleMlDsa87),
    };
}
/**
 * The suites of this thread; everything synchronous in this folder comes after one await of it. `modules`: what
 * another thread compiled.
 */
export function loadSuites(modules) {
    loading ??= modules === undefined ? compileKernels().then(suitesOf) : Promise.resolve(suitesOf(modules));
    return loading;
}
//# sourceMappingURL=load.js.map