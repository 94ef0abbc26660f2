/** Mistakes in HotStuff: each of its rules broken, and what ought to be in the log left out of it. */
import { maxFaulty } from '../../core/quorum.js';
import { sameHeader } from '../../protocols/hotstuff/chain.js';
import { Hotstuff, rulesOf } from '../../protocols/hotstuff/hotstuff.js';
import { ruled, stateOf } from '../hotstuff/kit.js';
import { SymbolicVerifier } from '../symbolic.js';
const ruledBy = (change) => (parts) => ({
    ...parts,
    protocol: ruled(parts.protocol, (rules) => ({ ...rules, ...change(rules) })),
});
/** A machine whose state somebody meddles with before it takes an event, and which may take another event instead. */
class Meddled extends Hotstuff {
    #before;
    constructor(config, log, nowMs, out, before) {
        super(config, log, nowMs, out, rulesOf(config));
        this.#before = before;
    }
    step(event, nowMs, out) {
        super.step(this.#before(event, stateOf(this)), nowMs, out);
    }
}
const meddling = (before) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, log, nowMs, out) => new Meddled(config, log, nowMs, out, before),
    },
});
/** Restarts from a log in which some records are others, or are gone. */
const remembering = (as) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, log, nowMs, out) => new Hotstuff(config, [...log].map(as).filter((record) => record !== undefined), nowMs, out, rulesOf(config)),
    },
});
/** The header that a leader proposes with this message, where it is one. */
function proposedBy(event) {
    if (event.kind !== 'message')
        return undefined;
    const { message } = event.attested;
    if (message.type === 'block')
        return message.vote.message;
    return message.type === 'vote' ? message : undefined;
}
/** Whatever the leader says last in a round counts, though we voted for what it said first. */
function voteAgain(event, s) {
    const header = proposedBy(event);
    if (header === undefined || event.kind !== 'message' || event.attested.from === s.self)
        return event;
    if (event.attested.from !== s.rounds.leaderOf(s.rounds.viewOf(header.round)))
        return event;
    const earlier = s.proposals.get(header.round);
    if (earlier === undefined || sameHeader(earlier, header))
        return event;
    s.proposals.delete(header.round);
    if (s.lastVoted === header.round)
        s.lastVoted = header.round - 1;
    return event;
}
/** A vote counts for whatever block of its round was voted for first. */
function mixVotes(event, s) {
    if (event.kind !== 'message' || event.attested.message.type !== 'vote')
        return event;
    const vote = event.attested.message;
    const first = s.votes.get(vote.round)?.find((one) => one !== undefined)?.message;
    if (first === undefined || sameHeader(first, vote) || event.attested.from === s.self)
        return event;
    const message = { ...vote, ...headerOf(first) };
    return { ...event, attested: { ...event.attested, message } };
}
const headerOf = ({ round, parent, sequence, digest }) => ({
    round,
    parent,
    sequence,
    digest,
});
/** Looks whether the signatures of a certificate are of its signers, and not what they signed. */
class Trusting extends SymbolicVerifier {
    certifies({ signers, signatures }) {
        return signers.length === signatures.length;
    }
}
export const bugs = [
    {
        name: 'hotstuff-lock-ignored',
        doc: 'A vote locks nothing, so that a replica votes for what conflicts with what may have committed.',
        plant: ruledBy(() => ({ lockedBy: () => 0 })),
    },
    {
        name: 'hotstuff-lock-forgotten',
        doc: 'A replica that restarts holds no lock.',
        plant: remembering((record) => (record.type === 'certified' ? { ...record, locked: 0 } : record)),
    },
    {
        name: 'hotstuff-views-not-consecutive',
        doc: 'A chain of certified blocks commits its first, whatever their rounds.',
        plant: ruledBy((rules) => ({
            committedBy(head, certifiedAt) {
                let at = head;
                for (let i = 0; i < rules.depth; i++)
                    at = at && certifiedAt(at.parent);
                return at;
            },
        })),
    },
    {
        name: 'hotstuff-one-chain',
        doc: 'A certified block commits as soon as one less follows it than the rules ask for.',
        plant: ruledBy((rules) => ({
            committedBy(head, certifiedAt) {
                const next = rules.depth === 1 ? head : certifiedAt(head.parent);
                return next !== undefined && (rules.depth === 1 || head.round === next.round + 1) ? next : undefined;
            },
        })),
    },
    {
        name: 'hotstuff-votes-again',
        doc: 'A replica votes for whatever the leader of its view proposes, twice in a round if need be.',
        plant: meddling(voteAgain),
    },
    {
        name: 'hotstuff-vote-forgotten',
        doc: 'A replica that restarts forgets in which round it voted.',
        plant: remembering((record) => record.type === 'attested' && record.attested.message.type === 'vote' ? undefined : record),
    },
    {
        name: 'hotstuff-mixed-votes',
        doc: 'Votes of a round count together, whatever block they are for: a certificate of the wrong block.',
        plant: meddling(mixVotes),
    },
    {
        name: 'hotstuff-wrong-certificate',
        doc: 'A certificate is taken for any block that it is shown with: nobody looks at what its signatures are for.',
        plant: (parts) => ({ ...parts, verifier: (schema) => new Trusting(schema) }),
    },
    {
        name: 'hotstuff-no-wait',
        doc: 'Under two chains a new leader proposes at once, on the highest certificate that it happens to know.',
        plant: ruledBy(() => ({ waits: false })),
    },
    {
        name: 'hotstuff-votes-after-leaving',
        doc: 'A replica that timed out of a view goes on voting in it.',
        plant: meddling((event, s) => {
            if (s.left && proposedBy(event) !== undefined)
                s.left = false;
            return event;
        }),
    },
    {
        name: 'hotstuff-quorum-2f',
        doc: 'A block is certified by 2f votes.',
        plant: meddling((event, s) => {
            s.quorum = 2 * maxFaulty(s.n);
            return event;
        }),
    },
];
//# sourceMappingURL=hotstuff.js.map