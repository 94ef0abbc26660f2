/**
 * The ledger in an ordered map: executed slots, their index, certified checkpoints, evidence, and cells. Synchronous
 * and on one thread; `ledger-store.ts` gives it a thread of its own.
 *
 * | key                               | value                                                              |
 * | --------------------------------- | ------------------------------------------------------------------ |
 * | 1 ‖ sequence (8)                  | a slot, see `slot-record.ts`                                       |
 * | 2 ‖ sequence (8)                  | a certified checkpoint, see `ledger-records.ts`                    |
 * | 3 ‖ run (8)                       | the run's transactions by digest, see `ledger-index.ts`            |
 * | 4 ‖ run (8)                       | the same by client                                                 |
 * | 5 ‖ validator (8) ‖ number (8)    | evidence; its epoch times `MAX_EVIDENCE_PER_VALIDATOR`, and so on  |
 * | 6 ‖ name                          | a cell: format, chain, witness                                     |
 */
import { LockstepError } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import { type Position } from './ledger-index.ts';
import type { Tables } from './tables.ts';
export declare const STORE_VERSION = 1;
export type LedgerOp = {
    readonly kind: 'slot';
    readonly sequence: Sequence;
    readonly record: Uint8Array;
} | {
    readonly kind: 'checkpoint';
    readonly sequence: Sequence;
    readonly record: Uint8Array;
} | {
    readonly kind: 'evidence';
    readonly from: ReplicaId;
    readonly record: Uint8Array;
}
/** What lies above is not of the ledger any more. */
 | {
    readonly kind: 'truncate';
    readonly sequence: Sequence;
} | {
    readonly kind: 'witness';
    readonly bytes: Uint8Array;
};
export interface LedgerSummary {
    /** The last slot here; 0 where there is none. */
    readonly head: Sequence;
    /** The first slot here; 0 where there is none. */
    readonly first: Sequence;
    /** The last certified checkpoint here; 0 where there is none. */
    readonly checkpoint: Sequence;
    readonly diskBytes: number;
}
export interface Found {
    /** Newest first. By their tags: what is not meant may be among them. */
    readonly positions: readonly Position[];
    /** What is older than this was not looked at yet. Undefined at the end. */
    readonly next: Position | undefined;
}
export type IndexKind = 'digest' | 'client';
export interface LedgerOptions {
    readonly tables: Tables;
    /** Names it in errors. */
    readonly path: string;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    /** Certified checkpoints kept, and the slots since the oldest of them; Infinity: all. */
    readonly retain: number;
}
/** The error for a store whose bytes are not what was written. */
export declare function storeDamaged(path: string, what: string): LockstepError;
export declare class Ledger {
    private readonly o;
    private readonly t;
    private readonly byDigest;
    private readonly byClient;
    private run;
    private headSequence;
    /** No slot at or below it is here any more, by way of pruning. */
    private floor;
    /** Sequences of the checkpoints kept, ascending; the last one only, where all are kept. */
    private checkpoints;
    /** Throws `wrong-chain`, `too-new`, `store-damaged`, `storage-failed`. */
    constructor(options: LedgerOptions);
    get head(): Sequence;
    /** After a transaction that failed: what is known of the tables is read from them anew. */
    reload(): void;
    /** The caller's own bytes, as they were at the last transaction; undefined where there are none. */
    get witness(): Uint8Array | undefined;
    private cell;
    private checkCells;
    private load;
    private firstSlot;
    private lastOf;
    private numbers;
    /** Builds the index of the run that the head is in. */
    private fillRun;
    private index;
    /** Writes all of it, in order, in one transaction. Throws `storage-failed`: the ledger is then of no more use. */
    apply(ops: readonly LedgerOp[]): void;
    /** False where it was here already, or is pruned: a replica that restarted executes again what its log holds. */
    private putSlot;
    private closeRun;
    private putCheckpoint;
    private putEvidence;
    private truncate;
    /** Removes up to `budget` slots that the retention does not ask for, and what belongs to them. */
    private prune;
    summary(): LedgerSummary;
    slot(sequence: Sequence): Uint8Array | undefined;
    /** Sequences of stored slots from `from` on, at most `limit`. */
    slotsFrom(from: Sequence, limit: number): Sequence[];
    /** The first certified checkpoint at or above a sequence. */
    checkpointFrom(from: Sequence): Uint8Array | undefined;
    /** The last one at or below. */
    checkpointTo(to: Sequence): Uint8Array | undefined;
    evidence(limit: number): Uint8Array[];
    /** Where a tag occurs before a place, or from the newest on: up to `limit`, and a part of the way at a time. */
    find(kind: IndexKind, tag: number, before: Position | undefined, limit: number): Found;
    /** Reads everything. Throws `store-damaged` where anything is not what was written. */
    check(): void;
    close(): Promise<void>;
}
//# sourceMappingURL=ledger.d.ts.map