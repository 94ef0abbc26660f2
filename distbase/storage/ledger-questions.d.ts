/** What may be asked of the ledger from another thread: plain values there and back. */
import type { Sequence } from '../core/ids.ts';
import type { IndexKind, Ledger } from './ledger.ts';
import type { Position } from './ledger-index.ts';
export type Question = {
    readonly kind: 'summary';
} | {
    readonly kind: 'slot';
    readonly sequence: Sequence;
} | {
    readonly kind: 'slots';
    readonly from: Sequence;
    readonly limit: number;
} | {
    readonly kind: 'checkpoint';
    readonly from?: Sequence;
    readonly to?: Sequence;
} | {
    readonly kind: 'evidence';
    readonly limit: number;
} | {
    readonly kind: 'find';
    readonly by: IndexKind;
    readonly tag: number;
    readonly before: Position | undefined;
    readonly limit: number;
};
export declare function ask(ledger: Ledger, question: Question): unknown;
//# sourceMappingURL=ledger-questions.d.ts.map