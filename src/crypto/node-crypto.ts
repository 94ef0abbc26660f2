/**
 * What Node has and a browser has not. Asked for at run time, so that a bundler for browsers never meets the
 * names: the client's half of this folder runs there on noble, the kernels and Web Crypto's randomness.
 */

type Builtins = {
  'node:buffer': typeof import('node:buffer');
  'node:crypto': typeof import('node:crypto');
  'node:fs/promises': typeof import('node:fs/promises');
};

interface MaybeProcess {
  readonly process?: { readonly getBuiltinModule?: (id: string) => unknown };
}

/** A module of Node's own; undefined outside Node. */
export function builtin<K extends keyof Builtins>(id: K): Builtins[K] | undefined {
  return (globalThis as MaybeProcess).process?.getBuiltinModule?.(id) as Builtins[K] | undefined;
}

export const nodeCrypto = builtin('node:crypto');
export const nodeBuffer = builtin('node:buffer')?.Buffer;

/** Unpredictable bytes; Node ≥ 20 and every browser have Web Crypto. */
export function randomBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
