/** When the vote log begins anew: above a stable checkpoint whose state is on the disk. */
import type { Epoch } from '../core/ids.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { LedgerStore, VoteLog } from '../storage/interface.ts';
import type { Execution } from './execution.ts';
import type { ReplicaLimits, ReplicaLog } from './ports.ts';
export interface LogUpkeepOptions {
    readonly voteLog: VoteLog;
    readonly store: LedgerStore;
    readonly execution: Execution;
    readonly telemetry: Telemetry;
    readonly log: ReplicaLog;
    readonly limits: Pick<ReplicaLimits, 'logCompactBytes'>;
    /** The epoch whose promises we make; undefined where we make none, and the log is left alone. */
    readonly epoch: () => Epoch | undefined;
    /** The last stable checkpoint. */
    readonly stable: () => number;
    /** What of the log is still binding, or still of use, as bytes. */
    readonly live: () => Uint8Array[];
}
export declare class LogUpkeep {
    private readonly o;
    /** Bytes of the log when it was begun anew. */
    private beganWith;
    constructor(options: LogUpkeepOptions);
    /**
     * A checkpoint became stable. A restart executes the log again, so it is short; but to save a large state costs as much as
     * a log of its size. What a new log begins with, the slots above the checkpoint, is no reason for the next one.
     */
    stable(): void;
    /**
     * The state of the last stable checkpoint goes to the disk, and the log starts anew above that very checkpoint: with an
     * older state on the disk the slots between the two would be in neither. Where the disk is too full for the state, the
     * long log is as good.
     */
    compact(): void;
    private replace;
}
//# sourceMappingURL=log-upkeep.d.ts.map