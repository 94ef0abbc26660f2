/**
 * In place of a machine where we have no vote: in no set, or forgetful. It sends nothing. It counts the CHECKPOINTs of
 * the set, and where a quorum of them is ahead of us it asks for that state, so that queries are answered from a state
 * that is certified, if late. Any protocol's will do whose checkpoint message is `checkpoint` with `sequence` and `digest`.
 */
import type { Sequence } from '../core/ids.ts';
import type { AnyMessage, Effects, Machine, MachineConfig, MachineEvent, MachineStatus } from '../core/machine.ts';
export declare class Follower implements Machine<AnyMessage, AnyMessage> {
    private readonly config;
    private readonly needed;
    private readonly votes;
    private state;
    private askedMs;
    /** `needed` votes certify. `state`: the sequence of the state that we have. */
    constructor(config: MachineConfig, needed: number, state: Sequence);
    step(event: MachineEvent<AnyMessage>, nowMs: number, out: Effects<AnyMessage, AnyMessage>): void;
    relevant(message: AnyMessage): boolean;
    proposable(): boolean;
    liveRecords(): AnyMessage[];
    status(): MachineStatus;
    private count;
    private ask;
    /** The highest checkpoint above our state that enough of them signed alike. */
    private certificate;
}
//# sourceMappingURL=follower.d.ts.map