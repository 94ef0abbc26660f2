/** HotStuff as a pure machine: what comes in, and which part of the protocol it belongs to. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Certificate, Effects, Machine, MachineConfig, MachineEvent, MachineStatus, Protocol } from '../../core/machine.ts';
import { type HotstuffMessage, type HotstuffRecord } from './messages.ts';
import type { Rules } from './rules.ts';
import { State } from './state.ts';
type Out = Effects<HotstuffMessage, HotstuffRecord>;
/** The rule set that the genesis names. */
export declare function rulesOf({ parameters }: MachineConfig): Rules;
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export declare class Hotstuff implements Machine<HotstuffMessage, HotstuffRecord> {
    protected readonly s: State;
    constructor(config: MachineConfig, log: Iterable<HotstuffRecord>, nowMs: number, out: Out, rules?: Rules);
    step(event: MachineEvent<HotstuffMessage>, nowMs: number, out: Out): void;
    private begin;
    private handle;
    relevant(message: HotstuffMessage, from: ReplicaId): boolean;
    /** A vote beside its sender's earlier one may be evidence: that is always wanted. */
    private wantsVote;
    certified({ message }: Certificate<HotstuffMessage>): boolean;
    proposable(): boolean;
    drives(): boolean;
    status(): MachineStatus;
    liveRecords(): HotstuffRecord[];
}
/** HotStuff, event-driven and chained (Yin et al., PODC 2019), by the rules of three chains or of two (HotStuff-2). */
export declare const hotstuff: Protocol<HotstuffMessage, HotstuffRecord>;
export {};
//# sourceMappingURL=hotstuff.d.ts.map