/**
 * Transactions that were sent and are not settled: who answered what, when each is given up, when it is sent again.
 *
 * f + 1 matching answers settle a transaction: at least one of them is from an honest validator, and an honest
 * validator executes what a quorum ordered. "Matching" is the transaction's digest, its sequence and every byte of its
 * result; "from" is who the connection's handshake proved. A validator's first answer counts, and no second one.
 */
import { bytesEqual } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
/** Longest time between two sendings of one transaction, ms. */
const RESEND_MAX_MS = 8_000;
/** Until a transaction is sent again that a validator had no room for, ms. */
const RESEND_BUSY_MS = 100;
/** Settled transactions that late answers are compared with. */
const SETTLED_KEPT = 256;
/** Codes of a refusal that say "not now": the same transaction may be taken later. */
const BUSY_CODES = new Set([
    'mempool-full',
    'rate-limited',
    'too-many-clients',
    'overloaded',
]);
export class Outstanding {
    entries = new Map();
    n;
    needed;
    refusals;
    onConflict;
    /** What was settled last, for answers that come after it. */
    settled = new Map();
    /**
     * `needed` = f + 1 of n. `refusals` that say "never" end a transaction: f + 1, unless one answer is enough, since whoever
     * is behind refuses what the others take. `onConflict` is told who answered otherwise than f + 1 others: no honest one does.
     */
    constructor(n, needed, refusals = needed, onConflict = () => { }) {
        this.onConflict = onConflict;
        this.n = n;
        this.needed = needed;
        this.refusals = refusals;
    }
    /** Another set of validators: the answers of those who are not in it count no more. */
    resize(n, needed, refusals, members, nowMs) {
        this.n = n;
        this.needed = needed;
        this.refusals = refusals;
        for (const entry of this.entries.values()) {
            entry.refusals = entry.refusals.filter(({ from }) => members.has(from));
            entry.candidates = entry.candidates
                .map((one) => ({ ...one, voters: one.voters.filter((from) => members.has(from)) }))
                .filter(({ voters }) => voters.length > 0);
            const match = entry.candidates.find(({ voters }) => voters.length >= needed);
            if (match === undefined)
                continue;
            this.entries.delete(entry.digest);
            const { sequence, result } = match;
            entry.waiter.settled({ sequence, result, latencyMs: nowMs - entry.startedMs });
        }
    }
    get size() {
        return this.entries.size;
    }
    has(digest) {
        return this.entries.has(digest);
    }
    add(entry) {
        this.entries.set(entry.digest, entry);
    }
    /** The requests themselves, oldest first: for a validator that has just connected. */
    *items() {
        for (const entry of this.entries.values())
            yield entry.item;
    }
    /** Counts an answer; true where it settled the transaction. Answers to what is not outstanding change nothing. */
    reply(from, digest, sequence, result, nowMs) {
        const entry = this.entries.get(digest);
        if (entry === undefined) {
            const known = this.settled.get(digest);
            if (known !== undefined && !(known.sequence === sequence && bytesEqual(known.result, result)))
                this.onConflict(from);
            return false;
        }
        let heard = 0;
        let most = 0;
        let match;
        for (const candidate of entry.candidates) {
            if (candidate.voters.includes(from))
                return false;
            heard += candidate.voters.length;
            most = Math.max(most, candidate.voters.length);
            if (candidate.sequence === sequence && bytesEqual(candidate.result, result))
                match = candidate;
        }
        if (match === undefined) {
            // Copied: the bytes are a view into a frame that others' results share.
            match = { sequence, result: result.slice(), voters: [] };
            entry.candidates.push(match);
        }
        match.voters.push(from);
        if (match.voters.length >= this.needed) {
            this.entries.delete(digest);
            this.remember(digest, { sequence, result: match.result });
            for (const candidate of entry.candidates)
                if (candidate !== match)
                    for (const voter of candidate.voters)
                        this.onConflict(voter);
            entry.waiter.settled({ sequence, result: match.result, latencyMs: nowMs - entry.startedMs });
            return true;
        }
        most = Math.max(most, match.voters.length);
        if (most + (this.n - heard - 1) < this.needed) {
            this.fail(entry, new LockstepError('no-agreement', `no ${this.needed} of ${this.n} validators gave the same answer: more of them are faulty than the chain bears`));
        }
        return false;
    }
    remember(digest, outcome) {
        // Where one answer is enough, others may be older.
        if (this.needed < 2)
            return;
        this.settled.set(digest, outcome);
        if (this.settled.size <= SETTLED_KEPT)
            return;
        for (const oldest of this.settled.keys()) {
            this.settled.delete(oldest);
            break;
        }
    }
    /**
     * Counts a refusal, a validator's latest. f + 1 that say "never" fail the transaction, since one of them is an honest
     * validator's. "Not now" is softer: one validator that is behind may be full of what the others have executed long
     * since. It is sent again shortly, and fails when n − f validators, without whom nothing is ordered, said it.
     * A refused transaction may still be executed by way of the others: only its expiry, or its result, ends that.
     */
    refusal(from, digest, code, message, nowMs) {
        const entry = this.entries.get(digest);
        if (entry === undefined || code === 'duplicate')
            return;
        entry.refusals = entry.refusals.filter((refusal) => refusal.from !== from);
        entry.refusals.push({ from, code, message });
        const never = entry.refusals.filter((refusal) => !BUSY_CODES.has(refusal.code));
        if (never.length >= this.refusals) {
            this.fail(entry, new LockstepError('rejected', `the validators refused the transaction (${said(never)})`));
        }
        else if (entry.refusals.length > this.n - this.needed) {
            this.fail(entry, new LockstepError('busy', `try again later (${said(entry.refusals)})`));
        }
        else if (BUSY_CODES.has(code)) {
            entry.resendAtMs = Math.min(entry.resendAtMs, nowMs + RESEND_BUSY_MS);
        }
    }
    /** Gives up what is past its deadline, and hands what has waited long enough to `resend`. */
    tick(nowMs, resend) {
        for (const entry of this.entries.values()) {
            if (nowMs >= entry.deadlineMs) {
                const waitedMs = Math.round(nowMs - entry.startedMs);
                const answers = entry.candidates.reduce((sum, candidate) => sum + candidate.voters.length, 0);
                this.fail(entry, new LockstepError('timeout', `no ${this.needed} matching answers within ${waitedMs} ms (${answers} of ${this.n} answered); it may still execute`));
            }
            else if (nowMs >= entry.resendAtMs) {
                entry.resendAfterMs = Math.min(2 * entry.resendAfterMs, RESEND_MAX_MS);
                entry.resendAtMs = nowMs + entry.resendAfterMs;
                resend(entry.item);
            }
        }
    }
    /** Ends one entry with an error. */
    fail(entry, error) {
        if (this.entries.delete(entry.digest))
            entry.waiter.failed(error);
    }
    failAll(error) {
        for (const entry of [...this.entries.values()])
            this.fail(entry, error);
    }
}
function said(refusals) {
    const texts = refusals.map(({ code, message }) => (message === '' ? code : `${code}: ${message}`));
    return [...new Set(texts)].join('; ');
}
//# sourceMappingURL=outstanding.js.map