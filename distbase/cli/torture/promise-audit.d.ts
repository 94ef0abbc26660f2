/**
 * What validators promised, from their vote logs, for protocols whose promises are one vote a round or term: HotStuff,
 * Streamlet, Raft. Records come in the order in which the log has them; that one comes again is no fault.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { AnyMessage } from '../../core/machine.ts';
export interface LogAudit {
    readonly failures: readonly string[];
    /** Promises seen, each once. */
    readonly votes: number;
    add(id: ReplicaId, record: AnyMessage): void;
}
export declare class PromiseAudit implements LogAudit {
    readonly failures: string[];
    votes: number;
    private readonly read;
    private readonly ones;
    private readonly all;
    /** `protocol`: `hotstuff`, `streamlet` or `raft`. */
    constructor(protocol: string, n: number);
    add(id: ReplicaId, record: AnyMessage): void;
    private fail;
}
//# sourceMappingURL=promise-audit.d.ts.map