/**
 * What peers do over time: whose votes come, how late, and what that makes of each. Looked at a few times a second, off the
 * vote path, which only stores times of arrival (`slot-times.ts`).
 */
import { Reputation } from './reputation.js';
import { SlotTimes } from './slot-times.js';
import { Patterns } from './statistics.js';
/** A vote that is not here so long after its slot was executed is missing, ms; or so many slot times, if that is longer. */
const MISSING_MS = 400;
const MISSING_SLOTS = 4;
/** A vote that comes again so long after its slot was executed answers no question of ours, ms. */
const REPLAY_MS = 1_000;
/** A peer that has just connected catches up first: so long it is not judged by its votes, ms. */
export const GRACE_MS = 3_000;
/** One that fetches our state, or asks for old slots, catches up: so long at most it is excused, ms. */
const CATCH_UP_MS = 60_000;
const CATCH_UP_STEP_MS = 2_000;
/** Slots looked at in one go: more of them come faster than they can tell anything new. */
const SLOTS_PER_LOOK = 32;
/** Shares of invalid messages are of about so long a time, ms. */
const MEMORY_MS = 60_000;
/** A proposal is late where a waiting transaction has to wait for so many slot times, and so many ms, with nothing in flight. */
const PROPOSAL_SLOTS = 8;
const PROPOSAL_FLOOR_MS = 20;
const PROPOSALS_JUDGED = 16;
const PROPOSALS_LEAST = 6;
const PROPOSALS_LATE = 0.6;
/** Proposals of its own that a primary kept from us, of the last ones. */
const WITHHELD_LEAST = 5;
const WITHHELD_SHARE = 0.1;
const WRONG = new Set([
    'equivocation',
    'wrong-state-hash',
    'malformed-message',
    'conflicting-result',
    'stale-replay',
]);
export class Conduct {
    slots;
    reputation;
    #o;
    #patterns;
    /** Per peer: messages, and those among them that were not valid, or not right; they fade. */
    messages;
    #invalid;
    #wrong;
    #connectedMs;
    #excusedMs;
    #excuseEndsMs;
    /** How late proposals came, by primary: 1 late, 0 not; and whether they came at all. */
    #proposals;
    #withheld;
    #looked = 0;
    #lookedMs = 0;
    #slotMs = Number.NaN;
    #waitingSinceMs = Number.NaN;
    constructor(options) {
        const { n, window, rules } = options;
        this.#o = options;
        this.slots = new SlotTimes(n, window);
        this.reputation = new Reputation(n, rules);
        this.#patterns = new Patterns(n);
        this.messages = new Float64Array(n);
        this.#invalid = new Float64Array(n);
        this.#wrong = new Float64Array(n);
        this.#connectedMs = new Float64Array(n).fill(Number.NaN);
        this.#excusedMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
        this.#excuseEndsMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
        this.#proposals = Array.from({ length: n }, () => []);
        this.#withheld = Array.from({ length: n }, () => []);
    }
    /** Undefined for a peer without a connection. */
    up(peer, nowMs) {
        this.#connectedMs[peer] = nowMs;
        this.#excuseEndsMs[peer] = nowMs + CATCH_UP_MS;
        this.#patterns.forget(peer);
    }
    down(peer, nowMs) {
        this.#connectedMs[peer] = Number.NaN;
        this.#patterns.forget(peer);
        this.#proposals[peer].length = 0;
        this.#withheld[peer].length = 0;
        this.reputation.note(peer, 'partition', nowMs);
    }
    /** The peer asks for what it lacks: its votes are for later. */
    catchingUp(peer, nowMs) {
        if (nowMs < this.#excuseEndsMs[peer])
            this.#excusedMs[peer] = nowMs + CATCH_UP_STEP_MS;
    }
    /** A message for a slot came from its author. `again` as `SlotTimes.note` says: whether it plays back what it had said. */
    heard(peer, phase, sequence, nowMs) {
        if (phase === 0)
            this.proposed(peer, sequence, nowMs);
        const againMs = this.slots.note(peer, phase, sequence, nowMs);
        // What we ask for is sent again: an answer may cross with what it answers.
        return againMs > Math.max(REPLAY_MS, MISSING_SLOTS * (Number.isNaN(this.#slotMs) ? 0 : this.#slotMs));
    }
    /** A deed, or a pattern, that speaks against a peer. */
    found(kind, peer, nowMs) {
        if (kind === 'invalid-signature')
            this.#invalid[peer]++;
        else if (WRONG.has(kind))
            this.#wrong[peer]++;
        this.reputation.note(peer, kind, nowMs);
    }
    /** The oldest transaction that waits came then; NaN: none waits. */
    waiting(sinceMs) {
        this.#waitingSinceMs = sinceMs;
    }
    /** The usual time of a slot here, ms; NaN: unknown. */
    get slotMs() {
        return this.#slotMs;
    }
    /** A proposal of another came: how long transactions had waited for it, where nothing else was on its way. */
    proposed(primary, sequence, nowMs) {
        if (sequence !== this.slots.executed + 1 ||
            Number.isNaN(this.#waitingSinceMs) ||
            !this.#judged(primary, nowMs))
            return;
        const usual = Number.isNaN(this.#slotMs) ? 0 : this.#slotMs;
        const late = nowMs - this.#waitingSinceMs > Math.max(PROPOSAL_FLOOR_MS, PROPOSAL_SLOTS * usual);
        const list = this.#proposals[primary];
        list.push(late ? 1 : 0);
        if (list.length > PROPOSALS_JUDGED)
            list.shift();
    }
    /** A look at what has happened since the last one. */
    look(nowMs) {
        const { n, self, onPattern } = this.#o;
        const fade = Math.exp(-Math.max(0, nowMs - this.#lookedMs) / MEMORY_MS);
        this.#lookedMs = nowMs;
        this.#takeSlots(nowMs);
        const lateAboveMs = this.#patterns.lateAboveMs();
        for (let peer = 0; peer < n; peer++) {
            this.messages[peer] *= fade;
            this.#invalid[peer] *= fade;
            this.#wrong[peer] *= fade;
            if (peer === self)
                continue;
            if (Number.isNaN(this.#connectedMs[peer])) {
                this.reputation.note(peer, 'partition', nowMs);
                continue;
            }
            if (!this.#judged(peer, nowMs))
                continue;
            const pattern = this.#patterns.of(peer, lateAboveMs);
            const proposals = this.#proposals[peer];
            const lateProposals = proposals.length >= PROPOSALS_LEAST && mean(proposals) >= PROPOSALS_LATE;
            if (pattern.absent)
                onPattern('non-participation', peer);
            if (pattern.slow || lateProposals)
                onPattern('timing-violation', peer);
            const withheld = this.#withheld[peer];
            if (sum(withheld) >= WITHHELD_LEAST && mean(withheld) >= WITHHELD_SHARE)
                onPattern('withheld-batch', peer);
            if (!pattern.absent && !pattern.slow && !lateProposals && pattern.samples > 0)
                this.reputation.note(peer, 'agreement', nowMs);
        }
    }
    of(peer) {
        const pattern = this.#patterns.of(peer);
        const judgement = this.reputation.judge(peer, this.#conductOf(peer, pattern));
        return {
            id: peer,
            score: this.reputation.score(peer),
            judgement,
            participation: pattern.participation,
            lateShare: pattern.late,
            medianAnswerMs: Number.isNaN(pattern.medianMs) ? null : pattern.medianMs,
            samples: pattern.samples,
            history: this.reputation.history(peer),
        };
    }
    #conductOf(peer, { samples, medianMs, participation }) {
        const messages = Math.max(1, this.messages[peer]);
        const invalidSignatures = Math.min(1, this.#invalid[peer] / messages);
        const wrong = Math.min(1, this.#wrong[peer] / messages);
        // Before there are a few slots to judge by, nobody is absent.
        const seen = samples >= 8 ? participation : 1;
        return {
            samples,
            medianMs,
            participation: seen,
            invalidSignatures,
            right: 1 - wrong,
            failures: Math.max(1 - seen, invalidSignatures, wrong),
        };
    }
    /** Whether what is missing of this peer now speaks against it. */
    #judged(peer, atMs) {
        return atMs - this.#connectedMs[peer] >= GRACE_MS && atMs > this.#excusedMs[peer];
    }
    #takeSlots(nowMs) {
        const { slots } = this;
        let from = Math.max(this.#looked + 1, slots.first);
        // More than can be looked at: the newest that are ripe.
        const pending = slots.executed - from + 1;
        const stride = Math.max(1, Math.ceil(pending / SLOTS_PER_LOOK));
        const hurried = slots.executed - slots.first;
        for (; from <= slots.executed; from += stride) {
            const row = slots.get(from);
            if (row !== undefined && !Number.isNaN(row.executedMs)) {
                const tookMs = row.executedMs - row.firstMs;
                const ripeMs = Math.max(MISSING_MS, MISSING_SLOTS * tookMs);
                // Where slots are forgotten before they are ripe, half of what is kept is time enough.
                if (nowMs - row.executedMs < ripeMs && slots.executed - from < hurried / 2)
                    break;
                this.#take(row, tookMs);
            }
            this.#looked = from;
        }
    }
    #take(row, tookMs) {
        const { n, self, faulty, primaryOf } = this.#o;
        const [proposals, votes, commits] = row.times;
        this.#slotMs = Number.isNaN(this.#slotMs) ? tookMs : 0.9 * this.#slotMs + 0.1 * tookMs;
        const first = (peer) => least(proposals[peer], votes[peer], commits[peer]);
        let heard = 0;
        for (let peer = 0; peer < n; peer++)
            if (peer !== self && !Number.isNaN(first(peer)))
                heard++;
        // Where votes go to another, or the slot came in another way, nothing is to be learnt.
        if (heard < n - 1 - faulty)
            return;
        const others = (times) => times.filter((ms, peer) => peer !== self && !Number.isNaN(ms)).length;
        const commitsUsual = !row.fast && others(commits) >= n - 1 - faulty;
        const votesUsual = others(votes) >= n - 2 - faulty;
        const primary = primaryOf(row.view);
        const answersMs = proposals.map((_, peer) => {
            if (peer === self || !this.#judged(peer, row.executedMs))
                return undefined;
            // Each phase that others took part in: the last of what is due.
            const vote = least(proposals[peer], votes[peer]);
            if (votesUsual && Number.isNaN(vote))
                return Number.NaN;
            if (commitsUsual && Number.isNaN(commits[peer]))
                return Number.NaN;
            // A primary's proposal comes before any vote: its commit shows how fast it answers.
            const at = Number.isNaN(proposals[peer]) || !commitsUsual ? vote : commits[peer];
            return at - row.firstMs;
        });
        this.#patterns.add({ atMs: row.executedMs, slotMs: tookMs, answersMs });
        if (primary === undefined || primary === self || !this.#judged(primary, row.executedMs))
            return;
        const list = this.#withheld[primary];
        list.push(Number.isNaN(proposals[primary]) ? 1 : 0);
        if (list.length > 2 * SLOTS_PER_LOOK)
            list.shift();
    }
}
/** The least that is a number; NaN where none is. */
function least(...values) {
    let out = Number.NaN;
    for (const value of values)
        if (!(out <= value) && !Number.isNaN(value))
            out = value;
    return out;
}
const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => (values.length === 0 ? 0 : sum(values) / values.length);
//# sourceMappingURL=conduct.js.map