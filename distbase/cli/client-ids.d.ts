import type { Digest } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Identity } from '../crypto/keys.ts';
/** What a chain's applications know the holder of these keys as: an id per signature suite. */
export declare function clientIds(identity: Identity, hasher: Hasher): {
    ed25519: Digest;
    mlDsa87: Digest;
};
//# sourceMappingURL=client-ids.d.ts.map