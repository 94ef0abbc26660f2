/** The book-keeping of prepared keys: which part of the kernel's memory belongs to which handle. */
import { MlDsa87Error } from './mldsa87-api.js';
/** Bound on slots of a kind: keeps all of them within 32-bit addresses, and an index within a handle. */
const SLOTS_MAX = 4096;
/** Hands out the slots of one kind. A handle is generation · SLOTS_MAX + index, so that a stale one is recognised. */
export class Slots {
    #base;
    #bytes;
    #kind;
    /** The handle that owns each slot, or 0. */
    #owners;
    #next = 0;
    used = 0;
    constructor(kind, base, bytes, count, firstGeneration) {
        this.#kind = kind;
        this.#base = base;
        this.#bytes = bytes;
        this.#owners = new Float64Array(count);
        this.#next = firstGeneration;
    }
    get bytes() {
        return this.#bytes;
    }
    /** The address of a handle's slot, or −1. */
    find(handle) {
        const index = handle % SLOTS_MAX;
        return handle > 0 && this.#owners[index] === handle ? this.#base + index * this.#bytes : -1;
    }
    address(handle) {
        const address = this.find(handle);
        if (address < 0)
            throw new MlDsa87Error('handle', `not a prepared ${this.#kind} key: ${handle}`);
        return address;
    }
    take() {
        const index = this.#owners.indexOf(0);
        if (index < 0) {
            throw new MlDsa87Error('slots', `all ${this.#owners.length} slots for ${this.#kind} keys are taken`);
        }
        // Public and secret keys count generations by turns, so that no handle belongs to both.
        const handle = this.#next * SLOTS_MAX + index;
        this.#next += 2;
        this.#owners[index] = handle;
        this.used++;
        return handle;
    }
    free(handle) {
        this.#owners[handle % SLOTS_MAX] = 0;
        this.used--;
    }
}
export function slotCount(value, otherwise) {
    const count = value ?? otherwise;
    if (!Number.isInteger(count) || count < 0 || count > SLOTS_MAX) {
        throw new MlDsa87Error('slots', `a number of slots must be 0 to ${SLOTS_MAX}, not ${count}`);
    }
    return count;
}
//# sourceMappingURL=mldsa87-slots.js.map