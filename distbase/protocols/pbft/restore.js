/** A machine from its log: what was promised before a crash binds after it. */
import { NULL_DIGEST } from '../../core/ids.js';
import { accept, deliverReady, proceed } from './normal.js';
import { newViewDecision, openView } from './view-change.js';
/** Reads the records, oldest first, then delivers again what committed above the restored state. */
export function restore(s, records) {
    for (const record of records)
        replay(s, record);
    forgetEmptyCommits(s);
    deliverRestored(s);
    takeCertificate(s);
    resume(s);
}
/** That a slot committed is of use with its bytes alone; without them it is learned anew, and then they are asked for. */
function forgetEmptyCommits(s) {
    for (const slot of s.slots.values()) {
        if (slot.committedBatch() === undefined)
            slot.committedDigest = undefined;
    }
}
/**
 * A view that we entered, or opened, goes on. A primary's NEW-VIEW may be out while the Q entries that it stands for are
 * not in the log: they must be there before anything else leaves, or a batch that all n prepared alike could be claimed
 * by too few (decide.ts, 2).
 */
function resume(s) {
    if (!s.active)
        return;
    for (const slot of [...s.slots.values()]) {
        if (slot.accepted !== undefined && !slot.votedPrepare)
            proceed(s, slot);
    }
}
/**
 * A checkpoint that was certified before a crash is stable once execution has come there again, and not sooner: then the
 * driver is told as if for the first time, which it may not have been. It may be the last one of this validator set, and
 * every replica may have crashed on it.
 */
function takeCertificate(s) {
    const certificate = s.certificate;
    if (certificate === undefined || certificate.sequence <= s.stable)
        return;
    s.pendingCertificate = certificate;
    s.certificate = undefined;
}
/** Delivering writes `committed` records; those are in the log already. */
function deliverRestored(s) {
    deliverReady(s);
    for (let i = s.out.length - 1; i >= 0; i--)
        if (s.out[i].kind === 'persist')
            s.out.splice(i, 1);
}
function replay(s, record) {
    if ('sequence' in record && record.type !== 'stable') {
        if (record.sequence <= s.config.restoredSequence || record.sequence > s.boundary)
            return;
    }
    switch (record.type) {
        case 'batch': {
            const slot = s.slot(record.sequence);
            slot.batches.set(record.digest, record.batch);
            slot.logged.add(record.digest);
            return;
        }
        case 'pre-prepare': {
            const slot = s.slot(record.sequence);
            slot.addPreprepared(record.digest, record.view);
            if (record.view !== s.view || !s.active)
                return;
            accept(s, slot, record.digest);
            slot.votedPrepare = true;
            s.lastProposed = Math.max(s.lastProposed, record.sequence);
            return;
        }
        case 'prepared': {
            const slot = s.slot(record.sequence);
            slot.addPrepared(record.digest, record.view);
            if (record.view !== s.view || !s.active)
                return;
            slot.prepared = true;
            slot.votedCommit = true;
            return;
        }
        case 'committed': {
            const slot = s.slot(record.sequence);
            slot.committedDigest = record.digest;
            slot.committedView = record.view;
            return;
        }
        case 'stable':
            if (record.sequence < s.stable)
                return;
            s.certificate = { sequence: record.sequence, digest: record.digest, votes: record.certificate };
            return;
        case 'attested':
            return replayAttested(s, record.attested);
    }
}
function replayAttested(s, attested) {
    const { message } = attested;
    switch (message.type) {
        case 'checkpoint': {
            if (message.sequence <= s.config.restoredSequence)
                return;
            // Signed once, and sent again to the letter; whether we hold its state shows when execution has come there again.
            const votes = s.checkpointVotes.get(message.sequence) ?? new Array(s.n).fill(undefined);
            votes[s.self] = attested;
            s.checkpointVotes.set(message.sequence, votes);
            return;
        }
        case 'view-change':
            s.viewChanges[s.self] = attested;
            s.view = message.view;
            s.asked = message.view;
            s.active = false;
            s.newView = undefined;
            for (const slot of s.slots.values())
                slot.enterView();
            return;
        case 'new-view':
            return replayNewView(s, attested);
    }
}
function replayNewView(s, attested) {
    const decision = newViewDecision(s, attested.message);
    if (decision === undefined)
        return;
    openView(s, attested, decision);
    for (const [i, digest] of decision.digests.entries()) {
        const sequence = decision.checkpoint.sequence + 1 + i;
        if (sequence > s.stable && sequence <= s.boundary)
            accept(s, s.slot(sequence), digest);
    }
}
/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export function liveRecords(s) {
    const out = [];
    if (s.certificate !== undefined && s.certificate.sequence === s.stable) {
        const { sequence, digest, votes } = s.certificate;
        out.push({ type: 'stable', sequence, digest, certificate: votes });
    }
    if (s.newView !== undefined)
        out.push({ type: 'attested', attested: s.newView });
    for (const votes of s.checkpointVotes.values()) {
        const own = votes[s.self];
        if (own !== undefined)
            out.push({ type: 'attested', attested: own });
    }
    const slots = [...s.slots.values()].sort((a, b) => a.sequence - b.sequence);
    for (const slot of slots)
        if (slot.sequence > s.stable)
            pushSlot(out, slot.sequence, slot);
    // Last: it ends the view whose promises stand above.
    const own = s.viewChanges[s.self];
    if (!s.active && own !== undefined)
        out.push({ type: 'attested', attested: own });
    return out;
}
/** What the log holds of one slot, in the order that `restore` takes. */
export function pushSlot(out, sequence, slot) {
    // All that the log holds, named by a promise or not: a crash may have kept the bytes and lost the promise, and the
    // next one for this digest will rely on them.
    for (const digest of slot.logged) {
        const batch = slot.batches.get(digest);
        if (batch !== undefined && digest !== NULL_DIGEST)
            out.push({ type: 'batch', sequence, digest, batch });
    }
    for (const [digest, view] of slot.preprepared)
        out.push({ type: 'pre-prepare', view, sequence, digest });
    if (slot.preparedDigest !== undefined) {
        out.push({ type: 'prepared', view: slot.preparedView, sequence, digest: slot.preparedDigest });
    }
    // One that waits for a gap below it may have its bytes from a proposal that we took no part in, and not in the log.
    const { committedDigest: digest } = slot;
    if (digest !== undefined && slot.logged.has(digest)) {
        out.push({ type: 'committed', view: slot.committedView, sequence, digest });
    }
}
//# sourceMappingURL=restore.js.map