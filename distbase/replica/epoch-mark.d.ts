/** The first record of a vote log says which epoch's promises it holds; a log without one is the genesis epoch's. */
import type { Epoch } from '../core/ids.ts';
export declare function epochMark(epoch: Epoch): Uint8Array;
/** A log's epoch, which its first record tells, and the records after that. */
export declare function epochOf(log: Iterable<Uint8Array>): {
    epoch: Epoch;
    records: Iterable<Uint8Array>;
};
/** Undefined where the record is no mark. */
export declare function markedEpoch(record: Uint8Array): Epoch | undefined;
//# sourceMappingURL=epoch-mark.d.ts.map