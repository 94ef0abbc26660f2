/** Throws so many changed frames at everything that reads bytes of others, and counts what was said to each. */
export interface FuzzSettings {
    readonly frames: number;
    readonly seed: number;
}
export interface FuzzReport {
    readonly frames: number;
    readonly seed: number;
    readonly seconds: number;
    readonly framesPerSecond: number;
    /** Per target: how many frames, and what came of them, by code; `taken` where it was in good form. */
    readonly targets: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly heapStartBytes: number;
    readonly heapMostBytes: number;
    readonly residentMostBytes: number;
    /** What was thrown, and by which frame. */
    readonly failures: readonly string[];
}
/** Runs to the end, or to the signal. `progress` hears of how many frames there were. */
export declare function fuzz({ frames, seed }: FuzzSettings, progress?: (done: number) => void, signal?: AbortSignal): Promise<FuzzReport>;
//# sourceMappingURL=run.d.ts.map