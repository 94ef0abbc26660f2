/** One validator as a child process: `lockstep start --home … --json`. */
import { type ChildProcess } from 'node:child_process';
/**
 * How Node runs a validator: a young generation that holds what some thousand slots leave behind, so that collections
 * are fewer and later (the slowest hundredth of commits gained about a tenth), for up to 96 MiB more memory. The
 * command's first line asks for the same, where it is run by its name.
 */
export declare const VALIDATOR_NODE_ARGUMENTS: readonly string[];
export interface ChildExit {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    /** The last line that it wrote to its log, for saying why. */
    readonly lastLine: string;
}
/** The built command. From the sources (under a test runner) it is what the last build made: Node 20 runs no TypeScript. */
export declare function commandPath(): string;
export declare class ValidatorChild {
    readonly home: string;
    /** What it writes to standard error goes here, run after run. */
    readonly logFile: string;
    readonly process: ChildProcess;
    /** Resolves at the ready line; rejects with `internal` where the process ends before it. */
    readonly ready: Promise<void>;
    readonly exited: Promise<ChildExit>;
    exit: ChildExit | undefined;
    constructor(home: string, nodeArguments?: readonly string[], environment?: Readonly<Record<string, string>>);
    get alive(): boolean;
    signal(signal: NodeJS.Signals): void;
    /** SIGTERM, then SIGKILL for one that does not end within `graceMs`. */
    stop(graceMs?: number): Promise<ChildExit>;
}
export declare function describeExit({ code, signal, lastLine }: ChildExit): string;
//# sourceMappingURL=child.d.ts.map