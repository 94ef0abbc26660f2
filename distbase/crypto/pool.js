/**
 * The verifier with threads: a bounded queue of two priorities before a piscina pool, items in shared memory. See
 * `README.md` for what runs where and why. A file longer than most, since queue, tasks and failures share a state.
 */
import { Piscina } from 'piscina';
import { LockstepError } from '../core/errors.js';
import { MAX_QUEUED_CHECKS } from '../core/limits.js';
import { COSTS_US } from './costs.js';
import { wellFormed } from './judge.js';
import { KeyTable } from './key-table.js';
import { MAX_TASK_ITEMS, REGION_BYTES, Region, regionBytesFor } from './shared-batch.js';
import { SharedSlab } from './shared-slab.js';
/** One runs and one waits in the thread's port, so that no thread idles while the main thread turns round. */
const TASKS_PER_THREAD = 2;
/**
 * Regions are used in turn, so that one is written anew when the other core's caches have forgotten it: taking a line
 * back from a core that has just read it costs three times as much.
 */
const REGIONS_PER_THREAD = 8;
/**
 * An idle thread gets its share of what waits: no fewer items than cost the main thread more than they gain, and no more
 * than are soon written, so that it can begin.
 */
const MIN_TASK_ITEMS = 32;
const MAX_FIRST_TASK_ITEMS = 64;
/** Where no thread idles, latency is a matter of the queue: a task takes a thread's share of it, and this at least. */
const MIN_BUSY_TASK_ITEMS = 64;
/** A call is handed over where judging it here would hold the main thread this many times as long as handing over. */
const HAND_OVER_GAIN = 2;
/** A frame with an ML-DSA-87 signature has more. Of what is shorter everything is copied when it is handed over. */
const WORTH_SHARING_BYTES = 4096;
/** A task that killed this many threads is judged on the main thread, which no kernel can kill. */
const MAX_CRASHES = 2;
/** Pinned keys remembered while a task is filled: a few validators' votes in turn. */
const MAX_RECENT_KEYS = 8;
/** Under vitest this file runs from `src`, where Node cannot load a worker; the build has it. */
const WORKER = import.meta.url.endsWith('.ts')
    ? new URL('../../dist/crypto/worker.js', import.meta.url)
    : new URL('./worker.js', import.meta.url);
