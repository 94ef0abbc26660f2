/**
 * What a new view must propose, computed from the VIEW-CHANGEs that it carries (TOCS 2002 §4.5.2, Fig. 4, with q for
 * 2f + 1, and with an answer for batches that all n replicas prepared alike and that therefore committed without a
 * commit phase). The primary and every backup compute it alike, so NEW-VIEW need not say it.
 *
 * Per slot, of the messages whose log still covers it (h below the slot):
 *
 *   u     the highest view for which some digest has f + 1 Q claims of that view or later.
 *   A     the P claim of view u that satisfies A1 (q messages prepared nothing there, or something earlier, or the
 *         same in the same view) and A2 (f + 1 messages pre-prepared it in that view or later);
 *   F     else a digest with f + 1 Q claims at u, if q messages prepared nothing there, or something before u, or it;
 *   B     else null, if no digest has f + 1 Q claims, and q messages prepared nothing there;
 *         else more messages are needed.
 *
 * Why it is safe. Let S be the messages that the new view carries, and suppose that in every view between a commit and
 * this one the rule chose what committed, so that honest replicas pre-prepared nothing else there.
 *
 * (1) d committed by q COMMITs in view v. At least q − f honest replicas hold a P entry of view ≥ v, and all of
 *     those entries are for d. Call them H. A quorum in S meets H, since q + (q − f) > n.
 *     B asks for q empty P: H forbids it. A with d' ≠ d of view v' ≤ v: A1 asks for q messages that H forbids; of v' > v:
 *     A2 asks for an honest Q entry of d' after v, which there is none. F with d' ≠ d: f + 1 Q claims at u include an
 *     honest one, so u ≤ v; then the q messages that F asks for meet H, whose P is of view ≥ u and not for d'.
 * (2) d committed because all n prepared it in view v. Every honest replica holds a Q entry for d of view ≥ v, and none
 *     for another digest of view ≥ v. Any q messages of S that cover the slot hold q − f ≥ f + 1 honest ones, so d has its
 *     f + 1 Q claims, u ≥ v, and B is out. A digest d' ≠ d with f + 1 Q claims at u ≥ v would need an honest one: there
 *     is none. So A, which needs A2 at u, and F can only choose d.
 * A null that was chosen is a digest like any other: it may have committed, so it is proposed again.
 * Nothing is lost below the chosen checkpoint s: f + 1 hold it, so an honest replica executed up to it.
 * Nothing is lost above the last digest chosen: there, B holds. The claims are not cut off at s + window, since
 * a commit may stand above it: its voters may have worked from a later checkpoint that these messages do not show.
 * The bound on Q entries per slot loses nothing that committed: after the commit only its digest gets newer ones.
 *
 * `sim/models/view-change.ts` tries this rule, and weaker ones that must fail, on random one-slot histories.
 *
 * Which checkpoint. The paper starts from the latest that f + 1 hold and that q messages do not contradict by an h
 * above it, and lets replicas behind it fetch its state on f + 1 claims. Here state is fetched on q signatures only, so
 * a start from one that only f + 1 hold would leave the others behind it for good. The earliest checkpoint from which
 * everything can be decided is taken instead: slots above it are agreed on anew, which the argument above covers,
 * as it speaks of each slot alone.
 *
 * Why it is live. With the messages of all honest replicas at hand (at least n − f ≥ q), take the latest h of an
 * honest one: q replicas signed that checkpoint, f + 1 of them honest, so they hold it, and all honest h are at
 * or below it. For a slot above it: an honest P entry of view v means f + 1 honest Q entries of view ≥ v, so no honest P
 * is later than u. If an honest P is of view u, A takes it: no other honest P of that view differs. If none is, F
 * holds for every digest that has its f + 1 claims at u. If no digest has, no honest replica prepared anything, and B
 * holds. What others add can raise u only with the help of an honest Q entry, which leaves all this as it is.
 * Where A or F leaves a choice, nothing committed, and the smaller digest is taken, so that all choose the same.
 */
