/**
 * At most once, for ever. Per client a window of nonces and its latest results, as part of the state.
 *
 * Why no transaction executes twice. Executing (client, nonce) sets the nonce's bit, or raises the window so that
 * the nonce lies below it; a set bit and a nonce below the window are both refused. A window only ever rises, and
 * nonces have to ascend within it only roughly: any order does as long as they are less than `CLIENT_WINDOW` apart.
 *
 * A window may be forgotten once the expiry alone refuses all that it refused. So it remembers the greatest expiry
 * of every transaction that it took or refused by its nonce (not only of those that it took: one that was refused as
 * a double would else come to life when the window is gone), and it is evicted at the first checkpoint at which a
 * multiple of `EVICTION_STEP` lies above that expiry. All of this depends on the ledger alone, so every replica
 * refuses and evicts alike, and a snapshot carries it.
 *
 * What is not promised: a client that signs a new transaction with an old nonce after all that it ever signed has
 * expired has signed a new transaction. Whoever lost an answer sends the same bytes again, and signs anew only once
 * their expiry has passed and a read shows that they had no effect.
 */
import { AuthenticatedMap } from '../apps/authenticated-map.js';
import { toHex } from '../core/bytes.js';
import { MAX_CLIENTS, MAX_EXPIRY_SPAN } from '../core/limits.js';
import { ClientWindow, decodeWindow, digestBytes, encodeWindow, requireWindow, } from './client-window.js';
/** Windows are evicted when the sequence passes a multiple of this. */
const EVICTION_STEP = 1024;
/** What writing a window costs, in hashes of a node: its bytes, and its way through the trie. */
const WRITE_COST = 3;
const stepOf = (sequence) => Math.floor(sequence / EVICTION_STEP);
/**
 * The table at a checkpoint, written in slices while later slots execute: whoever is about to change a window that is
 * still to be written, has it written first.
 */
