/** Committed batches to the executor, results to whoever waits, and the states of checkpoints. */

import type { MapSnapshot } from '../apps/authenticated-map.ts';
import { encodeClientReply } from '../codec/client-messages.ts';
import { type Batch, NULL_BATCH } from '../core/batch.ts';
import { bytesEqual } from '../core/bytes.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import { KEPT_CHECKPOINTS, MAX_PINNED_CHECKPOINTS } from '../core/limits.ts';
import type { Attested } from '../core/machine.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { LedgerStore, SignedBody, SnapshotStore } from '../storage/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { CheckpointJob, CheckpointState, Executor } from './executor.ts';
import type { Mempool } from './mempool.ts';
import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';
import type { HeldStates } from './proof.ts';
import type { Waiters } from './waiters.ts';

export interface ExecutionOptions {
  readonly chain: Chain;
  readonly executor: Executor;
  readonly digests: BatchDigests;
  readonly mempool: Mempool;
  readonly waiters: Waiters;
  readonly outbox: Outbox;
  readonly snapshots: SnapshotStore;
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** A checkpoint is made: what its digest says is to be signed. */
  readonly onCheckpoint: (checkpoint: CheckpointState) => void;
}

/** A message as the store keeps it. */
export function signed({ from, envelope }: Attested): SignedBody {
  return { from, body: envelope.body, signature: envelope.signature };
}

/** A batch this full, as a share of a limit, says that the primary is at capacity: to wait is then no offence. */
const FULL_SHARE = 0.5;

/** Hashes of a node in one turn, for a checkpoint: some 0.2 ms; and where the next checkpoint came before it was done. */
const HASHES_PER_TURN = 192;
const HASHES_IN_HASTE = 1_024;

/** Nodes looked at in one turn before a rollback: some 1.5 ms. */
const CHECKED_PER_TURN = 2_000;

/** How long a checkpoint is kept for whoever asked for it last, ms. */
const PINNED_MS = 10_000;

export class Execution {
  private readonly o: ExecutionOptions;
  /** States at our checkpoints, from the last stable one on; they share all that did not change between them. */
  private readonly checkpoints = new Map<Sequence, CheckpointState>();
  private last: CheckpointState | undefined;
  /** Checkpoints under way, in order. */
  private jobs: CheckpointJob[] = [];
  private sliced = false;
  /** Ends a rollback that is under way when it changes. */
  private generation = 0;
  /** When each checkpoint that somebody is fetching was asked for last. */
  private readonly pinned = new Map<Sequence, number>();
  private lastFullMs = -1;
  /** Bytes of the state that is on the disk; 0: none is. */
  savedBytes = 0;

  constructor(options: ExecutionOptions) {
    this.o = options;
  }

  /** Installs the newest snapshot of the disk, or the genesis state. Throws `snapshot-damaged`. */
  restore(): CheckpointState {
    const { snapshots, executor } = this.o;
    const saved = snapshots.load();
    if (saved !== undefined) {
      executor.restore(saved.sequence, saved.meta, saved.chunks);
      this.savedBytes = saved.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    }
    this.last = executor.checkpoint();
    this.checkpoints.set(this.last.sequence, this.last);
    return this.last;
  }

  /** Of the set that ruled the last slot: whose word an answer is. */
  private get epoch(): Epoch {
    return this.o.executor.membership.current.epoch;
  }

  get sequence(): Sequence {
    return this.o.executor.sequence;
  }

  /** The last checkpoint made here. */
  get latest(): CheckpointState {
    return this.last!;
  }

  /** What the digest of a checkpoint that we hold binds. */
  metaAt(sequence: Sequence): Uint8Array | undefined {
    return this.checkpoints.get(sequence)?.meta;
  }

