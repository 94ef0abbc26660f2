/**
 * Time in which the machine itself stood still: a virtual machine that its host paused, a laptop that slept. No process
 * could do anything in it, so it is told and not held against anybody. Noticed by a timer of our own that comes late
 * by more than any load explains.
 */
export declare class Standstill {
    /** Since the start, ms. */
    totalMs: number;
    private lastMs;
    private readonly timer;
    constructor();
    /** A clock that stood still with the machine, ms. */
    nowMs(): number;
    stop(): void;
    private tick;
}
//# sourceMappingURL=standstill.d.ts.map