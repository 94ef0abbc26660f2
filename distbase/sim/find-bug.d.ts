/** Whether, and after how many seeds, the default campaign finds a planted mistake. */
import type { Failure } from './run.ts';
export interface Find {
    readonly bug: string;
    /** The first seed that shows it, counted from 1; undefined where the time was not enough. */
    readonly seed: number | undefined;
    /** Scenarios run. */
    readonly scenarios: number;
    readonly seconds: number;
    readonly profile: string | undefined;
    readonly failure: Failure | undefined;
}
/** Runs the default campaign with this bug planted, from seed 1 on. Throws where there is no such bug. */
export declare function findBug(name: string, budgetSeconds: number): Find;
//# sourceMappingURL=find-bug.d.ts.map