/** PBFT as a pure machine: what comes in, and which part of the protocol it belongs to. */

import type { ReplicaId } from '../../core/ids.ts';
import type {
  Attested,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  MachineStatus,
  Protocol,
} from '../../core/machine.ts';
import { onClosed, slotsBehind, timeoutMs } from '../../core/pacing.ts';
import { primaryOf } from '../../core/quorum.ts';
import {
  learnFromOldView,
  onCommitted,
  onConnected,
  onFetch,
  onFetched,
  onStatus,
  onTick,
} from './catchup.ts';
import { onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack } from './checkpoints.ts';
import { contradiction } from './contradiction.ts';
import { FAST_TIMER, onFastTimer } from './fast-path.ts';
import {
  type Checkpoint,
  type Commit,
  type Committed,
  type Fetch,
  type Fetched,
  messages,
  type NewView,
  type PbftMessage,
  type PbftRecord,
  type PrePrepare,
  type Prepare,
  records,
  type Status,
  type ViewChange,
} from './messages.ts';
import { mayPropose, onCommit, onExhibit, onPrePrepare, onPrepare, propose } from './normal.ts';
import { arm } from './pacemaker.ts';
import { reconcile } from './reconcile.ts';
import { liveRecords, restore } from './restore.ts';
import { RULES, type Rules } from './rules.ts';
import type { Slot } from './slot.ts';
import { State } from './state.ts';
import { onNewView, onViewChange } from './view-change.ts';

type Out = Effects<PbftMessage, PbftRecord>;

