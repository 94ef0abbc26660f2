/**
 * The vote log alone against a disk that loses what was not synced: random work, the power cut in the midst of any file
 * operation, and then whatever else befalls a disk. After each start the log must hold every record that was durable,
 * followed by nothing but some first of those that were given to it later; or, where the disk was tampered with, refuse.
 */
export interface LogCutResult {
    readonly seed: number;
    /** How often the power went. */
    readonly cuts: number;
    /** How often the log refused what was tampered with. */
    readonly refusals: number;
    readonly violation: string | undefined;
}
/** One log, some eight lives. */
export declare function runLogCuts(seed: number): LogCutResult;
//# sourceMappingURL=log-cuts.d.ts.map