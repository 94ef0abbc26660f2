/** One condition wrong in what a new view decides. Written without sight of the campaign's settings. */
import { RULES } from '../../protocols/pbft/rules.js';
import { altered } from './altered-decision.js';
import { ruled } from './ruled.js';
const decides = (name, doc, changes) => ({
    name,
    doc,
    plant: (parts) => ({
        ...parts,
        protocol: ruled(parts.protocol, { ...RULES, decide: altered(changes) }),
    }),
});
export const bugs = [
    // A liar's P claim of the very view in which another batch committed then passes, on an honest backup's Q claim that
    // the liar's two proposals left behind; and of two candidates the smaller digest wins.
    decides('same-view-any-digest', 'A1 takes a P claim of the same view for agreement, whatever its digest.', {
        admits: (own, candidate) => own === undefined || own.view <= candidate.view,
    }),
    // The P claim at u is the only trace that a commit is sure to leave in every quorum.
    decides('fast-rule-late-bound', 'The rule for the fast path overrules a P claim of view u itself.', {
        spares: (own, digest, u) => own === undefined || own.view <= u || own.digest === digest,
    }),
    // One liar's late claim lifts u above the view in which something committed.
    decides('support-of-latest', 'The support of a digest is as late as its latest Q claim, not as f + 1 of them.', {
        reached: (views) => views[0],
    }),
    // Whoever has the slot below its stable checkpoint executed it, so it says the opposite of "nothing prepared".
    decides('covered-by-stable', 'B counts those whose stable checkpoint covers the slot as having nothing there.', {
        covers: () => true,
    }),
];
//# sourceMappingURL=decisions.js.map