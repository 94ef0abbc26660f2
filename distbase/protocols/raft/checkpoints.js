/**
 * Checkpoints: what a snapshot is to the paper (§7), certified as in every protocol of this node. A majority of the
 * voters sign what execution gave them. One signature would prove as much where nobody lies; a majority is asked for so
 * that whatever majority is left, somebody among it has executed that far and serves the state, before anybody drops the
 * entries that led to it.
 */
import { Log } from './log.js';
/** Entries kept below the stable checkpoint, in windows, so that a pause costs a follower no state transfer. */
const RETAINED_WINDOWS = 4;
/** Certificates whose states were asked for and are not here yet. */
const MAX_ASKED = 8;
/** Execution reached a checkpoint: say so, signed. */
export function onExecutedCheckpoint(s, { sequence, digest }) {
    if (sequence <= s.stable)
        return;
    s.ownCheckpoints.set(sequence, digest);
    const entryTerm = s.log.termAt(sequence);
    // One signature per checkpoint, whatever happens: after a restart, or a rollback, the signed one is sent again to the
    // letter and nothing else is signed in its place.
    if (s.isVoter && entryTerm !== undefined && s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
        const { epoch } = s.config;
        s.out.push({
            kind: 'attest',
            message: { type: 'checkpoint', epoch, sequence, digest, entryTerm, term: s.term },
        });
    }
    if (s.pending?.sequence === sequence)
        adopt(s, s.pending);
}
export function onCheckpoint(s, attested) {
    const { from, message } = attested;
    const { sequence, digest } = message;
    if (from >= s.voters || sequence % s.config.checkpointInterval !== 0)
        return s.reject(from, 'bad-claim');
    if (sequence <= s.stable)
        return;
    let votes = s.checkpointVotes.get(sequence);
    if (votes === undefined) {
        makeRoom(s);
        votes = new Array(s.voters).fill(undefined);
        s.checkpointVotes.set(sequence, votes);
    }
    const earlier = votes[from];
    if (earlier !== undefined) {
        if (earlier.message.digest !== digest) {
            s.out.push({ kind: 'evidence', from, offence: 'checkpoint', first: earlier, second: attested });
        }
        return;
    }
    votes[from] = attested;
    const matching = votes.filter((vote) => vote?.message.digest === digest);
    if (matching.length >= s.majority)
        adopt(s, { sequence, digest, votes: matching.slice(0, s.majority) });
}
/** As many checkpoints as fit a window, and two for overlap; the lowest gives way, since whoever is behind wants the latest. */
function makeRoom(s) {
    const places = s.config.window / s.config.checkpointInterval + 2;
    while (s.checkpointVotes.size >= places)
        s.checkpointVotes.delete(Math.min(...s.checkpointVotes.keys()));
}
/** The term of the entry at a certified checkpoint. */
export function entryTermOf({ votes }) {
    return votes[0]?.message?.entryTerm;
}
/** A majority certified a checkpoint, so all up to it is committed. */
function adopt(s, certificate) {
    const { sequence, digest, votes } = certificate;
    if (sequence <= s.stable)
        return;
    if (s.ownCheckpoints.get(sequence) === digest)
        return makeStable(s, certificate);
    if (s.pending !== undefined && s.pending.sequence > sequence)
        return;
    if (s.pending?.sequence !== sequence) {
        s.pending = certificate;
        // Before its state can be on our disk: the log says where it goes on.
        s.persist({ type: 'certificate', sequence, digest, votes });
    }
    // Each signer knew in its term that this is committed. A leader of an earlier term may not have it: we are done with those.
    const term = Math.min(...votes.map(({ message }) => message.term));
    if (term > s.term)
        s.enterTerm(term);
    usePending(s);
    // In the minority. (What an older state of ours signed, before a restart, says nothing about the one to come.)
    const own = s.ownCheckpoints.get(sequence);
    if (own === undefined || s.delivered < sequence)
        return;
    s.out.push({ kind: 'diverged', sequence, digest, own, certificate: votes });
}
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. What is
 * committed is so as before; our wrong checkpoint stays our one signature for its sequence.
 */
