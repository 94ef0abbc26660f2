/** Transactions that wait at one replica, oldest first. */
export class Mempool {
    #waiting = new Map();
    /** In a proposal of ours already; forgotten when the view changes, since the proposal may be lost with it. */
    #proposed = new Set();
    #clients;
    constructor(clients) {
        this.#clients = clients;
    }
    get size() {
        return this.#waiting.size;
    }
    /** Transactions that wait and are in no proposal of ours. */
    get unproposed() {
        return this.#waiting.size - this.#proposed.size;
    }
    /** When the oldest one arrived, in ms; −1 where none waits. */
    get oldestMs() {
        for (const { arrivedMs } of this.#waiting.values())
            return arrivedMs;
        return -1;
    }
    add(transaction, nowMs) {
        const id = this.#clients.idOf(transaction);
        if (id >= 0 && !this.#waiting.has(id))
            this.#waiting.set(id, { transaction, arrivedMs: nowMs });
    }
    /** Removes what was executed. */
    remove(id) {
        if (this.#waiting.delete(id))
            this.#proposed.delete(id);
    }
    /** The oldest ones that are in no proposal yet; they count as proposed from now on. */
    take(max) {
        const taken = [];
        for (const [id, { transaction }] of this.#waiting) {
            if (taken.length >= max)
                break;
            if (this.#proposed.has(id))
                continue;
            this.#proposed.add(id);
            taken.push(transaction);
        }
        return taken;
    }
    /** It is in a proposal of somebody else's. */
    pending(id) {
        if (this.#waiting.has(id))
            this.#proposed.add(id);
    }
    forgetProposals() {
        this.#proposed.clear();
    }
    /** Everything that waits, oldest first, at most `max`. */
    contents(max) {
        const all = [];
        for (const { transaction } of this.#waiting.values()) {
            if (all.length >= max)
                break;
            all.push(transaction);
        }
        return all;
    }
}
//# sourceMappingURL=mempool.js.map