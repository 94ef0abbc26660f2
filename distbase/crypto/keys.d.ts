/** A validator's identity: one key pair of each suite, and the JSON text that holds it. `keyfile.ts` does the files. */
import type { KeyPair } from './interface.ts';
/** The handshake uses both pairs, votes use what the chain's `auth` says. */
export interface Identity {
    readonly ed25519: KeyPair;
    readonly mlDsa87: KeyPair;
}
export declare function generateIdentity(): Promise<Identity>;
/** `{ version: 1, ed25519: { publicKey, secretKey }, mlDsa87: { … } }`, all keys in hex. Holds secrets. */
export declare function formatIdentity(identity: Identity): string;
/**
 * Reads what `formatIdentity` wrote. Throws `LockstepError('bad-key')`, whose message names the field and `where`
 * (a file's path) and never holds a key.
 */
export declare function parseIdentity(text: string, where?: string): Identity;
//# sourceMappingURL=keys.d.ts.map