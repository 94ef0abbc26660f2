/**
 * Who of a local cluster's folder is a validator now: the set changes by transactions, and the homes of those that joined
 * lie beside those of the genesis. What the homes themselves know of it is asked, and nobody is started for that.
 */
import type { ValidatorSet } from '../core/membership.ts';
import { type ClusterFolder } from './cluster-homes.ts';
import { type Home } from './home.ts';
/** A home that is none of the set's, and why. */
export interface LeftAlone {
    readonly home: string;
    readonly why: string;
}
export interface Members {
    /** The homes of the present set, in its order. */
    readonly cluster: ClusterFolder;
    readonly set: ValidatorSet;
    /** Members of the set without a home in the folder. */
    readonly elsewhere: readonly string[];
    readonly alone: readonly LeftAlone[];
}
/** The latest set that any of these homes has a proof of. All are checked anew, from the genesis on. */
export declare function latestSet(homes: readonly Pick<Home, 'paths'>[], { chain, hasher }: Pick<Home, 'chain' | 'hasher'>): Promise<ValidatorSet>;
/** Throws `home-missing`, `bad-config`, `bad-genesis`, and of a home of the genesis what `loadHome` throws. */
export declare function openMembers(folder: string): Promise<Members>;
//# sourceMappingURL=cluster-members.d.ts.map