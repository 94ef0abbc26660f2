/**
 * Linearizable reads: whenever a machine says that its executed state may be read, that state has every slot that anybody
 * has executed, since whoever executed it may have told a client so. Asked of every replica at every step of its own, and
 * of all of them whenever one executes what nobody had executed before.
 */
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { Cluster } from './cluster.ts';
import { type Observer } from './observer.ts';
export declare class ReadChecker<M extends AnyMessage, R extends AnyMessage> implements Observer<M, R> {
    #private;
    /** Times that a read was possible, of those that were looked at. */
    readable: number;
    constructor(cluster: Cluster<M, R>);
    executed(_replica: ReplicaId, sequence: Sequence): void;
    stepped(replica: ReplicaId): void;
}
//# sourceMappingURL=read-checker.d.ts.map