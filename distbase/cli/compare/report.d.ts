/** A comparison as tables for the terminal and as a page with charts. */
import type { Calibration } from './calibration.ts';
import type { Model } from './model.ts';
import type { CompareRow, Refused } from './row.ts';
import type { Verdict } from './verdicts.ts';
export interface Comparison {
    readonly rows: readonly CompareRow[];
    readonly refused: readonly Refused[];
    readonly verdicts: readonly Verdict[];
    /** Of simulated sizes: how well the simulator does where it can be checked. */
    readonly calibration: readonly Calibration[];
    /** What things cost, as the simulator took them. */
    readonly model?: Model;
    /** The distances between the validators, in words; empty: none. */
    readonly distances: string;
}
export declare function compareText(comparison: Comparison): string;
export declare function compareHtml(comparison: Comparison, machine: string): string;
//# sourceMappingURL=report.d.ts.map