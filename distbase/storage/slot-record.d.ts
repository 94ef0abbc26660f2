/**
 * An executed slot's bytes in the store. All integers are big-endian.
 *
 * | offset | bytes    | field                                                                              |
 * | ------ | -------- | ---------------------------------------------------------------------------------- |
 * | 0      | 4        | CRC-32 of all that follows                                                           |
 * | 4      | 8        | sequence                                                                             |
 * | 12     | 8        | epoch                                                                                |
 * | 20     | 8        | the ledger's time, ms since 1970                                                     |
 * | 28     | 8        | the proposer's time, ms since 1970: the batch digest covers it                       |
 * | 36     | 32       | digest of the ledger header                                                          |
 * | 68     | 32       | the previous header's                                                                |
 * | 100    | 32       | Merkle root of the transactions' digests                                             |
 * | 132    | 32       | Merkle root of the results                                                           |
 * | 164    | 32       | digest of the batch; zeros for the null batch                                        |
 * | 196    | 4        | number of transactions, n                                                            |
 * | 200    | n × 16   | per transaction: tag of its digest, tag of its client, its bytes, its result's bytes |
 * | then   |          | the transactions, then the results                                                   |
 *
 * A tag is the first 4 bytes of a digest or of a client id: the index is built from them. What a record says can be
 * checked by anybody who hashes it; the CRC finds a failing disk before that.
 */
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
/** What a replica hands over after it executed a slot. Nothing in it may change afterwards. */
export interface ExecutedSlot {
    readonly sequence: Sequence;
    readonly epoch: Epoch;
    readonly timeMs: number;
    readonly batchTimeMs: number;
    readonly header: Uint8Array;
    readonly previous: Uint8Array;
    readonly transactionsRoot: Uint8Array;
    readonly resultsRoot: Uint8Array;
    readonly batchDigest: Digest;
    readonly transactions: readonly Uint8Array[];
    /** The leaves under `resultsRoot`: of a transaction that was refused when it was its turn, the refusal. */
    readonly results: readonly Uint8Array[];
    /** Of the transactions, as hex. */
    readonly digests: readonly Digest[];
    /** Who signed each, as hex; undefined for bytes that are no transaction. */
    readonly clients: readonly (Digest | undefined)[];
}
/** The same as it comes back: digests of transactions are the reader's to compute, and so is every check. */
export interface StoredSlot {
    readonly sequence: Sequence;
    readonly epoch: Epoch;
    readonly timeMs: number;
    readonly batchTimeMs: number;
    readonly header: Uint8Array;
    readonly previous: Uint8Array;
    readonly transactionsRoot: Uint8Array;
    readonly resultsRoot: Uint8Array;
    readonly batchDigest: Digest;
    readonly transactions: readonly Uint8Array[];
    readonly results: readonly Uint8Array[];
}
/** The first 4 bytes of a digest, as an unsigned integer. */
export declare function tagOf(digest: Digest): number;
/** How many bytes `writeSlot` takes. */
export declare function slotBytes({ transactions, results }: ExecutedSlot): number;
/** Writes the record, which has `slotBytes(slot)` bytes, at `at`; all but its CRC, which `sealSlot` adds elsewhere. */
export declare function writeSlot(slot: ExecutedSlot, out: Buffer, at: number): void;
/** Writes a record's CRC into it. */
export declare function sealSlot(record: Uint8Array): void;
/** The digest of the header that a whole record holds. */
export declare function headerOf(record: Uint8Array): Uint8Array;
/** Calls back with each transaction's tags. Nothing where the record is not whole. */
export declare function forEachTag(record: Uint8Array, each: (transaction: number, client: number) => void): void;
/** Takes a record apart; the parts are views of it. Undefined where it is not what was written. */
export declare function readSlot(record: Uint8Array): StoredSlot | undefined;
//# sourceMappingURL=slot-record.d.ts.map