/**
 * The store as a validator has it: LMDB on a thread of its own, so that neither a slow disk nor a page fault holds up
 * the event loop. The validator's thread only puts slots into bytes, some of them at a time, and hands those over.
 *
 * Longer than most: the queue, the hand-over and the waiting for it are one mechanism.
 */
import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { LockstepError } from '../core/errors.js';
import { MAX_STORE_QUEUE_BYTES } from '../core/limits.js';
import { storageFailed } from './fs.js';
import { lockHome } from './home-lock.js';
import { makeGroup, waitingBytes, waitingSlot } from './ledger-groups.js';
import { encodeCheckpoint, encodeEvidence } from './ledger-records.js';
import { COUNTERS, DONE, FAILED, FULL, REASON, REASON_BYTES, } from './store-protocol.js';
import { StoreReader } from './store-reader.js';
/** Longest that anything waits to be written, ms: at this pace the commits and their syncs cost next to nothing. */
const FLUSH_MS = 250;
/** Bytes that are put together at once: a tenth of a millisecond of the event loop. */
const GROUP_BYTES = 256 << 10;
/** Bytes that wait before they are handed over early. */
const EARLY_BYTES = 4 * GROUP_BYTES;
/** How long the disk may hold up a flush that is waited for, ms. */
const PATIENCE_MS = 60_000;
/** Under vitest this file runs from `src`, where Node cannot load a worker; the build has it. */
const WORKER = import.meta.url.endsWith('.ts')
    ? new URL('../../dist/storage/store-worker.js', import.meta.url)
    : new URL('./store-worker.js', import.meta.url);
