/** Restarts validators of a local cluster that die, each with a back-off of its own. */
import type { ReplicaId } from '../core/ids.ts';
import type { LocalCluster } from './cluster.ts';
export interface Restart {
    readonly validator: ReplicaId;
    /** From its death until it was started again, and until it voted again, ms. */
    readonly downMs: number;
    readonly votingMs: number;
}
export declare class Supervisor {
    /** Those that vote again. */
    readonly restarts: Restart[];
    private readonly cluster;
    private readonly say;
    private readonly abandoned;
    private readonly bornMs;
    private readonly waitMs;
    private readonly timers;
    private stopped;
    /** `abandoned` is told of a validator that is left dead. Takes over the cluster's `onDeath`. */
    constructor(cluster: LocalCluster, say: (line: string) => void, abandoned: (id: ReplicaId) => void);
    /** Restarts nobody any more. */
    stop(): void;
    private died;
    /** Says when it votes again, unless it dies before. */
    private watch;
}
//# sourceMappingURL=supervisor.d.ts.map