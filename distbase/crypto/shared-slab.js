/**
 * Where frames are kept that hold signatures for the pool: memory that all its threads map, so that an item whose bytes
 * lie in it is handed over as an offset.
 *
 * Nobody says when a vote is forgotten but the garbage collector, and shared memory that was written anew under one
 * would be a vote forged by ourselves. So each arena of the slab is lent out through a JavaScript object of its own
 * for the one memory: every view keeps that object, and an arena is written again once the collector has taken it.
 * Where all arenas are lent out, bytes stay in ordinary memory and are copied when they are handed over.
 */
import { MAX_SHARED_FRAME_BYTES, SHARED_SLAB_ARENAS } from '../core/limits.js';
import { sharedSet } from './shared-copy.js';
const ARENA_BYTES = MAX_SHARED_FRAME_BYTES;
export class SharedSlab {
    /** For the threads. */
    memory = new SharedArrayBuffer(SHARED_SLAB_ARENAS * ARENA_BYTES);
    #free = Array.from({ length: SHARED_SLAB_ARENAS }, (_, arena) => arena);
    #lent = new WeakSet();
    #returned = new FinalizationRegistry((arena) => this.#free.push(arena));
    /** What the arena in use is lent out through, and the buffer seen last: mostly the same for item after item. */
    #lender;
    #seen;
    #at = 0;
    #end = 0;
    /** A copy that stays as long as any view of it is kept; undefined where there is no room. */
    copy(source) {
        const { length } = source;
        if (this.#end - this.#at < length && !this.#next(length))
            return undefined;
        const out = new Uint8Array(this.#lender, this.#at, length);
        sharedSet(out, source, 0);
        this.#at += (length + 7) & -8;
        return out;
    }
    /** Where in `memory` these bytes are, or −1 where they are somewhere else. */
    offsetOf(bytes) {
        const { buffer } = bytes;
        if (buffer !== this.#seen) {
            if (!this.#lent.has(buffer))
                return -1;
            this.#seen = buffer;
        }
        return bytes.byteOffset;
    }
    #next(length) {
        // Held here, neither would ever be collected.
        this.#lender = undefined;
        this.#seen = undefined;
        this.#at = this.#end = 0;
        if (length > ARENA_BYTES)
            return false;
        const arena = this.#free.shift();
        if (arena === undefined)
            return false;
        const lender = structuredClone(this.memory);
        this.#lent.add(lender);
        this.#returned.register(lender, arena);
        this.#lender = lender;
        this.#at = arena * ARENA_BYTES;
        this.#end = this.#at + ARENA_BYTES;
        return true;
    }
}
//# sourceMappingURL=shared-slab.js.map