/** The honest client, seen from outside: see `probe-main`. */
export interface Slice {
    readonly p50Ms: number;
    readonly maxMs: number;
    readonly commits: number;
    readonly failed: number;
}
export declare class Probe {
    private readonly child;
    private constructor();
    static start(folder: string): Promise<Probe>;
    /** Writes for so long; what it saw. */
    slice(ms: number): Promise<Slice>;
    stop(): void;
    private answer;
}
//# sourceMappingURL=probe.d.ts.map