/** The ledger's answers as they are used; where they come from is the caller's affair. */
import type { Digest, Sequence } from '../core/ids.ts';
import type { LedgerReader } from './interface.ts';
import { type Found, type IndexKind, type Ledger, type LedgerSummary } from './ledger.ts';
import type { Position } from './ledger-index.ts';
import { type Question } from './ledger-questions.ts';
import { type StoredCheckpoint, type StoredEvidence } from './ledger-records.ts';
import { type StoredSlot } from './slot-record.ts';
export declare abstract class StoreReader implements LedgerReader {
    protected readonly path: string;
    constructor(path: string);
    /** The answer as `ledger-questions.ts` gives it. */
    protected abstract ask(question: Question): Promise<unknown>;
    summary(): Promise<LedgerSummary>;
    slot(sequence: Sequence): Promise<StoredSlot | undefined>;
    slotsFrom(from: Sequence, limit: number): Promise<Sequence[]>;
    checkpointFrom(sequence: Sequence): Promise<StoredCheckpoint | undefined>;
    checkpointTo(sequence: Sequence): Promise<StoredCheckpoint | undefined>;
    private checkpoint;
    evidence(limit: number): Promise<StoredEvidence[]>;
    find(by: IndexKind, digest: Digest, before: Position | undefined, limit: number): Promise<Found>;
}
/** Reads a ledger that this thread has open: for tools. */
export declare class LedgerView extends StoreReader {
    private readonly ledger;
    constructor(ledger: Ledger, path: string);
    protected ask(question: Question): Promise<unknown>;
    close(): Promise<void>;
}
//# sourceMappingURL=store-reader.d.ts.map