/**
 * Timers and progress: when to ask again for what is late, and when to leave a view.
 *
 * One timer serves all. While anything is under way it ticks four times per time-out; when nothing is, it slows down to a
 * heartbeat. A tick costs nothing where progress was made since the last one.
 */
export const TICK = 'tick';
export const WAIT_TIMER = 'wait';
/** First pause of the heartbeat that tells others where we stand, and its ceiling: an idle cluster is quiet. */
const HEARTBEAT_FIRST_MS = 1_000;
const HEARTBEAT_LAST_MS = 10_000;
/** Slowest pace at which a replica that left its view alone repeats its time-out. */
const LONELY_LAST_MS = 1_000;
/** How many times the usual commit time counts as lost. */
const COMMIT_TIME_FACTOR = 8;
/** A transaction left waiting while others commit: times the timeout, and at least this long. */
const FAIRNESS_FACTOR = 8;
const FAIRNESS_FLOOR_MS = 2_000;
/**
 * Share of the timeout after which a leader whose connection closed is given up, where somebody waits; half as much each
 * time that its turn comes and it is still away, so that a rotation does not stand still at an empty place.
 */
const LOST_SHARE = 0.3;
const MOST_MISSED = 5;
/** Least wait of a new leader for others' certificates, ms, and the share of the timeout that it stays under. */
const WAIT_FLOOR_MS = 5;
const WAIT_SHARE = 0.25;
/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export function timeoutMs(s) {
    const { timeoutFloorMs, timeoutCeilingMs } = s.config;
    return Math.min(timeoutCeilingMs, Math.max(timeoutFloorMs, measuredMs(s)) * growth(s));
}
const measuredMs = (s) => COMMIT_TIME_FACTOR * (s.commitEwmaMs + 4 * s.commitVarMs);
const growth = (s) => s.config.timeoutGrowth ** Math.min(s.failedViews, 32);
/**
 * Δ of a new leader: a guess at the time that a message may take, from commits that were several of them. Where it is too
 * short the view may fail, and the next leader's is longer.
 */
export function waitMs(s) {
    const guess = Math.max(WAIT_FLOOR_MS, measuredMs(s) / 2) * growth(s);
    return Math.min(WAIT_SHARE * timeoutMs(s), guess);
}
export function noteDelivery(s, sequence) {
    s.lastProgressMs = s.nowMs;
    s.deliveredMs = s.nowMs;
    s.relayed = false;
    s.heartbeatMs = 0;
    const seenMs = s.seenAtMs.get(sequence);
    s.seenAtMs.delete(sequence);
    // What is caught up with says nothing about how long a commit takes.
    if (s.left || seenMs === undefined || s.pendingCertificate !== undefined || behindOthers(s))
        return;
    s.failedViews = 0;
    const sample = s.nowMs - seenMs;
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
function busyPaceMs(s) {
    const lost = !s.left && s.lostSinceMs[s.leader] >= 0;
    const pace = ((lost ? lostShare(s) : 1) * timeoutMs(s)) / 4;
    // Without that state we vote for nothing a window above ours, and the others may need our vote.
    if (s.pendingCertificate !== undefined)
        return Math.min(pace, s.config.timeoutFloorMs / 4);
    if (!s.left)
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
/** Whether the leader has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export function leaderOverdue(s) {
    // No leader can do more for a set that has ended.
    if (s.left || s.ended)
        return false;
    const limitMs = timeoutMs(s);
    const fairnessMs = Math.max(FAIRNESS_FLOOR_MS, FAIRNESS_FACTOR * limitMs);
    const stalledMs = s.nowMs - s.lastProgressMs;
    // With a leader that changes all the time, whoever was left out gets its turn. A new leader gets all of its time, however
    // long its predecessors let somebody wait.
    if (behindOthers(s))
        s.behindMs = s.nowMs;
    const leftOutMs = s.nowMs - Math.max(s.demandSinceMs, s.enteredMs, s.behindMs);
    if (!s.rounds.rotating && s.demandSinceMs >= 0 && leftOutMs >= fairnessMs)
        return true;
    if (stalledMs < limitMs && !leaderLost(s, limitMs))
        return false;
    if (behindOthers(s) && stalledMs < s.config.timeoutCeilingMs)
        return false;
    return s.demandSinceMs >= 0 || s.highestSeen > s.delivered;
}
/** A connection that closed is a hint: it shortens the wait where somebody waits and nothing new came since. */
function leaderLost(s, limitMs) {
    const lostMs = s.lostSinceMs[s.leader];
    if (lostMs < 0 || s.demandSinceMs < 0)
        return false;
    const sinceMs = Math.max(lostMs, s.demandSinceMs, s.lastProgressMs, s.newsMs);
    return s.nowMs - sinceMs >= lostShare(s) * limitMs;
}
const lostShare = (s) => LOST_SHARE * 0.5 ** Math.min(s.missed[s.leader], MOST_MISSED);
/** How far the f + 1 others that are furthest are ahead of us, one of them being honest; undefined: too few spoke. */
export function slotsBehind(s) {
    let delivered = -1;
    for (let id = 0; id < s.n; id++) {
        const theirs = s.peerDelivered[id];
        if (id !== s.self && theirs > delivered && reaching(s, theirs) >= s.weakQuorum)
            delivered = theirs;
    }
    if (delivered < 0)
        return undefined;
    return Math.max(0, delivered - s.delivered, (s.pendingCertificate?.sequence ?? 0) - s.delivered);
}
/** Others that delivered as much. */
function reaching(s, delivered) {
    let others = 0;
    for (let id = 0; id < s.n; id++)
        if (id !== s.self && s.peerDelivered[id] >= delivered)
            others++;
    return others;
}
/** f + 1 others say that they delivered more: then it is we who are late, not the leader. */
function behindOthers(s) {
    return reaching(s, s.delivered + 1) >= s.weakQuorum;
}
//# sourceMappingURL=pacemaker.js.map