/**
 * Small buffers out of a shared one: an ArrayBuffer of its own costs a vote more than all of its encoding. What is
 * given out is never given out again; a piece that is kept keeps its slab, so only what lives and dies together
 * with its neighbours (messages of a slot, frames of a turn) should come from one.
 */
/** Above this a buffer of its own is the better deal. */
const SHARE_BYTES = 1024;
const SLAB_BYTES = 16 << 10;
export class Slab {
    bytes = new Uint8Array(0);
    at = 0;
    /** `length` bytes of zeros. */
    take(length) {
        if (length > SHARE_BYTES)
            return new Uint8Array(length);
        if (this.bytes.length - this.at < length) {
            this.bytes = new Uint8Array(SLAB_BYTES);
            this.at = 0;
        }
        const from = this.at;
        this.at += length;
        return this.bytes.subarray(from, this.at);
    }
    /** A copy. */
    copy(source) {
        if (source.length > SHARE_BYTES)
            return source.slice();
        const out = this.take(source.length);
        out.set(source);
        return out;
    }
}
//# sourceMappingURL=slab.js.map