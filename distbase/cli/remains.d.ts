/** What homes that stand still, or copies of them without their secret keys, hold of what their validators promised. */
import type { Chain, ValidatorInfo } from '../core/genesis.ts';
import type { Epoch, Sequence } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { type Hasher } from '../crypto/hash.ts';
import type { StoredCheckpoint, StoredSlot } from '../storage/interface.ts';
import { type HomePaths } from './home.ts';
export interface Remains {
    readonly dir: string;
    readonly paths: HomePaths;
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly keys: Pick<ValidatorInfo, 'ed25519' | 'mlDsa87'>;
}
/** The folders of these; of a local cluster's folder, the homes in it. */
export declare function homesAt(dirs: readonly string[]): string[];
/** Throws `bad-flag`, `bad-genesis`, `bad-key`, and `home-in-use` for one whose validator runs. */
export declare function readRemains(dir: string): Promise<Remains>;
/** Which member of the set it is; −1: none. */
export declare function placeOf({ keys }: Remains, set: ValidatorSet): number;
/** Whether its log was made anew without all that was promised. */
export declare function madeWithLoss({ paths }: Remains): boolean;
/** Why its log does not hold all that its validator promised; undefined: it does. */
export declare function forgetfulBecause({ paths, chain }: Remains, token: string): string | undefined;
/** The records of its log, and of what repairs and rejoins put aside, one list each, as far as they are whole. */
export declare function logsIn({ paths, chain }: Remains, epoch: Epoch): Uint8Array[][];
/** The certified checkpoint at this slot in its history. Throws `store-damaged`. */
export declare function checkpointIn(remains: Remains, sequence: Sequence): Promise<StoredCheckpoint | undefined>;
/** The executed slots of its history above `after` that are of this epoch. Throws `store-damaged`. */
export declare function executedIn(remains: Remains, after: Sequence, epoch: Epoch): Promise<StoredSlot[]>;
//# sourceMappingURL=remains.d.ts.map