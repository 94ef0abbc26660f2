/** Committed batches to the executor, results to whoever waits, and the states of checkpoints. */

import { encodeClientReply } from '../codec/client-messages.ts';
import { type Batch, NULL_BATCH } from '../core/batch.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { SnapshotStore } from '../storage/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { CheckpointState, Executor } from './executor.ts';
import type { Mempool } from './mempool.ts';
import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';
import type { Waiters } from './waiters.ts';

export interface ExecutionOptions {
  readonly chain: Chain;
  readonly executor: Executor;
  readonly digests: BatchDigests;
  readonly mempool: Mempool;
  readonly waiters: Waiters;
  readonly outbox: Outbox;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A batch this full, as a share of a limit, says that the primary is at capacity: to wait is then no offence. */
const FULL_SHARE = 0.5;

/** Checkpoints kept for those who fetch them: two laggards at different ones do not chase each other out. */
const MAX_SERVED = 2;

export class Execution {
  private readonly o: ExecutionOptions;
  /** States at our checkpoints, from the last stable one on; they share all that did not change between them. */
  private readonly checkpoints = new Map<Sequence, CheckpointState>();
  private last: CheckpointState | undefined;
  /** Checkpoints that somebody is fetching, as they travel: kept while they are asked for, even if the log has moved on. */
  private readonly served = new Map<Sequence, readonly Uint8Array[]>();
  private lastFullMs = -1;

  constructor(options: ExecutionOptions) {
    this.o = options;
  }

  /** Installs the newest snapshot of the disk, or the genesis state. Throws `snapshot-damaged`. */
  restore(): CheckpointState {
    const { snapshots, executor } = this.o;
    const saved = snapshots.load();
    if (saved !== undefined) executor.restore(saved.sequence, saved.meta, saved.chunks);
    this.last = executor.checkpoint();
    this.checkpoints.set(this.last.sequence, this.last);
    return this.last;
  }

  execute(sequence: Sequence, batch: Batch): void {
    const { executor, mempool, waiters, outbox, clock, telemetry, chain } = this.o;
    const executed = executor.execute(sequence, batch);
    telemetry.finalizedSlots++;
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
          encodeClientReply({ kind: 'reply', transaction: digest, sequence: at, result }),
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

  /** Makes the checkpoint of the state that execution just reached; gives what is to be signed. */
  checkpoint(sequence: Sequence): Digest {
    this.last = this.o.executor.checkpoint();
    this.checkpoints.set(sequence, this.last);
    return this.last.digest;
  }

  forgetBelow(sequence: Sequence): void {
    for (const at of this.checkpoints.keys()) if (at < sequence) this.checkpoints.delete(at);
  }

  /** Writes a checkpoint that we hold to the disk. */
  save(sequence: Sequence): void {
    const state = this.checkpoints.get(sequence);
    if (state === undefined) return;
    this.o.snapshots.save(sequence, state.meta, state.chunks());
    this.o.telemetry.snapshotsWritten++;
  }

  /** A checkpoint that we hold as it travels: its meta, then its chunks. */
  pieces(sequence: Sequence): readonly Uint8Array[] | undefined {
    const known = this.served.get(sequence);
    if (known !== undefined) return known;
    const state = this.checkpoints.get(sequence);
    if (state === undefined) return undefined;
    const pieces = [state.meta, ...state.chunks()];
    for (const at of this.served.keys()) if (this.served.size >= MAX_SERVED) this.served.delete(at);
    this.served.set(sequence, pieces);
    return pieces;
  }

  /** Replaces the state, if the pieces make the certified digest. */
  install(sequence: Sequence, digest: Digest, pieces: readonly Uint8Array[]): boolean {
    const [meta, ...chunks] = pieces;
    if (meta === undefined || !this.o.executor.install(sequence, meta, chunks, digest)) return false;
    this.checkpoints.clear();
    this.last = this.o.executor.checkpoint();
    this.checkpoints.set(sequence, this.last);
    this.settleWaiting();
    return true;
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
        outbox.reply(session, encodeClientReply({ kind: 'reply', transaction: digest, sequence, result }));
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
