/**
 * Asking before leaving. A VIEW-CHANGE is final: whoever signed one for view v + 1 votes in v no more. A replica whose own
 * lines were cut, and that signed one by itself, would be of no use to the others until they change views too, and
 * they would be one fault short for as long. So a replica whose patience ends first asks, which binds nobody:
 *
 *   ask    its time ran out, or f + 1 others ask for a later view than it does: it says so in its statuses;
 *   leave  q replicas, itself among them, ask for a later view: VIEW-CHANGE. Or f + 1 have left (`joinOthers`).
 *
 * A VIEW-CHANGE counts as asking. Nobody takes back what it asked, and it is said again until the view has come.
 *
 * Safe: asking is no vote, names no slot, and is in no log. What is signed after it, and when a view may be left, is as it
 * was: any time is right for PBFT's safety. Two replicas may count different views that q ask for, and sign VIEW-CHANGEs
 * for each, as ever.
 *
 * Live, where messages between the honest arrive, as they are repeated:
 * - f + 1 honest ask for views above v: all honest hear f + 1, so all ask, at least n − f ≥ q; so all leave v. That is as
 *   many as PBFT's own rule needs, and to ask costs one more message delay.
 * - Nobody is left alone: were an honest replica to leave v on q askers, f + 1 of them are honest, asked for good, and
 *   bring everybody else, as above. If it left on f + 1 VIEW-CHANGEs, an honest one is among them; the first of all
 *   honest to leave did so on q askers.
 * - f liars together make no honest replica ask, so they move nobody. With one honest that asks they do, as before.
 *
 * What is asked is forgotten in a restart, so a replica may yet be left alone: by a restart of those that asked with
 * it. The others help it, see `helpLeft`.
 */
import { startViewChange } from './view-change.js';
/** Longest time between two statuses of a replica that asks for another view, ms. */
const REPEAT_MS = 1_000;
/** How long a replica that left by itself waits for help the first time, and at most, ms. */
export const HELP_FIRST_MS = 10_000;
const HELP_LAST_MS = 600_000;
/** Asks for a view above ours. */
export function askFor(s, view) {
    if (view <= s.asked)
        return;
    s.asked = view;
    s.lonelyTicks = 0;
    say(s);
    considerLeaving(s);
}
/** What another asks for: its status says so, or its VIEW-CHANGE. */
export function onAsked(s, from, view) {
    if (from === s.self || view <= s.peerAsked[from])
        return;
    s.peerAsked[from] = view;
    if (view > s.view)
        considerLeaving(s);
}
function considerLeaving(s) {
    const ofOthers = [];
    for (let id = 0; id < s.n; id++)
        if (id !== s.self)
            ofOthers.push(s.peerAsked[id]);
    ofOthers.sort((a, b) => b - a);
    // At least this far f + 1 others want to go, an honest one among them.
    const vouched = ofOthers[s.weakQuorum - 1];
    if (vouched > s.asked && vouched > s.view) {
        s.asked = vouched;
        say(s);
    }
    // Of those that ask for more than we do, and we, the one that makes the quorum full.
    const others = ofOthers[s.quorum - 2];
    const target = Math.min(s.asked, others);
    if (target > s.view)
        startViewChange(s, target);
}
/** As long as the view has not come, it is asked for again, however busy the present one is. */
export function repeatAsking(s) {
    if (s.asked > s.view && s.nowMs - s.askedMs >= REPEAT_MS)
        say(s);
}
function say(s) {
    s.askedMs = s.nowMs;
    s.lastStatusMs = s.nowMs;
    s.send(undefined, s.ownStatus());
}
/**
 * One replica has left our view and nobody followed: after a while we ask for the next one on its behalf, once, and for
 * the same replica only twice as long after that. Nothing tells who was unlucky from who lies, so this is what a liar may
 * cost: one view change that nobody needed in the first ten seconds, and in the end one in ten minutes.
 */
export function helpLeft(s) {
    if (!s.active)
        return;
    for (let id = 0; id < s.n; id++) {
        const left = s.viewChanges[id];
        if (id === s.self || left === undefined || left.message.view <= s.view)
            continue;
        if (s.nowMs - Math.max(s.viewSinceMs, s.leftSinceMs[id]) < s.patienceMs[id])
            continue;
        return askFor(s, s.view + 1);
    }
}
/** Our view ends. Whoever was alone in having left it was helped, by us or by others: not so soon again. */
export function countHelp(s) {
    for (let id = 0; id < s.n; id++) {
        const left = s.viewChanges[id];
        if (id === s.self || left === undefined || left.message.view <= s.view)
            continue;
        if (s.nowMs - s.leftSinceMs[id] < HELP_FIRST_MS / 2)
            continue;
        s.patienceMs[id] = Math.min(HELP_LAST_MS, 2 * s.patienceMs[id]);
    }
}
//# sourceMappingURL=leave.js.map