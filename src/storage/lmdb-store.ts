/**
 * The store as a validator has it: LMDB on a thread of its own, so that neither a slow disk nor a page fault holds up
 * the event loop. The validator's thread only puts slots into bytes, some of them at a time, and hands those over.
 *
 * Longer than most: the queue, the hand-over and the waiting for it are one mechanism.
 */

import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { LockstepError } from '../core/errors.ts';
import type { Sequence } from '../core/ids.ts';
import { MAX_STORE_QUEUE_BYTES } from '../core/limits.ts';
import { storageFailed } from './fs.ts';
import { type HomeLock, lockHome } from './home-lock.ts';
import type { ExecutedSlot, LedgerStore, StoredCheckpoint, StoredEvidence } from './interface.ts';
import type { LedgerOp } from './ledger.ts';
import { makeGroup, type Waiting, waitingBytes, waitingSlot } from './ledger-groups.ts';
import type { Question } from './ledger-questions.ts';
import { encodeCheckpoint, encodeEvidence } from './ledger-records.ts';
import {
  COUNTERS,
  DONE,
  FAILED,
  type FromWorker,
  FULL,
  type PlainError,
  REASON,
  REASON_BYTES,
  type ToWorker,
  type WorkerSetup,
} from './store-protocol.ts';
import { StoreReader } from './store-reader.ts';

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

export interface StoreOptions {
  /** A folder; made where it does not exist. */
  readonly path: string;
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  /** Certified checkpoints kept, and the slots since the oldest of them; Infinity: all; 0: no slots. */
  readonly retain: number;
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const errorOf = ({ code, message }: PlainError) => new LockstepError(code, message);

class LmdbStore extends StoreReader implements LedgerStore {
  readonly keepsSlots: boolean;
  head: Sequence;
  queuedBytes = 0;
  onFailure: (error: unknown) => void = () => {};
  onFull: (error: unknown) => void = () => {};
  private full = false;
  private readonly worker: Worker;
  private readonly lock: HomeLock;
  private readonly counters: Int32Array;
  private waiting: Waiting[] = [];
  /** Bytes of the groups that were handed over and are not on the disk yet, oldest first. */
  private readonly sent: number[] = [];
  private posted = 0;
  private timer: NodeJS.Timeout | undefined;
  private soon = false;
  private lastWitness: Uint8Array | undefined;
  private witnessWaits = false;
  private readonly asked = new Map<number, Asked>();
  private lastQuestion = 0;
  private failure: unknown;
  private closed: (() => void) | undefined;

  constructor(
    options: StoreOptions,
    worker: Worker,
    lock: HomeLock,
    counters: Int32Array,
    ready: Extract<FromWorker, { kind: 'ready' }>,
  ) {
    super(options.path);
    this.keepsSlots = options.retain > 0;
    this.worker = worker;
    this.lock = lock;
    this.counters = counters;
    this.head = ready.head;
    this.lastWitness = ready.witness;
    worker.on('message', (message: FromWorker) => this.hear(message));
    worker.on('error', (error) => this.fail(storageFailed(this.path, error)));
  }

  add(slot: ExecutedSlot): void {
    this.push(waitingSlot(slot));
  }

  certify(checkpoint: StoredCheckpoint): void {
    const { sequence } = checkpoint;
    this.pushOp({ kind: 'checkpoint', sequence, record: encodeCheckpoint(checkpoint) });
  }

  accuse(evidence: StoredEvidence): void {
    this.pushOp({ kind: 'evidence', from: evidence.from, record: encodeEvidence(evidence) });
  }

  truncate(sequence: Sequence): void {
    this.pushOp({ kind: 'truncate', sequence });
  }

  putWitness(bytes: Uint8Array): void {
    this.lastWitness = bytes.slice();
    this.witnessWaits = true;
    this.schedule();
  }

  getWitness(): Uint8Array | undefined {
    return this.lastWitness;
  }

  flushSync(): void {
    this.handOver(Number.POSITIVE_INFINITY);
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const done = Atomics.load(this.counters, DONE);
      if (Atomics.load(this.counters, FAILED) === 1) throw this.failure ?? this.reason();
      if (done === this.posted) return;
      if (Atomics.load(this.counters, FULL) === 1) throw this.reason();
      if (performance.now() > deadline) {
        throw storageFailed(this.path, `the disk took nothing for ${PATIENCE_MS / 1000} s`);
      }
      Atomics.wait(this.counters, DONE, done, 1000);
    }
  }

