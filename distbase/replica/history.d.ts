/**
 * Blocks, transactions and clients' histories, out of the store. What is answered are documents for JSON, whose every
 * field follows from the ledger: honest validators that hold the slot answer alike.
 */
import type { Chain } from '../core/genesis.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { LedgerReader, Position, StoredSlot } from '../storage/interface.ts';
/** A transaction as a line of a block or of a history. */
export interface TransactionLine {
    readonly digest: Digest;
    readonly sequence: Sequence;
    readonly index: number;
    /** Null for bytes that are no transaction; the ledger refused them. */
    readonly client: Digest | null;
    readonly nonce: number | null;
    readonly kind: string | null;
    readonly bytes: number;
    /** False where it was refused when it was its turn, or the application declined it. */
    readonly ok: boolean;
}
export interface BlockDocument {
    readonly sequence: Sequence;
    readonly epoch: Epoch;
    /** The ledger's time, ms since 1970. */
    readonly timeMs: number;
    readonly header: Digest;
    readonly previous: Digest;
    readonly transactionsRoot: Digest;
    readonly resultsRoot: Digest;
    readonly batch: Digest;
    readonly transactions: readonly TransactionLine[];
}
export interface TransactionDocument extends TransactionLine {
    readonly header: Digest;
    readonly timeMs: number;
    readonly suite: string | null;
    readonly expiry: Sequence | null;
    /** The application's bytes, as hex. */
    readonly payload: string | null;
    readonly result: string;
}
export interface HistoryPage {
    readonly client: Digest;
    /** Newest first. */
    readonly transactions: readonly TransactionLine[];
    /** `sequence.index` to ask for what is older with; null where there is no more. */
    readonly before: string | null;
}
/** `12.3` is the fourth transaction of slot 12. Undefined where the text is no place. */
export declare function parsePosition(text: string): Position | undefined;
export declare class History {
    readonly store: LedgerReader;
    readonly hasher: Hasher;
    readonly chain: Chain;
    private readonly ids;
    constructor(store: LedgerReader, hasher: Hasher, chain: Chain);
    /** Undefined where the slot is not here: not executed yet, or pruned. */
    block(sequence: Sequence | 'latest'): Promise<BlockDocument | undefined>;
    /** Where the transaction executed, or was refused first. */
    locate(digest: Digest): Promise<{
        slot: StoredSlot;
        index: number;
    } | undefined>;
    transaction(digest: Digest): Promise<TransactionDocument | undefined>;
    /** A page of a client's transactions, newest first, before a place or from the end. */
    ofClient(client: Digest, before: Position | undefined, limit: number): Promise<HistoryPage>;
    /** Calls back with every place that the index gives, newest first, until told to stop. */
    private each;
    private line;
}
//# sourceMappingURL=history.d.ts.map