/**
 * What a replica believes for good must be backed by as many as the protocol asks for: nobody honest executes a batch
 * that no quorum committed, holds a checkpoint that no quorum signed, or enters a view that no quorum asked for. A
 * replica that counts wrongly is caught at its first wrong count, long before two of them disagree.
 */
import { quorumSize } from '../core/quorum.js';
import { decide } from '../protocols/pbft/decide.js';
import { messages } from '../protocols/pbft/messages.js';
import { Violation } from './observer.js';
import { SymbolicVerifier } from './symbolic.js';
export class PbftQuorumChecker {
    #n;
    #quorum;
    #honest = new Set();
    #backing = new Map();
    #verifier = new SymbolicVerifier(messages);
    /** `n`: replicas of the cluster. Those that never start as honest ones may have voted for anything. */
    constructor(n) {
        this.#n = n;
        this.#quorum = quorumSize(n);
    }
    restarted(replica) {
        this.#honest.add(replica);
    }
    persisted(replica, record) {
        switch (record.type) {
            case 'pre-prepare':
                return vote(this.#of(record.sequence, record.digest).prepared, record.view, replica);
            case 'prepared':
                // Its COMMIT may be held back for the fast path, and after a restart count for its sender alone.
                return vote(this.#of(record.sequence, record.digest).committed, record.view, replica);
            case 'stable':
                return this.#certified(replica, record);
            case 'attested':
                if (record.attested.message.type !== 'new-view')
                    return;
                return this.#opened(replica, record.attested);
            default:
                return;
        }
    }
    executed(replica, sequence, view, batch) {
        const liars = this.#n - this.#honest.size;
        const { prepared, committed } = this.#of(sequence, batch.digest);
        for (const voters of committed.values())
            if (bits(voters) + liars >= this.#quorum)
                return;
        for (const voters of prepared.values())
            if (bits(voters) + liars >= this.#n)
                return;
        throw new Violation('quorum', `replica ${replica} executed ${batch.digest.slice(0, 8)} at sequence ${sequence} in view ${view}, which no quorum committed`);
    }
    #of(sequence, digest) {
        let slot = this.#backing.get(sequence);
        if (slot === undefined) {
            slot = new Map();
            this.#backing.set(sequence, slot);
        }
        let backing = slot.get(digest);
        if (backing === undefined) {
            backing = { prepared: new Map(), committed: new Map() };
            slot.set(digest, backing);
        }
        return backing;
    }
    #certified(replica, record) {
        const { sequence, digest, certificate } = record;
        const signers = new Set();
        for (const attested of certificate) {
            const { from, message } = attested;
            if (message.type !== 'checkpoint' || message.sequence !== sequence || message.digest !== digest)
                continue;
            if (this.#verifier.verify(attested))
                signers.add(from);
        }
        if (signers.size >= this.#quorum)
            return;
        throw new Violation('quorum', `replica ${replica} holds checkpoint ${sequence} for stable, which ${signers.size} signed`);
    }
    #opened(replica, attested) {
        const { view, viewChanges } = attested.message;
        const senders = new Set();
        for (const vc of viewChanges)
            if (vc.message.view === view && this.#verifier.verify(vc))
                senders.add(vc.from);
        if (senders.size >= this.#quorum && senders.size === viewChanges.length) {
            if (attested.from === replica)
                this.#assigned(replica, attested.message);
            return;
        }
        throw new Violation('quorum', `replica ${replica} entered view ${view}, which ${senders.size} of ${viewChanges.length} asked for`);
    }
    /** A primary's NEW-VIEW in its log is its word for all that it assigns: it restarts on it, if it has to. */
    #assigned(replica, { view, viewChanges }) {
        const decision = decide(viewChanges.map(({ message }) => message), this.#n);
        for (const [i, digest] of decision?.digests.entries() ?? []) {
            vote(this.#of(decision.checkpoint.sequence + 1 + i, digest).prepared, view, replica);
        }
    }
}
function vote(votes, view, replica) {
    votes.set(view, (votes.get(view) ?? 0) | (1 << replica));
}
/** Replicas in a set; runs have far fewer than 31. */
function bits(set) {
    let count = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1)
        count++;
    return count;
}
//# sourceMappingURL=pbft-quorum-checker.js.map