/** Properties that hold in every run of every protocol, whatever its faults. Each throws a `Violation`. */
import type { Batch } from '../core/batch.ts';
import { type Digest, type ReplicaId, type Sequence, type View } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import { type Observer } from './observer.ts';
import type { Clients } from './symbolic.ts';
/** Agreement: no two honest replicas execute different batches, or reach different histories, at one sequence. */
export declare class AgreementChecker implements Observer {
    #private;
    executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch, history: Digest): void;
}
/** Certified checkpoints: one digest per sequence, and the one that execution gave. */
export declare class CheckpointChecker implements Observer {
    #private;
    executed(_replica: ReplicaId, sequence: Sequence, _view: View, _batch: Batch, history: Digest): void;
    stable(replica: ReplicaId, sequence: Sequence, digest: Digest): void;
}
/** Validity: only what clients submitted is executed. (That a second copy has no effect is the ledger's doing.) */
export declare class ValidityChecker implements Observer {
    #private;
    constructor(clients: Clients);
    executed(replica: ReplicaId, sequence: Sequence, _view: View, batch: Batch): void;
}
/** A replica's view never goes back, restarts included; where all is well it does not change at all. */
export declare class ViewChecker implements Observer {
    #private;
    /** Whether a change of view is allowed: turn on before the first fault. */
    changesAllowed: boolean;
    /** The highest view seen so far, and the number of changes to a later one. */
    highest: View;
    changes: number;
    constructor(changesAllowed: boolean);
    viewChanged(replica: ReplicaId, view: View, _active: boolean): void;
    /** What it knew of a view without having promised anything in it, a crash may take away. */
    restarted(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void;
}
//# sourceMappingURL=checkers.d.ts.map