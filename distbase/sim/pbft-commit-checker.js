/**
 * The heart of PBFT's proof, watched directly: once a batch committed at a slot, no honest replica votes for another
 * one there in a later view. A fork needs more luck than a breach of this, so it is seen long before one.
 */
import { Violation } from './observer.js';
export class PbftCommitChecker {
    #commits = new Map();
    /** The latest view in which any honest replica voted for a digest at a slot. */
    #votes = new Map();
    executed(_replica, sequence, _view, batch) {
        if (this.#commits.has(sequence))
            return;
        const votes = this.#votes.get(sequence);
        this.#commits.set(sequence, { digest: batch.digest, view: votes?.get(batch.digest) ?? 0 });
        for (const [digest, voted] of votes ?? [])
            this.#compare(sequence, digest, voted);
    }
    sent(_replica, message) {
        if (message.type !== 'pre-prepare' && message.type !== 'prepare' && message.type !== 'commit')
            return;
        const { sequence, digest, view } = message;
        let votes = this.#votes.get(sequence);
        if (votes === undefined) {
            votes = new Map();
            this.#votes.set(sequence, votes);
        }
        const before = votes.get(digest);
        if (before !== undefined && before >= view)
            return;
        votes.set(digest, view);
        this.#compare(sequence, digest, view);
    }
    #compare(sequence, digest, view) {
        const commit = this.#commits.get(sequence);
        if (commit === undefined || commit.digest === digest || view <= commit.view)
            return;
        throw new Violation('commit', `${commit.digest.slice(0, 8)} committed at sequence ${sequence} by view ${commit.view}, ` +
            `and in view ${view} somebody honest votes for ${digest.slice(0, 8)}`);
    }
}
//# sourceMappingURL=pbft-commit-checker.js.map