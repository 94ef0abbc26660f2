/**
 * The Ed25519 verification kernel for JavaScript: one instance of wasm/build/ed25519.wasm with its memory. Runs in Node
 * and in a browser; `load.ts` finds the module.
 *
 * Verdicts follow ZIP 215: S < L, encodings of A and R taken whether canonical or not, and the cofactored equation
 * [8][S]B = [8]R + [8][k]A. Single, prepared and batched checks agree on every input (wasm/assembly/ed25519.ts says
 * why). Wrong lengths are `false` and never reach the kernel. Verification reads public data only and is not
 * constant-time; there is nothing in here to sign with. An instance is not re-entrant and belongs to one thread.
 */
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** Memory of one prepared key: 51 windows of 16 points of 160 bytes. */
export const SLOT_BYTES = 130_560;
/** Most slots of an instance, which keeps them in half a GiB. */
export const SLOTS_MAX = 4096;
export class Ed25519Error extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'Ed25519Error';
        this.code = code;
    }
}
// The layout of an input record, and limits: the same numbers as in wasm/assembly/ed25519.ts.
const RECORD_BYTES = 128;
const RECORD_SIGNATURE = 32;
const RECORD_COEFFICIENT = 96;
const RECORD_SLOT = 112;
const COEFFICIENT_BYTES = 16;
const BATCH_MAX = 128;
const ARENA_BYTES = 65_536;
/**
 * Costs in tenths of a single check with a prepared key, measured, which decide between single checks and a batch: what a
 * batch costs once, per prepared key, and per item. A key that is not prepared always makes a batch worth it.
 */
