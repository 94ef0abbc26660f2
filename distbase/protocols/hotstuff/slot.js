/** What a replica knows of one place in the order. */
import { MAX_PREPREPARED_PER_SLOT } from '../../core/limits.js';
export class Slot {
    sequence;
    /** Known bytes by digest, and which of them the log holds. */
    batches = new Map();
    logged = new Set();
    /** What committed here. */
    committed;
    /** Others' word for it. */
    claims;
    constructor(sequence, n) {
        this.sequence = sequence;
        this.claims = new Array(n).fill(undefined);
    }
    /**
     * Keeps a batch that a leader proposed. Each failed view may leave one behind; the oldest gives way, which costs
     * asking for it again should it commit after all, but what the log holds stays.
     */
    add(batch) {
        this.batches.set(batch.digest, batch);
        if (this.batches.size <= MAX_PREPREPARED_PER_SLOT)
            return;
        for (const digest of this.batches.keys()) {
            if (digest === this.committed || digest === batch.digest || this.logged.has(digest))
                continue;
            this.batches.delete(digest);
            return;
        }
    }
    get ready() {
        return this.committed === undefined ? undefined : this.batches.get(this.committed);
    }
}
//# sourceMappingURL=slot.js.map