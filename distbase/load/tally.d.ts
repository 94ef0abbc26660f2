/** Counts of a run. */
export declare class Tally {
    submitted: number;
    committed: number;
    failed: number;
    readonly failures: Record<string, number>;
    fail(code: string): void;
    /** Submitted, and neither committed nor failed yet. */
    unsettled(): number;
    counts(): {
        committed: number;
        failed: number;
    };
    result(): {
        submitted: number;
        committed: number;
        failed: number;
        failures: Record<string, number>;
    };
    /** CPU time of this process since `cpuUsage()` gave `since`, in cores. */
    cores(since: NodeJS.CpuUsage, elapsedMs: number): number;
}
/** A failure's stable code, for counting. */
export declare function failureCode(error: Error): string;
//# sourceMappingURL=tally.d.ts.map