/**
 * The folder of a local cluster:
 *
 *   genesis.json       the chain
 *   cluster.json       `{ "version": 1, "validators": ["ws://127.0.0.1:7100", …] }`, by id
 *   client-keys.json   a client's key pairs, for trying things out; the ledger of the genesis has money for them
 *   v0/ v1/ …          a validator's home each, those of validators that joined later among them: see cluster-members.ts
 */
import { type Delays } from '../core/delays.ts';
import type { AuthSetting, Genesis, GenesisParameters, HashName } from '../core/genesis.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import type { MemberId } from '../core/membership.ts';
import { type Config } from './config.ts';
export interface ClusterOptions {
    /** New or empty. */
    readonly folder: string;
    /** Default 4. */
    readonly validators?: number;
    readonly protocol?: string;
    /** Those of the protocol's own parameters that are to differ from its defaults. */
    readonly protocolParameters?: ProtocolParameters;
    readonly auth?: AuthSetting;
    readonly hash?: HashName;
    readonly app?: string;
    readonly appParams?: Readonly<Record<string, unknown>>;
    readonly parameters?: Partial<GenesisParameters>;
    /** What becomes of a convicted validator. Default: `report`. */
    readonly onEvidence?: 'report' | 'remove';
    /** Validator i listens on port + i. Default: ports that are free now. */
    readonly port?: number;
    /** What validator `from` dials for validator `to`, whose address is `url`. Default: that address. */
    readonly through?: (from: number, to: number, url: string) => Promise<string>;
    /** Distances between the validators. */
    readonly delays?: Delays | undefined;
    /** What differs from the defaults in every validator's config. */
    readonly config?: Partial<Omit<Config, 'listen' | 'peers'>>;
}
/** A cluster's folder, read. */
export interface ClusterFolder {
    readonly folder: string;
    readonly genesis: Genesis;
    /** `ws://127.0.0.1:port` by id. */
    readonly urls: readonly string[];
    /** Homes by id, and what their validators are called. */
    readonly homes: readonly string[];
    readonly names: readonly string[];
    /** Their numbers on the chain. */
    readonly memberIds: readonly MemberId[];
    readonly clientKeys: string;
}
/** Whether a folder holds a cluster that `openClusterFolder` would take. */
export declare function holdsCluster(folder: string): boolean;
/** Makes keys, genesis and homes. Throws `home-not-empty`, `bad-genesis`, `bad-config`. */
export declare function makeClusterFolder(options: ClusterOptions): Promise<ClusterFolder>;
/** Reads a cluster's folder. Throws `home-missing`, `bad-config`, `bad-genesis`. */
export declare function openClusterFolder(folder: string): ClusterFolder;
/** Removes a cluster's folder with all its data. */
export declare function removeClusterFolder(folder: string): void;
//# sourceMappingURL=cluster-homes.d.ts.map