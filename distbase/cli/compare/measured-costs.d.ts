/** What single operations cost on this machine, measured alone: medians, warm. */
import type { SuiteName } from '../../crypto/interface.ts';
export interface MeasuredCosts {
    /** µs, of one message of a vote's length. */
    readonly signUs: Readonly<Record<SuiteName, number>>;
    readonly verifyUs: Readonly<Record<SuiteName, number>>;
    /** A write of the log, µs. */
    readonly appendUs: number;
}
export declare function measureCosts(): Promise<MeasuredCosts>;
//# sourceMappingURL=measured-costs.d.ts.map