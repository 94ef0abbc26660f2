/** Time per operation of every suite, by every backend that is there, in its parts where the kernel shows them. */
import type { SuiteName } from '../../crypto/interface.ts';
import type { Inputs } from './inputs.ts';
export interface OperationRow {
    readonly suite: SuiteName;
    readonly backend: string;
    readonly operation: string;
    /** Median; of signing with ML-DSA-87 by the kernel, whose tries vary, the mean. */
    readonly us: number;
    /** µs by part; they sum to about `us`. */
    readonly parts?: Readonly<Record<string, number>>;
}
/** Everything about one suite; `budgetMs` per measurement. */
export declare function profileOperations(inputs: Inputs, budgetMs: number): Promise<OperationRow[]>;
//# sourceMappingURL=operations.d.ts.map