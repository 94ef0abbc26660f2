/**
 * Slots below the stable checkpoint, for whoever was away a moment. TOCS 2002 §4.3 lets them go as soon as the checkpoint
 * is stable, and a replica that lacks one of them then fetches a state; under load a checkpoint becomes stable more often
 * than a process restarts. They are no part of any view change, bind nobody, and are gone after a restart.
 */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
interface PastSlot {
    readonly digest: Digest;
    readonly batch: Batch;
}
export declare class Past {
    private readonly slots;
    private bytes;
    /** How many slots below the stable checkpoint are kept at most. */
    readonly depth: number;
    constructor(depth: number);
    /** Slots are added in any order, up to `stable`. */
    add(sequence: Sequence, digest: Digest, batch: Batch): void;
    get(sequence: Sequence): PastSlot | undefined;
    /** Lets go of what is too old or too much, the oldest first. */
    trim(stable: Sequence): void;
}
export {};
//# sourceMappingURL=past.d.ts.map