/** Streamlet as a pure machine: what comes in, and which part of the protocol it belongs to. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Effects, Machine, MachineConfig, MachineEvent, MachineStatus, Protocol } from '../../core/machine.ts';
import { type StreamletMessage, type StreamletRecord } from './messages.ts';
import { type Rules } from './rules.ts';
import { State } from './state.ts';
type Out = Effects<StreamletMessage, StreamletRecord>;
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export declare class Streamlet implements Machine<StreamletMessage, StreamletRecord> {
    protected readonly s: State;
    constructor(config: MachineConfig, log: Iterable<StreamletRecord>, nowMs: number, out: Out, rules?: Rules);
    step(event: MachineEvent<StreamletMessage>, nowMs: number, out: Out): void;
    private begin;
    private receive;
    relevant(message: StreamletMessage, from: ReplicaId): boolean;
    proposable(): boolean;
    status(): MachineStatus;
    liveRecords(): StreamletRecord[];
}
/** Chan & Shi's Streamlet, in its partially synchronous form (AFT 2020, §3). */
export declare const streamlet: Protocol<StreamletMessage, StreamletRecord>;
export {};
//# sourceMappingURL=streamlet.d.ts.map