  /** What the store's thread says of its failure, to one that hears no messages at present. */
  private reason(): LockstepError {
    const length = Atomics.load(this.counters, REASON);
    const bytes = new Uint8Array(this.counters.buffer, 4 * COUNTERS, length);
    const text = new TextDecoder().decode(Uint8Array.from(bytes));
    const space = text.indexOf(' ');
    return new LockstepError(text.slice(0, space) as LockstepError['code'], text.slice(space + 1));
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    if (this.failure === undefined) this.handOver(Number.POSITIVE_INFINITY);
    const done = new Promise<void>((resolve) => {
      this.closed = resolve;
    });
    this.post({ kind: 'close' });
    this.worker.once('exit', () => this.closed?.());
    await done;
    await this.worker.terminate();
    this.lock.release();
  }

  protected ask(question: Question): Promise<unknown> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    // Behind all that was handed over before: whoever wrote sees it.
    this.handOver(Number.POSITIVE_INFINITY);
    const id = ++this.lastQuestion;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.post({ kind: 'question', id, question });
    });
  }

  // ------------------------------------------------------------------------------------ writing

  private pushOp(op: Exclude<LedgerOp, { kind: 'slot' }>): void {
    this.push({ kind: 'other', op });
  }

  private push(one: Waiting): void {
    if (this.failure !== undefined) return;
    this.waiting.push(one);
    this.queuedBytes += waitingBytes(one);
    if (this.queuedBytes > MAX_STORE_QUEUE_BYTES && !this.full) this.makeRoom();
    else this.schedule();
  }

  /** A full disk makes none; whoever hears of it hands over no more. */
  private makeRoom(): void {
    try {
      this.flushSync();
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'disk-full') throw error;
    }
  }

  private schedule(): void {
    if (this.queuedBytes >= EARLY_BYTES && this.sent.length === 0) this.flushSoon();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  private flushSoon(): void {
    if (this.soon) return;
    this.soon = true;
    setImmediate(() => {
      this.soon = false;
      this.flush();
    });
  }

  /** Some of what waits, then the rest in later turns; while the disk is busy, it waits for its turn. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.failure !== undefined || this.sent.length > 1) return;
    this.handOver(GROUP_BYTES);
    if (this.waiting.length > 0) this.flushSoon();
  }

  private handOver(mostBytes: number): void {
    if (this.failure !== undefined) return;
    while (this.waiting.length > 0 || this.witnessWaits) {
      const { taken, bytes } = this.take(Math.min(mostBytes, EARLY_BYTES));
      if (this.witnessWaits) {
        this.witnessWaits = false;
        taken.push({ kind: 'other', op: { kind: 'witness', bytes: this.lastWitness! } });
      }
      const group = makeGroup(taken);
      this.posted = (this.posted + 1) | 0;
      this.sent.push(bytes);
      this.worker.postMessage({ kind: 'group', group } satisfies ToWorker, [
        group.bytes.buffer as ArrayBuffer,
      ]);
      if (mostBytes !== Number.POSITIVE_INFINITY) return;
    }
  }

  private take(mostBytes: number): { taken: Waiting[]; bytes: number } {
    let bytes = 0;
    let count = 0;
    while (count < this.waiting.length && (count === 0 || bytes < mostBytes)) {
      bytes += waitingBytes(this.waiting[count++]!);
    }
    return { taken: this.waiting.splice(0, count), bytes };
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromWorker): void {
    switch (message.kind) {
      case 'written':
        this.head = message.head;
        this.queuedBytes -= this.sent.shift() ?? 0;
        if (this.full) {
          this.full = false;
          this.onFull(undefined);
        }
        if (this.waiting.length > 0) this.schedule();
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

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.waiting = [];
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
    this.onFailure(error);
  }
}

/**
 * Opens a home's store, or makes an empty one. Throws `home-in-use`, `wrong-chain`, `too-new`, `store-damaged`,
 * `store-unavailable`, `storage-failed`.
 */
export async function openStore(options: StoreOptions): Promise<LedgerStore> {
  const { path, chainId, retain } = options;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw storageFailed(path, cause);
  }
  const lock = lockHome(path);
  const progress = new SharedArrayBuffer(4 * COUNTERS + REASON_BYTES);
  const workerData: WorkerSetup = { path, chainId, retain, progress };
  const worker = new Worker(WORKER, { workerData, execArgv: [] });
  try {
    const ready = await new Promise<Extract<FromWorker, { kind: 'ready' }>>((resolve, reject) => {
      worker.once('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve(message);
        else if (message.kind === 'failed') reject(errorOf(message.error));
      });
      worker.once('error', reject);
    });
    worker.removeAllListeners('error');
    return new LmdbStore(options, worker, lock, new Int32Array(progress, 0, COUNTERS), ready);
  } catch (error) {
    await worker.terminate();
    lock.release();
    throw error;
  }
}
