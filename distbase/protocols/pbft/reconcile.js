/**
 * A log for a replica that has lost its own, where so many have that no quorum can take them back. All replicas stand still,
 * and what they know together is here: logs that are whole, rests of logs, executed slots.
 *
 * The new log promises, per slot, the strongest that any of them promised, and begins with a VIEW-CHANGE for a view
 * above all of them. So the replica votes in no view in which it may have voted, and its claims take the place of its lost ones in
 * the decision on that view (decide.ts). Let s replicas have whole logs, s + q > n, and let nobody lie:
 *
 * - A slot that committed with q COMMITs, or by all n PREPAREs, has one of the s among its voters. Its log claims P
 *   or Q for the digest, of that view or later, and by the argument of decide.ts (1, 2) no claim of that view or a later
 *   one, P or Q, is for another digest. So the claim of the highest view is for it, P before Q in one view: that is what
 *   the new log claims. A slot that somebody executed, or logged as committed, needs no such choice.
 * - The claims of a new view then hold as many for that digest as if nobody had lost a log, or more: each replica with a new
 *   log claims it, whether the lost one did or not; and none for another digest of that view or later. So A, F and B choose
 *   it. Where nothing committed, any digest that is chosen will do.
 * - Every view that a replica entered was opened by q VIEW-CHANGEs, one of them by one of the s, and is in its log. Votes in
 *   later views there are none. A VIEW-CHANGE that was lost with a log, and that another for the same view now contradicts, is
 *   known to nobody any more, as all have stopped.
 *
 * With s + q ≤ n a quorum may have forgotten together: then this keeps what is known, and more may have been promised.
 */
import { LockstepError } from '../../core/errors.js';
import { NULL_DIGEST } from '../../core/ids.js';
import { pushSlot } from './restore.js';
import { State } from './state.js';
import { ownClaims } from './view-change.js';
class Together {
    state;
    known = new Map();
    view = 0;
    constructor(config) {
        this.state = new State(config, () => { });
    }
    of(sequence) {
        let known = this.known.get(sequence);
        if (known === undefined) {
            known = { prepared: undefined, preprepared: undefined, committed: undefined, views: new Map() };
            this.known.set(sequence, known);
        }
        return known;
    }
    covers(sequence) {
        return sequence > this.state.stable && sequence <= this.state.boundary;
    }
    take(record) {
        switch (record.type) {
            case 'batch':
                if (this.covers(record.sequence))
                    this.hold(record.sequence, record.digest, record.batch);
                return;
            case 'pre-prepare':
            case 'prepared':
            case 'committed':
                this.view = Math.max(this.view, record.view);
                if (this.covers(record.sequence))
                    this.claim(record);
                return;
            case 'attested': {
                const { message } = record.attested;
                if (message.type === 'view-change' || message.type === 'new-view')
                    this.view = Math.max(this.view, message.view);
                return;
            }
        }
    }
    hold(sequence, digest, batch) {
        const slot = this.state.slot(sequence);
        slot.batches.set(digest, batch);
        slot.logged.add(digest);
    }
    claim(record) {
        const { type, view, sequence, digest } = record;
        const known = this.of(sequence);
        if (type === 'committed')
            this.commit(sequence, digest);
        known.views.set(digest, Math.max(view, known.views.get(digest) ?? 0));
        if (type === 'prepared')
            known.prepared = stronger(known.prepared, record);
        if (type === 'pre-prepare')
            known.preprepared = stronger(known.preprepared, record);
    }
    executed(sequence, batch) {
        if (!this.covers(sequence))
            return;
        this.hold(sequence, batch.digest, batch);
        this.commit(sequence, batch.digest);
    }
    commit(sequence, digest) {
        const known = this.of(sequence);
        if (known.committed !== undefined && known.committed !== digest) {
            const both = `${known.committed.slice(0, 12)}… and ${digest.slice(0, 12)}…`;
            throw new LockstepError('diverged', `slot ${sequence} is committed twice in these homes, as ${both}`);
        }
        known.committed = digest;
    }
    /** Gives the slot the one promise that its new log makes; true where there is one. */
    settle(sequence, { prepared, preprepared, committed, views }) {
        const slot = this.state.slot(sequence);
        const best = prepared !== undefined && prepared.view >= (preprepared?.view ?? -1) ? prepared : preprepared;
        const digest = committed ?? best?.digest;
        // Whoever made the claim has the bytes in its log: without them, it is a rest of one that promised nothing by it.
        if (digest === undefined || !slot.batches.has(digest))
            return false;
        const view = committed === undefined ? best.view : (views.get(committed) ?? 0);
        for (const other of [...slot.batches.keys()])
            if (other !== digest && other !== NULL_DIGEST) {
                slot.batches.delete(other);
                slot.logged.delete(other);
            }
        slot.addPreprepared(digest, view);
        if (committed !== undefined || best === prepared)
            slot.addPrepared(digest, view);
        if (committed !== undefined) {
            slot.committedDigest = committed;
            slot.committedView = view;
        }
        return true;
    }
}
/** The claim of the later view; of one view any, since what may have committed in it is the only one. */
function stronger(a, b) {
    if (a === undefined || b.view > a.view)
        return b;
    return b.view === a.view && b.digest < a.digest ? b : a;
}
export function reconcile(config, { certificate, logs, executed, skipViews }) {
    const together = new Together(config);
    for (const log of logs)
        for (const record of log)
            together.take(record);
    for (const { sequence, batch } of executed)
        together.executed(sequence, batch);
    const records = [];
    // Without it nobody that lacks a slot below this state, which is not told of any more, could be given the state itself.
    const { restoredSequence: sequence, restoredDigest: digest } = config;
    if (certificate !== undefined)
        records.push({ type: 'stable', sequence, digest, certificate });
    const ordered = [...together.known].sort((a, b) => a[0] - b[0]);
    let slots = 0;
    let committed = 0;
    for (const [sequence, known] of ordered) {
        if (!together.settle(sequence, known)) {
            together.state.slots.delete(sequence);
            continue;
        }
        slots++;
        if (known.committed !== undefined)
            committed++;
        pushSlot(records, sequence, together.state.slots.get(sequence));
    }
    // Bytes that nobody promised anything for.
    for (const sequence of [...together.state.slots.keys()])
        if (!together.known.has(sequence))
            together.state.slots.delete(sequence);
    const view = together.view + 1 + skipViews;
    return { records, message: ownClaims(together.state, view), view, slots, committed };
}
//# sourceMappingURL=reconcile.js.map