/** The Raft machine: dispatch, ticks, and what the driver asks between steps. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Effects, Machine, MachineConfig, MachineEvent, MachineStatus, Protocol } from '../../core/machine.ts';
import { type RaftMessage, type RaftRecord } from './messages.ts';
import { type Rules } from './rules.ts';
import { State } from './state.ts';
type Out = Effects<RaftMessage, RaftRecord>;
export declare const TICK = "tick";
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export declare class Raft implements Machine<RaftMessage, RaftRecord> {
    protected readonly s: State;
    constructor(config: MachineConfig, log: Iterable<RaftRecord>, nowMs: number, out: Out, rules?: Rules);
    step(event: MachineEvent<RaftMessage>, nowMs: number, out: Out): void;
    private begin;
    private receive;
    relevant(message: RaftMessage, from: ReplicaId): boolean;
    proposable(): boolean;
    status(): MachineStatus;
    readable(nowMs: number): boolean;
    liveRecords(): RaftRecord[];
}
/** Ongaro & Ousterhout's Raft (2014), with pre-vote and leader leases from Ongaro's dissertation. */
export declare const raft: Protocol<RaftMessage, RaftRecord>;
export {};
//# sourceMappingURL=raft.d.ts.map