/** ML-DSA-87 by the WASM kernel. Where the kernel traps, noble takes over for good and `backend` says so. */

import { LockstepError } from '../../core/errors.ts';
import { COSTS_US } from '../costs.ts';
import type { KeyPair, Signer, SignOptions } from '../interface.ts';
import {
  instantiateMlDsa87,
  MlDsa87Error,
  type MlDsa87Kernel,
  type PublicHandle,
  type SecretHandle,
} from '../kernels/mldsa87.ts';
import { randomBytes } from '../node-crypto.ts';
import { type CacheCounts, PreparedKeys } from '../prepared-keys.ts';
import { mlDsa87PublicKey, nobleMlDsa87Judge } from './mldsa87.ts';
import {
  type Backend,
  type Judge,
  LENGTHS,
  MAX_PINNED_KEYS,
  NO_CONTEXT,
  requireContext,
  requireLength,
  type Suite,
} from './suite.ts';

/** Secret keys per instance, 87 KiB each; a further instance is made when they are taken. */
const SECRETS_PER_KERNEL = 64;

const ZEROS = new Uint8Array(32);

class WasmMlDsa87Judge implements Judge {
  readonly #kernel: MlDsa87Kernel;
  readonly #keys: PreparedKeys<PublicHandle>;
  #trapped = false;

  constructor(module: WebAssembly.Module, cache: number) {
    const kernel = instantiateMlDsa87(module, { publicSlots: cache + MAX_PINNED_KEYS, secretSlots: 0 });
    this.#kernel = kernel;
    this.#keys = new PreparedKeys(
      cache,
      (publicKey) => (kernel.publicKeys < cache + MAX_PINNED_KEYS ? kernel.prepare(publicKey) : undefined),
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
        if (handle !== undefined) return this.#kernel.verifyPrepared(handle, message, signature, context);
        const holds = this.#kernel.verify(publicKey, message, signature, context);
        if (holds) this.#keys.signedWell(publicKey);
        return holds;
      } catch {
        this.#trapped = true;
      }
    }
    return nobleMlDsa87Judge.verify(publicKey, message, signature, context);
  }

  prepare(publicKey: Uint8Array): void {
    try {
      this.#keys.pin(publicKey);
    } catch {
      this.#trapped = true;
    }
  }

  costUs(publicKey: Uint8Array, messageBytes: number): number {
    if (this.#trapped) return nobleMlDsa87Judge.costUs(publicKey, messageBytes);
    const { prepared, unprepared, perByte } = COSTS_US.wasm['ml-dsa-87'];
    return (this.#keys.has(publicKey) ? prepared : unprepared) + perByte * messageBytes;
  }
}

/** Makes signers, which share kernels. A signer's slot is wiped when the signer is collected. */
class SigningKernels {
  readonly #module: WebAssembly.Module;
  #current: MlDsa87Kernel;
  readonly #forgotten = new FinalizationRegistry<{ kernel: MlDsa87Kernel; handle: SecretHandle }>(
    ({ kernel, handle }) => kernel.release(handle),
  );

  constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#current = this.#instance();
  }

  #instance(): MlDsa87Kernel {
    return instantiateMlDsa87(this.#module, { publicSlots: 0, secretSlots: SECRETS_PER_KERNEL });
  }

  generate(seed: Uint8Array): KeyPair {
    return this.#current.keyGen(seed);
  }

  signer(secretKey: Uint8Array): Signer {
    requireLength(secretKey, LENGTHS['ml-dsa-87'].secretKey, 'an ML-DSA-87 secret key');
    if (this.#current.secretKeys === SECRETS_PER_KERNEL) this.#current = this.#instance();
    const kernel = this.#current;
    const handle = prepareSecret(kernel, secretKey);
    // Noble takes milliseconds for it, and most callers have it already.
    const secret = secretKey.slice();
    let publicKey: Uint8Array | undefined;
    const signer: Signer = {
      suite: 'ml-dsa-87',
      get publicKey() {
        publicKey ??= mlDsa87PublicKey(secret);
        return publicKey;
      },
      sign(message: Uint8Array, options?: SignOptions) {
        const context = options?.context ?? NO_CONTEXT;
        requireContext(context, 'ml-dsa-87');
        const rnd = options?.deterministic === true ? ZEROS : randomBytes(32);
        return kernel.signPrepared(handle, message, context, rnd);
      },
    };
    this.#forgotten.register(signer, { kernel, handle });
    return signer;
  }
}

function prepareSecret(kernel: MlDsa87Kernel, secretKey: Uint8Array): SecretHandle {
  try {
    return kernel.prepareSecret(secretKey);
  } catch (error) {
    if (error instanceof MlDsa87Error && error.code === 'secret-key') {
      throw new LockstepError(
        'bad-key',
        'the ML-DSA-87 secret key is none: its coefficients are out of range',
      );
    }
    throw error;
  }
}

/** Noble's where there is no memory for another instance. */
function judgeOf(module: WebAssembly.Module, cache: number): Judge {
  try {
    return new WasmMlDsa87Judge(module, cache);
  } catch {
    return nobleMlDsa87Judge;
  }
}

/** Throws where the kernel fails its known answers. */
export function wasmMlDsa87(module: WebAssembly.Module): Suite {
  const signing = new SigningKernels(module);
  return {
    name: 'ml-dsa-87',
    judge: (cache) => judgeOf(module, cache),
    signer: (secretKey) => signing.signer(secretKey),
    generate: (seed) => signing.generate(seed),
  };
}
