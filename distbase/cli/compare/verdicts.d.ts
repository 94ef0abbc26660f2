/** What a comparison has to show, judged on its own figures. */
import type { CompareRow } from './row.ts';
export interface Verdict {
    readonly auth: string;
    readonly validators: number;
    readonly claim: string;
    readonly holds: boolean;
    /** The figure behind it, as it is printed. */
    readonly figure: string;
}
export declare function verdicts(rows: readonly CompareRow[]): Verdict[];
//# sourceMappingURL=verdicts.d.ts.map