/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Pbft implements Machine<PbftMessage, PbftRecord> {
  protected readonly s: State;

  constructor(
    config: MachineConfig,
    log: Iterable<PbftRecord>,
    nowMs: number,
    out: Out,
    rules: Rules = RULES,
  ) {
    this.s = new State(config, (attested) => this.handle(attested), rules);
    this.begin(nowMs, out);
    restore(this.s, log);
    // Others may have gone on meanwhile, and may lack what we said last.
    this.s.send(undefined, this.s.ownStatus());
    this.s.lastProgressMs = nowMs;
    arm(this.s);
  }

  step(event: MachineEvent<PbftMessage>, nowMs: number, out: Out): void {
    this.begin(nowMs, out);
    const s = this.s;
    switch (event.kind) {
      case 'message':
        this.receive(event.attested);
        break;
      case 'propose':
        if (mayPropose(s)) propose(s, event.batch);
        break;
      case 'timer':
        if (event.timer === FAST_TIMER) onFastTimer(s);
        else onTick(s);
        break;
      case 'demand':
        s.demandSinceMs = event.oldestMs;
        break;
      case 'connected':
        onConnected(s, event.peer);
        break;
      case 'disconnected':
        onClosed(s, event.peer);
        break;
      case 'checkpoint':
        onExecutedCheckpoint(s, event);
        break;
      case 'installed':
        onInstalled(s, event, event.certificate);
        break;
      case 'rolled-back':
        onRolledBack(s);
        break;
      case 'exhibit':
        onExhibit(s, event.attested);
        break;
      case 'boundary':
        onBoundary(s, event.sequence);
        break;
    }
    arm(s);
  }

  private begin(nowMs: number, out: Out): void {
    this.s.nowMs = nowMs;
    this.s.out = out;
  }

  private receive(attested: Attested<PbftMessage>): void {
    const { from, message } = attested;
    if (message.epoch !== this.s.config.epoch) return this.s.reject(from, 'epoch-mismatch');
    this.handle(attested);
  }

  private handle(attested: Attested<PbftMessage>): void {
    const s = this.s;
    const { from, message } = attested;
    switch (message.type) {
      case 'pre-prepare':
        if (this.ofThisView(attested, message.view)) onPrePrepare(s, attested as Attested<PrePrepare>);
        return;
      case 'prepare':
        if (this.ofThisView(attested, message.view)) onPrepare(s, attested as Attested<Prepare>);
        return;
      case 'commit':
        if (this.ofThisView(attested, message.view)) onCommit(s, attested as Attested<Commit>);
        return;
      case 'checkpoint':
        return onCheckpoint(s, attested as Attested<Checkpoint>);
      case 'view-change':
        return onViewChange(s, attested as Attested<ViewChange>);
      case 'new-view':
        return onNewView(s, attested as Attested<NewView>);
      case 'status':
        return from === s.self ? undefined : onStatus(s, attested as Attested<Status>);
      case 'committed':
        return onCommitted(s, attested as Attested<Committed>);
      case 'fetch':
        return onFetch(s, attested as Attested<Fetch>);
      case 'fetched':
        return onFetched(s, attested as Attested<Fetched>);
    }
  }

  /** Votes of an older view are dropped; those of a view that we have not entered wait for its NEW-VIEW. */
  private ofThisView(attested: Attested<PbftMessage>, view: number): boolean {
    const s = this.s;
    if (view === s.view && s.active) return true;
    if (view < s.view) {
      learnFromOldView(s, attested);
      return false;
    }
    const queue = s.ahead[attested.from]!;
    // A window of slots in three phases is all that an honest replica can have sent; the newest are of use.
    if (queue.length >= 3 * s.config.window) queue.shift();
    queue.push(attested);
    return false;
  }

  relevant(message: PbftMessage, from: ReplicaId): boolean {
    const s = this.s;
    switch (message.type) {
      case 'pre-prepare':
      case 'prepare':
      case 'commit': {
        if (message.view > s.view || (message.view === s.view && !s.active)) return true;
        if (message.view < s.view) {
          // Outside of every view we learn from those who are still in theirs.
          return !s.active && message.type !== 'prepare' && message.sequence > s.delivered;
        }
        if (!s.inWindow(message.sequence)) return false;
        const slot = s.slots.get(message.sequence);
        if (slot === undefined) return true;
        if (message.type === 'prepare') return this.wantsPrepare(slot, message, from);
        if (message.type === 'commit') return this.wantsCommit(slot, message, from);
        return slot.accepted !== message.digest || !slot.batches.has(message.digest);
      }
      case 'checkpoint':
        return (
          message.sequence > s.stable &&
          s.checkpointVotes.get(message.sequence)?.[from]?.message.digest !== message.digest
        );
      case 'new-view':
        return message.view > s.view || (message.view === s.view && !s.active);
      case 'committed':
        return message.sequence > s.delivered;
      case 'fetched':
        return s.wants(message.sequence, message.digest);
      default:
        return true;
    }
  }

  /** A vote beside its sender's earlier one, or beside what the primary assigned, may be evidence: that is always wanted. */
  private wantsPrepare(slot: Slot, { digest }: Prepare, from: ReplicaId): boolean {
    const earlier = slot.prepares[from];
    if (earlier !== undefined) return earlier.message.digest !== digest;
    if (slot.accepted !== undefined && slot.accepted !== digest) return true;
    // The fast path wants all n PREPAREs, also where no COMMIT is held back for them any more. The others may have
    // committed by them, certified the checkpoint behind the slot and let it go: then nobody answers our COMMIT.
    return !slot.prepared || (this.s.config.fastPath && slot.committedDigest === undefined);
  }

  private wantsCommit(slot: Slot, { digest }: Commit, from: ReplicaId): boolean {
    const earlier = slot.commits[from];
    if (earlier !== undefined) return earlier.message.digest !== digest;
    if (slot.accepted !== undefined && slot.accepted !== digest) return true;
    // One COMMIT after a fast commit asks for ours.
    return slot.committedDigest === undefined || (slot.fast && slot.prepared && !slot.votedCommit);
  }

  proposable(): boolean {
    return mayPropose(this.s);
  }

  status(): MachineStatus {
    const s = this.s;
    return {
      view: s.view,
      active: s.active,
      primary: s.primary,
      lowWatermark: s.stable,
      highWatermark: s.high,
      delivered: s.delivered,
      behind: slotsBehind(s),
      inFlight: s.isPrimary && s.active ? Math.max(0, s.lastProposed - s.delivered) : 0,
      timeoutMs: timeoutMs(s),
    };
  }

  liveRecords(): PbftRecord[] {
    return liveRecords(this.s);
  }
}

/** Castro & Liskov's Practical Byzantine Fault Tolerance, in the form of TOCS 2002 §4 with signed view changes. */
export const pbft: Protocol<PbftMessage, PbftRecord> = {
  name: 'pbft',
  byzantine: true,
  parameters: {},
  messages,
  records,
  proposer: primaryOf,
  contradiction,
  reconcile,
  attestedRecord: (attested) => ({ type: 'attested', attested }),
  create: (config, log, nowMs, out) => new Pbft(config, log, nowMs, out),
};
