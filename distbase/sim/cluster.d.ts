/** A whole cluster in one object: n replicas, their clients, the network between them, and the clock of them all. */
import { type Delays } from '../core/delays.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Protocol, ProtocolParameters } from '../core/machine.ts';
import { type ValidatorSet } from '../core/membership.ts';
import { SeededRandom } from '../core/random.ts';
import { type LinkRule, Network } from './network.ts';
import { SimNode, type Wrap } from './node.ts';
import { type Observer } from './observer.ts';
import { type DriverParts } from './parts.ts';
import { type Fireable, Scheduler } from './scheduler.ts';
import { type SetChange, type Sets } from './sets.ts';
import { Clients } from './symbolic.ts';
import { Trace } from './trace.ts';
/** Makes the liar that stands in for a replica. */
export type AdversaryOf<M extends AnyMessage, R extends AnyMessage> = (setting: {
    readonly self: ReplicaId;
    readonly n: number;
    readonly random: SeededRandom;
    readonly clients: Clients;
}) => Wrap<M, R>;
export interface ClusterOptions<M extends AnyMessage, R extends AnyMessage> {
    readonly protocol: Protocol<M, R>;
    /** Default: all as they should be. */
    readonly parts?: DriverParts;
    readonly n: number;
    readonly seed: number;
    readonly rule?: LinkRule;
    /** Replicas that an adversary holds; at most f of them, or all bets are off. */
    readonly adversaries?: ReadonlyMap<ReplicaId, AdversaryOf<M, R>>;
    /** Replicas that run twice under one key; each twin has an address of its own, from n on, in this order. */
    readonly twins?: readonly ReplicaId[];
    /** Nodes beyond the first n that may join: validator sets can change. Default: none, and they cannot. */
    readonly joiners?: number;
    readonly observers?: readonly Observer<M, R>[];
    readonly checkpointInterval?: number;
    readonly window?: number;
    /** Transactions per batch. */
    readonly maxBatch?: number;
    /** Slots that a primary keeps in flight. */
    readonly pipeline?: number;
    /** Default: on. */
    readonly fastPath?: boolean;
    readonly timeoutFloorMs?: number;
    readonly timeoutCeilingMs?: number;
    readonly timeoutGrowth?: number;
    /** The protocol's own parameters. Default: its defaults. */
    readonly parameters?: ProtocolParameters;
    /** How far a batch's time may be from a replica's own, in ms. Default: any. */
    readonly driftMs?: number;
    /** How far the replicas are apart; a twin is where the other is. Default: next to each other. */
    readonly delays?: Delays | undefined;
    /** How long a state transfer waits for an answer before it asks another replica, in ms. */
    readonly transferRetryMs?: number;
    /** A client sends again what is not executed after this long, in ms; 0: never. */
    readonly clientRetryMs?: number;
    /** Keep a line for everything that happens. */
    readonly verbose?: boolean;
}
/** Defaults, ms: the longest time-out, until a client sends again, and until a state is asked for elsewhere. */
export declare const TIMEOUT_CEILING_MS = 1000;
export declare const CLIENT_RETRY_MS = 200;
export declare const TRANSFER_RETRY_MS = 20;
export declare class Cluster<M extends AnyMessage, R extends AnyMessage> implements Fireable {
    #private;
    readonly n: number;
    readonly seed: number;
    readonly scheduler: Scheduler;
    readonly random: SeededRandom;
    readonly network: Network;
    readonly clients: Clients;
    readonly trace: Trace;
    /** By address: the n replicas, then the twins. */
    readonly nodes: readonly SimNode<M, R>[];
    /** Numbers of the transactions that no f + 1 honest replicas have executed yet. */
    readonly outstanding: Set<number>;
    /** The validators of the genesis, where sets change. */
    readonly sets: Sets | undefined;
    constructor(options: ClusterOptions<M, R>);
    node(id: ReplicaId): SimNode<M, R>;
    get honest(): SimNode<M, R>[];
    get up(): SimNode<M, R>[];
    /** Clients issue `count` transactions and send them to these replicas, by default to all. */
    submit(count: number, to?: readonly ReplicaId[]): Uint8Array[];
    /** A client asks for a change of the validator set. */
    change(change: SetChange): void;
    /** The set of the latest epoch that anybody honest is in; undefined where sets do not change. */
    get latestSet(): ValidatorSet | undefined;
    /** Whether all honest replicas that are up, and in the latest set, executed everything that was submitted. */
    settled(): boolean;
    /** Runs until the predicate holds, at most `ms` of virtual time. Whether it held. */
    runUntil(holds: () => boolean, ms: number): boolean;
    /** Runs for `ms` of virtual time. */
    run(ms: number): void;
    crash(id: ReplicaId): void;
    /** Its connections close, as they do when a process ends; with `againMs` they come back after that time. */
    hangUp(id: ReplicaId, againMs?: number): void;
    restart(id: ReplicaId): void;
    partition(...groups: readonly (readonly ReplicaId[])[]): void;
    /** Cuts the network into two, by address: bit i of `side` says where address i is. */
    divide(side: number): void;
    /** Mends the network and starts whoever is down. */
    heal(rule?: LinkRule): void;
    /** A client that has no f + 1 replies yet sends again, to all. */
    fire(_tag: number, _payload: unknown): void;
}
//# sourceMappingURL=cluster.d.ts.map