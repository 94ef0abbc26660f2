/**
 * What is notarised and what is final, worked out from all honest votes as nobody inside can: no round has two notarised
 * blocks, nobody honest takes for notarised what no quorum voted for, and nothing executes but what the rules finalise.
 */
import type { Batch } from '../core/batch.ts';
import { type ReplicaId, type Sequence, type View } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { StreamletMessage, StreamletRecord } from '../protocols/streamlet/messages.ts';
import { type Observer } from './observer.ts';
import type { Beginning } from './subject.ts';
export declare class StreamletChainChecker implements Observer<StreamletMessage, StreamletRecord> {
    #private;
    constructor(beginning: Beginning);
    attested(replica: ReplicaId, { message }: Attested<StreamletMessage>): void;
    persisted(replica: ReplicaId, record: StreamletRecord): void;
    executed(replica: ReplicaId, sequence: Sequence, round: View, batch: Batch): void;
}
//# sourceMappingURL=streamlet-chains.d.ts.map