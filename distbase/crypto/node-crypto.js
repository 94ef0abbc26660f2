/**
 * What Node has and a browser has not. Asked for at run time, so that a bundler for browsers never meets the
 * names: the client's half of this folder runs there on noble, the kernels and Web Crypto's randomness.
 */
/** A module of Node's own; undefined outside Node. */
export function builtin(id) {
    return globalThis.process?.getBuiltinModule?.(id);
}
export const nodeCrypto = builtin('node:crypto');
export const nodeBuffer = builtin('node:buffer')?.Buffer;
/** Unpredictable bytes; Node ≥ 20 and every browser have Web Crypto. */
export function randomBytes(length) {
    return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
//# sourceMappingURL=node-crypto.js.map