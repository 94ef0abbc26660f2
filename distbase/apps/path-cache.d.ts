/** Remembers the paths of keys used lately: a command reads and writes the same few keys, and a path is a hash. */
import type { Hasher } from '../crypto/hash.ts';
export declare class PathCache {
    private readonly keys;
    private readonly paths;
    private readonly hasher;
    constructor(hasher: Hasher);
    /** H('statePath', key). */
    pathOf(key: Uint8Array): Uint8Array;
}
//# sourceMappingURL=path-cache.d.ts.map