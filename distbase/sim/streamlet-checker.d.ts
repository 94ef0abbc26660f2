/**
 * No honest Streamlet replica contradicts itself, crashes or not: one vote and one proposal a round, never back to an
 * earlier round or to a shorter chain, and nothing that its log does not hold.
 */
import { type ReplicaId } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { StreamletMessage, StreamletRecord } from '../protocols/streamlet/messages.ts';
import { type Observer } from './observer.ts';
export declare class StreamletChecker implements Observer<StreamletMessage, StreamletRecord> {
    #private;
    persisted(replica: ReplicaId, record: StreamletRecord): void;
    restarted(replica: ReplicaId, _machine: unknown, records: readonly StreamletRecord[]): void;
    attested(replica: ReplicaId, { message }: Attested<StreamletMessage>): void;
}
//# sourceMappingURL=streamlet-checker.d.ts.map