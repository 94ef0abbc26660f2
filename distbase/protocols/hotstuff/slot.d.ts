/** What a replica knows of one place in the order. */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
export declare class Slot {
    readonly sequence: Sequence;
    /** Known bytes by digest, and which of them the log holds. */
    readonly batches: Map<string, Batch>;
    readonly logged: Set<string>;
    /** What committed here. */
    committed: Digest | undefined;
    /** Others' word for it. */
    readonly claims: (Digest | undefined)[];
    constructor(sequence: Sequence, n: number);
    /**
     * Keeps a batch that a leader proposed. Each failed view may leave one behind; the oldest gives way, which costs
     * asking for it again should it commit after all, but what the log holds stays.
     */
    add(batch: Batch): void;
    get ready(): Batch | undefined;
}
//# sourceMappingURL=slot.d.ts.map