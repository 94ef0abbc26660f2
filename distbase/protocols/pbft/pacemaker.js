/**
 * Timers and progress: when to ask again for what is late, and when to leave a view (TOCS 2002 §4.5.1).
 *
 * One timer serves all. While anything is under way it ticks four times per timeout; when nothing is, it
 * slows down to a heartbeat. A tick costs nothing where progress was made since the last one.
 */
export const TICK = 'tick';
/** First pause of the heartbeat that tells others where we stand, and its ceiling: an idle cluster is quiet. */
const HEARTBEAT_FIRST_MS = 1_000;
const HEARTBEAT_LAST_MS = 10_000;
/** Slowest pace at which a replica that is alone in asking for a view, or in having left for it, repeats itself. */
const LONELY_LAST_MS = 1_000;
/** How many times the usual commit time counts as lost (Jacobson & Karels 1988, with room for scheduling). */
const COMMIT_TIME_FACTOR = 8;
/** A transaction left waiting while others commit: times the timeout, and at least this long. */
const FAIRNESS_FACTOR = 8;
const FAIRNESS_FLOOR_MS = 2_000;
/**
 * Share of the timeout after which a primary whose connection closed is given up. A process that was killed closes
 * its connections at once, so this is what a crash costs. It is a hint and no proof, since a path closes connections
 * too; hence it only ever shortens the wait, and only where
 * - somebody waits for an execution: an idle cluster never moves;
 * - no connection to the primary came back for this long: at the least timeout that is several times what dialling
 *   again takes, so that a link which flaps resets it each time;
 * - nobody voted for a new slot meanwhile, which shows a primary that lives for others, whatever our own link does;
 * - f + 1 others have not overtaken us.
 * A single replica moves nobody, as ever: f + 1 must ask. And as a share of a timeout that grows with each view that
 * failed, it backs off as that does.
 */
const LOST_SHARE = 0.3;
/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export function timeoutMs(s) {
    const { timeoutFloorMs, timeoutCeilingMs, timeoutGrowth } = s.config;
    const measured = COMMIT_TIME_FACTOR * (s.commitEwmaMs + 4 * s.commitVarMs);
    const base = Math.max(timeoutFloorMs, measured);
    return Math.min(timeoutCeilingMs, base * timeoutGrowth ** Math.min(s.failedViews, 32));
}
export function fairnessMs(s) {
    return Math.max(FAIRNESS_FLOOR_MS, FAIRNESS_FACTOR * timeoutMs(s));
}
export function noteDelivery(s, slot) {
    s.lastProgressMs = s.nowMs;
    s.relayed = false;
    s.heartbeatMs = 0;
    s.lonelyTicks = 0;
    if (!s.active || slot.accepted === undefined)
        return;
    s.failedViews = 0;
    const sample = s.nowMs - slot.acceptedAtMs;
    if (s.commitEwmaMs === 0)
        s.commitEwmaMs = sample;
    const error = sample - s.commitEwmaMs;
    s.commitEwmaMs += error / 8;
    s.commitVarMs += (Math.abs(error) - s.commitVarMs) / 4;
}
/** Makes sure that a tick is coming, at the pace that the state asks for. Called at the end of every step. */
export function arm(s) {
    const busy = s.busy;
    // Time without work is not time without progress.
    if (busy && !s.wasBusy)
        s.lastProgressMs = s.nowMs;
    s.wasBusy = busy;
    const pace = busy ? busyPaceMs(s) : heartbeatPaceMs(s);
    // A timer that runs out soon enough is left alone: setting one for every message would cost more than the vote.
    if (s.tickArmed && s.tickMs <= 1.5 * pace)
        return;
    s.tickArmed = true;
    s.tickMs = pace;
    s.tickDueMs = s.nowMs + pace;
    s.out.push({ kind: 'timer', timer: TICK, delayMs: pace });
}
/** Four ticks per timeout; slower where we ask for a view and nobody follows. */
function busyPaceMs(s) {
    const lost = s.active && s.lostSinceMs[s.primary] >= 0;
    const pace = ((lost ? LOST_SHARE : 1) * timeoutMs(s)) / 4;
    if (s.asked <= s.view && (s.active || s.newViewDeadlineMs >= 0))
        return pace;
    return Math.min(Math.max(pace, LONELY_LAST_MS), pace * 2 ** Math.min(s.lonelyTicks, 10));
}
function heartbeatPaceMs(s) {
    return s.heartbeatMs === 0 ? HEARTBEAT_FIRST_MS : s.heartbeatMs;
}
/** After an idle tick: the next one comes later. */
export function slowHeartbeat(s) {
    s.heartbeatMs = Math.min(HEARTBEAT_LAST_MS, 2 * heartbeatPaceMs(s));
}
/** Whether the primary has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export function primaryOverdue(s) {
    // No primary can do more for a set that has ended, nor for a replica that is cut off: to leave the view then would
    // only keep us out of it when the others are back in reach.
    if (!s.active || s.ended || !s.reachesQuorum)
        return false;
    const limit = timeoutMs(s);
    const waitedMs = s.nowMs - Math.max(s.demandSinceMs, s.quorumSinceMs);
    if (s.demandSinceMs >= 0 && waitedMs >= fairnessMs(s))
        return true;
    if (s.nowMs - s.lastProgressMs < limit && !primaryLost(s, limit))
        return false;
    if (behindOthers(s) && s.nowMs - s.lastProgressMs < s.config.timeoutCeilingMs)
        return false;
    if (s.demandSinceMs >= 0)
        return true;
    // A slot that the primary assigned, and that is stuck.
    for (const slot of s.slots.values()) {
        if (slot.sequence > s.delivered && slot.accepted !== undefined)
            return true;
    }
    return false;
}
function primaryLost(s, limitMs) {
    const lostMs = s.lostSinceMs[s.primary];
    if (lostMs < 0 || s.demandSinceMs < 0)
        return false;
    const sinceMs = Math.max(lostMs, s.demandSinceMs, s.lastProgressMs, s.newsMs);
    return s.nowMs - sinceMs >= LOST_SHARE * limitMs;
}
/** The furthest of the others, the furthest first: room for f + 1, filled anew by every call below. */
const furthest = [];
/** How far the f + 1 others that are furthest are ahead of us, one of them being honest; undefined: too few spoke. */
export function slotsBehind(s) {
    const { peerDelivered, weakQuorum } = s;
    furthest.length = 0;
    for (let i = 0; i < s.n; i++) {
        const delivered = peerDelivered[i];
        if (i === s.self || (furthest.length === weakQuorum && delivered <= furthest[weakQuorum - 1]))
            continue;
        let at = furthest.length < weakQuorum ? furthest.length : weakQuorum - 1;
        for (; at > 0 && furthest[at - 1] < delivered; at--)
            furthest[at] = furthest[at - 1];
        furthest[at] = delivered;
    }
    const delivered = furthest[weakQuorum - 1];
    if (delivered < 0)
        return undefined;
    return Math.max(0, delivered - s.delivered, (s.pendingCertificate?.sequence ?? 0) - s.delivered);
}
/** f + 1 others say that they delivered more: then it is we who are late, not the primary. */
export function behindOthers(s) {
    let ahead = 0;
    for (let i = 0; i < s.n; i++)
        if (i !== s.self && s.peerDelivered[i] > s.delivered)
            ahead++;
    return ahead >= s.weakQuorum;
}
//# sourceMappingURL=pacemaker.js.map