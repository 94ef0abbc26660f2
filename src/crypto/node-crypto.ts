/**
 * `node:crypto` where there is one. Asked for at run time, so that a bundler for browsers never meets the name:
 * the client's half of this folder runs there on noble and on Web Crypto's randomness.
 */

type NodeCrypto = typeof import('node:crypto');

const node = (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }).process;

/** Undefined outside Node. */
export const nodeCrypto = node?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;

/** Unpredictable bytes; Node ≥ 20 and every browser have Web Crypto. */
export function randomBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
