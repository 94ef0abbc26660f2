/** Checkpoints, and what goes once one is certified by q signatures (Castro & Liskov, TOCS 2002, §4.3, §5.3). */
import { deliverReady, prune, releaseClaims } from './final.js';
/** Execution reached a checkpoint: say so, signed. */
export function onExecutedCheckpoint(s, { sequence, digest }) {
    if (sequence <= s.stable)
        return;
    s.ownCheckpoints.set(sequence, digest);
    // One signature per checkpoint, whatever happens: after a restart the signed one is re-sent to the letter.
    if (s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
        s.attest({ type: 'checkpoint', epoch: s.config.epoch, sequence, digest });
    }
    const pending = s.pendingCertificate;
    if (pending !== undefined && pending.sequence === sequence)
        adopt(s, pending);
}
export function onCheckpoint(s, attested) {
    const { from, message } = attested;
    const { sequence, digest } = message;
    if (sequence % s.config.checkpointInterval !== 0)
        return s.reject(from, 'bad-claim');
    if (sequence <= s.stable)
        return;
    let votes = s.checkpointVotes.get(sequence);
    const earlier = votes?.[from];
    if (earlier !== undefined) {
        if (earlier.message.digest === digest)
            return;
        // A liar's signature counts for whatever it stands under, as its votes do.
        s.evidence('checkpoint', earlier, attested);
        if (from === s.self)
            return;
    }
    else if (!makeRoom(s, from, message))
        return s.reject(from, 'outside-watermarks');
    votes = s.checkpointVotes.get(sequence);
    if (votes === undefined) {
        votes = new Array(s.n).fill(undefined);
        s.checkpointVotes.set(sequence, votes);
    }
    votes[from] = attested;
    const matching = votes.filter((vote) => vote?.message.digest === digest);
    if (matching.length >= s.quorum)
        adopt(s, { sequence, digest, votes: matching.slice(0, s.quorum) });
}
/**
 * A replica far behind must keep checkpoints from above its window, and a liar must not fill its memory: each sender has
 * as many places as fit a window, and two more. Its lowest gives way to a higher one, and what fewer others signed to
 * what more did: the one signature that is needed of a liar may stand below its inventions.
 */
function makeRoom(s, from, { sequence, digest }) {
    const places = s.config.window / s.config.checkpointInterval + 2;
    let held = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    let leastAt = 0;
    for (const [at, votes] of s.checkpointVotes) {
        const vote = votes[from];
        if (vote === undefined)
            continue;
        held++;
        lowest = Math.min(lowest, at);
        const others = backers(votes, vote.message.digest, from);
        if (others >= least)
            continue;
        least = others;
        leastAt = at;
    }
    if (held < places)
        return true;
    if (sequence > lowest)
        drop(s, from, lowest);
    else if (backers(s.checkpointVotes.get(sequence) ?? [], digest, from) > least)
        drop(s, from, leastAt);
    else
        return false;
    return true;
}
function drop(s, from, sequence) {
    const votes = s.checkpointVotes.get(sequence);
    votes[from] = undefined;
    if (votes.every((vote) => vote === undefined))
        s.checkpointVotes.delete(sequence);
}
function backers(votes, digest, except) {
    let total = 0;
    for (let i = 0; i < votes.length; i++)
        if (i !== except && votes[i]?.message.digest === digest)
            total++;
    return total;
}
/** q replicas certified a checkpoint. */
function adopt(s, certificate) {
    const { sequence, digest, votes } = certificate;
    if (sequence <= s.stable)
        return;
    const own = s.ownCheckpoints.get(sequence);
    if (own === digest) {
        s.persist({ type: 'stable', sequence, digest, certificate: votes });
        s.certificate = certificate;
        settle(s, sequence, digest);
        s.out.push({ kind: 'stable', sequence, digest, certificate: votes });
        return;
    }
    if (s.pendingCertificate === undefined || sequence >= s.pendingCertificate.sequence) {
        s.pendingCertificate = certificate;
    }
    // In the minority. (What an older state of ours signed, before a restart, says nothing about the one to come.)
    if (own !== undefined && s.delivered >= sequence) {
        s.out.push({ kind: 'diverged', sequence, digest, own, certificate: votes });
        return;
    }
    // So far behind that the blocks between are gone elsewhere: take the certified state.
    if (sequence > s.delivered + s.config.window)
        askTransfer(s);
}
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good; our wrong checkpoint stays our one signature for its sequence.
 */
export function onRolledBack(s) {
    for (const at of s.ownCheckpoints.keys())
        if (at > s.stable)
            s.ownCheckpoints.delete(at);
    s.delivered = s.stable;
    deliverReady(s);
}
/** Moves the low watermark and forgets what lies below. */
export function settle(s, sequence, digest) {
    s.stable = sequence;
    s.ownCheckpoints.set(sequence, digest);
    if (s.pendingCertificate !== undefined && s.pendingCertificate.sequence <= sequence) {
        s.pendingCertificate = undefined;
    }
    for (const at of s.ownCheckpoints.keys())
        if (at < sequence)
            s.ownCheckpoints.delete(at);
    for (const at of s.checkpointVotes.keys())
        if (at <= sequence)
            s.checkpointVotes.delete(at);
    s.dropBatches(sequence);
    for (const round of s.wanted.keys()) {
        if ((s.notarised.get(round)?.sequence ?? 0) <= sequence)
            s.wanted.delete(round);
    }
    s.claimed = s.claimed.filter((claim) => claim.sequence > sequence);
    prune(s);
}
/** Asks the driver for the state of the pending certificate; again only after a timeout. */
export function askTransfer(s) {
    const pending = s.pendingCertificate;
    if (pending === undefined)
        return;
    if (s.transferring === pending.sequence && s.nowMs - s.transferAskedMs < s.config.timeoutCeilingMs)
        return;
    s.transferring = pending.sequence;
    s.transferAskedMs = s.nowMs;
    const { sequence, digest, votes } = pending;
    s.out.push({ kind: 'transfer', sequence, digest, certificate: votes });
}
/** The driver installed a certified state. */
export function onInstalled(s, { sequence, digest }) {
    const pending = s.pendingCertificate;
    s.transferring = -1;
    if (sequence <= s.stable)
        return;
    for (const at of s.ownCheckpoints.keys())
        if (at > sequence)
            s.ownCheckpoints.delete(at);
    s.delivered = sequence;
    s.lastProgressMs = s.nowMs;
    if (pending !== undefined && pending.sequence === sequence && pending.digest === digest) {
        s.persist({ type: 'stable', sequence, digest, certificate: pending.votes });
        s.certificate = pending;
    }
    settle(s, sequence, digest);
    deliverReady(s);
}
/** This validator set ends with the checkpoint at `boundary`: whatever carries more dies with it. */
export function onBoundary(s, boundary) {
    s.boundary = Math.min(s.boundary, boundary);
    releaseClaims(s);
}
//# sourceMappingURL=checkpoints.js.map