const COST_BATCH = 17;
const COST_BATCH_KEY = 5;
const COST_BATCH_ITEM = 6;
const COST_SINGLE = 10;
class Kernel {
    #wasm;
    #memory;
    #words;
    #inputs;
    #arena;
    #verdicts;
    /** The handle that owns each slot, or 0: generation * SLOTS_MAX + index, so that a stale one is recognised. */
    #owners;
    #preparedKeys;
    #random = new Uint8Array(BATCH_MAX * COEFFICIENT_BYTES);
    #generation = 1;
    keys = 0;
    constructor(wasm, slots) {
        if (!wasm.init(slots))
            throw new Ed25519Error('slots', `there is no memory for ${slots} prepared keys`);
        this.#wasm = wasm;
        this.#memory = new Uint8Array(wasm.memory.buffer);
        this.#words = new DataView(wasm.memory.buffer);
        this.#inputs = wasm.inputPointer();
        this.#arena = wasm.arenaPointer();
        this.#verdicts = wasm.verdictPointer();
        this.#owners = new Float64Array(slots);
        this.#preparedKeys = new Array(slots).fill(undefined);
    }
    verify(publicKey, message, signature) {
        if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES)
            return false;
        this.#stage(0, publicKey, -1, message, signature);
        return this.#wasm.verifyOne() !== 0;
    }
    prepare(publicKey) {
        if (publicKey.length !== PUBLIC_KEY_BYTES)
            return undefined;
        const slot = this.#owners.indexOf(0);
        if (slot < 0)
            throw new Ed25519Error('slots', `all ${this.#owners.length} slots are taken`);
        this.#memory.set(publicKey, this.#inputs);
        if (!this.#wasm.prepare(slot))
            return undefined;
        const handle = this.#generation++ * SLOTS_MAX + slot;
        this.#owners[slot] = handle;
        this.#preparedKeys[slot] = Uint8Array.from(publicKey);
        this.keys++;
        return handle;
    }
    verifyPrepared(handle, message, signature) {
        const slot = this.#slotOf(handle);
        if (signature.length !== SIGNATURE_BYTES)
            return false;
        this.#stage(0, this.#preparedKeys[slot], slot, message, signature);
        return this.#wasm.verifyOne() !== 0;
    }
    release(handle) {
        const slot = this.#slotOf(handle);
        this.#owners[slot] = 0;
        this.#preparedKeys[slot] = undefined;
        this.keys--;
    }
    verifyBatch(items) {
        const verdicts = new Uint8Array(items.length);
        const fit = [];
        for (let i = 0; i < items.length; i++) {
            const item = items[i];
            if (item.handle !== undefined)
                this.#slotOf(item.handle);
            else if (item.publicKey.length !== PUBLIC_KEY_BYTES)
                continue;
            if (item.signature.length === SIGNATURE_BYTES)
                fit.push(i);
        }
        // Even pieces: 130 items are better off as two batches of 65 than as 128 and 2.
        const size = Math.ceil(fit.length / Math.ceil(fit.length / BATCH_MAX));
        for (let from = 0; from < fit.length; from += size) {
            this.#piece(items, fit.slice(from, from + size), verdicts);
        }
        return verdicts;
    }
    /** Judges up to BATCH_MAX items of sound lengths. */
    #piece(items, chosen, verdicts) {
        if (!this.#worthBatching(items, chosen)) {
            for (const index of chosen) {
                this.#stageItem(0, items[index]);
                verdicts[index] = this.#wasm.verifyOne();
            }
            return;
        }
        const random = this.#random.subarray(0, chosen.length * COEFFICIENT_BYTES);
        crypto.getRandomValues(random);
        for (let i = 0; i < chosen.length; i++) {
            this.#stageItem(i, items[chosen[i]]);
            const coefficient = random.subarray(i * COEFFICIENT_BYTES, (i + 1) * COEFFICIENT_BYTES);
            // Zero would wave its item through; it comes up once in 2^128 times.
            if (coefficient[0] === 0 && coefficient.every((byte) => byte === 0))
                coefficient[0] = 1;
            this.#memory.set(coefficient, this.#inputs + i * RECORD_BYTES + RECORD_COEFFICIENT);
        }
        this.#wasm.verifyBatch(chosen.length);
        for (let i = 0; i < chosen.length; i++)
            verdicts[chosen[i]] = this.#memory[this.#verdicts + i];
    }
    #worthBatching(items, chosen) {
        if (chosen.length < 2)
            return false;
        const handles = new Set();
        for (const index of chosen) {
            const { handle } = items[index];
            if (handle === undefined)
                return true;
            handles.add(handle);
        }
        const batch = COST_BATCH + COST_BATCH_KEY * handles.size + COST_BATCH_ITEM * chosen.length;
        return batch < COST_SINGLE * chosen.length;
    }
    #stageItem(index, item) {
        if (item.handle === undefined)
            this.#stage(index, item.publicKey, -1, item.message, item.signature);
        else {
            const slot = item.handle % SLOTS_MAX;
            this.#stage(index, this.#preparedKeys[slot], slot, item.message, item.signature);
        }
    }
    /** Writes a record and takes its hash, the message in pieces as large as the arena. */
    #stage(index, publicKey, slot, message, signature) {
        const memory = this.#memory;
        const record = this.#inputs + index * RECORD_BYTES;
        memory.set(publicKey, record);
        memory.set(signature, record + RECORD_SIGNATURE);
        this.#words.setInt32(record + RECORD_SLOT, slot, true);
        if (message.length <= ARENA_BYTES) {
            memory.set(message, this.#arena);
            this.#wasm.hashStart(index, message.length);
        }
        else {
            this.#wasm.hashStart(index, 0);
            for (let from = 0; from < message.length; from += ARENA_BYTES) {
                const part = message.subarray(from, from + ARENA_BYTES);
                memory.set(part, this.#arena);
                this.#wasm.hashMore(part.length);
            }
        }
        this.#wasm.hashEnd(index);
    }
    #slotOf(handle) {
        const slot = handle % SLOTS_MAX;
        if (!(handle > 0) || this.#owners[slot] !== handle) {
            throw new Ed25519Error('handle', `not a prepared key: ${handle}`);
        }
        return slot;
    }
}
/** RFC 8032 §7.1, TEST 2 and TEST 3: public key, message, signature. */
const KNOWN = [
    [
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
            '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
        'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
        'af82',
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
            '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
];
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
/** Known answers, and their refusal once a bit is wrong, on each of the kernel's three paths. */
function selfTest(kernel, slots) {
    const items = KNOWN.map(([key, message, signature]) => ({
        publicKey: fromHex(key),
        message: fromHex(message),
        signature: fromHex(signature),
    }));
    const bad = { ...items[0], signature: items[0].signature.with(3, 0) };
    let sound = items.every((item) => kernel.verify(item.publicKey, item.message, item.signature));
    sound &&= !kernel.verify(bad.publicKey, bad.message, bad.signature);
    sound &&= kernel.verifyBatch([items[0], bad, items[1]]).join() === '1,0,1';
    if (slots > 0) {
        const handle = kernel.prepare(items[0].publicKey);
        sound &&= handle !== undefined;
        if (handle !== undefined) {
            sound &&= kernel.verifyPrepared(handle, items[0].message, items[0].signature);
            sound &&= !kernel.verifyPrepared(handle, bad.message, bad.signature);
            kernel.release(handle);
        }
    }
    if (!sound)
        throw new Ed25519Error('self-test', 'the Ed25519 kernel fails its known answers');
}
/**
 * Makes an instance with room for so many prepared keys and checks known answers. Takes a few milliseconds. Throws
 * `slots`; `self-test` if the module is not this kernel or computes something else.
 */
export function instantiateEd25519(module, options) {
    const { slots } = options;
    if (!Number.isInteger(slots) || slots < 0 || slots > SLOTS_MAX) {
        throw new Ed25519Error('slots', `a number of slots must be 0 to ${SLOTS_MAX}, not ${slots}`);
    }
    try {
        const kernel = new Kernel(new WebAssembly.Instance(module).exports, slots);
        selfTest(kernel, slots);
        return kernel;
    }
    catch (error) {
        if (error instanceof Ed25519Error)
            throw error;
        throw new Ed25519Error('self-test', 'the module is not the Ed25519 kernel', { cause: error });
    }
}
//# sourceMappingURL=ed25519.js.map