/**
 * One simulated replica: drives a machine as the production driver does, with virtual time for the clock, tokens for
 * signatures, and an array for the vote log. It runs over 150 lines because the effects have to be handled in one
 * place, in order, with a possible crash between any two.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Effect, Machine, MachineConfig, MachineEvent, Protocol } from '../core/machine.ts';
import { type ValidatorSet } from '../core/membership.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Disk } from './disk.ts';
import { Host } from './host.ts';
import { type Ledger, type LedgerEntry } from './ledger.ts';
import { Mempool } from './mempool.ts';
import type { Network } from './network.ts';
import { type Hooks } from './observer.ts';
import type { DriverParts } from './parts.ts';
import type { Fireable, Scheduler } from './scheduler.ts';
import { type Clients, type SymbolicVerifier } from './symbolic.ts';
import type { Trace } from './trace.ts';
/** Tags of what is addressed to a node. */
export declare const TAG: {
    readonly message: 0;
    readonly submission: 1;
    readonly stateRequest: 2;
    readonly stateReply: 3;
    readonly timer: 4;
    readonly transferRetry: 5;
    readonly connected: 6;
    readonly resume: 7;
    readonly disconnected: 8;
    readonly epochQuestion: 9;
    readonly epochProofs: 10;
    readonly epochGrace: 11;
    readonly epochPoll: 12;
};
/** What all nodes of one run share. */
export interface World<M extends AnyMessage, R extends AnyMessage> {
    readonly protocol: Protocol<M, R>;
    readonly scheduler: Scheduler;
    readonly network: Network;
    readonly clients: Clients;
    readonly verifier: SymbolicVerifier;
    readonly hooks: Hooks<M, R>;
    readonly trace: Trace;
    readonly parts: DriverParts;
    /** Transactions per batch, and slots that a primary keeps in flight. */
    readonly maxBatch: number;
    readonly pipeline: number;
    /** Addresses of each replica on the network: more than one where it has a twin. */
    readonly ports: readonly (readonly number[])[];
    /** How far a batch's time may be from a replica's own, in ms. */
    readonly driftMs: number;
    /** How long a state transfer waits for an answer before it asks another replica, in ms. */
    readonly transferRetryMs: number;
    /** The state before the first slot; with validator sets in it, they can change. */
    readonly genesis: LedgerEntry;
}
/** Stands between a node and its machine; an adversary returns a machine that lies. */
export type Wrap<M extends AnyMessage, R extends AnyMessage> = (machine: Machine<M, R>) => Machine<M, R>;
/**
 * Asked before every effect, and before every single packet of a broadcast (with its receiver); true: the replica
 * crashes there and then.
 */
export type Tripwire<M extends AnyMessage, R> = (effect: Effect<M, R>, to: ReplicaId | undefined) => boolean;
/** Where a replica runs, and in whose hands it is. */
export interface Placement<M extends AnyMessage, R extends AnyMessage> {
    /** Its address on the network. */
    readonly port: number;
    readonly wrap?: Wrap<M, R> | undefined;
    /** Where sets change: the same for each epoch, with its number there and how many they are. */
    readonly wrapAt?: ((self: ReplicaId, n: number) => Wrap<M, R>) | undefined;
    /** False: checkers do not look at it. Default: whether it is not wrapped. */
    readonly honest?: boolean;
}
export declare class SimNode<M extends AnyMessage, R extends AnyMessage> implements Fireable {
    #private;
    /** Its number in the genesis; where sets change, its member number. */
    readonly id: ReplicaId;
    readonly port: number;
    /** The present epoch's. */
    config: MachineConfig;
    /** Where sets change: the one that it follows. */
    set: ValidatorSet | undefined;
    /** It runs, and is in no set. */
    standby: boolean;
    readonly host: Host;
    readonly disk: Disk<R>;
    readonly ledger: Ledger;
    /** False: checkers do not look at it. */
    readonly honest: boolean;
    /** Undefined while the replica is down. */
    machine: Machine<M, R> | undefined;
    mempool: Mempool;
    tripwire: Tripwire<M, R> | undefined;
    /** Its log was found damaged: what it promised is forgotten, so it takes no part any more. */
    retired: boolean;
    /** What it gives to who asks for its state, where that is not the truth. */
    corrupt: ((state: LedgerEntry) => LedgerEntry) | undefined;
    /** Messages that `relevant` spared, and those whose signature did not hold. */
    skipped: number;
    forged: number;
    constructor(world: World<M, R>, config: MachineConfig, random: SeededRandom, { port, wrap, wrapAt, honest }: Placement<M, R>);
    get up(): boolean;
    /** Whether a query that comes now would be answered from this state as if it were ordered. */
    get readable(): boolean;
    /** Starts, or starts again: the machine reads its log, the state comes from the newest snapshot. */
    start(): void;
    /** Loses everything but the disk. */
    crash(): void;
    /** Hands the machine an event, and does what it asks for until nothing is left to do. */
    feed(event: MachineEvent<M>): void;
    fire(tag: number, payload: unknown): void;
    /** Takes transactions from clients or from another replica. */
    submit(transactions: readonly Uint8Array[]): void;
}
//# sourceMappingURL=node.d.ts.map