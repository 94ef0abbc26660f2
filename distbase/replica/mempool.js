/**
 * Checked transactions that wait to be ordered, oldest first. Bounded in number, in bytes, and per client, so that
 * none can take the place of all. Takes the time as an argument and knows nothing of signatures.
 *
 * One array in the order of arrival holds what waits, what is in flight, and what is gone already; two marks in it
 * only move forwards (`head` to what is oldest, `next` to what may be taken next) until a view change moves `next`
 * back. So each transaction is passed over once, however long the queue is.
 */
import { CLIENT_WINDOW } from '../core/limits.js';
/** Entries passed over before the array is cut: cutting moves all that are left. */
const COMPACT_AT = 1024;
export class Mempool {
    limits;
    entries = new Map();
    order = [];
    /** Everything before it is gone. */
    head = 0;
    /** Nothing before it waits. */
    next = 0;
    inFlight = 0;
    perClient = new Map();
    byteCount = 0;
    /** No transaction here expires before this sequence; a lower bound that `expire` sharpens. */
    soonestExpiry = Number.POSITIVE_INFINITY;
    constructor(limits) {
        this.limits = { maxPerClient: CLIENT_WINDOW, ...limits };
    }
    /** Waiting and in flight. */
    get size() {
        return this.entries.size;
    }
    /** Not in flight. */
    get waiting() {
        return this.entries.size - this.inFlight;
    }
    get bytes() {
        return this.byteCount;
    }
    /** When the oldest that is not executed yet arrived; −1 where none waits. */
    get oldestMs() {
        return this.order[this.head]?.transaction?.arrivedMs ?? -1;
    }
    has(digest) {
        return this.entries.has(digest);
    }
    arrivedMs(digest) {
        return this.entries.get(digest)?.transaction?.arrivedMs;
    }
    /** Takes a transaction in, or says why not. One that is here already is taken silently. */
    add(transaction) {
        const { digest, bytes, client, expiry } = transaction;
        if (this.entries.has(digest))
            return undefined;
        const { maxTransactions, maxBytes, maxPerClient } = this.limits;
        if (this.size >= maxTransactions || this.byteCount + bytes.length > maxBytes)
            return 'mempool-full';
        const ofClient = this.perClient.get(client) ?? 0;
        if (ofClient >= maxPerClient)
            return 'rate-limited';
        this.perClient.set(client, ofClient + 1);
        this.byteCount += bytes.length;
        this.soonestExpiry = Math.min(this.soonestExpiry, expiry);
        const entry = { transaction, inFlight: false };
        this.entries.set(digest, entry);
        this.order.push(entry);
        return undefined;
    }
    /**
     * The oldest that fit a batch to execute at `sequence` or later; they are in flight from now on. One that has
     * expired stays where it is, for `expire`.
     */
    take(maxTransactions, maxBytes, sequence) {
        const taken = [];
        let bytes = 0;
        let passed = true;
        for (let i = this.next; i < this.order.length && taken.length < maxTransactions; i++) {
            const entry = this.order[i];
            const { transaction } = entry;
            if (transaction !== undefined && !entry.inFlight) {
                if (transaction.expiry < sequence) {
                    passed = false;
                    continue;
                }
                bytes += transaction.bytes.length;
                if (bytes > maxBytes)
                    break;
                entry.inFlight = true;
                this.inFlight++;
                taken.push(transaction);
            }
            if (passed)
                this.next = i + 1;
        }
        return taken;
    }
    /** These are in a proposal of another replica: in flight, where they wait here. */
    pending(digests) {
        for (const digest of digests) {
            const entry = this.entries.get(digest);
            if (entry === undefined || entry.inFlight)
                continue;
            entry.inFlight = true;
            this.inFlight++;
        }
    }
    /** These executed: they leave, wherever they are. */
    committed(digests) {
        for (const digest of digests)
            this.remove(digest);
        this.compact();
    }
    /** What was in flight waits again, ahead of what came later: after a view change. */
    returnAll() {
        for (let i = this.head; i < this.order.length; i++)
            this.order[i].inFlight = false;
        this.inFlight = 0;
        this.next = this.head;
    }
    /** Removes what can no longer execute after `sequence`, and gives their digests. */
    expire(sequence) {
        if (sequence < this.soonestExpiry)
            return [];
        const gone = [];
        let soonest = Number.POSITIVE_INFINITY;
        for (const { transaction } of this.entries.values()) {
            if (transaction === undefined)
                continue;
            if (transaction.expiry <= sequence)
                gone.push(transaction.digest);
            else
                soonest = Math.min(soonest, transaction.expiry);
        }
        this.soonestExpiry = soonest;
        this.committed(gone);
        return gone;
    }
    /** Every transaction here, oldest first. */
    *[Symbol.iterator]() {
        for (const { transaction } of this.order)
            if (transaction !== undefined)
                yield transaction;
    }
    /** The oldest that are not in flight, for a primary that may have been left out. */
    relayable(max) {
        const out = [];
        for (let i = this.next; i < this.order.length && out.length < max; i++) {
            const { transaction, inFlight } = this.order[i];
            if (transaction !== undefined && !inFlight)
                out.push(transaction);
        }
        return out;
    }
    remove(digest) {
        const entry = this.entries.get(digest);
        if (entry?.transaction === undefined)
            return;
        const { bytes, client } = entry.transaction;
        if (entry.inFlight)
            this.inFlight--;
        entry.transaction = undefined;
        this.entries.delete(digest);
        this.byteCount -= bytes.length;
        const left = this.perClient.get(client) - 1;
        if (left === 0)
            this.perClient.delete(client);
        else
            this.perClient.set(client, left);
    }
    /** Moves the marks over what is gone, and cuts it off where that is most of the array. */
    compact() {
        while (this.head < this.order.length && this.order[this.head].transaction === undefined)
            this.head++;
        this.next = Math.max(this.next, this.head);
        if (this.head < COMPACT_AT || 2 * this.head < this.order.length) {
            this.dropHoles();
            return;
        }
        this.order = this.order.slice(this.head);
        this.next -= this.head;
        this.head = 0;
    }
    /** One old transaction that never leaves must not keep all that came and went after it. */
    dropHoles() {
        if (this.order.length < COMPACT_AT || this.order.length - this.head < 4 * this.entries.size)
            return;
        this.order = this.order.filter((entry) => entry.transaction !== undefined);
        this.head = 0;
        this.next = 0;
    }
}
//# sourceMappingURL=mempool.js.map