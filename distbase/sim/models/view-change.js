/**
 * A model of the view change, small enough to be tried millions of times: one slot, a few views, f liars who say
 * whatever they like to whomever they like, and every message delivered or not as the seed has it. What commits, by
 * COMMITs or by the fast path, must be what every later view gives the slot.
 *
 * The rule under test is a parameter: production's own `decide`, or a weaker one that must be caught.
 */
import { NULL_DIGEST } from '../../core/ids.js';
import { maxFaulty, quorumSize, weakQuorumSize } from '../../core/quorum.js';
import { SeededRandom } from '../../core/random.js';
import { decide } from '../../protocols/pbft/decide.js';
const SLOT = 1;
const GENESIS = 'g';
class Model {
    n;
    f;
    random;
    rule;
    views;
    honest;
    digests = [];
    history = [];
    committed;
    slow = 0;
    fast = 0;
    decided = 0;
    constructor({ n, seed, views = 4, rule = decide }) {
        this.n = n;
        this.f = maxFaulty(n);
        this.random = new SeededRandom(seed);
        this.rule = rule;
        this.views = views;
        const liars = new Set(this.random.shuffle(Array.from({ length: n }, (_, id) => id)).slice(0, this.f));
        this.honest = Array.from({ length: n }, (_, id) => liars.has(id) ? undefined : { view: 0, prepared: undefined, preprepared: new Map() });
    }
    run() {
        let violation;
        for (let view = 0; view < this.views && violation === undefined; view++) {
            violation = this.playView(view) ?? (view === this.views - 1 ? this.checkLiveness(view + 1) : undefined);
        }
        const { slow, fast, decided } = this;
        if (violation === undefined)
            return { slow, fast, decided };
        return { slow, fast, decided, violation: `${violation}: ${this.history.join('; ')}` };
    }
    playView(view) {
        const { random, honest, n } = this;
        const keep = 0.5 + random.float() / 2;
        const entrants = [];
        for (let id = 0; id < n; id++)
            if (honest[id] !== undefined && random.chance(keep))
                entrants.push(id);
        const liarLeads = honest[view % n] === undefined;
        const proposals = this.propose(view, entrants, liarLeads);
        if (proposals === undefined)
            return undefined;
        const voters = new Map();
        for (const [id, digest] of proposals) {
            const replica = honest[id];
            replica.view = view;
            replica.preprepared.set(digest, view);
            const list = voters.get(digest);
            if (list === undefined)
                voters.set(digest, [id]);
            else
                list.push(id);
        }
        for (const [digest, ids] of voters) {
            const code = this.vote(view, digest, ids);
            if (code !== undefined)
                return code;
        }
        return undefined;
    }
    /** Who is told what in this view; undefined where nothing can be proposed. */
    propose(view, entrants, liarLeads) {
        const { random } = this;
        const proposals = new Map();
        if (view === 0) {
            const digest = this.fresh();
            for (const id of entrants)
                proposals.set(id, liarLeads && random.chance(0.5) ? this.fresh() : digest);
            return proposals;
        }
        // Entering a view ends the votes of the one before: what is claimed from here on is what was promised by now.
        for (const id of entrants)
            this.honest[id].view = view;
        let choice = this.newView(view, entrants);
        if (choice === undefined)
            return undefined;
        this.decided++;
        const fresh = this.fresh();
        for (const id of entrants) {
            // A lying primary may show each backup another set of messages.
            if (liarLeads && random.chance(0.5))
                choice = this.newView(view, entrants) ?? choice;
            const open = liarLeads && random.chance(0.5) ? this.fresh() : fresh;
            proposals.set(id, choice.digests[0] ?? open);
        }
        const shown = [...proposals].map(([id, digest]) => `${id}:${short(digest)}`);
        this.history.push(`view ${view} proposes ${shown.join(' ')}`);
        return proposals;
    }
    /** A decision from a random set of at least q messages, some of them lies. */
    newView(view, entrants) {
        const { random, n, honest } = this;
        const liars = honest.flatMap((replica, id) => (replica === undefined ? [id] : []));
        for (let attempt = 0; attempt < 3; attempt++) {
            const senders = random.shuffle([...entrants, ...liars]);
            const size = quorumSize(n) + random.below(Math.max(1, senders.length - quorumSize(n) + 1));
            if (senders.length < quorumSize(n))
                return undefined;
            const messages = senders
                .slice(0, size)
                .map((id) => (honest[id] === undefined ? this.lie(view) : this.truth(honest[id], view)));
            const decision = this.rule(messages, n);
            if (decision !== undefined)
                return decision;
        }
        return undefined;
    }
    truth({ prepared, preprepared }, view) {
        return message(view, prepared === undefined ? [] : [prepared], [...preprepared].map(([digest, at]) => ({ view: at, sequence: SLOT, digest })));
    }
    lie(view) {
        const { random } = this;
        const claim = () => ({
            view: random.below(view),
            sequence: SLOT,
            digest: random.chance(0.1) ? NULL_DIGEST : random.pick(this.digests),
        });
        const prepared = random.chance(0.6) ? [claim()] : [];
        const preprepared = new Map();
        for (let i = random.below(4); i > 0; i--) {
            const made = claim();
            preprepared.set(made.digest, made);
        }
        const [own] = prepared;
        if (own !== undefined && random.chance(0.7))
            preprepared.set(own.digest, own);
        return message(view, prepared, [...preprepared.values()]);
    }
    /** PREPAREs and COMMITs for one digest, the liars' among them, each seen by whom the seed has it. */
    vote(view, digest, ids) {
        const { random, f, n, honest } = this;
        if (ids.length + f < quorumSize(n))
            return undefined;
        let prepared = 0;
        const seen = random.float();
        for (const id of ids) {
            if (!random.chance(seen))
                continue;
            honest[id].prepared = { view, sequence: SLOT, digest };
            prepared++;
        }
        this.history.push(`view ${view}: ${ids.length} voted ${short(digest)}, ${prepared} prepared`);
        if (ids.length === n - f && random.chance(0.5)) {
            this.fast++;
            this.history.push(`fast commit of ${short(digest)}`);
            return this.commit(digest);
        }
        if (prepared + f < quorumSize(n) || random.chance(0.3))
            return undefined;
        this.slow++;
        this.history.push(`commit of ${short(digest)}`);
        return this.commit(digest);
    }
    commit(digest) {
        if (this.committed !== undefined && this.committed !== digest) {
            return `fork: ${short(this.committed)} and ${short(digest)} both committed`;
        }
        this.committed = digest;
        return undefined;
    }
    /** With all honest messages at hand the rule must decide, whatever the liars add; and it must respect commits. */
    checkLiveness(view) {
        const messages = [];
        for (const replica of this.honest) {
            if (replica !== undefined)
                messages.push(this.truth(replica, view));
            else if (this.random.chance(0.7))
                messages.push(this.lie(view));
        }
        const decision = this.rule(messages, this.n);
        if (decision === undefined)
            return 'no decision from the messages of all honest replicas';
        if (this.committed !== undefined && decision.digests[0] !== this.committed) {
            return `${short(this.committed)} committed, ${short(decision.digests[0] ?? 'nothing')} chosen`;
        }
        return undefined;
    }
    fresh() {
        const digest = (this.digests.length + 1).toString(16).padStart(64, '0');
        this.digests.push(digest);
        return digest;
    }
}
function message(view, prepared, preprepared) {
    const checkpoints = [{ sequence: 0, digest: GENESIS }];
    return { type: 'view-change', epoch: 0, view, stable: 0, checkpoints, prepared, preprepared };
}
const short = (digest) => digest.replace(/^0+(?=.)/, '');
/** One history from one seed. */
export function runViewChangeModel(options) {
    return new Model(options).run();
}
/**
 * The paper's rule as it stands (A1, A2, B), which knows of no fast path. With one it forks: a batch that all n
 * prepared alike may leave no P entry in the new view's messages, so that B gives its slot away.
 */
export const plainRule = (viewChanges, n) => {
    const claims = viewChanges.flatMap((m) => m.prepared);
    for (const claim of [...claims].sort((a, b) => b.view - a.view || (a.digest < b.digest ? -1 : 1))) {
        const a1 = viewChanges.filter(({ prepared: [own] }) => {
            if (own === undefined || own.view < claim.view)
                return true;
            return own.view === claim.view && own.digest === claim.digest;
        });
        const a2 = viewChanges.filter((m) => m.preprepared.some((c) => c.digest === claim.digest && c.view >= claim.view));
        if (a1.length >= quorumSize(n) && a2.length >= weakQuorumSize(n))
            return decided(claim.digest);
    }
    const empty = viewChanges.filter((m) => m.prepared.length === 0);
    return empty.length >= quorumSize(n) ? decided() : undefined;
};
/** A rule that drops what is only prepared: "the prepared set is dropped in a view change". */
export const forgetfulRule = (viewChanges, n) => decide(viewChanges.map((m) => ({ ...m, prepared: [] })), n);
function decided(...digests) {
    return { checkpoint: { sequence: 0, digest: GENESIS }, digests };
}
//# sourceMappingURL=view-change.js.map