/**
 * Where frames are kept that hold signatures for the pool: memory that all its threads map, so that an item whose bytes
 * lie in it is handed over as an offset.
 *
 * Nobody says when a vote is forgotten but the garbage collector, and shared memory that was written anew under one
 * would be a vote forged by ourselves. So each arena of the slab is lent out through a JavaScript object of its own
 * for the one memory: every view keeps that object, and an arena is written again once the collector has taken it.
 * Where all arenas are lent out, bytes stay in ordinary memory and are copied when they are handed over.
 */
export declare class SharedSlab {
    #private;
    /** For the threads. */
    readonly memory: SharedArrayBuffer;
    /** A copy that stays as long as any view of it is kept; undefined where there is no room. */
    copy(source: Uint8Array): Uint8Array | undefined;
    /** Where in `memory` these bytes are, or −1 where they are somewhere else. */
    offsetOf(bytes: Uint8Array): number;
}
//# sourceMappingURL=shared-slab.d.ts.map