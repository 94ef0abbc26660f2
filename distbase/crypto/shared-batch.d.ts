/**
 * Items in memory that threads share. What lies in the slab already is named by its place there; of the rest the main
 * thread writes each item once. A worker reads views of those bytes and writes its verdicts beside them; nothing is
 * copied by a message.
 *
 * A region, in 32-bit words: a header (count, then what the worker reports), eight words per item, the verdicts as
 * bytes, then the items' bytes. A place is an offset in the region, or the complement of one in the slab. Only one side
 * touches a region at a time: the main thread until its task is handed over, then the worker until the task's answer.
 */
import type { VerifyItem } from './interface.ts';
import type { SharedSlab } from './shared-slab.ts';
/** Most items in one task: at 17 µs each whatever comes next waits four milliseconds behind one. */
export declare const MAX_TASK_ITEMS = 256;
/** Room for 256 ML-DSA-87 items of strangers with short messages. Only what is written becomes real memory. */
export declare const REGION_BYTES: number;
/** Bytes a region must have for this item alone. */
export declare function regionBytesFor(item: VerifyItem): number;
/** What a worker says with its verdicts. */
export interface TaskReport {
    failed: number;
    /** Differences since its last report. */
    cacheHits: number;
    cacheMisses: number;
    cacheEvictions: number;
    /** Prepared keys it holds now. */
    cacheKeys: number;
    threadId: number;
    /** Time inside the task, µs. */
    busyUs: number;
}
export declare class Region {
    #private;
    readonly memory: SharedArrayBuffer;
    /** `slab`: on the main thread, what knows which bytes lie in it; on a worker, its memory. */
    constructor(memory: SharedArrayBuffer, slab: SharedSlab | SharedArrayBuffer);
    get count(): number;
    clear(): void;
    /**
     * Appends a well-formed item; false where it does not fit. `keyIndex`: its key's place in the table of pinned
     * keys, or −1: then the key's bytes are written too.
     */
    append(item: VerifyItem, keyIndex: number): boolean;
    /** The worker's side: views of the items. `keyOf` finds a pinned key by its index. */
    items(keyOf: (index: number) => Uint8Array): VerifyItem[];
    /** One byte per item. */
    verdicts(): Uint8Array;
    writeReport(report: TaskReport): void;
    readReport(): TaskReport;
}
//# sourceMappingURL=shared-batch.d.ts.map