/**
 * No honest PBFT replica contradicts itself, crashes or not: what it says follows from its log, and it never says two
 * things where one is allowed. It runs over 150 lines because each rule needs the same picture of the log.
 */
import { type ReplicaId } from '../core/ids.ts';
import type { Attested, Machine } from '../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type Observer } from './observer.ts';
export declare class PbftChecker implements Observer<PbftMessage, PbftRecord> {
    #private;
    persisted(replica: ReplicaId, record: PbftRecord): void;
    restarted(replica: ReplicaId, machine: Machine<PbftMessage, PbftRecord>, records: readonly PbftRecord[]): void;
    sent(replica: ReplicaId, message: PbftMessage): void;
    attested(replica: ReplicaId, { message }: Attested<PbftMessage>): void;
}
//# sourceMappingURL=pbft-checker.d.ts.map