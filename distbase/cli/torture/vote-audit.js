/**
 * What validators promised under PBFT, from their vote logs: whether one ever contradicted itself across all of its lives, and
 * whether two of them committed or certified differently. Records come in the order in which the log has them; that
 * one comes again, since a log is read after every kill and is rewritten at times, is no fault.
 */
/** Failures kept: one shows the fault, the others its extent. */
const MOST_FAILURES = 20;
export class VoteAudit {
    failures = [];
    /** Votes seen, each once. */
    votes = 0;
    voters;
    committed = new Map();
    certified = new Map();
    /** Slots behind a voter's newest that are remembered: far more than a window, below which a vote is a fault anyhow. */
    kept;
    constructor(n, window) {
        this.kept = 8 * window;
        this.voters = Array.from({ length: n }, () => ({
            votes: new Map(),
            viewChanges: new Map(),
            checkpoints: new Map(),
            left: 0,
            highest: 0,
        }));
    }
    add(id, entry) {
        const record = entry;
        const voter = this.voters[id];
        switch (record.type) {
            case 'pre-prepare':
            case 'prepared':
                return this.vote(id, voter, record);
            case 'committed':
                return this.agree(this.committed, id, 'committed', record.sequence, record.digest);
            case 'attested': {
                const { message, from, envelope } = record.attested;
                if (from !== id)
                    return;
                if (message.type === 'checkpoint') {
                    this.once(voter.checkpoints, id, 'signed the checkpoint', message.sequence, message.digest);
                    this.agree(this.certified, id, 'signed the checkpoint', message.sequence, message.digest);
                }
                else if (message.type === 'view-change') {
                    const body = Buffer.from(envelope.body).toString('base64');
                    this.once(voter.viewChanges, id, 'sent VIEW-CHANGE', message.view, body);
                    voter.left = Math.max(voter.left, message.view);
                }
            }
        }
    }
    vote(id, voter, record) {
        const { type, view, sequence, digest } = record;
        const kind = type === 'pre-prepare' ? 'preprepared' : 'prepared';
        if (sequence <= voter.highest - this.kept) {
            return this.fail(id, `${type} for slot ${sequence}, far below ${voter.highest}`);
        }
        const key = `${view}/${sequence}`;
        let vote = voter.votes.get(key);
        if (vote === undefined) {
            vote = { preprepared: undefined, prepared: undefined };
            voter.votes.set(key, vote);
        }
        const earlier = vote[kind];
        if (earlier === digest)
            return;
        this.votes++;
        if (earlier !== undefined) {
            return this.fail(id, `${type} in view ${view} for slot ${sequence}: ${earlier} and ${digest}`);
        }
        if (view < voter.left) {
            this.fail(id, `${type} in view ${view} for slot ${sequence}, having left for view ${voter.left}`);
        }
        if (kind === 'prepared' && vote.preprepared !== digest) {
            this.fail(id, `prepared in view ${view} at slot ${sequence} what it had not pre-prepared`);
        }
        vote[kind] = digest;
        if (sequence > voter.highest) {
            voter.highest = sequence;
            if (voter.votes.size > 4 * this.kept)
                this.prune(voter);
        }
    }
    prune(voter) {
        for (const key of voter.votes.keys()) {
            if (Number(key.slice(key.indexOf('/') + 1)) <= voter.highest - this.kept)
                voter.votes.delete(key);
        }
    }
    /** One replica says one thing, once and for all. */
    once(said, id, what, at, value) {
        const earlier = said.get(at);
        if (earlier === undefined)
            said.set(at, value);
        else if (earlier !== value)
            this.fail(id, `${what} ${at} in two ways`);
    }
    /** All replicas say the same. */
    agree(said, id, what, at, value) {
        // Half a digest tells two of them apart, and a long campaign keeps millions.
        const short = value.slice(0, 32);
        const earlier = said.get(at);
        if (earlier === undefined)
            said.set(at, short);
        else if (earlier !== short)
            this.fail(id, `${what} ${at} differently than another validator`);
    }
    fail(id, what) {
        if (this.failures.length < MOST_FAILURES)
            this.failures.push(`v${id} contradicts itself or others: ${what}`);
    }
}
//# sourceMappingURL=vote-audit.js.map