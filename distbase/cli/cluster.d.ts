/** A cluster of real processes on the loopback: what `testnet`, `demo`, `bench` and the integration tests drive. */
import type { Genesis } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { StatusDocument } from '../ops/status.ts';
import { type ChildExit } from './child.ts';
import { type ClusterFolder, type ClusterOptions } from './cluster-homes.ts';
export type { ClusterOptions } from './cluster-homes.ts';
/** `http://host:port` of a validator's `ws://host:port`. */
export declare const httpUrl: (url: string) => string;
/** Fetches a validator's status. Throws `not-connected` where it does not answer in `timeoutMs`. */
export declare function fetchStatus(url: string, timeoutMs?: number): Promise<StatusDocument>;
export declare class LocalCluster {
    #private;
    /** Called when a validator ends that nobody told to. It stays down. */
    onDeath: (id: ReplicaId, exit: ChildExit) => void;
    /** Further arguments of Node for the validators, such as `--cpu-prof`. */
    nodeArguments: readonly string[];
    /** Further variables of the environment for the validators. */
    environment: Readonly<Record<string, string>>;
    private constructor();
    /** Makes a new cluster's folder. Starts nothing. Throws `home-not-empty`, `bad-genesis`. */
    static make(options: ClusterOptions): Promise<LocalCluster>;
    /** Opens a folder that `make` made, with its data. Starts nothing. Throws `home-missing`, `bad-config`. */
    static open(folder: string): LocalCluster;
    /** The validators of a folder that was opened, or a choice of them. Starts nothing. */
    static of(folder: ClusterFolder): LocalCluster;
    get folder(): string;
    get genesis(): Genesis;
    /** `ws://127.0.0.1:port` by id. */
    get urls(): readonly string[];
    get homes(): readonly string[];
    get names(): readonly string[];
    /** File with key pairs for a client. */
    get clientKeys(): string;
    get size(): number;
    pid(id: ReplicaId): number | undefined;
    alive(id: ReplicaId): boolean;
    /** Starts every validator that is not running. Does not wait: see `waitReady`. */
    start(): void;
    /**
     * Resolves when every running validator is ready and connected to every other running one. Rejects with
     * `internal` where one of them ends, and with `timeout` after `timeoutMs`.
     */
    waitReady(timeoutMs?: number): Promise<void>;
    /** Sends a signal and, for one that ends it, waits for the end. SIGSTOP and SIGCONT return at once. */
    kill(id: ReplicaId, signal?: NodeJS.Signals): Promise<void>;
    /** Starts a validator that is down, on the data that it left. Does not wait. */
    restart(id: ReplicaId): void;
    /** The status of one validator. Throws `not-connected`. */
    status(id: ReplicaId): Promise<StatusDocument>;
    /** Why a validator does not vote at present, or `ok`; of one that does not answer, why not. */
    readiness(id: ReplicaId, timeoutMs?: number): Promise<string>;
    /** Whether a validator votes and has caught up, by its own word. */
    isReady(id: ReplicaId): Promise<boolean>;
    /** Stops all validators; those that do not end in time are killed. The data stays. */
    stop(): Promise<void>;
    /** Stops all validators and removes the folder. */
    remove(): Promise<void>;
}
//# sourceMappingURL=cluster.d.ts.map