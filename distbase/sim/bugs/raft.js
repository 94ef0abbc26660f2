/** Mistakes in Raft: each rule of `protocols/raft/rules.ts` broken, and what ought to be in the log left out of it. */
import { Raft } from '../../protocols/raft/raft.js';
import { RULES } from '../../protocols/raft/rules.js';
const ruledBy = (rules) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, records, nowMs, out) => new Raft(config, records, nowMs, out, { ...RULES, ...rules }),
    },
});
/** A machine some of whose effects are others. */
class Altered extends Raft {
    #alter;
    constructor(config, records, nowMs, out, alter) {
        const own = [];
        super(config, records, nowMs, own);
        this.#alter = alter;
        this.#pass(own, out);
    }
    step(event, nowMs, out) {
        const own = [];
        super.step(event, nowMs, own);
        this.#pass(own, out);
    }
    #pass(own, out) {
        for (const effect of own) {
            const altered = this.#alter(effect);
            if (altered !== undefined)
                out.push(altered);
        }
    }
}
const altering = (alter) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, records, nowMs, out) => new Altered(config, records, nowMs, out, alter),
    },
});
const withoutRecords = (type) => altering((effect) => (effect.kind === 'persist' && effect.record.type === type ? undefined : effect));
/** Answers with the end of its log instead of with what agrees with the leader's. */
const trusting = altering((effect) => {
    if (effect.kind !== 'send' || effect.message.type !== 'appended')
        return effect;
    return { ...effect, message: { ...effect.message, match: effect.message.last, missing: false } };
});
export const bugs = [
    {
        name: 'raft-commits-earlier-term',
        doc: 'A leader commits an entry of an earlier term as soon as a majority holds it (figure 8).',
        plant: ruledBy({
            committable(matches) {
                return matches[matches.length - this.majority(matches.length)];
            },
        }),
    },
    {
        name: 'raft-vote-not-persisted',
        doc: 'Term and vote are not logged, so that a restart forgets both.',
        plant: withoutRecords('term'),
    },
    {
        name: 'raft-entry-not-persisted',
        doc: 'Entries are acknowledged and not logged.',
        plant: withoutRecords('entry'),
    },
    {
        name: 'raft-stale-read',
        doc: 'A leader answers reads after its lease has run out.',
        plant: ruledBy({ leaseHolds: (_now, fromMs, _lease, committed) => committed && fromMs > -Infinity }),
    },
    {
        name: 'raft-early-read',
        doc: 'A leader answers reads before an entry of its own term has committed.',
        plant: ruledBy({ leaseHolds: (nowMs, fromMs, leaseMs) => nowMs - fromMs < leaseMs }),
    },
    {
        name: 'raft-listens-while-led',
        doc: 'Voters listen to candidates although they have a leader, which its lease rests on.',
        plant: ruledBy({ mayListen: () => true }),
    },
    {
        name: 'raft-votes-twice',
        doc: 'A replica votes for whoever asks in a term, as often as asked.',
        plant: ruledBy({
            mayGrant(voter, _candidate, term, last) {
                return term >= voter.term && this.upToDate(last, voter.last);
            },
        }),
    },
    {
        name: 'raft-votes-for-short-log',
        doc: 'A candidate gets votes whatever its log lacks.',
        plant: ruledBy({ upToDate: () => true }),
    },
    {
        name: 'raft-half-is-majority',
        doc: 'Half of the voters count as a majority.',
        plant: ruledBy({ majority: (voters) => Math.ceil(voters / 2) }),
    },
    {
        name: 'raft-trusts-its-suffix',
        doc: 'A follower acknowledges all that is in its log, of whatever leader.',
        plant: trusting,
    },
];
//# sourceMappingURL=raft.js.map