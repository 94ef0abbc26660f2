/** Keys, genesis and clients of runs with real cryptography: all from seeds, made once per setting. */
import type { AuthSetting, Chain, GenesisParameters } from '../../core/genesis.ts';
import { type Authenticator } from '../../crypto/authenticator.ts';
import { type Hasher } from '../../crypto/hash.ts';
import type { Verifier } from '../../crypto/interface.ts';
/** What all runs under one setting share. */
export interface RealSetting {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly verifier: Verifier;
    readonly authenticators: readonly Authenticator[];
    /** A signed transaction that puts a key of its own; number from 1 on. */
    transaction(number: number): Uint8Array;
    /** The query that asks for what transaction `number` put. */
    query(number: number): Uint8Array;
}
export declare function realSetting(auth: AuthSetting, n: number, parameters?: Partial<GenesisParameters>): Promise<RealSetting>;
//# sourceMappingURL=chain.d.ts.map