/**
 * Where validator sets change: everybody who enters an epoch finds the same set there, and no epoch begins before a quorum
 * of the one before signed its last checkpoint. The protocol's own checkers follow: each epoch has its own, which know its
 * replicas by their numbers in it.
 */
import type { Batch } from '../core/batch.ts';
import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { AnyMessage, Attested, Machine } from '../core/machine.ts';
import { type ValidatorSet } from '../core/membership.ts';
import type { Cluster } from './cluster.ts';
import { type Observer } from './observer.ts';
import type { Subject } from './subject.ts';
export declare class SetChecker implements Observer {
    #private;
    constructor(subject: Subject, cluster: Cluster<AnyMessage, AnyMessage>);
    entered(member: number, set: ValidatorSet, base: Digest): void;
    sent(member: number, message: AnyMessage, to: ReplicaId | undefined): void;
    persisted(member: number, record: AnyMessage): void;
    attested(member: number, attested: Attested): void;
    executed(member: number, sequence: Sequence, view: View, batch: Batch, history: Digest): void;
    stable(member: number, sequence: Sequence, digest: Digest): void;
    viewChanged(member: number, view: View, active: boolean): void;
    crashed(member: number): void;
    restarted(member: number, machine: Machine<AnyMessage, AnyMessage>, records: readonly AnyMessage[]): void;
    stepped(member: number, machine: Machine<AnyMessage, AnyMessage>): void;
}
//# sourceMappingURL=set-checker.d.ts.map