/**
 * A validator's home:
 *
 *   config.yaml    its own settings
 *   genesis.json   what all validators agree on
 *   keys.json      its secret keys, mode 600
 *   data/          votes/, the segments of the vote log; votes.mark, its witness; snapshots/; store/
 *   lock           there while a process has the home
 */
import type { Chain, Genesis } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import { type Hasher } from '../crypto/hash.ts';
import type { Identity } from '../crypto/keys.ts';
import type { Durability } from '../storage/interface.ts';
import { type Config } from './config.ts';
export interface HomePaths {
    readonly config: string;
    readonly genesis: string;
    readonly keys: string;
    readonly data: string;
    /** The folder of the vote log's segments. */
    readonly voteLog: string;
    /** The second place that knows how long the log is. */
    readonly logWitness: string;
    readonly snapshots: string;
    readonly store: string;
    /** What proves the validator sets after the genesis. */
    readonly epochs: string;
    /** The keys of a rotation, until the set knows them. */
    readonly nextKeys: string;
}
/** Everything of a home, checked. */
export interface Home {
    readonly dir: string;
    readonly paths: HomePaths;
    readonly config: Config;
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly identity: Identity;
    /** Our place in the genesis; undefined where our keys are not in it: we join, or rotated. */
    readonly self: ReplicaId | undefined;
    /** For logs: our name in the genesis, else the one that we joined under. */
    readonly name: string;
    /** Every genesis validator's URL by id (`ws://host:port`, no path), our own included; empty where it is not given. */
    readonly urls: readonly string[];
    /** Where we listen, for others on this machine. */
    readonly url: string;
}
export declare function homePaths(dir: string): HomePaths;
/** Where somebody on this machine reaches what listens there. */
export declare function localUrl({ host, port }: Config['listen']): string;
/** Throws `home-missing` unless `dir` is a validator's home. */
export declare function requireHome(dir: string): void;
/** Reads and checks a home. Throws `home-missing`, `bad-config`, `bad-genesis`, `bad-key`. Changes nothing. */
export declare function loadHome(dir: string): Promise<Home>;
/** The name of a validator of the genesis whose keys are others by now. */
export declare function joinedName(data: string): string;
export interface NewHome {
    readonly dir: string;
    readonly config: Config;
    readonly genesis: Genesis;
    readonly identity: Identity;
}
/**
 * Makes a home with an empty vote log, in a folder that is new or empty. A log that is missing later was lost, and
 * a validator that lost it must not start as if it had promised nothing. Throws `home-not-empty`, `bad-genesis`.
 */
export declare function createHome({ dir, config, genesis, identity }: NewHome): Promise<void>;
/** Makes an empty vote log, where there is none. */
export declare function emptyLog(paths: HomePaths, chain: Chain, durability: Durability): void;
//# sourceMappingURL=home.d.ts.map