/**
 * What Node has and a browser has not. Asked for at run time, so that a bundler for browsers never meets the
 * names: the client's half of this folder runs there on noble, the kernels and Web Crypto's randomness.
 */
type Builtins = {
    'node:buffer': typeof import('node:buffer');
    'node:crypto': typeof import('node:crypto');
    'node:fs/promises': typeof import('node:fs/promises');
};
/** A module of Node's own; undefined outside Node. */
export declare function builtin<K extends keyof Builtins>(id: K): Builtins[K] | undefined;
export declare const nodeCrypto: typeof import("node:crypto") | undefined;
export declare const nodeBuffer: BufferConstructor | undefined;
/** Unpredictable bytes; Node ≥ 20 and every browser have Web Crypto. */
export declare function randomBytes(length: number): Uint8Array;
export {};
//# sourceMappingURL=node-crypto.d.ts.map