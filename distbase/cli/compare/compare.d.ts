/** `lockstep bench compare`: all protocols in one run, turn by turn. */
import type { Delays } from '../../core/delays.ts';
import { type CompareSetting } from './row.ts';
export interface CompareOptions {
    readonly contenders: readonly string[];
    readonly auths: readonly string[];
    readonly sizes: readonly number[];
    /** Sizes that are simulated. */
    readonly simulated: readonly number[];
    readonly common: CompareSetting;
    readonly rounds: number;
    readonly warmupMs: number;
    readonly durationMs: number;
    readonly floorMs: number;
    readonly outstanding: number;
    readonly clients: number;
    readonly delays: Delays | undefined;
    readonly html: string | undefined;
    readonly json: string | undefined;
    /** What was asked for, for the JSON. */
    readonly asked: Readonly<Record<string, unknown>>;
}
/** `4,7,10` as numbers. Throws `bad-flag`. */
export declare function readSizes(flag: string, text: string): number[];
/** Resolves with the exit code: 1 where something failed to commit, or validators differ. */
export declare function compare(options: CompareOptions): Promise<number>;
//# sourceMappingURL=compare.d.ts.map