/** Remembers the paths of keys used lately: a command reads and writes the same few keys, and a path is a hash. */
import { bytesEqual } from '../core/bytes.js';
/** Keys remembered, each in the one slot that it maps to: about 1.5 MiB when full. A power of two. */
const SLOTS = 4096;
/** The end of a key tells keys apart better than its beginning. */
const SAMPLED_BYTES = 12;
function slotOf(key) {
    let hash = key.length;
    for (let i = Math.max(0, key.length - SAMPLED_BYTES); i < key.length; i++) {
        hash = Math.imul(hash ^ key[i], 0x01000193);
    }
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
}
export class PathCache {
    keys = new Array(SLOTS).fill(undefined);
    paths = new Array(SLOTS).fill(undefined);
    hasher;
    constructor(hasher) {
        this.hasher = hasher;
    }
    /** H('statePath', key). */
    pathOf(key) {
        const slot = slotOf(key);
        const known = this.keys[slot];
        if (known !== undefined && bytesEqual(known, key))
            return this.paths[slot];
        const path = this.hasher.hash('statePath', key);
        // A copy: the caller's key may be a view into something that is reused, or large.
        this.keys[slot] = Uint8Array.prototype.slice.call(key);
        this.paths[slot] = path;
        return path;
    }
}
//# sourceMappingURL=path-cache.js.map