/** What a replica knows and has promised about one sequence number. */
import { NULL_BATCH } from '../../core/batch.js';
import { NULL_DIGEST } from '../../core/ids.js';
import { MAX_PREPREPARED_PER_SLOT } from '../../core/limits.js';
export class Slot {
    sequence;
    // ---- across views: what a VIEW-CHANGE claims, and the bytes behind it
    /** The P entry: the digest that prepared here in the latest view; view −1 where none did. */
    preparedDigest;
    preparedView = -1;
    /** The Q entries: per digest, the latest view in which we proposed or sent PREPARE. */
    preprepared = new Map();
    /** Known bytes by digest, and which of them the log holds. */
    batches = new Map([[NULL_DIGEST, NULL_BATCH]]);
    logged = new Set([NULL_DIGEST]);
    committedDigest;
    committedView = -1;
    /** Others' word that the slot committed. */
    claims;
    /** COMMITs of a view that we have left, for learning what the others go on to commit in it. */
    learnedView = -1;
    learned = [];
    // ---- the present view only
    /** What the primary assigned, by PRE-PREPARE or by NEW-VIEW. */
    accepted;
    acceptedFrom;
    acceptedAtMs = 0;
    /** It was shown to all, because somebody voted for something else. */
    shown = false;
    votedPrepare = false;
    /** It prepared here in this view; its COMMIT may be held back for the fast path. */
    prepared = false;
    preparedAtMs = 0;
    votedCommit = false;
    /** All n prepared alike, and it committed by that. */
    fast = false;
    prepares;
    commits;
    constructor(sequence, n) {
        this.sequence = sequence;
        this.claims = new Array(n).fill(undefined);
        this.prepares = new Array(n).fill(undefined);
        this.commits = new Array(n).fill(undefined);
    }
    /** Forgets the votes of a view that is over; promises and bytes stay. */
    enterView() {
        this.accepted = undefined;
        this.acceptedFrom = undefined;
        this.shown = false;
        this.votedPrepare = false;
        this.prepared = false;
        this.votedCommit = false;
        this.prepares.fill(undefined);
        this.commits.fill(undefined);
    }
    addPreprepared(digest, view) {
        this.preprepared.set(digest, Math.max(view, this.preprepared.get(digest) ?? -1));
        if (this.preprepared.size <= MAX_PREPREPARED_PER_SLOT)
            return;
        // Dropping a Q entry can only keep a digest from being chosen, never make another one eligible. The P entry's
        // digest is kept, because A2 of an honest P claim may rest on it.
        let oldest;
        for (const [candidate, at] of this.preprepared) {
            if (candidate === this.preparedDigest || candidate === digest)
                continue;
            if (oldest === undefined || at < this.preprepared.get(oldest))
                oldest = candidate;
        }
        if (oldest !== undefined) {
            this.preprepared.delete(oldest);
            if (oldest !== this.committedDigest) {
                this.batches.delete(oldest);
                this.logged.delete(oldest);
            }
        }
    }
    addPrepared(digest, view) {
        if (view < this.preparedView)
            return;
        this.preparedDigest = digest;
        this.preparedView = view;
    }
    /** The bytes of what committed, where both are known. */
    committedBatch() {
        return this.committedDigest === undefined ? undefined : this.batches.get(this.committedDigest);
    }
}
/** How many of these votes are for the digest, leaving out one replica. */
export function countVotes(votes, digest, except) {
    let total = 0;
    for (let i = 0; i < votes.length; i++) {
        if (i !== except && votes[i]?.message.digest === digest)
            total++;
    }
    return total;
}
//# sourceMappingURL=slot.js.map