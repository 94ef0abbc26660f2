/**
 * In place of a machine where we have no vote: in no set, or forgetful. It sends nothing. It counts the CHECKPOINTs of
 * the set, and where a quorum of them is ahead of us it asks for that state, so that queries are answered from a state
 * that is certified, if late. Any protocol's will do whose checkpoint message is `checkpoint` with `sequence` and `digest`.
 */
/** Checkpoints of one sender that are kept: its newest ones. */
const KEPT = 4;
/** Least time between two transfers, ms: each is a whole state. */
const PAUSE_MS = 2_000;
const ASK = 'follow';
export class Follower {
    config;
    needed;
    votes = new Map();
    state;
    askedMs = Number.NEGATIVE_INFINITY;
    /** `needed` votes certify. `state`: the sequence of the state that we have. */
    constructor(config, needed, state) {
        this.config = config;
        this.needed = needed;
        this.state = state;
    }
    step(event, nowMs, out) {
        if (event.kind === 'installed')
            this.state = Math.max(this.state, event.sequence);
        if (event.kind === 'message' && event.attested.message.type === 'checkpoint') {
            this.count(event.attested);
        }
        this.ask(nowMs, out);
    }
    relevant(message) {
        const { sequence } = message;
        return message.type === 'checkpoint' && sequence > this.state;
    }
    proposable() {
        return false;
    }
    liveRecords() {
        return [];
    }
    status() {
        const { state } = this;
        return {
            view: 0,
            active: false,
            primary: 0,
            lowWatermark: state,
            highWatermark: state,
            delivered: state,
            behind: undefined,
            inFlight: 0,
            timeoutMs: this.config.timeoutFloorMs,
        };
    }
    count(attested) {
        const kept = this.votes.get(attested.from) ?? [];
        const { sequence } = attested.message;
        if (sequence <= this.state || kept.some(({ message }) => message.sequence === sequence))
            return;
        kept.push(attested);
        kept.sort((a, b) => b.message.sequence - a.message.sequence);
        kept.length = Math.min(kept.length, KEPT);
        this.votes.set(attested.from, kept);
    }
    ask(nowMs, out) {
        const certificate = this.certificate();
        if (certificate === undefined)
            return;
        const waitMs = this.askedMs + PAUSE_MS - nowMs;
        if (waitMs > 0) {
            out.push({ kind: 'timer', timer: ASK, delayMs: waitMs });
            return;
        }
        this.askedMs = nowMs;
        const { sequence, digest } = certificate[0].message;
        out.push({ kind: 'transfer', sequence, digest, certificate });
    }
    /** The highest checkpoint above our state that enough of them signed alike. */
    certificate() {
        const alike = new Map();
        let best;
        for (const kept of this.votes.values()) {
            for (const vote of kept) {
                const { sequence, digest } = vote.message;
                if (sequence <= this.state)
                    continue;
                const key = `${sequence}:${digest}`;
                const list = alike.get(key) ?? [];
                list.push(vote);
                alike.set(key, list);
                if (list.length < this.needed)
                    continue;
                if (best === undefined || sequence > best[0].message.sequence)
                    best = list;
            }
        }
        return best;
    }
}
//# sourceMappingURL=follower.js.map