  execute(sequence: Sequence, batch: Batch): void {
    const { executor, mempool, waiters, outbox, clock, telemetry, chain, store } = this.o;
    const executed = executor.execute(sequence, batch);
    telemetry.finalizedSlots++;
    // Queued: it is put into bytes, and written, when the replies have left.
    if (store.keepsSlots) store.add(executed.slot);
    if (batch === NULL_BATCH) return;
    const now = clock.nowMs();
    telemetry.finalizedTransactions += executed.transactions.length;
    telemetry.batchSize.observe(executed.transactions.length);
    let oldestMs = now;
    for (const { digest, sequence: at, result, failed } of executed.transactions) {
      if (failed) telemetry.transactionsFailed++;
      oldestMs = Math.min(oldestMs, mempool.arrivedMs(digest) ?? now);
      for (const session of waiters.take(digest)) {
        if (!session.open) continue;
        telemetry.repliesSent++;
        outbox.reply(
          session,
          encodeClientReply({ kind: 'reply', transaction: digest, sequence: at, result, epoch: this.epoch }),
        );
      }
    }
    telemetry.finalityMs.observe(now - oldestMs);
    mempool.committed(executed.transactions.map(({ digest }) => digest));
    for (const digest of mempool.expire(sequence)) this.expired(digest);
    const { maxBatchTransactions, maxBatchBytes } = chain.genesis.parameters;
    const share = Math.max(batch.transactions.length / maxBatchTransactions, batch.bytes / maxBatchBytes);
    if (share >= FULL_SHARE) this.lastFullMs = now;
  }

  private expired(transaction: Digest): void {
    const message = 'its expiry sequence passed before it was ordered: sign it anew with a later one';
    for (const session of this.o.waiters.take(transaction)) {
      const code = 'transaction-expired';
      this.o.outbox.reply(session, encodeClientReply({ kind: 'refusal', transaction, code, message }));
    }
  }

  /** Since when somebody waits whom the primary could have served; −1: nobody. */
  demandSince(): number {
    const oldest = this.o.mempool.oldestMs;
    return oldest < 0 ? -1 : Math.max(oldest, this.lastFullMs);
  }

  /**
   * Begins the checkpoint of the state that execution just reached. It is made in slices, since hashing what changed may
   * take a tenth of a second; a small one is done at once.
   */
  checkpoint(): void {
    this.jobs.push(this.o.executor.beginCheckpoint());
    this.slice();
  }

  /** q validators signed this checkpoint, and we hold its state: history up to here can be proven. */
  certified(sequence: Sequence, digest: Digest, certificate: readonly Attested[]): void {
    const state = this.checkpoints.get(sequence);
    if (state === undefined) return;
    this.o.store.certify({
      sequence,
      epoch: state.epoch,
      digest,
      meta: state.meta,
      certificate: certificate.map(signed),
    });
  }

  /** Gives up on whatever is done in slices. */
  stop(): void {
    this.jobs = [];
    this.generation++;
  }

  private slice(): void {
    const budget = this.jobs.length > 1 ? HASHES_IN_HASTE : HASHES_PER_TURN;
    const made = this.jobs[0]?.step(budget);
    if (made !== undefined) {
      this.jobs.shift();
      this.last = made;
      this.checkpoints.set(made.sequence, made);
      this.o.onCheckpoint(made);
    }
    if (this.jobs.length === 0 || this.sliced) return;
    this.sliced = true;
    this.o.clock.endOfTurn(() => {
      this.sliced = false;
      this.slice();
    });
  }

  /** What lies below is kept only as long as somebody may ask for it. */
  forgetBelow(sequence: Sequence): void {
    const now = this.o.clock.nowMs();
    for (const [at, askedMs] of this.pinned) if (now - askedMs > PINNED_MS) this.pinned.delete(at);
    let below = 0;
    for (const at of this.checkpoints.keys()) if (at < sequence) below++;
    // In the order in which they were made.
    for (const at of this.checkpoints.keys()) {
      if (below <= KEPT_CHECKPOINTS || at >= sequence) break;
      if (this.pinned.has(at)) continue;
      this.checkpoints.delete(at);
      below--;
    }
  }

  /** A checkpoint that we hold, for a peer that fetches it; it is kept for as long as it is asked for. */
  serve(sequence: Sequence): CheckpointState | undefined {
    const state = this.checkpoints.get(sequence);
    const pinned = this.pinned.has(sequence);
    if (state === undefined || (!pinned && this.pinned.size >= MAX_PINNED_CHECKPOINTS)) return state;
    this.pinned.set(sequence, this.o.clock.nowMs());
    return state;
  }

