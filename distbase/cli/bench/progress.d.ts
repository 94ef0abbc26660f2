/** Progress on standard error: one line that is rewritten in a terminal, a line now and then elsewhere. */
export declare class Progress {
    private readonly terminal;
    private shown;
    private lastMs;
    private lastStep;
    /** `step` names what goes on; `detail` changes as it does. */
    update(step: string, detail?: string): void;
    /** Clears the line, for what stays. */
    clear(): void;
}
//# sourceMappingURL=progress.d.ts.map