const errorOf = ({ code, message }) => new LockstepError(code, message);
class LmdbStore extends StoreReader {
    keepsSlots;
    head;
    queuedBytes = 0;
    onFailure = () => { };
    onFull = () => { };
    full = false;
    worker;
    lock;
    counters;
    waiting = [];
    /** Bytes of the groups that were handed over and are not on the disk yet, oldest first. */
    sent = [];
    posted = 0;
    timer;
    soon = false;
    lastWitness;
    witnessWaits = false;
    asked = new Map();
    lastQuestion = 0;
    failure;
    closed;
    constructor(options, worker, lock, counters, ready) {
        super(options.path);
        this.keepsSlots = options.retain > 0;
        this.worker = worker;
        this.lock = lock;
        this.counters = counters;
        this.head = ready.head;
        this.lastWitness = ready.witness;
        worker.on('message', (message) => this.hear(message));
        worker.on('error', (error) => this.fail(storageFailed(this.path, error)));
    }
    add(slot) {
        this.push(waitingSlot(slot));
    }
    certify(checkpoint) {
        const { sequence } = checkpoint;
        this.pushOp({ kind: 'checkpoint', sequence, record: encodeCheckpoint(checkpoint) });
    }
    accuse(evidence) {
        this.pushOp({ kind: 'evidence', from: evidence.from, record: encodeEvidence(evidence) });
    }
    truncate(sequence) {
        this.pushOp({ kind: 'truncate', sequence });
    }
    putWitness(bytes) {
        this.lastWitness = bytes.slice();
        this.witnessWaits = true;
        this.schedule();
    }
    getWitness() {
        return this.lastWitness;
    }
    flushSync() {
        this.handOver(Number.POSITIVE_INFINITY);
        const deadline = performance.now() + PATIENCE_MS;
        for (;;) {
            const done = Atomics.load(this.counters, DONE);
            if (Atomics.load(this.counters, FAILED) === 1)
                throw this.failure ?? this.reason();
            if (done === this.posted)
                return;
            if (Atomics.load(this.counters, FULL) === 1)
                throw this.reason();
            if (performance.now() > deadline) {
                throw storageFailed(this.path, `the disk took nothing for ${PATIENCE_MS / 1000} s`);
            }
            Atomics.wait(this.counters, DONE, done, 1000);
        }
    }
    /** What the store's thread says of its failure, to one that hears no messages at present. */
    reason() {
        const length = Atomics.load(this.counters, REASON);
        const bytes = new Uint8Array(this.counters.buffer, 4 * COUNTERS, length);
        const text = new TextDecoder().decode(Uint8Array.from(bytes));
        const space = text.indexOf(' ');
        return new LockstepError(text.slice(0, space), text.slice(space + 1));
    }
    async close() {
        clearTimeout(this.timer);
        if (this.failure === undefined)
            this.handOver(Number.POSITIVE_INFINITY);
        const done = new Promise((resolve) => {
            this.closed = resolve;
        });
        this.post({ kind: 'close' });
        this.worker.once('exit', () => this.closed?.());
        await done;
        await this.worker.terminate();
        this.lock.release();
    }
    ask(question) {
        if (this.failure !== undefined)
            return Promise.reject(this.failure);
        // Behind all that was handed over before: whoever wrote sees it.
        this.handOver(Number.POSITIVE_INFINITY);
        const id = ++this.lastQuestion;
        return new Promise((resolve, reject) => {
            this.asked.set(id, { resolve, reject });
            this.post({ kind: 'question', id, question });
        });
    }
    // ------------------------------------------------------------------------------------ writing
    pushOp(op) {
        this.push({ kind: 'other', op });
    }
    push(one) {
        if (this.failure !== undefined)
            return;
        this.waiting.push(one);
        this.queuedBytes += waitingBytes(one);
        if (this.queuedBytes > MAX_STORE_QUEUE_BYTES && !this.full)
            this.makeRoom();
        else
            this.schedule();
    }
    /** A full disk makes none; whoever hears of it hands over no more. */
    makeRoom() {
        try {
            this.flushSync();
        }
        catch (error) {
            if (!(error instanceof LockstepError) || error.code !== 'disk-full')
                throw error;
        }
    }
    schedule() {
        if (this.queuedBytes >= EARLY_BYTES && this.sent.length === 0)
            this.flushSoon();
        else
            this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
    }
    flushSoon() {
        if (this.soon)
            return;
        this.soon = true;
        setImmediate(() => {
            this.soon = false;
            this.flush();
        });
    }
    /** Some of what waits, then the rest in later turns; while the disk is busy, it waits for its turn. */
    flush() {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.failure !== undefined || this.sent.length > 1)
            return;
        this.handOver(GROUP_BYTES);
        if (this.waiting.length > 0)
            this.flushSoon();
    }
    handOver(mostBytes) {
        if (this.failure !== undefined)
            return;
        while (this.waiting.length > 0 || this.witnessWaits) {
            const { taken, bytes } = this.take(Math.min(mostBytes, EARLY_BYTES));
            if (this.witnessWaits) {
                this.witnessWaits = false;
                taken.push({ kind: 'other', op: { kind: 'witness', bytes: this.lastWitness } });
            }
            const group = makeGroup(taken);
            this.posted = (this.posted + 1) | 0;
            this.sent.push(bytes);
            this.worker.postMessage({ kind: 'group', group }, [
                group.bytes.buffer,
            ]);
            if (mostBytes !== Number.POSITIVE_INFINITY)
                return;
        }
    }
    take(mostBytes) {
        let bytes = 0;
        let count = 0;
        while (count < this.waiting.length && (count === 0 || bytes < mostBytes)) {
            bytes += waitingBytes(this.waiting[count++]);
        }
        return { taken: this.waiting.splice(0, count), bytes };
    }
    post(message) {
        this.worker.postMessage(message);
    }
    hear(message) {
        switch (message.kind) {
            case 'written':
                this.head = message.head;
                this.queuedBytes -= this.sent.shift() ?? 0;
                if (this.full) {
                    this.full = false;
                    this.onFull(undefined);
                }
                if (this.waiting.length > 0)
                    this.schedule();
                return;
            case 'answer':
                this.asked.get(message.id)?.resolve(message.answer);
                this.asked.delete(message.id);
                return;
            case 'refused':
                this.asked.get(message.id)?.reject(errorOf(message.error));
                this.asked.delete(message.id);
                return;
            case 'failed':
                return this.fail(errorOf(message.error));
            case 'full':
                this.full = true;
                this.onFull(errorOf(message.error));
                return;
            case 'closed':
                this.closed?.();
                return;
            case 'ready':
                return;
        }
    }
    fail(error) {
        if (this.failure !== undefined)
            return;
        this.failure = error;
        this.waiting = [];
        for (const { reject } of this.asked.values())
            reject(error);
        this.asked.clear();
        this.onFailure(error);
    }
}
/**
 * Opens a home's store, or makes an empty one. Throws `home-in-use`, `wrong-chain`, `too-new`, `store-damaged`,
 * `store-unavailable`, `storage-failed`.
 */
export async function openStore(options) {
    const { path, chainId, retain } = options;
    try {
        mkdirSync(path, { recursive: true, mode: 0o700 });
    }
    catch (cause) {
        throw storageFailed(path, cause);
    }
    const lock = lockHome(path);
    const progress = new SharedArrayBuffer(4 * COUNTERS + REASON_BYTES);
    const workerData = { path, chainId, retain, progress };
    const worker = new Worker(WORKER, { workerData, execArgv: [] });
    try {
        const ready = await new Promise((resolve, reject) => {
            worker.once('message', (message) => {
                if (message.kind === 'ready')
                    resolve(message);
                else if (message.kind === 'failed')
                    reject(errorOf(message.error));
            });
            worker.once('error', reject);
        });
        worker.removeAllListeners('error');
        return new LmdbStore(options, worker, lock, new Int32Array(progress, 0, COUNTERS), ready);
    }
    catch (error) {
        await worker.terminate();
        lock.release();
        throw error;
    }
}
//# sourceMappingURL=lmdb-store.js.map