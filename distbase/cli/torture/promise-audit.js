/**
 * What validators promised, from their vote logs, for protocols whose promises are one vote a round or term: HotStuff,
 * Streamlet, Raft. Records come in the order in which the log has them; that one comes again is no fault.
 */
/** A message of our own as one line; batches are told by their digests. */
function line(message) {
    return JSON.stringify(Object.entries(message).filter(([name]) => name !== 'batch'));
}
function hotstuff(id, record) {
    if (record.type === 'committed') {
        return [{ of: 'all', what: 'committed slot', at: record.sequence, value: record.digest }];
    }
    if (record.type !== 'attested' || record.attested.from !== id)
        return [];
    const { message } = record.attested;
    if (message.type === 'vote') {
        return [{ of: 'one', what: 'voted in round', at: message.round, value: line(message) }];
    }
    return message.type === 'checkpoint' ? checkpoint(message) : [];
}
function streamlet(id, record) {
    if (record.type !== 'attested' || record.attested.from !== id)
        return [];
    const { message } = record.attested;
    if (message.type === 'checkpoint')
        return checkpoint(message);
    if (message.type === 'vote') {
        return [{ of: 'one', what: 'voted in round', at: message.round, value: line(message) }];
    }
    if (message.type !== 'proposal' && message.type !== 'tail')
        return [];
    return [{ of: 'one', what: 'proposed in round', at: message.round, value: line(message) }];
}
function raft(id, record) {
    if (record.type === 'entry') {
        const at = `${record.sequence} of term ${record.term}`;
        return [{ of: 'all', what: 'has entry', at, value: record.digest }];
    }
    // A term is entered without a vote at first.
    if (record.type === 'term' && record.vote !== 0) {
        return [{ of: 'one', what: 'voted in term', at: record.term, value: String(record.vote) }];
    }
    if (record.type !== 'attested' || record.attested.from !== id)
        return [];
    const { message } = record.attested;
    return message.type === 'checkpoint' ? checkpoint(message) : [];
}
const checkpoint = ({ sequence, digest }) => [
    { of: 'all', what: 'signed the checkpoint', at: sequence, value: digest },
];
const READERS = { hotstuff, streamlet, raft };
/** Failures kept: one shows the fault, the others its extent. */
const MOST_FAILURES = 20;
export class PromiseAudit {
    failures = [];
    votes = 0;
    read;
    ones;
    all = new Map();
    /** `protocol`: `hotstuff`, `streamlet` or `raft`. */
    constructor(protocol, n) {
        const read = READERS[protocol];
        if (read === undefined)
            throw new Error(`nobody knows what ${protocol} promises in its log`);
        this.read = read;
        this.ones = Array.from({ length: n }, () => new Map());
    }
    add(id, record) {
        for (const { of, what, at, value } of this.read(id, record)) {
            const said = of === 'one' ? this.ones[id] : this.all;
            const key = `${what} ${at}`;
            const earlier = said.get(key);
            if (earlier === undefined) {
                said.set(key, value);
                this.votes++;
            }
            else if (earlier !== value)
                this.fail(`v${id} ${key}: ${value}, and ${of === 'one' ? 'it' : 'another'} said ${earlier}`);
        }
    }
    fail(what) {
        if (this.failures.length < MOST_FAILURES)
            this.failures.push(`contradiction: ${what}`);
    }
}
//# sourceMappingURL=promise-audit.js.map