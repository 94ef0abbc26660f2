/**
 * What a simulated node knows of the chain of validator sets: each set but the first is proven by the last checkpoint of
 * the epoch before it, which a quorum of that epoch's validators signed (`replica/epochs.ts` is the same with bytes).
 */
import { quorumSize } from '../core/quorum.js';
import { authentic } from './ledger.js';
/** How many of n certify a checkpoint. */
export function certifiersOf({ byzantine, quorum }, n, parameters) {
    const own = quorum?.({ n, auth: 'ed25519', parameters }).quorum;
    return own ?? (byzantine ? quorumSize(n) : Math.floor(n / 2) + 1);
}
export const provenSet = ({ state }) => state.sets.membership.pending.set;
export class EpochChain {
    #genesis;
    #verifier;
    #quorum;
    /** On the disk, oldest first. */
    #proofs;
    constructor(genesis, verifier, quorum, proofs) {
        this.#genesis = genesis;
        this.#verifier = verifier;
        this.#quorum = quorum;
        this.#proofs = proofs;
    }
    get latest() {
        const newest = this.#proofs.at(-1);
        return newest === undefined ? this.#genesis : provenSet(newest);
    }
    setOf(epoch) {
        if (epoch === 0)
            return this.#genesis;
        const proof = this.#proofs[epoch - 1];
        return proof && provenSet(proof);
    }
    proofOf(epoch) {
        return this.#proofs[epoch - 1];
    }
    after(epoch) {
        return this.#proofs.slice(epoch);
    }
    /** Takes the next epoch's proof where it holds; whether it did. */
    add(proof) {
        const next = this.latest.epoch + 1;
        if (!authentic(proof.state) || proof.state.sets?.membership.pending?.set.epoch !== next)
            return false;
        if (!this.#holds(proof))
            return false;
        this.#proofs.push(proof);
        return true;
    }
    /** The same for a certificate that our own machine gathered. */
    keep(proof) {
        if (provenSet(proof).epoch === this.latest.epoch + 1)
            this.#proofs.push(proof);
    }
    #holds({ state, votes }) {
        const { epoch, members } = this.latest;
        const signers = new Set();
        for (const vote of votes) {
            const message = vote.message;
            if (message.type !== 'checkpoint' || vote.from >= members.length)
                return false;
            if (message.sequence !== state.sequence || message.digest !== state.digest)
                return false;
            if (!this.#verifier.verify(vote, undefined, epoch))
                return false;
            signers.add(vote.from);
        }
        return signers.size >= this.#quorum(members.length);
    }
}
//# sourceMappingURL=epochs.js.map