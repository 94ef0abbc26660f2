/**
 * No honest HotStuff replica contradicts itself, crashes or not: one vote a round, never against its lock, never in a view
 * that it has left, and none for what its log does not hold. And under two chains no new leader speaks before it has
 * waited. What a replica is locked on is worked out here anew, by the rules as they should be.
 */
import { type ReplicaId } from '../../core/ids.ts';
import type { Attested, Machine } from '../../core/machine.ts';
import type { HotstuffMessage, HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import { type Observer } from '../observer.ts';
import type { Beginning } from '../subject.ts';
export declare class HotstuffPromiseChecker implements Observer<HotstuffMessage, HotstuffRecord> {
    #private;
    constructor(beginning: Beginning);
    restarted(replica: ReplicaId, machine: Machine<HotstuffMessage, HotstuffRecord>, records: readonly HotstuffRecord[]): void;
    persisted(replica: ReplicaId, record: HotstuffRecord): void;
    attested(replica: ReplicaId, { message }: Attested<HotstuffMessage>): void;
    stepped(replica: ReplicaId, machine: Machine<HotstuffMessage, HotstuffRecord>): void;
}
//# sourceMappingURL=promises.d.ts.map