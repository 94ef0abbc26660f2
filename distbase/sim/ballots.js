/** All honest votes of a run, by round, as nobody inside it sees them: which block of a round may have a quorum. */
import { quorumSize } from '../core/quorum.js';
export class Ballots {
    #quorum;
    #same;
    #liars;
    #rounds = new Map();
    /** Whoever is not honest may have voted for anything. */
    constructor({ n, honest }, same) {
        this.#liars = n - honest.size;
        this.#quorum = quorumSize(n);
        this.#same = same;
    }
    /** An honest vote. Whether it gives the block a quorum, as if every liar had voted for it as well; said once. */
    vote(replica, header) {
        let candidates = this.#rounds.get(header.round);
        if (candidates === undefined) {
            candidates = [];
            this.#rounds.set(header.round, candidates);
        }
        let candidate = candidates.find((one) => this.#same(one.header, header));
        if (candidate === undefined) {
            candidate = { header, voters: new Set() };
            candidates.push(candidate);
        }
        if (candidate.voters.has(replica))
            return false;
        candidate.voters.add(replica);
        return candidate.voters.size + this.#liars === this.#quorum;
    }
}
//# sourceMappingURL=ballots.js.map