/** The log: JSON lines on standard error, which leaves standard output to what a command prints. */
import { type Logger } from 'pino';
export type { Logger } from 'pino';
export interface LogOptions {
    /** Least severe level that is written: `trace` … `fatal`, or `silent`. */
    readonly level: string;
    /** Fields of every line, such as the validator's name. */
    readonly base: Readonly<Record<string, string | number>>;
    /** Where lines go; default: file descriptor 2, written synchronously, so that a crash loses none. */
    readonly destination?: {
        write(line: string): void;
    };
}
/** A logger. Not for the vote path: a line costs as much as a signature check. */
export declare function createLogger({ level, base, destination }: LogOptions): Logger;
//# sourceMappingURL=log.d.ts.map