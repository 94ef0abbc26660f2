/** The chain that a file is checked against: of a genesis alone, or of a home. */
import type { Chain } from '../core/genesis.ts';
import { type Hasher } from '../crypto/hash.ts';
/** Throws `bad-flag` where neither is given, and what reading them is found guilty of. */
export declare function chainFor(command: string, home: string | undefined, genesis: string | undefined): Promise<{
    chain: Chain;
    hasher: Hasher;
}>;
//# sourceMappingURL=chain-for.d.ts.map