export class ClientCheckpoint {
    table;
    /** The table as it was, once `step` has left something of its budget. */
    snapshot = undefined;
    constructor(table) {
        this.table = table;
    }
    /** Does work for `budget` hashes; gives what is left, above 0 once all is done. */
    step(budget) {
        return this.snapshot === undefined ? this.table.write(budget) : budget;
    }
}
export class ClientTable {
    windows = new Map();
    /** Clients by the eviction step in which their windows' last expiry lies: whole steps are evicted. */
    bySteps = new Map();
    dirty = new Set();
    map;
    // ---- the checkpoint that is being written
    current;
    writing = new Set();
    written = this.writing.values();
    /** Windows whose last expiry is below this are gone, wherever they still lie. */
    floor = 0;
    leaving = [];
    leavingCount = 0;
    constructor(hasher) {
        this.map = new AuthenticatedMap(hasher);
    }
    get size() {
        return this.windows.size - this.leavingCount;
    }
    /** Whether this may execute at `sequence`: undefined, or the reason that all replicas give. Changes nothing. */
    refusal(client, nonce, expiry, sequence) {
        if (expiry < sequence)
            return 'transaction-expired';
        if (expiry > sequence + MAX_EXPIRY_SPAN)
            return 'transaction-expiry-too-far';
        const window = this.windowOf(client);
        if (window === undefined) {
            if (nonce < 1)
                return 'transaction-nonce';
            return this.size >= MAX_CLIENTS ? 'too-many-clients' : undefined;
        }
        return window.free(nonce) ? undefined : 'transaction-nonce';
    }
    /** Spends the nonce; `refusal` said that it may. */
    spend(client, nonce, expiry) {
        this.settle(client);
        let window = this.windows.get(client);
        if (window === undefined) {
            window = new ClientWindow();
            this.windows.set(client, window);
            this.place(client, stepOf(0));
        }
        window.mark(nonce);
        this.outlive(client, window, expiry);
        this.dirty.add(client);
    }
    /** Notes that the ledger holds a transaction that was refused by its nonce: the window must outlive it. */
    refused(client, expiry) {
        const window = this.windowOf(client);
        if (window === undefined || expiry <= window.lastExpiry)
            return;
        this.settle(client);
        this.outlive(client, window, expiry);
        this.dirty.add(client);
    }
    /** Keeps a result beside its nonce, which is spent. */
    keep(client, kept) {
        this.windows.get(client).keep(kept);
    }
    /** The answer that this transaction got, where it is still kept. */
    find(client, nonce, transaction) {
        return this.windowOf(client)?.find(nonce, transaction);
    }
    /** Evicts whom the ledger allows to forget, and gives the table as it is at this checkpoint. */
    checkpoint(sequence) {
        const checkpoint = this.beginCheckpoint(sequence);
        checkpoint.step(Number.POSITIVE_INFINITY);
        return checkpoint.snapshot;
    }
    /** The same in slices. One that is not done by now is finished at once. */
    beginCheckpoint(sequence) {
        this.write(Number.POSITIVE_INFINITY);
        // Later executions are above `sequence`, hence above what expires below the step.
        const step = stepOf(sequence);
        this.floor = Math.max(this.floor, step * EVICTION_STEP);
        for (const [at, clients] of this.bySteps) {
            if (at >= step)
                continue;
            this.bySteps.delete(at);
            this.leaving.push(clients);
            this.leavingCount += clients.size;
        }
        this.writing = this.dirty;
        this.written = this.writing.values();
        this.dirty = new Set();
        this.current = new ClientCheckpoint(this);
        return this.current;
    }
    /** What was written so far: for comparison, since it may lie between two checkpoints. */
    lastWritten() {
        return this.map.snapshot();
    }
    /** Goes on with the checkpoint under way; see `ClientCheckpoint.step`. */
    write(budget) {
        const { current } = this;
        if (current === undefined)
            return budget;
        let left = budget;
        for (; left > 0; left -= WRITE_COST) {
            const next = this.written.next();
            if (next.done === true)
                break;
            this.writing.delete(next.value);
            this.writeWindow(next.value);
        }
        for (; left > 0 && this.leaving.length > 0; left -= WRITE_COST) {
            const clients = this.leaving[this.leaving.length - 1];
            const [client] = clients;
            if (client === undefined)
                this.leaving.pop();
            else
                this.evict(client);
        }
        if (left <= 0)
            return 0;
        this.current = undefined;
        current.snapshot = this.map.snapshot();
        return left;
    }
    windowOf(client) {
        const window = this.windows.get(client);
        return window !== undefined && window.lastExpiry >= this.floor ? window : undefined;
    }
    /** Before a window changes: what the checkpoint under way wants of it. */
    settle(client) {
        if (this.current === undefined)
            return;
        const window = this.windows.get(client);
        if (window !== undefined && window.lastExpiry < this.floor)
            this.evict(client);
        if (this.writing.delete(client))
            this.writeWindow(client);
    }
    writeWindow(client) {
        const window = this.windowOf(client);
        if (window !== undefined)
            this.map.set(digestBytes(client), encodeWindow(window));
    }
    evict(client) {
        for (const clients of this.leaving)
            if (clients.delete(client))
                this.leavingCount--;
        this.windows.delete(client);
        this.map.delete(digestBytes(client));
    }
    outlive(client, window, expiry) {
        const before = stepOf(window.lastExpiry);
        window.lastExpiry = Math.max(window.lastExpiry, expiry);
        const after = stepOf(window.lastExpiry);
        if (before === after)
            return;
        const clients = this.bySteps.get(before);
        clients?.delete(client);
        if (clients?.size === 0)
            this.bySteps.delete(before);
        this.place(client, after);
    }
    place(client, step) {
        const clients = this.bySteps.get(step);
        if (clients === undefined)
            this.bySteps.set(step, new Set([client]));
        else
            clients.add(client);
    }
    /** A table from a snapshot's chunks. Throws `snapshot-damaged`. */
    static restore(hasher, chunks, root) {
        return ClientTable.of(hasher, AuthenticatedMap.fromChunks(hasher, chunks, root).snapshot());
    }
    /** A table from a snapshot that is known to be sound, but for what its entries mean. Throws `snapshot-damaged`. */
    static of(hasher, snapshot) {
        const table = new ClientTable(hasher);
        table.map = AuthenticatedMap.of(hasher, snapshot);
        for (const [key, value] of snapshot.entries()) {
            requireWindow(key.length === 32);
            const client = toHex(key);
            const window = decodeWindow(value);
            table.windows.set(client, window);
            table.place(client, stepOf(window.lastExpiry));
        }
        return table;
    }
}
//# sourceMappingURL=clients.js.map