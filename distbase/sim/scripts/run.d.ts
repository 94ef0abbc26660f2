/** Runs a scenario script. */
import type { PbftParts } from '../bug-kit.ts';
export interface ScriptOptions {
    /** What the replicas are made of. Default: as they should be. */
    readonly parts?: PbftParts;
    /** Traces are not compared: `rewritten` has those of this run. */
    readonly rewrite?: boolean;
}
export interface ScriptResult {
    /** Undefined where all went as the script says. */
    readonly failure: {
        readonly line: number;
        readonly message: string;
    } | undefined;
    /** The script with the traces of this run. */
    readonly rewritten: string;
    /** What the script names as its subject, by `guards`: words separated by hyphens. */
    readonly guards: readonly string[];
    /** Expectations that were met. */
    readonly met: number;
    readonly virtualMs: number;
}
/** Runs the script to its end, or to the first thing in it that is not so. Throws a `ScriptError` where it makes no sense. */
export declare function runScript(text: string, options?: ScriptOptions): ScriptResult;
//# sourceMappingURL=run.d.ts.map