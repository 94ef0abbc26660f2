/**
 * What is notarised and what is final, worked out from all honest votes as nobody inside can: no round has two notarised
 * blocks, nobody honest takes for notarised what no quorum voted for, and nothing executes but what the rules finalise.
 */
import { NULL_DIGEST } from '../core/ids.js';
import { firstBlock, sameBlock } from '../protocols/streamlet/block.js';
import { RULES } from '../protocols/streamlet/rules.js';
import { Ballots } from './ballots.js';
import { Violation } from './observer.js';
export class StreamletChainChecker {
    #ballots;
    #notarised;
    #final = new Map();
    /** Rounds whose block is final, so that nobody walks below them again. */
    #settled = new Set([0]);
    constructor(beginning) {
        this.#ballots = new Ballots(beginning, sameBlock);
        this.#notarised = new Map([[0, firstBlock(beginning.base)]]);
    }
    attested(replica, { message }) {
        if (message.type === 'vote' && this.#ballots.vote(replica, message))
            this.#notarise(message);
    }
    #notarise(header) {
        const { round } = header;
        if (this.#notarised.has(round))
            throw new Violation('chain', `two blocks of round ${round} are notarised`);
        this.#notarised.set(round, header);
        // It may be any of three in a row.
        for (let at = round; at <= round + 2; at++) {
            const third = this.#notarised.get(at);
            const second = third && this.#notarised.get(third.parent);
            const first = second && this.#notarised.get(second.parent);
            if (first === undefined || second === undefined || third === undefined)
                continue;
            if (RULES.finalises(first, second, third))
                this.#finalise(second);
        }
    }
    #finalise(block) {
        for (let at = block; at !== undefined && !this.#settled.has(at.round);) {
            this.#settled.add(at.round);
            if (at.digest !== NULL_DIGEST) {
                if (this.#final.has(at.sequence))
                    throw new Violation('chain', `two batches are final at ${at.sequence} by the rules`);
                this.#final.set(at.sequence, at.digest);
            }
            at = this.#notarised.get(at.parent);
        }
    }
    persisted(replica, record) {
        if (record.type !== 'notarised')
            return;
        const header = record.votes[0].message;
        const known = this.#notarised.get(header.round);
        if (known !== undefined && sameBlock(known, header))
            return;
        const what = `takes a block of round ${header.round} for notarised that no quorum voted for`;
        throw new Violation('chain', `replica ${replica} ${what}`);
    }
    executed(replica, sequence, round, batch) {
        const digest = this.#final.get(sequence);
        if (digest === batch.digest)
            return;
        const what = digest === undefined ? 'that nothing finalises' : 'where another is final';
        throw new Violation('chain', `replica ${replica} executed a batch at ${sequence} of round ${round} ${what}`);
    }
}
//# sourceMappingURL=streamlet-chains.js.map