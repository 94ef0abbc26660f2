/** The chain that a file is checked against: of a genesis alone, or of a home. */
import { LockstepError } from '../core/errors.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { holdsCluster, openClusterFolder } from './cluster-homes.js';
import { readGenesis } from './genesis.js';
import { loadHome } from './home.js';
/** Throws `bad-flag` where neither is given, and what reading them is found guilty of. */
export async function chainFor(command, home, genesis) {
    if (genesis !== undefined) {
        const read = readGenesis(genesis);
        const hasher = await createHasher(read.hash);
        return { chain: chainOf(read, hasher), hasher };
    }
    if (home === undefined) {
        throw new LockstepError('bad-flag', `lockstep ${command} needs the genesis: --genesis FILE, or --home DIR`);
    }
    return loadHome(holdsCluster(home) ? openClusterFolder(home).homes[0] : home);
}
//# sourceMappingURL=chain-for.js.map