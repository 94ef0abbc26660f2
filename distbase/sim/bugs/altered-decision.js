/**
 * The decision of `protocols/pbft/decide.ts` once more, with each condition replaceable: a planted mistake replaces one.
 * With `CONDITIONS` it decides as the original does, which a test compares.
 */
import { NULL_DIGEST } from '../../core/ids.js';
import { quorumSize, weakQuorumSize } from '../../core/quorum.js';
export const CONDITIONS = {
    admits: (own, candidate) => own === undefined ||
        own.view < candidate.view ||
        (own.view === candidate.view && own.digest === candidate.digest),
    spares: (own, digest, u) => own === undefined || own.view < u || own.digest === digest,
    reached: (views, weak) => views[weak - 1],
    covers: (message, sequence) => message.stable < sequence,
};
export function altered(changes) {
    const conditions = { ...CONDITIONS, ...changes };
    return (viewChanges, n) => {
        for (const checkpoint of starts(viewChanges, n)) {
            const digests = digestsAbove(viewChanges, n, checkpoint.sequence, conditions);
            if (digests !== undefined)
                return { checkpoint, digests };
        }
        return undefined;
    };
}
function starts(viewChanges, n) {
    const all = new Map(viewChanges.flatMap((m) => m.checkpoints).map((c) => [`${c.sequence}:${c.digest}`, c]));
    const fit = [...all.values()].filter(({ sequence, digest }) => {
        const holders = viewChanges.filter((m) => m.checkpoints.some((c) => c.sequence === sequence && c.digest === digest));
        const notAbove = viewChanges.filter((m) => m.stable <= sequence);
        return holders.length >= weakQuorumSize(n) && notAbove.length >= quorumSize(n);
    });
    return fit.sort((a, b) => a.sequence - b.sequence || (a.digest < b.digest ? -1 : 1));
}
function digestsAbove(viewChanges, n, after, conditions) {
    const claimed = viewChanges.flatMap((m) => [...m.prepared, ...m.preprepared]).map((c) => c.sequence);
    const digests = [];
    for (const sequence of [...new Set(claimed)].sort((a, b) => a - b)) {
        if (sequence <= after)
            continue;
        const choice = choose(viewChanges, n, sequence, conditions);
        if (choice === undefined)
            return undefined;
        if (choice === 'unbound')
            continue;
        while (digests.length < sequence - after - 1)
            digests.push(NULL_DIGEST);
        digests.push(choice);
    }
    return digests;
}
function choose(viewChanges, n, sequence, { admits, spares, reached, covers }) {
    const quorum = quorumSize(n);
    const weak = weakQuorumSize(n);
    const covering = viewChanges.filter((m) => m.stable < sequence);
    const own = new Map(covering.map((m) => [m, m.prepared.find((c) => c.sequence === sequence)]));
    const agree = (test) => covering.filter((m) => test(own.get(m))).length >= quorum;
    const views = new Map();
    for (const { preprepared } of covering)
        for (const c of preprepared)
            if (c.sequence === sequence)
                views.set(c.digest, [...(views.get(c.digest) ?? []), c.view]);
    const support = new Map();
    for (const [digest, at] of views)
        if (at.length >= weak)
            support.set(digest, reached(at.sort((a, b) => b - a), weak));
    const u = Math.max(-1, ...support.values());
    const candidates = [...own.values()]
        .filter((p) => p !== undefined)
        .filter((p) => p.view >= u && (support.get(p.digest) ?? -1) >= p.view && agree((o) => admits(o, p)))
        .sort((a, b) => b.view - a.view || (a.digest < b.digest ? -1 : 1));
    if (candidates[0] !== undefined)
        return candidates[0].digest;
    if (u < 0) {
        const empty = viewChanges.filter((m) => covers(m, sequence) && own.get(m) === undefined);
        return empty.length >= quorum ? 'unbound' : undefined;
    }
    const supported = [...support].filter(([, view]) => view === u).map(([digest]) => digest);
    return supported.sort().find((digest) => agree((o) => spares(o, digest, u)));
}
//# sourceMappingURL=altered-decision.js.map