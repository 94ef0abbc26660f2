/** What a simulated replica executes: a chain of digests, shared structurally so that a snapshot is a pointer. */
import type { Batch } from '../core/batch.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { type Sets } from './sets.ts';
import { type Clients } from './symbolic.ts';
/** One executed slot. `digest` depends on all history up to it. */
export interface LedgerEntry {
    readonly previous: LedgerEntry | undefined;
    readonly sequence: Sequence;
    readonly batch: Batch;
    readonly digest: Digest;
    /** Who the validators are, where that can change. */
    readonly sets?: Sets | undefined;
}
/** The state before the first slot. */
export declare const GENESIS: LedgerEntry;
/** Whether the entry is what its digest says: what hashing a state that came from elsewhere would find. */
export declare function authentic(entry: LedgerEntry): boolean;
export declare class Ledger {
    #private;
    /** The last executed slot. */
    tip: LedgerEntry;
    /** Numbers of the transactions that took effect: a second copy of one in a later batch does nothing. */
    readonly executed: Set<number>;
    constructor(clients: Clients);
    /** Executes the next slot. */
    apply(sequence: Sequence, batch: Batch): void;
    /** Whether this transaction is executed for the first time; called once for each that comes, in order. */
    protected takesEffect(transaction: number): boolean;
    /** Replaces the state by another replica's, or by an earlier one of our own. */
    restore(entry: LedgerEntry): void;
    /** The slot at `sequence`, or undefined where it is not executed yet. */
    at(sequence: Sequence): LedgerEntry | undefined;
}
//# sourceMappingURL=ledger.d.ts.map