/** Asking again and answering: a lost frame costs a tick, never the cluster. */
import { decide, deliverReady, learnAncestor, missingAncestor, sameHeader } from './chain.js';
import { askTransfer } from './checkpoints.js';
import { leaderOverdue, slowHeartbeat, timeoutMs } from './pacemaker.js';
import { heardAll, leave, showedOnly, tellView } from './views.js';
import { blockToSend } from './voting.js';
/** Slots answered per status: what a laggard can take in one burst without starving its votes. */
const SLOTS_PER_ANSWER = 64;
/** Batches asked for by digest are answered up to so many bytes within this time, per replica, ms. */
const BYTES_PER_ANSWER = 4 << 20;
const FETCH_PERIOD_MS = 50;
/** Least time between two answers to one replica, ms: a flood of questions is not a flood of answers. */
const ANSWER_PAUSE_MS = 5;
/** Least time between two questions of our own that others' news provoke, ms. */
const QUESTION_PAUSE_MS = 20;
export function onTick(s) {
    s.tickArmed = false;
    // A tick this late means that we slept, not that the others did: what they sent meanwhile is still to be read.
    if (s.nowMs - s.tickDueMs > s.tickMs / 2)
        s.lastProgressMs = Math.max(s.lastProgressMs, s.nowMs - s.tickMs);
    if (!s.busy) {
        s.send(undefined, s.ownStatus());
        return slowHeartbeat(s);
    }
    if (s.left)
        return leftTick(s);
    const stalledMs = s.nowMs - s.lastProgressMs;
    if (leaderOverdue(s))
        return leave(s);
    const waitedMs = s.demandSinceMs < 0 ? 0 : s.nowMs - s.demandSinceMs;
    if (!s.relayed && s.demandSinceMs >= 0 && Math.max(stalledMs, waitedMs) >= timeoutMs(s) / 2) {
        s.relayed = true;
        if (!s.isLeader)
            s.out.push({ kind: 'relay', to: s.leader });
    }
    if (stalledMs >= timeoutMs(s) / 5)
        askAgain(s);
    // The slots that lead there are gone wherever it is stable, however often the view changes meanwhile.
    const lackingMs = s.nowMs - s.deliveredMs;
    if (s.pendingCertificate !== undefined && lackingMs >= s.config.timeoutFloorMs / 2)
        askTransfer(s);
}
function leftTick(s) {
    s.lonelyTicks++;
    const own = s.timeouts[s.self];
    if (own !== undefined && own.message.view === s.view) {
        for (let to = 0; to < s.n; to++)
            s.forward(to, own);
        tellView(s);
    }
    askAgain(s);
    if (s.pendingCertificate !== undefined)
        askTransfer(s);
}
/** Tells the others where we stand, so that they send what we lack; and says again what may have been lost. */
export function askAgain(s) {
    s.lastStatusMs = s.nowMs;
    s.send(undefined, s.ownStatus());
    for (const { sequence, digest } of s.wanted.values()) {
        s.send(undefined, { type: 'fetch', epoch: s.config.epoch, sequence, digest });
    }
    askForAncestor(s);
    for (let to = 0; to < s.n; to++)
        if (to !== s.self)
            repeatVote(s, to);
}
function askForAncestor(s) {
    const round = missingAncestor(s);
    if (round === undefined)
        return;
    if (round !== s.asked.round) {
        s.asked.round = round;
        s.asked.answers.fill(undefined);
    }
    s.send(undefined, { type: 'ask', epoch: s.config.epoch, round });
}
export function onAsk(s, { from, message }) {
    const header = s.certified.get(message.round);
    if (header !== undefined)
        s.send(from, { type: 'ancestor', epoch: s.config.epoch, ...header });
}
export function onAncestor(s, { from, message }) {
    const { round, parent, sequence, digest } = message;
    if (round !== s.asked.round)
        return s.reject(from, 'unrequested');
    const header = { round, parent, sequence, digest };
    const { answers } = s.asked;
    answers[from] = header;
    if (answers.filter((one) => one !== undefined && sameHeader(one, header)).length < s.weakQuorum)
        return;
    s.asked.round = -1;
    learnAncestor(s, header);
    askForAncestor(s);
}
/** Our last vote, where its block is not certified as far as we know; with the batch, where it is our proposal. */
function repeatVote(s, to) {
    const { ownVote } = s;
    if (ownVote === undefined || ownVote.message.round <= s.high.round)
        return;
    const block = s.left ? undefined : blockToSend(s);
    if (block === undefined)
        s.forward(to, ownVote);
    else
        s.send(to, block);
}
export function onConnected(s, peer) {
    s.lostSinceMs[peer] = -1;
    showedOnly(s, peer, 0, -1);
    if (peer !== s.self)
        s.send(peer, s.ownStatus());
}
export function onDisconnected(s, peer) {
    s.lostSinceMs[peer] = s.nowMs;
    if (s.waiting && heardAll(s))
        s.waiting = false;
}
export function onStatus(s, { from, message }) {
    s.peerDelivered[from] = Math.max(s.peerDelivered[from], message.delivered);
    const theirView = message.view + (message.left ? 1 : 0);
    const weLag = message.delivered > s.delivered ||
        message.stable > s.stable ||
        message.high > s.high.round ||
        message.view > s.view ||
        (theirView > s.view && !s.left);
    if (weLag && s.nowMs - s.lastStatusMs >= QUESTION_PAUSE_MS) {
        s.lastStatusMs = s.nowMs;
        s.send(from, s.ownStatus());
    }
    if (s.nowMs - s.lastAnsweredMs[from] < ANSWER_PAUSE_MS)
        return;
    s.lastAnsweredMs[from] = s.nowMs;
    showedOnly(s, from, message.high, message.view);
    const behind = message.view < s.view || (message.view === s.view && message.left && !s.left);
    if (behind || message.high < s.high.round)
        tellView(s, from);
    const own = s.timeouts[s.self];
    if (s.left && own !== undefined && theirView <= s.view + 1)
        s.forward(from, own);
    if (message.high <= s.high.round)
        repeatVote(s, from);
    answerCheckpoints(s, from, message);
    answerSlots(s, from, message);
}
function answerCheckpoints(s, to, theirs) {
    // The certificate of a state that we lack goes out, too: we may be the only one whom a liar gave its vote, and
    // nobody serves a state that is not certified to himself.
    const latest = s.pendingCertificate ?? s.stableCertificate;
    if (latest !== undefined && theirs.stable < latest.sequence) {
        for (const vote of latest.votes)
            if (vote.from !== to)
                s.forward(to, vote);
    }
    for (const [sequence, votes] of s.checkpointVotes) {
        const own = votes[s.self];
        if (sequence > theirs.stable && own !== undefined)
            s.forward(to, own);
    }
}
function answerSlots(s, to, theirs) {
    const last = Math.min(s.delivered, theirs.delivered + SLOTS_PER_ANSWER);
    for (let sequence = Math.max(theirs.delivered, s.stable) + 1; sequence <= last; sequence++) {
        const digest = s.slots.get(sequence)?.committed;
        if (digest !== undefined)
            s.send(to, { type: 'committed', epoch: s.config.epoch, sequence, digest });
    }
}
/** f + 1 say that the slot committed so: one of them is honest. */
export function onCommitted(s, { from, message }) {
    const { sequence, digest } = message;
    if (sequence <= s.delivered)
        return;
    if (sequence === s.delivered + 1)
        s.peerDelivered[from] = Math.max(s.peerDelivered[from], sequence);
    if (sequence > Math.min(s.delivered + s.config.window, s.boundary))
        return s.reject(from, 'outside-watermarks');
    const slot = s.slot(sequence);
    slot.claims[from] = digest;
    if (slot.committed !== undefined)
        return;
    let matching = 0;
    for (const claim of slot.claims)
        if (claim === digest)
            matching++;
    if (matching < s.weakQuorum)
        return;
    decide(s, sequence, digest);
    deliverReady(s);
}
export function onFetch(s, { from, message }) {
    const { sequence, digest } = message;
    const batch = s.slots.get(sequence)?.batches.get(digest);
    if (batch === undefined)
        return;
    const pace = s.fetches[from];
    if (s.nowMs - pace.sinceMs >= FETCH_PERIOD_MS) {
        pace.sinceMs = s.nowMs;
        pace.bytes = 0;
    }
    if (pace.bytes > BYTES_PER_ANSWER)
        return s.reject(from, 'rate-limited');
    pace.bytes += batch.bytes + 1;
    s.send(from, { type: 'fetched', epoch: s.config.epoch, sequence, digest, batch });
}
export function onFetched(s, { from, message }) {
    const { sequence, digest, batch } = message;
    if (!s.wants(sequence, digest))
        return s.reject(from, 'unrequested');
    s.unwant(sequence, digest);
    s.slots.get(sequence)?.batches.set(digest, batch);
    deliverReady(s);
}
//# sourceMappingURL=catchup.js.map