/**
 * One process per home: two that share a vote log would contradict each other under one key. The lock is a file
 * that names its holder; a holder that died leaves it behind, and the next one takes it over.
 */
export interface HomeLock {
    /** Gives the home up. Doing so twice does no harm. */
    release(): void;
}
/** The process that has the home, or undefined where none does. Changes nothing. */
export declare function homeHolder(home: string): number | undefined;
/** Takes the home for this process. Throws `home-in-use`, naming the process that has it. */
export declare function lockHome(home: string): HomeLock;
//# sourceMappingURL=home-lock.d.ts.map