  /** The application's states at the checkpoints at hand, newest last: for proofs. */
  held(): HeldStates {
    return [...this.checkpoints.values()].map(({ sequence, sections }) => ({
      sequence,
      state: sections[0]!,
    }));
  }

  /** Writes a checkpoint to the disk; false: we do not hold it. */
  save(sequence: Sequence): boolean {
    const state = this.checkpoints.get(sequence);
    if (state === undefined) return false;
    let bytes = 0;
    const counted = function* (): Generator<Uint8Array> {
      for (const chunk of state.chunks()) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    this.o.snapshots.save(sequence, state.meta, counted());
    this.savedBytes = bytes;
    this.o.telemetry.snapshotsWritten++;
    return true;
  }

  /** Replaces the state by that of a checkpoint, proven. Throws `snapshot-damaged`. */
  adopt(meta: Uint8Array, sections: readonly MapSnapshot[]): void {
    this.o.executor.adopt(meta, sections);
    this.stop();
    this.checkpoints.clear();
    this.pinned.clear();
    this.last = this.o.executor.checkpoint();
    this.checkpoints.set(this.last.sequence, this.last);
    this.settleWaiting();
  }

  /**
   * Puts the state of a checkpoint of ours back, after looking whether it is still what its digest says: in slices, then
   * `done` is told whether it is. Throws nothing.
   */
  rollback(sequence: Sequence, done: (sound: boolean) => void): void {
    const state = this.checkpoints.get(sequence);
    const { executor, clock } = this.o;
    const roots = state && executor.sectionRoots(sequence, state.meta, state.digest);
    const named = roots?.every((root, i) => bytesEqual(root, state!.sections[i]!.root)) === true;
    const checks = state === undefined || !named ? [] : state.sections.map((section) => section.check());
    const generation = ++this.generation;
    const slice = () => {
      if (generation !== this.generation) return;
      const at = checks.findIndex((check) => check.step(CHECKED_PER_TURN) === 0);
      if (at >= 0) return clock.endOfTurn(slice);
      const sound = checks.length > 0 && checks.every((check) => check.sound);
      if (sound) this.goBack(state!);
      done(sound);
    };
    // Not within the step that found out: slots that it delivers execute first.
    clock.endOfTurn(slice);
  }

  private goBack(state: CheckpointState): void {
    this.o.executor.adopt(state.meta, state.sections);
    this.jobs = [];
    for (const at of this.checkpoints.keys()) if (at > state.sequence) this.checkpoints.delete(at);
    this.last = state;
    this.o.telemetry.rollbacks++;
  }

  /** After a step over slots that others executed: what waits here may have been among them. */
  private settleWaiting(): void {
    const { mempool, executor, waiters, outbox, telemetry } = this.o;
    const gone: Digest[] = [];
    for (const { digest, client, nonce, expiry } of mempool) {
      const past = executor.past(client, nonce, expiry, digest);
      if (past.kind === 'new') continue;
      gone.push(digest);
      const sessions = waiters.take(digest);
      // Where the answer is not kept, those who executed it have given it.
      if (past.kind === 'refused') continue;
      for (const session of sessions) {
        telemetry.repliesSent++;
        const { sequence, result } = past;
        const { epoch } = this;
        const reply = { kind: 'reply', transaction: digest, sequence, result, epoch } as const;
        outbox.reply(session, encodeClientReply(reply));
      }
    }
    mempool.committed(gone);
  }

  status(): {
    sequence: Sequence;
    header: Digest;
    timeMs: number;
    checkpoint: { sequence: Sequence; digest: Digest; stateHash: Digest };
  } {
    const { executor } = this.o;
    const { sequence, digest, stateRoot } = this.last!;
    return {
      sequence: executor.sequence,
      header: executor.header,
      timeMs: executor.timeMs,
      checkpoint: { sequence, digest, stateHash: stateRoot },
    };
  }
}
