/** Who is to be told when a transaction has executed. */
/** Sessions kept per transaction: a client that reconnects asks again, and the newest connections matter. */
const SESSIONS_PER_TRANSACTION = 4;
/** Bounded by the mempool: whoever waits, waits for a transaction that is in it or in flight. */
export class Waiters {
    sessions = new Map();
    add(digest, session) {
        const known = this.sessions.get(digest);
        if (known === undefined)
            this.sessions.set(digest, session);
        else if (!Array.isArray(known)) {
            if (known !== session)
                this.sessions.set(digest, known.open ? [known, session] : session);
        }
        else if (!known.includes(session)) {
            known.push(session);
            if (known.length > SESSIONS_PER_TRANSACTION)
                known.shift();
        }
    }
    /** Gives the sessions and forgets them. */
    take(digest) {
        const known = this.sessions.get(digest);
        if (known === undefined)
            return [];
        this.sessions.delete(digest);
        return Array.isArray(known) ? known : [known];
    }
    forget(digest) {
        this.sessions.delete(digest);
    }
    get size() {
        return this.sessions.size;
    }
}
//# sourceMappingURL=waiters.js.map