/**
 * What a replica believes for good must be backed by as many as the protocol asks for: nobody honest executes a batch
 * that no quorum committed, holds a checkpoint that no quorum signed, or enters a view that no quorum asked for. A
 * replica that counts wrongly is caught at its first wrong count, long before two of them disagree.
 */
import type { Batch } from '../core/batch.ts';
import type { ReplicaId, Sequence, View } from '../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type Observer } from './observer.ts';
export declare class PbftQuorumChecker implements Observer<PbftMessage, PbftRecord> {
    #private;
    /** `n`: replicas of the cluster. Those that never start as honest ones may have voted for anything. */
    constructor(n: number);
    restarted(replica: ReplicaId): void;
    persisted(replica: ReplicaId, record: PbftRecord): void;
    executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch): void;
}
//# sourceMappingURL=pbft-quorum-checker.d.ts.map