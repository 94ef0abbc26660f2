/** What the profiler feeds to every backend: the same keys and fresh messages, signed once. */
import type { SuiteName, VerifyItem } from '../../crypto/interface.ts';
export declare const SUITES: readonly SuiteName[];
/** About what a vote signs: its label, the chain and a body. */
export declare const MESSAGE_BYTES = 160;
export interface Inputs {
    readonly suite: SuiteName;
    readonly secretKey: Uint8Array;
    readonly publicKey: Uint8Array;
    readonly items: readonly VerifyItem[];
    /** The items in turn. */
    next(): VerifyItem;
}
export declare function makeInputs(suite: SuiteName, count: number): Promise<Inputs>;
//# sourceMappingURL=inputs.d.ts.map