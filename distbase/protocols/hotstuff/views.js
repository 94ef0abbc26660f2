/** Leaving a view and entering the next: the pacemaker's part that others take part in (PODC 2019, §4.4 and §5). */
import { NULL_DIGEST } from '../../core/ids.js';
import { takeCertificate } from './chain.js';
import { WAIT_TIMER, waitMs } from './pacemaker.js';
/** Leaves the present view for good: no vote of ours is cast in it any more, and our lock stays as it is till the next. */
export function leave(s) {
    s.failedViews++;
    s.left = true;
    s.lonelyTicks = 0;
    s.lastProgressMs = s.nowMs;
    logCertificate(s);
    s.out.push({ kind: 'view', view: s.view + 1, active: false });
    s.out.push({ kind: 'attest', message: { type: 'timeout', epoch: s.config.epoch, view: s.view } });
    tellView(s);
}
/** What proves our view outlives a crash, as what we say in it does: those who are still in an earlier one need it. */
function logCertificate(s) {
    const { certificate } = s;
    if (certificate === undefined || s.high.round <= s.loggedCertificate)
        return;
    s.loggedCertificate = s.high.round;
    s.note({ type: 'certified', header: s.high, locked: s.locked, certificate: [certificate] });
}
/** Sends our highest certificate and what proves our view, or what stands for them: to one replica, or to all others. */
export function tellView(s, to) {
    if (to === undefined) {
        for (let id = 0; id < s.n; id++)
            if (id !== s.self)
                tellView(s, id);
        return;
    }
    const { certificate, timeoutCertificate, high } = s;
    const shows = certificate !== undefined && s.shownRound[to] < high.round;
    const proves = timeoutCertificate !== undefined && s.shownView[to] < s.view;
    s.send(to, {
        type: 'new-view',
        epoch: s.config.epoch,
        view: s.left ? s.view + 1 : s.view,
        round: high.round,
        high: shows ? [certificate] : [],
        timeouts: proves ? [timeoutCertificate] : [],
    });
    // On a connection that stays up nothing is lost; who lacks it all the same says so (`onStatus`).
    showed(s, to, high.round, s.view);
}
/** This replica holds the certificate of this round, and is in this view. */
export function showed(s, id, round, view) {
    if (round > s.shownRound[id])
        s.shownRound[id] = round;
    if (view > s.shownView[id])
        s.shownView[id] = view;
}
/** What it may have forgotten, and what may have been lost on the way, is not known any more; only this is. */
export function showedOnly(s, id, round, view) {
    s.shownRound[id] = round;
    s.shownView[id] = view;
}
export function onTimeout(s, attested) {
    const { from, message } = attested;
    const { view, epoch } = message;
    if (epoch !== s.config.epoch)
        return s.reject(from, 'epoch-mismatch');
    const earlier = s.timeouts[from];
    if (earlier !== undefined && earlier.message.view >= view)
        return;
    s.timeouts[from] = attested;
    showed(s, from, 0, view);
    if (view < s.view)
        return;
    const alike = s.timeouts.filter((one) => one?.message.view === view);
    if (alike.length >= s.quorum) {
        return enterByTimeouts(s, {
            message,
            signers: alike.map((one) => one.from),
            signatures: alike.map((one) => one.envelope.signature),
        });
    }
    joinOthers(s);
}
/** f + 1 have left our view, or a later one: one of them is honest and was in it, so follow. */
function joinOthers(s) {
    const views = s.timeouts.map((one) => one?.message.view ?? -1).sort((a, b) => b - a);
    const view = views[s.weakQuorum - 1];
    if (view < s.view || (view === s.view && s.left))
        return;
    if (view > s.view)
        enter(s, view, false);
    leave(s);
}
export function onNewView(s, { from, message }) {
    const [high] = message.high;
    const [timeouts] = message.timeouts;
    if (high !== undefined)
        takeCertificate(s, from, high);
    if (timeouts !== undefined && timeouts.message.view >= s.view) {
        if (timeouts.message.epoch !== s.config.epoch)
            return s.reject(from, 'epoch-mismatch');
        if (timeouts.signers.length < s.quorum)
            return s.reject(from, 'bad-claim');
        enterByTimeouts(s, timeouts);
    }
    showed(s, from, message.round, message.view - 1);
    // What it left out we do not have: that is not to have heard of it, and worth asking for.
    if (message.round > s.high.round || message.view > s.view + 1)
        s.send(from, s.ownStatus());
    if (message.round <= s.high.round)
        s.heard[from] = Math.max(s.heard[from], message.view);
    if (s.waiting && heardAll(s))
        s.waiting = false;
}
/** Whoever's connection is closed cannot be heard, however long we wait. */
export function heardAll(s) {
    return s.heard.every((view, id) => id === s.self || view >= s.view || s.lostSinceMs[id] >= 0);
}
function enterByTimeouts(s, certificate) {
    s.timeoutCertificate = certificate;
    s.note({ type: 'entered', certificate });
    const { view } = certificate.message;
    s.missed[s.rounds.leaderOf(view)]++;
    // What waited for the view to end says nothing about how long a commit takes.
    for (const sequence of s.seenAtMs.keys())
        s.seenAtMs.set(sequence, s.nowMs);
    enter(s, view + 1, true);
    // Who holds the certificate of the round before its own knows that nobody is locked higher.
    const responsive = s.high.round === s.rounds.firstOf(s.view) - 1 || heardAll(s);
    s.waiting = s.rules.waits && s.isLeader && !responsive;
    if (s.waiting)
        s.out.push({ kind: 'timer', timer: WAIT_TIMER, delayMs: waitMs(s) });
}
/** q replicas voted in this round, so they are in its view, or in the next where it was the last of its view. */
export function enterByCertificate(s, header) {
    s.missed[s.rounds.leaderOf(s.rounds.viewOf(header.round))] = 0;
    const view = s.rounds.viewOf(header.round + 1);
    if (view <= s.view)
        return;
    const turn = s.rounds.rotating && !s.left && unbroken(s, header);
    s.waiting = false;
    enter(s, view, !turn);
}
/** With a view for each round: whether all rounds from our view to this certified block have one. A parent is certified. */
function unbroken(s, header) {
    let at = header;
    while (at !== undefined && at.round > s.view) {
        if (at.parent !== at.round - 1)
            return false;
        if (at.parent === s.view)
            return true;
        at = s.certified.get(at.parent);
    }
    return at !== undefined;
}
/** `changed`: another leader than was to be expected, so that what was proposed and did not commit is free again. */
function enter(s, view, changed) {
    s.view = view;
    s.enteredMs = s.nowMs;
    s.left = false;
    s.tailsUntil = 0;
    s.lonelyTicks = 0;
    s.lastProgressMs = s.nowMs;
    s.relayed = false;
    const first = s.rounds.firstOf(view);
    for (const round of s.proposals.keys())
        if (round < first)
            s.proposals.delete(round);
    if (!changed)
        return;
    s.highestSeen = Math.max(s.delivered, s.high.sequence);
    for (const sequence of s.slots.keys()) {
        if (s.slots.get(sequence).committed !== undefined)
            s.highestSeen = Math.max(s.highestSeen, sequence);
    }
    s.out.push({ kind: 'view', view, active: true });
    keepPending(s);
}
/** What is certified and not committed goes on with the chain. */
function keepPending(s) {
    let at = s.high;
    while (at !== undefined && at.round > s.committed.round) {
        const batch = at.digest === NULL_DIGEST ? undefined : s.slots.get(at.sequence)?.batches.get(at.digest);
        if (batch !== undefined && at.sequence > s.delivered)
            s.out.push({ kind: 'pending', batch });
        at = s.certified.get(at.parent);
    }
}
//# sourceMappingURL=views.js.map