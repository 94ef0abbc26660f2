/** ML-DSA-87 by the WASM kernel. Where the kernel traps, noble takes over for good and `backend` says so. */
import { LockstepError } from '../../core/errors.js';
import { COSTS_US } from '../costs.js';
import { instantiateMlDsa87, MlDsa87Error, } from '../kernels/mldsa87.js';
import { randomBytes } from '../node-crypto.js';
import { PreparedKeys } from '../prepared-keys.js';
import { mlDsa87PublicKey, nobleMlDsa87Judge } from './mldsa87.js';
import { LENGTHS, MAX_PINNED_KEYS, NO_CONTEXT, requireContext, requireLength, } from './suite.js';
/** Secret keys per instance, 87 KiB each; a further instance is made when they are taken. */
const SECRETS_PER_KERNEL = 64;
const ZEROS = new Uint8Array(32);
class WasmMlDsa87Judge {
    #kernel;
    #keys;
    #trapped = false;
    constructor(module, cache) {
        const kernel = instantiateMlDsa87(module, { publicSlots: cache + MAX_PINNED_KEYS, secretSlots: 0 });
        this.#kernel = kernel;
        this.#keys = new PreparedKeys(cache, (publicKey) => (kernel.publicKeys < cache + MAX_PINNED_KEYS ? kernel.prepare(publicKey) : undefined), (handle) => kernel.release(handle));
    }
    get backend() {
        return this.#trapped ? 'noble' : 'wasm';
    }
    get cache() {
        return this.#keys.counts;
    }
    verify(publicKey, message, signature, context) {
        if (!this.#trapped) {
            try {
                const handle = this.#keys.get(publicKey);
                if (handle !== undefined)
                    return this.#kernel.verifyPrepared(handle, message, signature, context);
                const holds = this.#kernel.verify(publicKey, message, signature, context);
                if (holds)
                    this.#keys.signedWell(publicKey);
                return holds;
            }
            catch {
                this.#trapped = true;
            }
        }
        return nobleMlDsa87Judge.verify(publicKey, message, signature, context);
    }
    prepare(publicKey) {
        try {
            this.#keys.pin(publicKey);
        }
        catch {
            this.#trapped = true;
        }
    }
    costUs(publicKey, messageBytes) {
        if (this.#trapped)
            return nobleMlDsa87Judge.costUs(publicKey, messageBytes);
        const { prepared, unprepared, perByte } = COSTS_US.wasm['ml-dsa-87'];
        return (this.#keys.has(publicKey) ? prepared : unprepared) + perByte * messageBytes;
    }
}
/** Makes signers, which share kernels. A signer's slot is wiped when the signer is collected. */
class SigningKernels {
    #module;
    #current;
    #forgotten = new FinalizationRegistry(({ kernel, handle }) => kernel.release(handle));
    constructor(module) {
        this.#module = module;
        this.#current = this.#instance();
    }
    #instance() {
        return instantiateMlDsa87(this.#module, { publicSlots: 0, secretSlots: SECRETS_PER_KERNEL });
    }
    generate(seed) {
        return this.#current.keyGen(seed);
    }
    signer(secretKey) {
        requireLength(secretKey, LENGTHS['ml-dsa-87'].secretKey, 'an ML-DSA-87 secret key');
        if (this.#current.secretKeys === SECRETS_PER_KERNEL)
            this.#current = this.#instance();
        const kernel = this.#current;
        const handle = prepareSecret(kernel, secretKey);
        // Noble takes milliseconds for it, and most callers have it already.
        const secret = secretKey.slice();
        let publicKey;
        const signer = {
            suite: 'ml-dsa-87',
            get publicKey() {
                publicKey ??= mlDsa87PublicKey(secret);
                return publicKey;
            },
            sign(message, options) {
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
function prepareSecret(kernel, secretKey) {
    try {
        return kernel.prepareSecret(secretKey);
    }
    catch (error) {
        if (error instanceof MlDsa87Error && error.code === 'secret-key') {
            throw new LockstepError('bad-key', 'the ML-DSA-87 secret key is none: its coefficients are out of range');
        }
        throw error;
    }
}
/** Noble's where there is no memory for another instance. */
function judgeOf(module, cache) {
    try {
        return new WasmMlDsa87Judge(module, cache);
    }
    catch {
        return nobleMlDsa87Judge;
    }
}
/** Throws where the kernel fails its known answers. */
export function wasmMlDsa87(module) {
    const signing = new SigningKernels(module);
    return {
        name: 'ml-dsa-87',
        judge: (cache) => judgeOf(module, cache),
        signer: (secretKey) => signing.signer(secretKey),
        generate: (seed) => signing.generate(seed),
    };
}
//# sourceMappingURL=mldsa87-wasm.js.map