/** Ed25519 verified by the WASM kernel under ZIP 215. Where the kernel traps, noble takes over for good. */

import { COSTS_US } from '../costs.ts';
import type { VerifyItem } from '../interface.ts';
import {
  type Ed25519Handle,
  type Ed25519Item,
  type Ed25519Kernel,
  instantiateEd25519,
} from '../kernels/ed25519.ts';
import { type CacheCounts, PreparedKeys } from '../prepared-keys.ts';
import { ed25519KeyPair, ed25519Signer, nobleEd25519Judge } from './ed25519.ts';
import { type Backend, type Judge, MAX_PINNED_KEYS, NO_CONTEXT, type Suite } from './suite.ts';

class WasmEd25519Judge implements Judge {
  readonly #kernel: Ed25519Kernel;
  readonly #keys: PreparedKeys<Ed25519Handle>;
  #trapped = false;

  constructor(module: WebAssembly.Module, cache: number) {
    const slots = cache + MAX_PINNED_KEYS;
    const kernel = instantiateEd25519(module, { slots });
    this.#kernel = kernel;
    this.#keys = new PreparedKeys(
      cache,
      (publicKey) => (kernel.keys < slots ? kernel.prepare(publicKey) : undefined),
      (handle) => kernel.release(handle),
    );
  }

  get backend(): Backend {
    return this.#trapped ? 'noble' : 'wasm';
  }

  get cache(): CacheCounts {
    return this.#keys.counts;
  }

  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, context: Uint8Array): boolean {
    if (!this.#trapped) {
      try {
        const handle = this.#keys.get(publicKey);
        if (handle !== undefined) return this.#kernel.verifyPrepared(handle, message, signature);
        const holds = this.#kernel.verify(publicKey, message, signature);
        if (holds) this.#keys.signedWell(publicKey);
        return holds;
      } catch {
        this.#trapped = true;
      }
    }
    return nobleEd25519Judge.verify(publicKey, message, signature, context);
  }

  verifyMany(items: readonly VerifyItem[], verdicts: Uint8Array): void {
    if (!this.#trapped) {
      try {
        this.#batch(items, verdicts);
        return;
      } catch {
        this.#trapped = true;
      }
    }
    for (let i = 0; i < items.length; i++) {
      const { publicKey, message, signature, context } = items[i]!;
      verdicts[i] = nobleEd25519Judge.verify(publicKey, message, signature, context ?? NO_CONTEXT) ? 1 : 0;
    }
  }

  #batch(items: readonly VerifyItem[], verdicts: Uint8Array): void {
    const unprepared: number[] = [];
    const batch: Ed25519Item[] = [];
    for (let i = 0; i < items.length; i++) {
      const { publicKey, message, signature } = items[i]!;
      const handle = this.#keys.get(publicKey);
      if (handle === undefined) unprepared.push(i);
      batch.push(handle === undefined ? { publicKey, message, signature } : { handle, message, signature });
    }
    verdicts.set(this.#kernel.verifyBatch(batch));
    for (const i of unprepared) {
      // One that comes twice in this batch may have earned its place already.
      const { publicKey } = items[i]!;
      if (verdicts[i] === 1 && !this.#keys.has(publicKey)) this.#keys.signedWell(publicKey);
    }
  }

  prepare(publicKey: Uint8Array): void {
    try {
      this.#keys.pin(publicKey);
    } catch {
      this.#trapped = true;
    }
  }

  costUs(publicKey: Uint8Array, messageBytes: number): number {
    if (this.#trapped) return nobleEd25519Judge.costUs(publicKey, messageBytes);
    const { prepared, unprepared, perByte } = COSTS_US.wasm.ed25519;
    return (this.#keys.has(publicKey) ? prepared : unprepared) + perByte * messageBytes;
  }
}

/** Noble's where there is no memory for another instance. */
function judgeOf(module: WebAssembly.Module, cache: number): Judge {
  try {
    return new WasmEd25519Judge(module, cache);
  } catch {
    return nobleEd25519Judge;
  }
}

/** Throws where the kernel fails its known answers. Signing stays with OpenSSL, which is the faster there. */
export function wasmEd25519(module: WebAssembly.Module): Suite {
  instantiateEd25519(module, { slots: 1 });
  return {
    name: 'ed25519',
    judge: (cache) => judgeOf(module, cache),
    signer: ed25519Signer,
    generate: ed25519KeyPair,
  };
}
