/**
 * Where transactions are, by their digest and by their client. The index is written a run at a time: all that the slots
 * of one run hold, in two tables of 8 bytes per transaction. A key per transaction, at a random place of the tree, would
 * cost some microseconds of writing and as much again of removing; a run costs one key, and to prune it is one key too.
 * Who looks something up asks run after run, newest first.
 *
 * A run's table: number of bits b (u32) ‖ 2^b + 1 bucket starts (u32) ‖ entries (tag u32 ‖ position u32), the entries of
 * a bucket in the order of the ledger. The bucket of a tag is its highest b bits. Integers are in the machine's order.
 */
import type { Sequence } from '../core/ids.ts';
/** Slots of a run: a few keys to ask for a day's worth of slots, and a table of 4 MiB in the worst case. */
export declare const RUN_SLOTS = 256;
/** The run of a slot; runs are aligned, and slots start at 1. */
export declare function runOf(sequence: Sequence): number;
/** A run's first slot. */
export declare function firstOf(run: number): Sequence;
/** A place in the ledger. */
export interface Position {
    readonly sequence: Sequence;
    /** Of the transaction within its slot. */
    readonly index: number;
}
/** Entries of the run that is being filled, in the order of the ledger. */
export declare class RunBuilder {
    private tags;
    private positions;
    private count;
    get size(): number;
    add(tag: number, sequence: Sequence, index: number): void;
    clear(): void;
    /** The run's table. */
    table(): Uint8Array;
    /** As `findInTable`, without a table. */
    find(run: number, tag: number): Position[];
}
/** Where a tag occurs in a run, newest first. Undefined where the bytes are no table. */
export declare function findInTable(bytes: Uint8Array, run: number, tag: number): Position[] | undefined;
//# sourceMappingURL=ledger-index.d.ts.map