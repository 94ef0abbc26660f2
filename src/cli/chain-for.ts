/** The chain that a file is checked against: of a genesis alone, or of a home. */

import { LockstepError } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher, type Hasher } from '../crypto/hash.ts';
import { holdsCluster, openClusterFolder } from './cluster-homes.ts';
import { readGenesis } from './genesis.ts';
import { loadHome } from './home.ts';

/** Throws `bad-flag` where neither is given, and what reading them is found guilty of. */
export async function chainFor(
  command: string,
  home: string | undefined,
  genesis: string | undefined,
): Promise<{ chain: Chain; hasher: Hasher }> {
  if (genesis !== undefined) {
    const read = readGenesis(genesis);
    const hasher = await createHasher(read.hash);
    return { chain: chainOf(read, hasher), hasher };
  }
  if (home === undefined) {
    throw new LockstepError(
      'bad-flag',
      `lockstep ${command} needs the genesis: --genesis FILE, or --home DIR`,
    );
  }
  return loadHome(holdsCluster(home) ? openClusterFolder(home).homes[0]! : home);
}
