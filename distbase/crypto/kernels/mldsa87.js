/**
 * The ML-DSA-87 kernel (FIPS 204, pure variant) for JavaScript: one instance of wasm/build/mldsa87.wasm with its
 * memory. Runs in Node and in a browser; `load.ts` finds the module.
 *
 * Lengths are checked here, so the kernel itself sees well-sized input only: `verify*` answer `false` for wrong ones,
 * everything else throws an `MlDsa87Error`. An instance is not re-entrant and belongs to one thread.
 *
 * One class with one short method per operation of the interface, which is why it is longer than most files.
 */
import { staged } from '../shared-copy.js';
import { CONTEXT_BYTES_MAX, MlDsa87Error, PUBLIC_KEY_BYTES, SECRET_KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES, } from './mldsa87-api.js';
import { Slots, slotCount } from './mldsa87-slots.js';
export * from './mldsa87-api.js';
const PAGE_BYTES = 65536;
/** tr, and the two bytes before the context (Algorithm 2 line 10). */
const TR_BYTES = 64;
const HEADER_BYTES = TR_BYTES + 2;
const NOTHING = new Uint8Array(0);
function expectLength(what, bytes, length) {
    if (bytes.length !== length) {
        throw new MlDsa87Error('length', `${what} must be ${length} bytes, not ${bytes.length}`);
    }
}
function expectContext(context) {
    if (context.length > CONTEXT_BYTES_MAX) {
        throw new MlDsa87Error('length', `a context must be at most ${CONTEXT_BYTES_MAX} bytes, not ${context.length}`);
    }
}
class Kernel {
    memory;
    signatureOffset;
    #wasm;
    #public;
    #secret;
    #message;
    #messageBytes;
    #ownSlot;
    #ownSecret;
    constructor(wasm, publicSlots, secretSlots) {
        this.#wasm = wasm;
        const publicBase = wasm.SLOTS.value;
        const publicBytes = wasm.SLOT_BYTES.value;
        const secretBase = publicBase + publicSlots * publicBytes;
        const secretBytes = wasm.SECRET_SLOT_BYTES.value;
        const end = secretBase + secretSlots * secretBytes;
        const missing = Math.ceil(end / PAGE_BYTES) - wasm.memory.buffer.byteLength / PAGE_BYTES;
        if (missing > 0)
            wasm.memory.grow(missing);
        this.#public = new Slots('public', publicBase, publicBytes, publicSlots, 1);
        this.#secret = new Slots('secret', secretBase, secretBytes, secretSlots, 2);
        this.memory = new Uint8Array(wasm.memory.buffer);
        this.signatureOffset = wasm.SIGNATURE.value;
        this.#message = wasm.MESSAGE.value;
        this.#messageBytes = wasm.MESSAGE_BYTES.value;
        this.#ownSlot = wasm.OWN_SLOT.value;
        this.#ownSecret = wasm.OWN_SECRET.value;
    }
    get publicKeys() {
        return this.#public.used;
    }
    get secretKeys() {
        return this.#secret.used;
    }
    keyGen(seed) {
        expectLength('a seed', seed, SEED_BYTES);
        const wasm = this.#wasm;
        this.memory.set(seed, wasm.SEED.value);
        wasm.keyGen();
        const publicKey = this.#copy(wasm.PUBLIC_KEY.value, PUBLIC_KEY_BYTES);
        const secretKey = this.#copy(wasm.SECRET_KEY.value, SECRET_KEY_BYTES);
        wasm.wipe();
        return { publicKey, secretKey };
    }
    sign(secretKey, message, context, rnd) {
        expectContext(context);
        expectLength('rnd', rnd, SEED_BYTES);
        this.#loadSecret(secretKey, this.#ownSecret);
        const signature = this.#signAt(this.#ownSecret, message, context, rnd);
        this.#wasm.clear(this.#ownSecret, this.#secret.bytes);
        return signature;
    }
    verify(publicKey, message, signature, context) {
        if (publicKey.length !== PUBLIC_KEY_BYTES)
            return false;
        if (signature.length !== SIGNATURE_BYTES || context.length > CONTEXT_BYTES_MAX)
            return false;
        this.memory.set(staged(publicKey), this.#wasm.PUBLIC_KEY.value);
        this.#wasm.prepare(this.#ownSlot);
        return this.#verifyAt(this.#ownSlot, message, signature, context);
    }
    prepare(publicKey) {
        expectLength('a public key', publicKey, PUBLIC_KEY_BYTES);
        const handle = this.#public.take();
        this.memory.set(publicKey, this.#wasm.PUBLIC_KEY.value);
        this.#wasm.prepare(this.#public.address(handle));
        return handle;
    }
    verifyPrepared(handle, message, signature, context) {
        const slot = this.#public.address(handle);
        if (signature.length !== SIGNATURE_BYTES || context.length > CONTEXT_BYTES_MAX)
            return false;
        return this.#verifyAt(slot, message, signature, context);
    }
    prepareSecret(secretKey) {
        expectLength('a secret key', secretKey, SECRET_KEY_BYTES);
        const handle = this.#secret.take();
        try {
            this.#loadSecret(secretKey, this.#secret.address(handle));
        }
        catch (error) {
            this.#secret.free(handle);
            throw error;
        }
        return handle;
    }
    signPrepared(handle, message, context, rnd) {
        expectContext(context);
        expectLength('rnd', rnd, SEED_BYTES);
        return this.#signAt(this.#secret.address(handle), message, context, rnd);
    }
    release(handle) {
        const slots = this.#secret.find(handle) >= 0 ? this.#secret : this.#public;
        this.#wasm.clear(slots.address(handle), slots.bytes);
        slots.free(handle);
    }
    messageOffset(contextLength) {
        return this.#message + HEADER_BYTES + contextLength;
    }
    stagedMessageMax(contextLength) {
        return this.#messageBytes - HEADER_BYTES - contextLength;
    }
    verifyStaged(handle, messageLength, contextLength) {
        const slot = this.#public.address(handle);
        if (!(contextLength >= 0 && contextLength <= CONTEXT_BYTES_MAX))
            return false;
        if (!(messageLength >= 0 && messageLength <= this.stagedMessageMax(contextLength)))
            return false;
        this.#writeHeader(contextLength);
        return this.#wasm.verifyWhole(slot, HEADER_BYTES + contextLength + messageLength) === 1;
    }
    warmUp(verifications, signatures) {
        const seed = new Uint8Array(SEED_BYTES);
        const { publicKey, secretKey } = this.keyGen(seed);
        this.#loadSecret(secretKey, this.#ownSecret);
        let signature = this.#signAt(this.#ownSecret, seed, NOTHING, seed);
        for (let i = 1; i < signatures; i++) {
            seed[0] = i;
            signature = this.#signAt(this.#ownSecret, seed, NOTHING, seed);
        }
        this.#wasm.clear(this.#ownSecret, this.#secret.bytes);
        this.memory.set(publicKey, this.#wasm.PUBLIC_KEY.value);
        this.#wasm.prepare(this.#ownSlot);
        for (let i = 0; i < verifications; i++)
            this.#verifyAt(this.#ownSlot, seed, signature, NOTHING);
    }
    #copy(address, length) {
        return this.memory.slice(address, address + length);
    }
    /** The two bytes that tell the pure variant and the length of its context. */
    #writeHeader(contextLength) {
        this.memory[this.#message + TR_BYTES] = 0;
        this.memory[this.#message + TR_BYTES + 1] = contextLength;
    }
    /**
     * Puts 0 ‖ |ctx| ‖ ctx ‖ M into the message buffer. What does not fit is absorbed piece by piece once `begin` has put tr
     * in front. Returns the bytes left in the buffer, and whether it began.
     */
    #writeMessage(begin, slot, message, context) {
        const { memory } = this;
        let at = this.#message;
        this.#writeHeader(context.length);
        memory.set(context, at + HEADER_BYTES);
        const room = this.stagedMessageMax(context.length);
        begin(slot);
        if (message.length <= room) {
            memory.set(message, at + HEADER_BYTES + context.length);
            return HEADER_BYTES + context.length + message.length;
        }
        memory.set(message.subarray(0, room), at + HEADER_BYTES + context.length);
        at = room;
        for (;;) {
            this.#wasm.absorb();
            const rest = message.subarray(at, at + this.#messageBytes);
            memory.set(rest, this.#message);
            at += rest.length;
            if (at === message.length)
                return rest.length;
        }
    }
    #verifyAt(slot, message, signature, context) {
        const { memory } = this;
        memory.set(staged(signature), this.signatureOffset);
        const length = this.#writeMessage(this.#wasm.beginVerify, slot, message, context);
        return this.#wasm.verify(slot, length) === 1;
    }
    #loadSecret(secretKey, slot) {
        expectLength('a secret key', secretKey, SECRET_KEY_BYTES);
        this.memory.set(secretKey, this.#wasm.SECRET_KEY.value);
        const wellFormed = this.#wasm.prepareSecret(slot) === 1;
        this.#wasm.wipe();
        if (wellFormed)
            return;
        this.#wasm.clear(slot, this.#secret.bytes);
        throw new MlDsa87Error('secret-key', 'the secret key is malformed: an entry of s1 or s2 exceeds η');
    }
    #signAt(slot, message, context, rnd) {
        const wasm = this.#wasm;
        this.memory.set(rnd, wasm.SEED.value);
        const length = this.#writeMessage(wasm.beginSign, slot, message, context);
        const candidates = wasm.sign(slot, length);
        const signature = this.#copy(this.signatureOffset, SIGNATURE_BYTES);
        wasm.wipe();
        // 9,000 rejections in a row have a probability of 2^−2,900: a fault, not bad luck.
        if (candidates === 0)
            throw new MlDsa87Error('self-test', 'signing did not end: the kernel is at fault');
        return signature;
    }
}
/** tr of the key pair from the seed 0, 1, …, 31 and c̃ of its deterministic signature of that seed, first 16 bytes. */
const SELF_TEST_TR = '89886750b57c24db3fc012e61ede5975';
const SELF_TEST_CTILDE = '220ebd9583f626db16b495286fbec99f';
function startsWithHex(bytes, hex) {
    for (let i = 0; 2 * i < hex.length; i++) {
        if (bytes[i] !== Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
            return false;
    }
    return true;
}
/** Known answers: key generation, deterministic signing, a good and a bad verdict. Under a millisecond once compiled. */
function passesSelfTest(kernel) {
    const seed = Uint8Array.from({ length: SEED_BYTES }, (_, i) => i);
    const { publicKey, secretKey } = kernel.keyGen(seed);
    if (!startsWithHex(secretKey.subarray(64), SELF_TEST_TR))
        return false;
    const signature = kernel.sign(secretKey, seed, NOTHING, new Uint8Array(SEED_BYTES));
    if (!startsWithHex(signature, SELF_TEST_CTILDE))
        return false;
    if (!kernel.verify(publicKey, seed, signature, NOTHING))
        return false;
    signature[1000] ^= 1;
    return !kernel.verify(publicKey, seed, signature, NOTHING);
}
/**
 * Instantiates the kernel and tests it against known answers. Throws an `MlDsa87Error` with code `self-test` if the module
 * is not the kernel or computes something else, `slots` for bad options, and a `RangeError` if memory cannot grow so far.
 */
export function instantiateMlDsa87(module, options = {}) {
    const publicSlots = slotCount(options.publicSlots, 16);
    const secretSlots = slotCount(options.secretSlots, 1);
    let kernel;
    let passed;
    try {
        const { exports } = new WebAssembly.Instance(module, {});
        kernel = new Kernel(exports, publicSlots, secretSlots);
        passed = passesSelfTest(kernel);
    }
    catch (error) {
        if (error instanceof RangeError)
            throw error;
        throw new MlDsa87Error('self-test', `the module is not the ML-DSA-87 kernel: ${String(error)}`);
    }
    if (!passed)
        throw new MlDsa87Error('self-test', 'the ML-DSA-87 kernel fails its known answers');
    return kernel;
}
//# sourceMappingURL=mldsa87.js.map