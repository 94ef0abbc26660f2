/** Scenario scripts as text: one statement per line, `#` starts a comment, `----` starts what is expected of a trace. */
/** What is wrong with a script, or with the run of one, and in which line. */
export declare class ScriptError extends Error {
    readonly name = "ScriptError";
    /** Counted from 1. */
    readonly line: number;
    constructor(line: number, message: string, options?: {
        cause?: unknown;
    });
}
/** The lines below a `----`, up to an empty one. */
export interface Block {
    /** Index of the first line in the script's lines, and of the line after the last. */
    readonly from: number;
    readonly to: number;
    readonly lines: readonly string[];
}
export interface Statement {
    readonly line: number;
    readonly words: readonly string[];
    readonly block: Block | undefined;
}
export declare function parseScript(text: string): Statement[];
/** Reads the words of one statement from left to right; what does not fit is an error of that line. */
export declare class Reader {
    #private;
    readonly line: number;
    constructor({ line, words }: Statement);
    get done(): boolean;
    peek(): string | undefined;
    fail(message: string): never;
    word(what: string): string;
    /** Whether the next words are these; if so, they are read. */
    take(...expected: readonly string[]): boolean;
    integer(what: string): number;
    /** `50ms`, `2s`; signed where `signed`. In ms. */
    duration(what: string, signed?: boolean): number;
    /** `50%`, as a fraction of 1. */
    percentage(what: string): number;
    /** Words up to the next keyword, at least one. */
    until(what: string, ...keywords: readonly string[]): string[];
    /** Nothing may be left. */
    end(): void;
}
//# sourceMappingURL=parse.d.ts.map