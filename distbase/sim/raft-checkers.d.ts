/**
 * What holds of Raft in every run (figure 3 of the paper), watched from outside: by what replicas log and what they say.
 * Longer than most: two checkers and the mirror of a log that both look at.
 */
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Machine } from '../core/machine.ts';
import type { RaftMessage, RaftRecord } from '../protocols/raft/messages.ts';
import type { State } from '../protocols/raft/state.ts';
import { type Observer } from './observer.ts';
type RaftMachine = Machine<RaftMessage, RaftRecord>;
/** The state inside a machine that `raft.create` made. */
export declare function raftStateOf(machine: RaftMachine): {
    -readonly [K in keyof State]: State[K];
};
/**
 * Election Safety, and no contradiction with one's own log: one vote per term and replica, restarts or not; one leader
 * per term; nothing is answered that the log does not hold.
 */
export declare class RaftElectionChecker implements Observer<RaftMessage, RaftRecord> {
    #private;
    persisted(replica: ReplicaId, record: RaftRecord): void;
    restarted(replica: ReplicaId, machine: RaftMachine, records: readonly RaftRecord[]): void;
    sent(replica: ReplicaId, message: RaftMessage, to: ReplicaId | undefined): void;
}
/**
 * The rule that figure 8 is about: whoever executes a slot first leads a term of which a majority of the voters hold an
 * entry there or above.
 */
export declare class RaftCommitChecker implements Observer<RaftMessage, RaftRecord> {
    #private;
    persisted(replica: ReplicaId, record: RaftRecord): void;
    restarted(replica: ReplicaId, machine: RaftMachine, records: readonly RaftRecord[]): void;
    executed(replica: ReplicaId, sequence: Sequence): void;
}
export {};
//# sourceMappingURL=raft-checkers.d.ts.map