/** From a command line to an exit code, in this process: what `main.ts` does with its arguments. */
/** Runs a command line without the program's name. Resolves with the exit code; throws what `report` takes. */
export declare function run(args: readonly string[]): Promise<number>;
/** One line for a mistake of the user's; the whole stack only for a fault of our own. Gives the exit code. */
export declare function report(error: unknown): number;
//# sourceMappingURL=run.d.ts.map