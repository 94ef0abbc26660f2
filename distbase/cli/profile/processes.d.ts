/** What each process did per transaction, on the path of a commit or beside it. */
import type { StatusDocument } from '../../ops/status.ts';
import type { PartsUs } from './attribution.ts';
export interface ProcessRow {
    readonly name: string;
    readonly isPrimary: boolean;
    /** Executed here between the two looks. */
    readonly transactions: number;
    readonly slots: number;
    readonly observedMs: number;
    /** µs per transaction; `waiting` is the time in which the process ran nothing of ours. */
    readonly partsUsPerTransaction: PartsUs;
    /** Share of the time in callbacks of ours. */
    readonly busyPercent: number;
    /** Time on a core, all threads, in cores: beside ours the event loop's, the kernel's for us, and the collector's. */
    readonly cores: number;
    /** Times per transaction that the system took the core away from it. */
    readonly preemptedPerTransaction: number;
}
/** One row for each process that executed something between the two looks. */
export declare function processRows(before: readonly StatusDocument[], after: readonly StatusDocument[]): ProcessRow[];
//# sourceMappingURL=processes.d.ts.map