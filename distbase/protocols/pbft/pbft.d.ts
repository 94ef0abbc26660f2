/** PBFT as a pure machine: what comes in, and which part of the protocol it belongs to. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Effects, Machine, MachineConfig, MachineEvent, MachineStatus, Protocol } from '../../core/machine.ts';
import { type PbftMessage, type PbftRecord } from './messages.ts';
import { type Rules } from './rules.ts';
import { State } from './state.ts';
type Out = Effects<PbftMessage, PbftRecord>;
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export declare class Pbft implements Machine<PbftMessage, PbftRecord> {
    protected readonly s: State;
    constructor(config: MachineConfig, log: Iterable<PbftRecord>, nowMs: number, out: Out, rules?: Rules);
    step(event: MachineEvent<PbftMessage>, nowMs: number, out: Out): void;
    private begin;
    private receive;
    private handle;
    /** Votes of an older view are dropped; those of a view that we have not entered wait for its NEW-VIEW. */
    private ofThisView;
    relevant(message: PbftMessage, from: ReplicaId): boolean;
    /** A vote beside its sender's earlier one, or beside what the primary assigned, may be evidence: that is always wanted. */
    private wantsPrepare;
    private wantsCommit;
    proposable(): boolean;
    status(): MachineStatus;
    liveRecords(): PbftRecord[];
}
/** Castro & Liskov's Practical Byzantine Fault Tolerance, in the form of TOCS 2002 §4 with signed view changes. */
export declare const pbft: Protocol<PbftMessage, PbftRecord>;
export {};
//# sourceMappingURL=pbft.d.ts.map