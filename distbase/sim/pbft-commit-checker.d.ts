/**
 * The heart of PBFT's proof, watched directly: once a batch committed at a slot, no honest replica votes for another
 * one there in a later view. A fork needs more luck than a breach of this, so it is seen long before one.
 */
import type { Batch } from '../core/batch.ts';
import type { ReplicaId, Sequence, View } from '../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type Observer } from './observer.ts';
export declare class PbftCommitChecker implements Observer<PbftMessage, PbftRecord> {
    #private;
    executed(_replica: ReplicaId, sequence: Sequence, _view: View, batch: Batch): void;
    sent(_replica: ReplicaId, message: PbftMessage): void;
}
//# sourceMappingURL=pbft-commit-checker.d.ts.map