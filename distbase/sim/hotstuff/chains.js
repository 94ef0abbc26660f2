/**
 * What is certified and what commits, worked out from all honest votes as nobody inside can: no round has two certified
 * blocks, nobody honest takes for certified what no quorum voted for, and nothing executes but what the rules commit.
 */
import { NULL_DIGEST } from '../../core/ids.js';
import { sameHeader } from '../../protocols/hotstuff/chain.js';
import { rulesOf } from '../../protocols/hotstuff/hotstuff.js';
import { Ballots } from '../ballots.js';
import { Violation } from '../observer.js';
import { stateOf } from './kit.js';
/** The block that an epoch begins with is certified by agreement. */
export const genesisOf = ({ base }) => ({
    round: 0,
    parent: 0,
    sequence: base,
    digest: NULL_DIGEST,
});
export class HotstuffChainChecker {
    #ballots;
    #certified;
    #committed = new Map();
    /** Rounds whose block is committed, so that nobody walks below them again. */
    #settled = new Set([0]);
    #rules;
    constructor(beginning) {
        this.#ballots = new Ballots(beginning, sameHeader);
        this.#certified = new Map([[0, genesisOf(beginning)]]);
    }
    restarted(_replica, machine) {
        this.#rules ??= rulesOf(stateOf(machine).config);
    }
    attested(replica, { message }) {
        if (message.type === 'vote' && this.#ballots.vote(replica, message))
            this.#certify(message);
    }
    #certify(header) {
        const { round } = header;
        if (this.#certified.has(round))
            throw new Violation('chain', `two blocks of round ${round} are certified`);
        this.#certified.set(round, header);
        const rules = this.#rules;
        for (let at = round; at <= round + rules.depth; at++) {
            const head = this.#certified.get(at);
            const block = head && rules.committedBy(head, (below) => this.#certified.get(below));
            if (block !== undefined)
                this.#commit(block);
        }
    }
    #commit(block) {
        for (let at = block; at !== undefined && !this.#settled.has(at.round);) {
            this.#settled.add(at.round);
            if (at.digest !== NULL_DIGEST) {
                if (this.#committed.has(at.sequence))
                    throw new Violation('chain', `two batches commit at ${at.sequence} by the rules`);
                this.#committed.set(at.sequence, at.digest);
            }
            at = this.#certified.get(at.parent);
        }
    }
    persisted(replica, record) {
        if (record.type !== 'certified')
            return;
        const { round } = record.header;
        const known = this.#certified.get(round);
        if (known !== undefined && sameHeader(known, record.header))
            return;
        const what = `takes a block of round ${round} for certified that no quorum voted for`;
        throw new Violation('chain', `replica ${replica} ${what}`);
    }
    executed(replica, sequence, view, batch) {
        const digest = this.#committed.get(sequence);
        if (digest === batch.digest)
            return;
        const what = digest === undefined ? 'that nothing commits' : 'where another commits';
        throw new Violation('chain', `replica ${replica} executed a batch at ${sequence} in view ${view} ${what}`);
    }
}
//# sourceMappingURL=chains.js.map