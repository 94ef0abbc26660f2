/** Framed records that wait to be written; `vote-log-format.ts` gives their bytes. */
/** A queue that grew beyond this, in a burst of large batches, is given back after its flush. */
export declare const KEPT_QUEUE_BYTES: number;
/** One buffer that is used again and again. */
export declare class RecordQueue {
    #private;
    /** The CRC of the last record framed. */
    seed: number;
    constructor(seed: number);
    push(record: Uint8Array): void;
    get length(): number;
    /** What waits; valid until the next `push`. */
    bytes(): Uint8Array;
    clear(): void;
}
//# sourceMappingURL=record-queue.d.ts.map