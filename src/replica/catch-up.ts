/**
 * The state of a checkpoint, where others are beyond what we can execute: fetched, installed, and what the machine
 * delivered meanwhile executed on it.
 */

import type { MapSnapshot } from '../apps/authenticated-map.ts';
import type { Batch } from '../core/batch.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Execution } from './execution.ts';
import type { Executor } from './executor.ts';
import type { Healing } from './healing.ts';
import type { LogUpkeep } from './log-upkeep.ts';
import type { Outbox } from './outbox.ts';
import type { ReplicaOptions } from './ports.ts';
import type { Seats } from './seats.ts';
import { StateTransfer, type Target, type TransferStatus } from './state-transfer.ts';
import type { Turns } from './turns.ts';

/** Between two lines of progress, ms. */
const PROGRESS_MS = 1_000;

export interface CatchUpOptions {
  readonly replica: ReplicaOptions;
  readonly turns: Turns;
  readonly outbox: Outbox;
  readonly seats: Seats;
  readonly executor: Executor;
  readonly execution: Execution;
  readonly healing: Healing;
  readonly upkeep: LogUpkeep;
  readonly execute: (sequence: Sequence, batch: Batch, fast: boolean) => void;
  /** A state is installed, and the machine does not know it yet. */
  readonly installed: () => void;
  readonly fail: (error: unknown) => void;
}

export class CatchUp {
  private readonly o: CatchUpOptions;
  private transfer: StateTransfer | undefined;
  /** The checkpoint at which this epoch began, as long as we lack its state: what is delivered above it waits. */
  private lacking: Sequence | undefined;
  private readonly held = new Map<Sequence, Batch>();
  private lastProgressMs = Number.NEGATIVE_INFINITY;

  constructor(options: CatchUpOptions) {
    this.o = options;
  }

  /** Fetches from this set from now on; nobody lacks anything yet. */
  begin(self: ReplicaId, n: number): void {
    const { replica, executor, outbox, turns, seats } = this.o;
    const { clock, hasher, telemetry, snapshots, transport, log } = replica;
    this.held.clear();
    this.transfer?.stop();
    this.transfer = new StateTransfer({
      self,
      n,
      clock,
      reachable: (to) => (transport.stats().peers[seats.memberOf(to)] ?? -1) >= 0,
      send: (to, item) => {
        outbox.send(to, item);
        turns.endTurn();
      },
      hasher,
      telemetry,
      roots: (sequence, meta, digest) => executor.sectionRoots(sequence, meta, digest),
      present: () => executor.present(),
      kept: () => snapshots.parts(),
      keep: (part) => snapshots.keepPart(part),
      wanted: (sequence) => this.wants(sequence),
      install: (target, meta, sections) => this.install(target, meta, sections),
      onFalse: (validator) =>
        log.warn('a validator gave a piece of a state that does not hold: asking others', {
          validator,
        }),
      onProgress: (status) => this.progress(status),
    });
  }

  /** Without the state of this checkpoint nothing is executed; undefined: we have what we need. */
  lacks(sequence: Sequence | undefined): void {
    this.lacking = sequence;
  }

  /** Whether the batch waits for a state to be executed on. */
  holds(sequence: Sequence, batch: Batch): boolean {
    if (this.lacking === undefined) return false;
    this.held.set(sequence, batch);
    return true;
  }

  peerUp(peer: ReplicaId): void {
    this.transfer?.peerUp(peer);
  }

  peerDown(peer: ReplicaId): void {
    this.transfer?.peerDown(peer);
  }

  onPieces(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    return this.transfer!.onPieces(from, item);
  }

  /** The transfer under way, if there is one. */
  status(): TransferStatus | undefined {
    return this.transfer?.status();
  }

  stop(): void {
    this.transfer?.stop();
  }

  /** Whether the state of this checkpoint is of use: above ours, or the one without which we execute nothing. */
  private wants(sequence: Sequence): boolean {
    return this.lacking === undefined
      ? sequence > this.o.turns.machine.status().lowWatermark
      : sequence >= this.lacking;
  }

  fetch({ sequence, digest, certificate }: Target): void {
    if (!this.transfer!.start({ sequence, digest, certificate })) return;
    this.o.replica.log.warn('behind a certified checkpoint: fetching its state', { sequence });
  }

  private progress(status: TransferStatus): void {
    const { clock, log } = this.o.replica;
    const nowMs = clock.nowMs();
    if (nowMs - this.lastProgressMs < PROGRESS_MS) return;
    this.lastProgressMs = nowMs;
    const { sequence, share, entries, reused, bytes, sources } = status;
    const percent = Math.floor(100 * share);
    log.info('fetching the state of a checkpoint', { sequence, percent, entries, reused, bytes, sources });
  }

  private install(target: Target, meta: Uint8Array, sections: readonly MapSnapshot[]): void {
    const { sequence, digest, certificate } = target;
    if (!this.wants(sequence)) return;
    const { execution, turns } = this.o;
    const { telemetry, store, log, snapshots } = this.o.replica;
    const { lacking } = this;
    try {
      execution.adopt(meta, sections);
    } catch (error) {
      return this.o.fail(error);
    }
    telemetry.stateTransfers++;
    this.o.healing.installed();
    store.truncate(sequence);
    execution.certified(sequence, digest, certificate);
    log.info('installed the state of a checkpoint', { sequence });
    this.lacking = undefined;
    // Before the machine knows of this checkpoint: from it on the window may reach past the epoch's last one.
    this.o.installed();
    if (lacking === sequence) this.executeHeld(sequence);
    else {
      this.held.clear();
      turns.event({ kind: 'installed', sequence, digest, certificate });
    }
    // What was known of the slots above it may have led to a later checkpoint meanwhile.
    this.o.upkeep.compact();
    snapshots.dropParts();
  }

  /** What the machine delivered while we had no state to execute it on. */
  private executeHeld(base: Sequence): void {
    const { turns } = this.o;
    for (let sequence = base + 1; ; sequence++) {
      const batch = this.held.get(sequence);
      if (batch === undefined) break;
      this.o.execute(sequence, batch, false);
    }
    this.held.clear();
    if (!turns.busy) turns.drain();
    turns.endTurn();
  }
}
