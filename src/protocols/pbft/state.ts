/** The state of one PBFT replica, and the small operations that every part of the protocol shares. */

import type { Digest, ReplicaId, Sequence, View } from '../../core/ids.ts';
import { LedState } from '../../core/led-state.ts';
import type { Attested, MachineConfig } from '../../core/machine.ts';
import { primaryOf } from '../../core/quorum.ts';
import type { StableCertificate } from '../../core/replica-state.ts';
import type { NewView, PbftMessage, PbftRecord, Status, ViewChange } from './messages.ts';
import { Past } from './past.ts';
import { RULES, type Rules } from './rules.ts';
import { Slot } from './slot.ts';

export type Certificate = StableCertificate<PbftMessage>;

export class State extends LedState<PbftMessage, PbftRecord> {
  readonly rules: Rules;

  // ---- views
  active = true;
  /** The NEW-VIEW that made the present view, for those who missed it. */
  newView: Attested<NewView> | undefined;
  /** As primary of the present view: its NEW-VIEW is on its way. */
  newViewSent = false;
  /** Per replica, its VIEW-CHANGE for the highest view; ours among them. */
  readonly viewChanges: (Attested<ViewChange> | undefined)[];
  /** Messages of views that we have not entered yet, per replica. */
  readonly ahead: Attested<PbftMessage>[][];

  // ---- slots
  readonly slots = new Map<Sequence, Slot>();
  /** What lies below the stable checkpoint, for laggards. */
  readonly past: Past;
  certificate: Certificate | undefined;
  /** Low watermark for voting: `stable`, or above it where the present view started from a later checkpoint. */
  low: Sequence;
  /** The last slot that the present view's NEW-VIEW assigned. */
  lastAssigned: Sequence = 0;
  /** The highest sequence proposed in this view; only the primary's counts. */
  lastProposed: Sequence;

  // ---- fast path
  /** Slots that prepared here and whose COMMIT waits for the last PREPAREs. */
  readonly held = new Set<Sequence>();
  fastArmed = false;
  fastEwmaMs = 0;
  fastVarMs = 0;
  fastMisses = 0;
  fastPauseSlots = 64;
  fastPausedUntil: Sequence = 0;

  // ---- pacemaker
  /** When we give up waiting for NEW-VIEW; −1: not enough VIEW-CHANGEs yet. */
  newViewDeadlineMs = -1;
  /** The last stable checkpoint that each other named in a status; −1: none yet. */
  readonly peerStable: Sequence[];

  /** Gives a message to the machine again; for those that waited for their view. */
  readonly handle: (attested: Attested<PbftMessage>) => void;

  constructor(
    config: MachineConfig,
    handle: (attested: Attested<PbftMessage>) => void,
    rules: Rules = RULES,
  ) {
    super(config, rules.quorum(config.n));
    this.handle = handle;
    this.past = new Past(config.window);
    this.rules = rules;
    this.low = this.stable;
    this.lastProposed = this.stable;
    this.viewChanges = new Array(config.n).fill(undefined);
    this.ahead = Array.from({ length: config.n }, () => []);
    this.peerStable = new Array(config.n).fill(-1);
  }

  get primary(): ReplicaId {
    return primaryOf(this.view, this.n);
  }

  get standing(): View {
    return this.view;
  }

  leftFor(id: ReplicaId): View {
    return this.viewChanges[id]?.message.view ?? -1;
  }

  get isPrimary(): boolean {
    return this.primary === this.self;
  }

  /** H: a window above the low watermark, or further where the new view assigned slots from a later one; never past
   * the end of this validator set. */
  get high(): Sequence {
    return Math.min(this.boundary, Math.max(this.low + this.config.window, this.lastAssigned));
  }

  /** h < n ≤ H (TOCS 2002 §4.2). */
  inWindow(sequence: Sequence): boolean {
    return sequence > this.low && sequence <= this.high;
  }

  slot(sequence: Sequence): Slot {
    let slot = this.slots.get(sequence);
    if (slot === undefined) {
      slot = new Slot(sequence, this.n);
      this.slots.set(sequence, slot);
    }
    // Slots outlive a view that ends, which takes `highestSeen` back.
    if (sequence > this.highestSeen) {
      this.highestSeen = sequence;
      this.newsMs = this.nowMs;
    }
    return slot;
  }

  /** Something is under way that we have a part in. */
  get busy(): boolean {
    return (
      !this.active ||
      this.demandSinceMs >= 0 ||
      this.highestSeen > this.delivered ||
      (this.ended && this.stable < this.boundary) ||
      this.pendingCertificate !== undefined ||
      this.wanted.size > 0
    );
  }

  // ------------------------------------------------------------------------------ effects

  /** A vote: leaves once the log holds what it promises. */
  vote(message: PbftMessage): void {
    this.out.push({ kind: 'send', to: undefined, message, afterPersist: true });
  }

  /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
  logBatch(slot: Slot, digest: Digest): void {
    const batch = slot.batches.get(digest);
    if (batch === undefined || slot.logged.has(digest)) return;
    slot.logged.add(digest);
    this.persist({ type: 'batch', sequence: slot.sequence, digest, batch });
  }

  ownStatus(): Status {
    return {
      type: 'status',
      epoch: this.config.epoch,
      view: this.view,
      active: this.active,
      asked: this.asked,
      stable: this.stable,
      delivered: this.delivered,
    };
  }
}
