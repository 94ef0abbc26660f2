/** Whom a state transfer asks: those who have the checkpoint, tell the truth, and answer in time. */
/** Requests under way per peer: one on its way, one being answered, one being checked. */
const REQUESTS_PER_PEER = 3;
/** Time for an answer, ms: the first bound, and the greatest that a peer's silence lets it grow to. */
const ANSWER_MS = 1_000;
const ANSWER_MAX_MS = 8_000;
/** Pause before a peer that did not have the checkpoint, or spoke falsely, is asked again where nobody else is left, ms. */
const RETRY_MS = 1_000;
export class TransferPeers {
    peers;
    turn;
    dryUntilMs = 0;
    /** `connected`: by id, whose connection is open. */
    constructor(self, connected, first) {
        this.peers = connected
            .map((open, id) => ({
            id,
            underWay: 0,
            lacks: false,
            false: false,
            answerMs: ANSWER_MS,
            idleUntilMs: 0,
            away: !open,
        }))
            .filter(({ id }) => id !== self);
        this.turn = first;
    }
    /** All who may be asked, busy or not. */
    usable(nowMs) {
        return this.peers.filter((peer) => this.mayAsk(peer, nowMs)).map(({ id }) => id);
    }
    /** Requests that could be sent now. */
    free(nowMs) {
        let free = 0;
        for (const peer of this.peers)
            if (this.mayAsk(peer, nowMs))
                free += this.room(peer);
        return free;
    }
    /** The least busy one that may be asked, each in its turn; undefined where all are busy. */
    pick(nowMs) {
        let best;
        for (let i = 0; i < this.peers.length; i++) {
            const peer = this.peers[(this.turn + i) % this.peers.length];
            if (!this.mayAsk(peer, nowMs) || this.room(peer) <= 0)
                continue;
            if (best === undefined || peer.underWay < best.underWay)
                best = peer;
        }
        if (best !== undefined)
            this.turn++;
        return best?.id;
    }
    /** A request leaves; gives its deadline. */
    asked(id, nowMs) {
        const peer = this.of(id);
        peer.underWay++;
        return nowMs + peer.answerMs;
    }
    answered(id) {
        const peer = this.of(id);
        peer.underWay = Math.max(0, peer.underWay - 1);
        peer.answerMs = ANSWER_MS;
    }
    /** Nothing came in time: others first, and one request at a time until it answers. */
    silent(id, nowMs) {
        const peer = this.of(id);
        peer.underWay = Math.max(0, peer.underWay - 1);
        peer.idleUntilMs = nowMs + peer.answerMs;
        peer.answerMs = Math.min(ANSWER_MAX_MS, 2 * peer.answerMs);
    }
    /** Its connection is open, or is not any more; what it was asked is forgotten then. */
    reachable(id, open) {
        const peer = this.of(id);
        peer.away = !open;
        if (!open)
            peer.underWay = 0;
        else
            peer.idleUntilMs = 0;
    }
    lacks(id) {
        this.of(id).lacks = true;
    }
    /** Not asked again, as long as there are others. */
    spokeFalsely(id) {
        this.of(id).false = true;
    }
    /** Whether all in reach who did not speak falsely said that they do not have it. */
    get nobodyHasIt() {
        const inReach = this.peers.filter((peer) => !peer.away);
        return inReach.length > 0 && inReach.every((peer) => peer.lacks || peer.false);
    }
    /** Where nobody is left to ask, everybody is asked anew after a while. True: now. */
    startOver(nowMs) {
        if (!this.nobodyHasIt) {
            this.dryUntilMs = 0;
            return false;
        }
        if (this.dryUntilMs === 0)
            this.dryUntilMs = nowMs + RETRY_MS;
        if (nowMs < this.dryUntilMs)
            return false;
        this.dryUntilMs = 0;
        for (const peer of this.peers) {
            peer.lacks = false;
            peer.false = false;
            peer.idleUntilMs = 0;
        }
        return true;
    }
    of(id) {
        return this.peers.find((peer) => peer.id === id);
    }
    mayAsk(peer, nowMs) {
        return !peer.away && !peer.lacks && !peer.false && nowMs >= peer.idleUntilMs;
    }
    room(peer) {
        return (peer.answerMs > ANSWER_MS ? 1 : REQUESTS_PER_PEER) - peer.underWay;
    }
}
//# sourceMappingURL=transfer-peers.js.map