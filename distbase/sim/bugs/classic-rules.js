/** Mistakes in the two rules that make PBFT safe: how many votes decide, and what a new view proposes. */
import { maxFaulty, weakQuorumSize } from '../../core/quorum.js';
import { decide } from '../../protocols/pbft/decide.js';
import { Pbft } from '../../protocols/pbft/pbft.js';
import { RULES } from '../../protocols/pbft/rules.js';
const ruledBy = (rules) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, records, nowMs, out) => new Pbft(config, records, nowMs, out, rules),
    },
});
/** These messages as if they spoke of one slot and one checkpoint alone. */
function narrowed(viewChanges, { checkpoint }, sequence) {
    const here = (claim) => claim.sequence === sequence;
    return viewChanges.map((m) => ({
        ...m,
        checkpoints: m.checkpoints.filter((c) => c.sequence === checkpoint.sequence && c.digest === checkpoint.digest),
        prepared: m.prepared.filter(here),
        preprepared: m.preprepared.filter(here),
    }));
}
const withoutClaims = (m) => ({ ...m, prepared: [], preprepared: [] });
const withoutPrepared = (m) => ({ ...m, prepared: [] });
/**
 * Where no claim is eligible, a digest that f + 1 pre-prepared is taken without a look at what the others prepared:
 * condition F of `decide.ts` without its P check, so as not to wait for more messages. A batch that q replicas committed
 * the slow way then gives way to another that a lying primary showed to one honest replica. Fast and slow commits that are
 * weighed against each other without regard to their views are what Abraham et al. found wrong in Zyzzyva's view change, there
 * with an old slow certificate before a later fast commit ("Revisiting Fast Practical Byzantine Fault Tolerance",
 * arXiv:1712.01367).
 */
export function decideWithoutPrepared(viewChanges, n) {
    const base = decide(viewChanges.map(withoutClaims), n);
    if (base === undefined)
        return undefined;
    const after = base.checkpoint.sequence;
    const claimed = new Set(viewChanges.flatMap((m) => [...m.prepared, ...m.preprepared].map(({ sequence }) => sequence)));
    const digests = [];
    for (const sequence of [...claimed].filter((s) => s > after).sort((a, b) => a - b)) {
        const messages = narrowed(viewChanges, base, sequence);
        const right = decide(messages, n);
        const chosen = right ?? decide(messages.map(withoutPrepared), n);
        // Without F's answer it would be B's, which is as it was.
        if (chosen === undefined || (right === undefined && chosen.digests.length === 0))
            return undefined;
        if (chosen.digests.length > 0)
            digests.push(...chosen.digests.slice(digests.length));
    }
    return { checkpoint: base.checkpoint, digests };
}
/**
 * One replica's Q claim does what f + 1 are asked for: u is the highest view that anybody claims, and A2 holds by
 * anybody's word. A liar can then have any digest chosen (A2 of TOCS 2002 §4.5.2: f + 1, so that one of them is honest).
 */
export function decideByOneClaim(viewChanges, n) {
    const latest = new Map();
    for (const claim of viewChanges.flatMap((m) => m.preprepared)) {
        const key = `${claim.sequence}:${claim.digest}`;
        if ((latest.get(key)?.view ?? -1) < claim.view)
            latest.set(key, claim);
    }
    const everybody = [...latest.values()];
    const speak = (m) => ({
        ...m,
        preprepared: everybody.filter(({ sequence }) => sequence > m.stable),
    });
    return viewChanges.length < weakQuorumSize(n) ? undefined : decide(viewChanges.map(speak), n);
}
/**
 * 2f + 1 whatever n is: at n = 5, three of five, and two such quorums share one replica, which may be the liar. The paper
 * says 2f + 1 because its n is 3f + 1. IBFT took it over for every n until Saltini & Hyland-Wood ("Correctness analysis of
 * IBFT", arXiv:1901.07160) showed the fork. Everything counts so here, the view change's rule included.
 */
const twoFPlusOne = {
    quorum: (n) => 2 * maxFaulty(n) + 1,
    decide: (viewChanges, n) => decide(viewChanges, 3 * maxFaulty(n) + 1),
};
export const bugs = [
    {
        name: 'fast-rule-without-prepared',
        doc: 'A new view takes a digest that f + 1 pre-prepared without asking what q prepared.',
        plant: ruledBy({ ...RULES, decide: decideWithoutPrepared }),
    },
    {
        name: 'fast-rule-by-one-claim',
        doc: 'A new view takes the pre-prepared claim of one replica where it needs f + 1.',
        plant: ruledBy({ ...RULES, decide: decideByOneClaim }),
    },
    {
        name: 'quorum-2f-plus-1',
        doc: 'A quorum is 2f + 1 for every n: at n = 5, three.',
        plant: ruledBy(twoFPlusOne),
    },
];
//# sourceMappingURL=classic-rules.js.map