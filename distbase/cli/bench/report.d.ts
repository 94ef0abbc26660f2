/** The table of `demo`: figures of every setting beside their targets and beside the floor. */
import type { BenchRow } from './row.ts';
/** Everything that was measured of one setting. */
export interface SettingReport {
    readonly auth: string;
    readonly latency: BenchRow;
    readonly throughput: BenchRow;
    /** Of both runs together, in 100 submissions. */
    readonly committedPercent: number;
    readonly stateHashesAgree: boolean;
    /** Targets that are missed, by name. */
    readonly missed: readonly string[];
}
/** One column per setting; a missed target is marked with ✗ and by how much. */
export declare function demoTable(reports: readonly SettingReport[]): string;
//# sourceMappingURL=report.d.ts.map