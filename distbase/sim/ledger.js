/** What a simulated replica executes: a chain of digests, shared structurally so that a snapshot is a pointer. */
import { invariant } from '../core/assert.js';
import { NULL_BATCH } from '../core/batch.js';
import { setsAfter, setsAt } from './sets.js';
import { Mixer, symbolicDigest } from './symbolic.js';
/** The state before the first slot. */
export const GENESIS = {
    previous: undefined,
    sequence: 0,
    batch: NULL_BATCH,
    digest: symbolicDigest(new Mixer().text('genesis')),
};
/** What execution made; whoever alters a copy of it has no other content for the digest. */
class Executed {
    previous;
    sequence;
    batch;
    digest;
    sets;
    constructor(previous, sequence, batch, digest, sets) {
        this.previous = previous;
        this.sequence = sequence;
        this.batch = batch;
        this.digest = digest;
        this.sets = sets;
    }
}
/** Whether the entry is what its digest says: what hashing a state that came from elsewhere would find. */
export function authentic(entry) {
    return entry instanceof Executed;
}
export class Ledger {
    /** The last executed slot. */
    tip = GENESIS;
    /** Numbers of the transactions that took effect: a second copy of one in a later batch does nothing. */
    executed = new Set();
    #clients;
    constructor(clients) {
        this.#clients = clients;
    }
    /** Executes the next slot. */
    apply(sequence, batch) {
        invariant(sequence === this.tip.sequence + 1, `slot ${sequence} follows ${this.tip.sequence}`);
        const mixer = new Mixer().digest(this.tip.digest).int(sequence).digest(batch.digest);
        const before = this.tip.sets;
        let sets = before && setsAt(before, sequence);
        for (const transaction of batch.transactions) {
            const id = this.#clients.idOf(transaction);
            // The state says what had no effect, so that a replica on which it had one ends with another state.
            if (!this.takesEffect(id))
                mixer.int(id);
            else if (sets !== undefined)
                sets = setsAfter(sets, id, sequence);
            this.executed.add(id);
        }
        this.tip = new Executed(this.tip, sequence, batch, symbolicDigest(mixer), sets);
    }
    /** Whether this transaction is executed for the first time; called once for each that comes, in order. */
    takesEffect(transaction) {
        return !this.executed.has(transaction);
    }
    /** Replaces the state by another replica's, or by an earlier one of our own. */
    restore(entry) {
        this.tip = entry;
        this.executed.clear();
        for (let at = entry; at !== undefined; at = at.previous)
            this.#take(at.batch);
    }
    /** The slot at `sequence`, or undefined where it is not executed yet. */
    at(sequence) {
        let entry = this.tip;
        while (entry !== undefined && entry.sequence > sequence)
            entry = entry.previous;
        return entry?.sequence === sequence ? entry : undefined;
    }
    #take(batch) {
        for (const transaction of batch.transactions)
            this.executed.add(this.#clients.idOf(transaction));
    }
}
//# sourceMappingURL=ledger.js.map