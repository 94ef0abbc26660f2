/**
 * Whether somebody with our own keys answers where others would dial us. Asked before we listen: then it is another
 * process, by the proof of a handshake.
 */
import type { Chain } from '../core/genesis.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { Identity } from '../crypto/keys.ts';
export interface OwnAddress {
    readonly chain: Chain;
    readonly identity: Identity;
    /** `ws://host:port`. */
    readonly url: string;
    readonly verifier: Verifier;
}
/** True only where the one who answers proves to hold our keys. Throws nothing. */
export declare function answersAsUs({ chain, identity, url, verifier }: OwnAddress): Promise<boolean>;
//# sourceMappingURL=own-address.d.ts.map