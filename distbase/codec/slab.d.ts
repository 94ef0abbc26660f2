/**
 * Small buffers out of a shared one: an ArrayBuffer of its own costs a vote more than all of its encoding. What is
 * given out is never given out again; a piece that is kept keeps its slab, so only what lives and dies together
 * with its neighbours (messages of a slot, frames of a turn) should come from one.
 */
export declare class Slab {
    private bytes;
    private at;
    /** `length` bytes of zeros. */
    take(length: number): Uint8Array;
    /** A copy. */
    copy(source: Uint8Array): Uint8Array;
}
//# sourceMappingURL=slab.d.ts.map