export function onRolledBack(s) {
    for (const at of s.ownCheckpoints.keys())
        if (at > s.stable)
            s.ownCheckpoints.delete(at);
    s.delivered = s.stable;
    s.deliver();
}
/** Where our log has the very entry that was certified, no leader need tell us that it is committed. */
export function usePending(s) {
    const { pending } = s;
    if (pending === undefined || s.log.termAt(pending.sequence) !== entryTermOf(pending))
        return;
    s.matched = Math.max(s.matched, pending.sequence);
    s.commit = Math.max(s.commit, pending.sequence);
    s.deliver();
}
function makeStable(s, certificate) {
    const { sequence, digest, votes } = certificate;
    if (s.pending?.sequence !== sequence)
        s.persist({ type: 'certificate', sequence, digest, votes });
    settle(s, certificate);
    s.out.push({ kind: 'stable', sequence, digest, certificate: votes });
}
/** Moves the low watermark and forgets what lies below. */
function settle(s, certificate) {
    const { sequence, digest } = certificate;
    s.stable = sequence;
    s.certificate = certificate;
    s.ownCheckpoints.set(sequence, digest);
    if (s.pending !== undefined && s.pending.sequence <= sequence)
        s.pending = undefined;
    s.log.prune(sequence, RETAINED_WINDOWS * s.config.window);
    for (const at of s.asked.keys())
        if (at <= sequence)
            s.asked.delete(at);
    for (const at of s.ownCheckpoints.keys())
        if (at < sequence)
            s.ownCheckpoints.delete(at);
    for (const at of s.checkpointVotes.keys())
        if (at <= sequence)
            s.checkpointVotes.delete(at);
}
export function askTransfer(s) {
    const { pending } = s;
    if (pending === undefined)
        return;
    if (s.transferring === pending.sequence && s.nowMs - s.transferAskedMs < s.config.timeoutCeilingMs)
        return;
    s.transferring = pending.sequence;
    s.transferAskedMs = s.nowMs;
    if (s.asked.size >= MAX_ASKED)
        s.asked.delete(Math.min(...s.asked.keys()));
    s.asked.set(pending.sequence, pending);
    const { sequence, digest, votes } = pending;
    s.out.push({ kind: 'transfer', sequence, digest, certificate: votes });
}
/** This validator set ends with the checkpoint at `boundary`. */
export function onBoundary(s, boundary) {
    s.boundary = Math.min(s.boundary, boundary);
}
/** The driver installed a certified state (InstallSnapshot, §7). */
export function onInstalled(s, { sequence, digest }, votes) {
    s.transferring = -1;
    if (sequence <= s.stable)
        return;
    // Whatever we executed differently above it is executed again.
    for (const at of s.ownCheckpoints.keys())
        if (at > sequence)
            s.ownCheckpoints.delete(at);
    const certificate = votes === undefined ? s.asked.get(sequence) : { sequence, digest, votes };
    if (certificate === undefined || certificate.digest !== digest) {
        // A later one was asked for meanwhile, and this one is forgotten: what follows it is learnt from the leader.
        s.log = new Log(sequence, s.log.termAt(sequence));
        s.ownCheckpoints.set(sequence, digest);
        s.stable = sequence;
        s.certificate = undefined;
    }
    else {
        const term = entryTermOf(certificate);
        s.log.rebase(sequence, term);
        s.persist({ type: 'base', sequence, term });
        settle(s, certificate);
    }
    s.delivered = sequence;
    s.commit = Math.max(s.commit, sequence);
    s.matched = Math.min(Math.max(s.matched, sequence), s.log.last);
    s.deliver();
    // The others went on meanwhile: what they changed is asked for at once, where their logs do not reach back to us.
    if (s.pending !== undefined && s.pending.sequence > s.delivered + RETAINED_WINDOWS * s.config.window)
        askTransfer(s);
}
// --------------------------------------------------------------------------------- sent again
/**
 * What somebody needs whose last stable checkpoint is `theirs`: the latest certificate, and our votes above it. What is
 * younger than a tick is on its way.
 */
export function sendCheckpoints(s, to, theirs) {
    const latest = s.pending ?? s.certificate;
    if (latest !== undefined && theirs < latest.sequence && latest.sequence <= s.certifiedAtTick) {
        for (const vote of latest.votes)
            if (vote.from !== to)
                s.forward(to, vote);
    }
    for (const [sequence, votes] of s.checkpointVotes) {
        const own = votes[s.self];
        if (sequence > theirs && sequence <= s.deliveredAtTick && own !== undefined)
            s.forward(to, own);
    }
}
//# sourceMappingURL=checkpoints.js.map