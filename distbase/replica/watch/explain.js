/** Why was this slot slow? Whose message came when, which one the slot waited for, and which came late, wrong or never. */
import { PHASES } from './slot-times.js';
/** Later than so many times the median of its phase, and by so many ms, is late. */
const LATE_TIMES = 3;
const LATE_MS = 5;
/** After so long a message that is not here is missing, ms. */
const MISSING_MS = 400;
const known = (ms) => !Number.isNaN(ms);
export function explainSlot(row, context) {
    const { names, quorum, faulty, nowMs, usualMs } = context;
    const [proposals, votes, commits] = row.times;
    const executed = known(row.executedMs);
    const proposer = proposals.findIndex(known);
    // A proposal is its author's vote.
    const first = votes.map((ms, peer) => (known(ms) ? ms : proposals[peer]));
    const commitPhase = !row.fast && commits.filter(known).length >= faulty + 1;
    const due = (phase, peer) => phase === 0 ? false : phase === 1 ? peer !== proposer && votes.some(known) : commitPhase;
    const messages = [];
    for (const [phase, name] of PHASES.entries()) {
        const times = row.times[phase];
        const came = times.filter(known).map((ms) => ms - row.firstMs);
        const usual = came.sort((a, b) => a - b)[(came.length - 1) >> 1] ?? 0;
        const lateAboveMs = Math.max(LATE_TIMES * usual, usual + LATE_MS);
        for (const [peer, ms] of times.entries()) {
            const invalid = row.invalid[phase][peer];
            if (!known(ms) && !invalid && !due(phase, peer))
                continue;
            const afterMs = known(ms) ? ms - row.firstMs : null;
            const waitedMs = nowMs - (executed ? row.executedMs : row.firstMs);
            const state = afterMs === null
                ? invalid
                    ? 'invalid'
                    : waitedMs > MISSING_MS
                        ? 'missing'
                        : 'awaited'
                : afterMs > lateAboveMs
                    ? 'late'
                    : 'came';
            messages.push({ validator: names[peer] ?? String(peer), phase: name, state, afterMs });
        }
    }
    const phases = [];
    const enough = (phase, times, needed) => {
        const decider = nth(times, needed);
        if (decider === undefined)
            return;
        phases.push({
            phase,
            enoughMs: decider.atMs - row.firstMs,
            waitedFor: names[decider.peer] ?? String(decider.peer),
        });
    };
    enough('proposal', proposals, 1);
    enough('vote', first, row.fast ? names.length : quorum);
    if (commitPhase)
        enough('commit-vote', commits, quorum);
    const tookMs = executed && known(row.firstMs) ? row.executedMs - row.firstMs : null;
    return {
        sequence: row.sequence,
        view: executed ? row.view : null,
        executed,
        fast: row.fast,
        tookMs,
        usualMs: known(usualMs) ? usualMs : null,
        phases,
        messages,
        findings: findings({ messages, phases, tookMs, usualMs, proposer, executed }),
    };
}
function findings({ messages, phases, tookMs, usualMs, proposer, executed }) {
    const out = [];
    const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
    if (!executed)
        out.push('it is not executed here');
    else if (tookMs !== null && known(usualMs)) {
        const ratio = tookMs / Math.max(usualMs, 0.01);
        out.push(ratio > 2
            ? `it took ${ms(tookMs)}, ${ratio.toFixed(1)} times the usual ${ms(usualMs)}`
            : `it took ${ms(tookMs)}, which is usual (${ms(usualMs)})`);
    }
    if (proposer < 0)
        out.push('no proposal came here: a new view assigned it, or its batch was fetched');
    let before = 0;
    for (const { phase, enoughMs, waitedFor } of phases) {
        if (enoughMs > before)
            out.push(`${ms(enoughMs - before)} until enough of phase ${phase}: waited for ${waitedFor}`);
        before = Math.max(before, enoughMs);
    }
    for (const { validator, phase, state, afterMs } of messages) {
        if (state === 'late')
            out.push(`${validator}'s ${phase} came late, after ${ms(afterMs)}`);
        else if (state === 'missing')
            out.push(`${validator}'s ${phase} never came`);
        else if (state === 'invalid')
            out.push(`${validator}'s ${phase} was not valid`);
    }
    return out;
}
/** Who came as the nth of those who came. */
function nth(times, n) {
    const came = times
        .map((atMs, peer) => ({ peer, atMs }))
        .filter(({ atMs }) => known(atMs))
        .sort((a, b) => a.atMs - b.atMs);
    return came[n - 1];
}
//# sourceMappingURL=explain.js.map