export class PoolVerifier {
    /** For tests, which kill its threads. */
    piscina;
    #threads;
    #bench;
    #keyTable = new KeyTable();
    #slab = new SharedSlab();
    #regions;
    #freeSlots;
    #queues = { vote: [], transaction: [] };
    #tasks = new Set();
    #keysOfThread = new Map();
    #recentKeys = [];
    #counts = { inline: 0, pooled: 0, failed: 0, hits: 0, misses: 0, evictions: 0, replaced: 0 };
    #queued = 0;
    #queuedMax = 0;
    #closed = false;
    constructor(options) {
        const { threads, cache, bench, modules } = options;
        this.#threads = threads;
        this.#bench = bench;
        const slots = threads * REGIONS_PER_THREAD;
        this.#regions = Array.from({ length: slots }, () => this.#region(REGION_BYTES));
        this.#freeSlots = this.#regions.map((_, slot) => slot);
        const workerData = {
            regions: this.#regions.map((region) => region.memory),
            slab: this.#slab.memory,
            keyTable: this.#keyTable.memory,
            cache,
            modules,
        };
        this.piscina = new Piscina({
            filename: WORKER.href,
            minThreads: threads,
            maxThreads: threads,
            concurrentTasksPerWorker: TASKS_PER_THREAD,
            recordTiming: false,
            workerData,
            execArgv: [],
        });
        // A thread's death reaches the tasks that it had; one without tasks is only replaced.
        this.piscina.on('error', () => { });
        this.piscina.on('workerDestroy', (worker) => this.#threadGone(worker.id));
    }
    /** Resolves once every thread has loaded and warmed its kernels. */
    async ready() {
        try {
            await Promise.all(Array.from({ length: this.#threads }, () => this.piscina.run(undefined)));
        }
        catch (cause) {
            await this.close();
            throw new LockstepError('internal', 'the verification threads did not start', { cause });
        }
    }
    /**
     * Items and their arrays must stay as they are until the promise resolves. Where the queue is full the calling
     * thread judges: that slows whoever floods it, and bounds what waits.
     */
    verify(items, priority = 'transaction') {
        if (this.#closed)
            return Promise.reject(new LockstepError('closed', 'the verifier is closed'));
        const verdicts = new Uint8Array(items.length);
        if (!this.#worthHandingOver(items) || this.#queued + items.length > MAX_QUEUED_CHECKS) {
            this.#counts.inline += items.length;
            this.#counts.failed += this.#bench.judgeAll(items, verdicts);
            return Promise.resolve(verdicts);
        }
        return this.#enqueue(items, verdicts, priority);
    }
    /** `verify` without the choice: everything goes to the threads. For measuring them. */
    verifyPooled(items, priority = 'transaction') {
        return this.#enqueue(items, new Uint8Array(items.length), priority);
    }
    #enqueue(items, verdicts, priority) {
        return new Promise((resolve, reject) => {
            this.#queues[priority].push({ items, verdicts, resolve, reject, next: 0, pending: items.length });
            this.#queued += items.length;
            this.#queuedMax = Math.max(this.#queuedMax, this.#queued);
            this.#pump();
        });
    }
    share(bytes) {
        return bytes.length < WORTH_SHARING_BYTES ? undefined : this.#slab.copy(bytes);
    }
    verifySync(item) {
        const holds = this.#bench.judge(item);
        this.#counts.inline++;
        if (!holds)
            this.#counts.failed++;
        return holds;
    }
    costUs(item) {
        return this.#bench.costUs(item);
    }
    prepare(suite, publicKey) {
        this.#bench.prepare(suite, publicKey);
        this.#keyTable.add(suite, publicKey);
    }
    stats() {
        const own = this.#bench.cache();
        const counts = this.#counts;
        let keys = own.keys;
        for (const count of this.#keysOfThread.values())
            keys += count;
        return {
            threads: this.#threads,
            inline: counts.inline,
            pooled: counts.pooled,
            failed: counts.failed,
            queued: this.#queued,
            queuedMax: this.#queuedMax,
            cacheHits: own.hits + counts.hits,
            cacheMisses: own.misses + counts.misses,
            cacheKeys: keys,
            cacheEvictions: own.evictions + counts.evictions,
            workersReplaced: counts.replaced,
            backends: this.#bench.backends(),
        };
    }
    async close() {
        if (this.#closed)
            return;
        this.#closed = true;
        const waiting = new Set([...this.#queues.vote, ...this.#queues.transaction]);
        for (const task of this.#tasks)
            for (const { job } of task.spans)
                waiting.add(job);
        for (const job of waiting)
            job.reject(new LockstepError('closed', 'the verifier was closed'));
        this.#queues.vote = [];
        this.#queues.transaction = [];
        this.#tasks.clear();
        this.#queued = 0;
        await this.piscina.destroy();
    }
    #region(bytes) {
        return new Region(new SharedArrayBuffer(bytes), this.#slab);
    }
    #worthHandingOver(items) {
        if (this.piscina.threads.length === 0)
            return false;
        let inlineUs = 0;
        for (let i = 0; i < items.length; i++) {
            inlineUs += this.#bench.costUs(items[i]);
            if (inlineUs > HAND_OVER_GAIN * (COSTS_US.handOff + COSTS_US.handOffPerItem * (i + 1)))
                return true;
        }
        return false;
    }
    #pump() {
        while (this.#queued > 0 && this.#tasks.size < this.#threads * TASKS_PER_THREAD) {
            const slot = this.#freeSlots.shift();
            const region = this.#regions[slot];
            region.clear();
            const task = { slot, region, spans: [], size: 0, crashes: 0 };
            this.#fill(task);
            if (task.size > 0)
                this.#launch(task);
            else
                this.#freeSlots.push(slot);
        }
    }
    /** Cuts a task from the more urgent queue; items of one call may end up in several, and those of several in one. */
    #fill(task) {
        const queue = this.#queues.vote.length > 0 ? this.#queues.vote : this.#queues.transaction;
        const idle = this.#threads - this.#tasks.size;
        const share = Math.ceil(this.#queued / (idle > 0 ? idle : this.#threads));
        const most = idle > 0
            ? Math.min(share, MAX_FIRST_TASK_ITEMS)
            : Math.min(Math.max(share, MIN_BUSY_TASK_ITEMS), MAX_TASK_ITEMS);
        const size = Math.max(most, MIN_TASK_ITEMS);
        this.#recentKeys.length = 0;
        while (queue.length > 0) {
            const job = queue[0];
            while (job.next < job.items.length) {
                if (task.size === size || !this.#take(task, job))
                    return;
            }
            queue.shift();
        }
    }
    /** Moves a job's next item into the task. False where the region is full. */
    #take(task, job) {
        const position = job.next;
        const item = job.items[position];
        if (!wellFormed(item)) {
            this.#queued--;
            job.next++;
            this.#settle(job, position, 0);
            return true;
        }
        const keyIndex = this.#keyIndex(item);
        if (!task.region.append(item, keyIndex)) {
            if (task.size > 0)
                return false;
            task.region = this.#region(regionBytesFor(item));
            task.region.append(item, keyIndex);
        }
        const last = task.spans[task.spans.length - 1];
        if (last !== undefined && last.job === job && last.to === position)
            last.to++;
        else
            task.spans.push({ job, from: position, to: position + 1 });
        task.size++;
        this.#queued--;
        job.next++;
        return true;
    }
    /**
     * The pinned key's place, or −1. While a task is filled no caller may change an array, so that the object alone tells
     * a key seen just before, and 2,592 bytes need not be compared for every item.
     */
    #keyIndex({ suite, publicKey }) {
        const recent = this.#recentKeys;
        for (let i = 0; i < recent.length; i++) {
            const key = recent[i];
            if (key.publicKey === publicKey && key.suite === suite)
                return key.index;
        }
        const index = this.#keyTable.find(suite, publicKey);
        if (index >= 0 && recent.length < MAX_RECENT_KEYS)
            recent.push({ suite, publicKey, index });
        return index;
    }
    #settle(job, position, verdict) {
        this.#counts.pooled++;
        if (verdict !== 1)
            this.#counts.failed++;
        job.verdicts[position] = verdict;
        if (--job.pending === 0)
            job.resolve(job.verdicts);
    }
    #launch(task) {
        this.#tasks.add(task);
        const own = task.region !== this.#regions[task.slot];
        this.piscina.run(own ? task.region.memory : task.slot).then(() => this.#done(task), () => this.#crashed(task));
    }
    #done(task) {
        if (!this.#tasks.delete(task))
            return;
        const report = task.region.readReport();
        this.#counts.hits += report.cacheHits;
        this.#counts.misses += report.cacheMisses;
        this.#counts.evictions += report.cacheEvictions;
        this.#keysOfThread.set(report.threadId, report.cacheKeys);
        this.#finish(task, task.region.verdicts());
    }
    #finish(task, verdicts) {
        let next = 0;
        for (const { job, from, to } of task.spans) {
            for (let position = from; position < to; position++)
                this.#settle(job, position, verdicts[next++]);
        }
        this.#freeSlots.push(task.slot);
        this.#pump();
    }
    /** The thread died with the task: its bytes still stand in the region, so it is handed over again. */
    #crashed(task) {
        if (!this.#tasks.delete(task))
            return;
        if (++task.crashes < MAX_CRASHES && this.piscina.threads.length > 0)
            this.#launch(task);
        else
            this.#judgeHere(task);
    }
    #judgeHere(task) {
        const verdicts = new Uint8Array(task.size);
        this.#bench.judgeAll(task.spans.flatMap(({ job, from, to }) => job.items.slice(from, to)), verdicts);
        this.#finish(task, verdicts);
    }
    #threadGone(threadId) {
        this.#keysOfThread.delete(threadId);
        if (this.#closed)
            return;
        this.#counts.replaced++;
        // Piscina gives up on threads that die while they start; what it was given then is judged here.
        queueMicrotask(() => {
            if (this.#closed || this.piscina.threads.length > 0)
                return;
            for (const task of [...this.#tasks]) {
                this.#tasks.delete(task);
                this.#judgeHere(task);
            }
        });
    }
}
//# sourceMappingURL=pool.js.map