/** Checkpoints, garbage collection and the watermarks (TOCS 2002 §4.3), and the step over a gap (§5.3). */
import { makeRoom, votesFor } from '../../core/checkpoint-votes.js';
import { deliverReady } from './normal.js';
/** Execution reached a checkpoint: say so, signed. */
export function onExecutedCheckpoint(s, { sequence, digest }) {
    if (sequence <= s.stable)
        return;
    s.ownCheckpoints.set(sequence, digest);
    // One signature per checkpoint, whatever happens: after a restart, or a rollback, the signed one is re-sent to
    // the letter and nothing else is signed in its place.
    if (s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
        s.out.push({ kind: 'attest', message: { type: 'checkpoint', epoch: s.config.epoch, sequence, digest } });
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
    if (votes === undefined) {
        if (!makeRoom(s.checkpointVotes, places(s), from, message))
            return s.reject(from, 'outside-watermarks');
        votes = new Array(s.n).fill(undefined);
        s.checkpointVotes.set(sequence, votes);
    }
    const earlier = votes[from];
    if (earlier !== undefined) {
        if (earlier.message.digest === digest)
            return;
        // A liar's signature counts for whatever it stands under: were its first word the only one, it could sign the
        // certificate that the others hold, and keep a laggard from ever taking it by having told it something else.
        s.evidence('checkpoint', earlier, attested);
        if (from === s.self)
            return;
    }
    else if (!makeRoom(s.checkpointVotes, places(s), from, message))
        return s.reject(from, 'outside-watermarks');
    votes[from] = attested;
    const matching = votesFor(votes, digest);
    if (matching.length >= s.quorum)
        adopt(s, { sequence, digest, votes: matching.slice(0, s.quorum) });
}
/** Checkpoints that one sender may have on their way here. */
const places = (s) => s.config.window / s.config.checkpointInterval + 2;
/** q replicas certified a checkpoint. */
function adopt(s, certificate) {
    const { sequence, digest } = certificate;
    if (sequence <= s.stable)
        return;
    const own = s.ownCheckpoints.get(sequence);
    if (own === digest)
        return makeStable(s, certificate);
    if (s.pendingCertificate === undefined || sequence >= s.pendingCertificate.sequence) {
        s.pendingCertificate = certificate;
    }
    // In the minority. (What an older state of ours signed, before a restart, says nothing about the one to come.)
    if (own !== undefined && s.delivered >= sequence) {
        s.out.push({ kind: 'diverged', sequence, digest, own, certificate: certificate.votes });
        return;
    }
    if (slotsGone(s))
        askTransfer(s);
}
/**
 * The slots up to a certified checkpoint cannot be learned one by one any more, so that the certified state has to be
 * taken. It is further away than a window; or fewer than f + 1 others keep the slot that we lack: whoever made a much later
 * checkpoint stable let it go, answers no COMMIT for it and claims no commit, and less than f + 1 claims prove none. (One
 * that restarted, or whose batches were large, keeps less than we count on; then a time-out tells us.)
 * To wait for a time-out then would gain nothing and, with our own time-outs longer than theirs, cost a primary its view.
 * Who understates its checkpoint makes us wait as before; who overstates it, f of them at most, makes us transfer a
 * state that at least one honest replica keeps: q signed it.
 */
export function slotsGone(s) {
    const { pendingCertificate: pending, delivered } = s;
    if (pending === undefined || pending.sequence <= delivered)
        return false;
    if (pending.sequence > delivered + s.config.window)
        return true;
    let keepers = 0;
    for (let id = 0; id < s.n; id++) {
        if (id !== s.self && s.peerStable[id] - s.past.depth <= delivered)
            keepers++;
    }
    return keepers < s.weakQuorum;
}
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good. So does our wrong checkpoint, as our one signature for its sequence: what
 * we come to now is compared with the certificate, and not signed.
 */
export function onRolledBack(s) {
    for (const at of s.ownCheckpoints.keys())
        if (at > s.stable)
            s.ownCheckpoints.delete(at);
    s.delivered = s.stable;
    // To deliver again says nothing about how long it takes to agree.
    const { commitEwmaMs, commitVarMs } = s;
    deliverReady(s);
    s.commitEwmaMs = commitEwmaMs;
    s.commitVarMs = commitVarMs;
}
function makeStable(s, { sequence, digest, votes }) {
    s.persistLazily({ type: 'stable', sequence, digest, certificate: votes });
    settle(s, sequence, digest);
    s.certificate = { sequence, digest, votes };
    s.out.push({ kind: 'stable', sequence, digest, certificate: votes });
}
/** Moves the low watermark and forgets what lies below. */
export function settle(s, sequence, digest) {
    s.stable = sequence;
    s.ownCheckpoints.set(sequence, digest);
    s.low = Math.max(s.low, sequence);
    s.highestSeen = Math.max(s.highestSeen, sequence);
    if (s.pendingCertificate !== undefined && s.pendingCertificate.sequence <= sequence) {
        s.pendingCertificate = undefined;
    }
    for (const [at, slot] of s.slots) {
        if (at > sequence)
            continue;
        const batch = slot.committedBatch();
        if (batch !== undefined)
            s.past.add(at, slot.committedDigest, batch);
        s.slots.delete(at);
    }
    s.past.trim(sequence);
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
    s.out.push({
        kind: 'transfer',
        sequence: pending.sequence,
        digest: pending.digest,
        certificate: pending.votes,
    });
}
/** The driver installed a certified state. */
export function onInstalled(s, { sequence, digest }, votes) {
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
    const ofPending = pending?.sequence === sequence && pending.digest === digest ? pending.votes : undefined;
    const certificate = votes ?? ofPending;
    if (certificate !== undefined) {
        s.persistLazily({ type: 'stable', sequence, digest, certificate });
        s.certificate = { sequence, digest, votes: certificate };
    }
    settle(s, sequence, digest);
    deliverReady(s);
    // The others went on meanwhile: what they changed is asked for at once.
    const next = s.pendingCertificate;
    if (next !== undefined && next.sequence > s.delivered + s.config.window)
        askTransfer(s);
}
/**
 * This validator set ends with the checkpoint at `boundary`. A slot past it can only have our vote where a new view began
 * above our own state; what was promised there dies with the epoch, since nobody delivers it.
 */
export function onBoundary(s, boundary) {
    s.boundary = Math.min(s.boundary, boundary);
    for (const sequence of s.slots.keys())
        if (sequence > boundary)
            s.slots.delete(sequence);
    for (const [key, wanted] of s.wanted)
        if (wanted.sequence > boundary)
            s.wanted.delete(key);
    for (const sequence of s.held)
        if (sequence > boundary)
            s.held.delete(sequence);
    s.highestSeen = Math.min(s.highestSeen, Math.max(boundary, s.delivered));
}
//# sourceMappingURL=checkpoints.js.map