import { NULL_DIGEST } from '../../core/ids.js';
import { quorumSize, weakQuorumSize } from '../../core/quorum.js';
/** Undefined where these messages do not decide yet: wait for more. */
export function decide(viewChanges, n) {
    const prepared = viewChanges.map((m) => bySequence(m.prepared));
    const preprepared = viewChanges.map((m) => bySequence(m.preprepared));
    for (const checkpoint of possibleCheckpoints(viewChanges, n)) {
        const digests = chooseDigests({ viewChanges, prepared, preprepared, n }, checkpoint.sequence);
        if (digests !== undefined)
            return { checkpoint, digests };
    }
    return undefined;
}
/** Checkpoints that f + 1 hold and that q do not contradict by an h above them, the earliest first. */
function possibleCheckpoints(viewChanges, n) {
    const possible = new Map();
    for (const { checkpoints } of viewChanges) {
        for (const candidate of checkpoints) {
            const key = `${candidate.sequence}:${candidate.digest}`;
            if (possible.has(key))
                continue;
            const notAbove = count(viewChanges, (m) => m.stable <= candidate.sequence);
            const holders = count(viewChanges, (m) => m.checkpoints.some((c) => c.sequence === candidate.sequence && c.digest === candidate.digest));
            if (notAbove >= quorumSize(n) && holders >= weakQuorumSize(n))
                possible.set(key, candidate);
        }
    }
    return [...possible.values()].sort((a, b) => a.sequence - b.sequence || (a.digest < b.digest ? -1 : 1));
}
/** The digests from `after` + 1 on. Where nobody claims anything, B holds: q messages speak of those slots. */
function chooseDigests(claims, after) {
    const claimed = new Set();
    for (const map of [...claims.prepared, ...claims.preprepared])
        for (const sequence of map.keys())
            if (sequence > after)
                claimed.add(sequence);
    const digests = [];
    for (const sequence of [...claimed].sort((a, b) => a - b)) {
        const choice = chooseForSlot({ ...claims, sequence });
        if (choice === undefined)
            return undefined;
        // A null that B chose binds nobody unless something follows it: the primary gives that sequence out anew.
        if (choice === UNBOUND)
            continue;
        while (digests.length < sequence - after - 1)
            digests.push(NULL_DIGEST);
        digests.push(choice);
    }
    return digests;
}
/** B's answer: nothing can have committed at the slot. */
const UNBOUND = 'unbound';
function chooseForSlot(question) {
    const support = supportOf(question);
    let u = -1;
    for (const view of support.values())
        u = Math.max(u, view);
    let best;
    for (const claims of question.prepared) {
        const candidate = claims.get(question.sequence)?.[0];
        if (candidate === undefined || candidate.view < u)
            continue;
        if (best !== undefined && !later(candidate, best))
            continue;
        if (conditionA1(question, candidate) && conditionA2(support, candidate))
            best = candidate;
    }
    if (best !== undefined)
        return best.digest;
    if (u < 0)
        return conditionB(question) ? UNBOUND : undefined;
    const supported = [...support].filter(([, view]) => view === u).map(([digest]) => digest);
    return supported.sort().find((digest) => conditionF(question, digest, u));
}
/** Per digest with f + 1 Q claims, the highest view that f + 1 of them reach. */
function supportOf({ viewChanges, preprepared, n, sequence }) {
    const views = new Map();
    for (const [i, m] of viewChanges.entries()) {
        if (m.stable >= sequence)
            continue;
        for (const { digest, view } of preprepared[i].get(sequence) ?? []) {
            const list = views.get(digest);
            if (list === undefined)
                views.set(digest, [view]);
            else
                list.push(view);
        }
    }
    const support = new Map();
    for (const [digest, list] of views) {
        if (list.length < weakQuorumSize(n))
            continue;
        list.sort((a, b) => b - a);
        support.set(digest, list[weakQuorumSize(n) - 1]);
    }
    return support;
}
/** B: q replicas whose log still covers the slot prepared nothing there. */
function conditionB({ viewChanges, prepared, n, sequence }) {
    return count(viewChanges, (m, i) => m.stable < sequence && !prepared[i].has(sequence)) >= quorumSize(n);
}
/** F: q replicas prepared nothing at the slot, or something before u, or this digest. */
function conditionF({ viewChanges, prepared, n, sequence }, digest, u) {
    const agreeing = count(viewChanges, (m, i) => {
        if (m.stable >= sequence)
            return false;
        const own = prepared[i].get(sequence)?.[0];
        return own === undefined || own.view < u || own.digest === digest;
    });
    return agreeing >= quorumSize(n);
}
/** A1: q replicas prepared nothing at the slot, or something earlier, or the same in the same view. */
function conditionA1({ viewChanges, prepared, n, sequence }, candidate) {
    const agreeing = count(viewChanges, (m, i) => {
        if (m.stable >= sequence)
            return false;
        const own = prepared[i].get(sequence)?.[0];
        if (own === undefined || own.view < candidate.view)
            return true;
        return own.view === candidate.view && own.digest === candidate.digest;
    });
    return agreeing >= quorumSize(n);
}
/** A2: f + 1 replicas pre-prepared the digest in that view or later, so an honest one vouches for it. */
function conditionA2(support, candidate) {
    return (support.get(candidate.digest) ?? -1) >= candidate.view;
}
function later(a, b) {
    return a.view > b.view || (a.view === b.view && a.digest < b.digest);
}
function count(items, test) {
    let total = 0;
    for (let i = 0; i < items.length; i++)
        if (test(items[i], i))
            total++;
    return total;
}
function bySequence(claims) {
    const map = new Map();
    for (const claim of claims) {
        const list = map.get(claim.sequence);
        if (list === undefined)
            map.set(claim.sequence, [claim]);
        else
            list.push(claim);
    }
    return map;
}
/** Whether an honest replica could have sent this: else its claims are not even counted. */
export function wellFormed(m, checkpointInterval) {
    const seen = new Set();
    for (const c of m.prepared) {
        if (c.sequence <= m.stable || c.view >= m.view || seen.has(c.sequence))
            return false;
        seen.add(c.sequence);
    }
    const pairs = new Set();
    for (const c of m.preprepared) {
        const pair = `${c.sequence}:${c.digest}`;
        if (c.sequence <= m.stable || c.view >= m.view || pairs.has(pair))
            return false;
        pairs.add(pair);
    }
    let holdsStable = false;
    const points = new Set();
    for (const c of m.checkpoints) {
        if (c.sequence < m.stable || c.sequence % checkpointInterval !== 0 || points.has(c.sequence))
            return false;
        points.add(c.sequence);
        if (c.sequence === m.stable)
            holdsStable = true;
    }
    return holdsStable;
}
//# sourceMappingURL=decide.js.map