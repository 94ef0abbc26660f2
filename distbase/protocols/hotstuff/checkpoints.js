/** Checkpoints, garbage collection, and the step over a gap by a certified state. */
import { makeRoom, votesFor } from '../../core/checkpoint-votes.js';
import { deliverReady } from './chain.js';
/** Execution reached a checkpoint: say so, signed; once, whatever happens. */
export function onExecutedCheckpoint(s, { sequence, digest }) {
    if (sequence <= s.stable)
        return;
    s.ownCheckpoints.set(sequence, digest);
    if (s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
        s.out.push({ kind: 'attest', message: { type: 'checkpoint', epoch: s.config.epoch, sequence, digest } });
    }
    const pending = s.pendingCertificate;
    if (pending !== undefined && pending.sequence === sequence)
        adopt(s, pending);
}
/** Checkpoints that one sender may have on their way here. */
const places = (s) => s.config.window / s.config.checkpointInterval + 2;
export function onCheckpoint(s, attested) {
    const { from, message } = attested;
    const { sequence, digest } = message;
    if (sequence % s.config.checkpointInterval !== 0)
        return s.reject(from, 'bad-claim');
    if (sequence <= s.stable)
        return;
    const earlier = s.checkpointVotes.get(sequence)?.[from];
    if (earlier !== undefined) {
        if (earlier.message.digest === digest)
            return;
        // A liar's signature counts for whatever it stands under: were its first word the only one, it could sign the
        // certificate that the others hold, and keep a laggard from ever taking it by having told it something else.
        s.evidence('checkpoint', earlier, attested);
        if (from === s.self)
            return;
    }
    else if (!makeRoom(s.checkpointVotes, places(s), from, message)) {
        return s.reject(from, 'outside-watermarks');
    }
    let votes = s.checkpointVotes.get(sequence);
    if (votes === undefined) {
        votes = new Array(s.n).fill(undefined);
        s.checkpointVotes.set(sequence, votes);
    }
    votes[from] = attested;
    const matching = votesFor(votes, digest);
    if (matching.length >= s.quorum)
        adopt(s, { sequence, digest, votes: matching.slice(0, s.quorum) });
}
/** q replicas certified a checkpoint. */
function adopt(s, certificate) {
    const { sequence, digest } = certificate;
    if (sequence <= s.stable)
        return;
    const own = s.ownCheckpoints.get(sequence);
    if (own === digest) {
        s.note({ type: 'stable', sequence, digest, certificate: certificate.votes });
        settle(s, sequence, digest);
        s.stableCertificate = certificate;
        s.out.push({ kind: 'stable', sequence, digest, certificate: certificate.votes });
        return;
    }
    if (s.pendingCertificate === undefined || sequence >= s.pendingCertificate.sequence) {
        s.pendingCertificate = certificate;
    }
    // In the minority. (What an older state of ours signed, before a restart, says nothing about the one to come.)
    if (own !== undefined && s.delivered >= sequence) {
        s.out.push({ kind: 'diverged', sequence, digest, own, certificate: certificate.votes });
        return;
    }
    // So far behind that the slots between are gone elsewhere: take the certified state.
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
    s.highestSeen = Math.max(s.highestSeen, sequence);
    if (s.pendingCertificate !== undefined && s.pendingCertificate.sequence <= sequence) {
        s.pendingCertificate = undefined;
    }
    for (const at of s.slots.keys())
        if (at <= sequence)
            s.slots.delete(at);
    for (const at of s.seenAtMs.keys())
        if (at <= sequence)
            s.seenAtMs.delete(at);
    for (const at of s.ownCheckpoints.keys())
        if (at < sequence)
            s.ownCheckpoints.delete(at);
    for (const at of s.checkpointVotes.keys())
        if (at <= sequence)
            s.checkpointVotes.delete(at);
    for (const [key, wanted] of s.wanted)
        if (wanted.sequence <= sequence)
            s.wanted.delete(key);
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
    // Whatever we executed differently above it is executed again.
    for (const at of s.ownCheckpoints.keys())
        if (at > sequence)
            s.ownCheckpoints.delete(at);
    s.ownCheckpoints.set(sequence, digest);
    s.delivered = sequence;
    s.lastProgressMs = s.nowMs;
    s.behindMs = s.nowMs;
    s.deliveredMs = s.nowMs;
    if (pending !== undefined && pending.sequence === sequence && pending.digest === digest) {
        s.note({ type: 'stable', sequence, digest, certificate: pending.votes });
        s.stableCertificate = pending;
    }
    settle(s, sequence, digest);
    deliverReady(s);
}
/** This validator set ends with the checkpoint at `boundary`: what was promised past it dies with the epoch. */
export function onBoundary(s, boundary) {
    s.boundary = Math.min(s.boundary, boundary);
    for (const sequence of s.slots.keys())
        if (sequence > boundary)
            s.slots.delete(sequence);
    for (const [key, wanted] of s.wanted)
        if (wanted.sequence > boundary)
            s.wanted.delete(key);
    s.highestSeen = Math.min(s.highestSeen, Math.max(boundary, s.delivered));
}
//# sourceMappingURL=checkpoints.js.map