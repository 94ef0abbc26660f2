/** A notarised block: what was voted for, and the votes. */
import { NULL_DIGEST } from '../../core/ids.js';
export class Block {
    round;
    parent;
    height;
    sequence;
    digest;
    delayMs;
    /** q votes of different replicas for this very block; none for the first block, which needs none. */
    votes;
    constructor(header, votes) {
        this.round = header.round;
        this.parent = header.parent;
        this.height = header.height;
        this.sequence = header.sequence;
        this.digest = header.digest;
        this.delayMs = header.delayMs;
        this.votes = votes;
    }
    get hasBatch() {
        return this.digest !== NULL_DIGEST;
    }
}
/** The block before all others; it stands for the state that the machine's validator set began with. */
export function firstBlock(sequence) {
    return new Block({ round: 0, parent: 0, height: 0, sequence, digest: NULL_DIGEST, delayMs: 0 }, []);
}
export function sameBlock(a, b) {
    return (a.round === b.round &&
        a.digest === b.digest &&
        a.parent === b.parent &&
        a.height === b.height &&
        a.sequence === b.sequence &&
        a.delayMs === b.delayMs);
}
/** A header's fields alone. */
export function headerOf({ round, parent, height, sequence, digest, delayMs }) {
    return { round, parent, height, sequence, digest, delayMs };
}
//# sourceMappingURL=block.js.map