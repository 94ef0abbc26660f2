/** The state of one PBFT replica, and the small operations that every part of the protocol shares. */

import { type Asker, HELP_FIRST_MS } from '../../core/asking.ts';
import type { CheckpointVotes } from '../../core/checkpoint-votes.ts';
import type { RejectionCode } from '../../core/errors.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Effects, MachineConfig } from '../../core/machine.ts';
import { primaryOf, weakQuorumSize } from '../../core/quorum.ts';
import type {
  Checkpoint,
  CheckpointClaim,
  NewView,
  PbftMessage,
  PbftRecord,
  Status,
  ViewChange,
} from './messages.ts';
import { Past } from './past.ts';
import { RULES, type Rules } from './rules.ts';
import { Slot } from './slot.ts';

export interface Certificate {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly votes: readonly Attested<PbftMessage>[];
}

const wantedKey = (sequence: Sequence, digest: Digest): string => `${sequence}:${digest}`;

export class State implements Asker {
  readonly config: MachineConfig;
  readonly self: ReplicaId;
  readonly n: number;
  readonly rules: Rules;
  readonly quorum: number;
  readonly weakQuorum: number;

  // ---- of the running step
  nowMs = 0;
  out: Effects<PbftMessage, PbftRecord> = [];

  // ---- views
  view: View = 0;
  active = true;
  asked: View = 0;
  askedMs = Number.NEGATIVE_INFINITY;
  readonly peerAsked: View[];
  viewSinceMs = 0;
  readonly leftSinceMs: number[];
  readonly patienceMs: number[];
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
  /** The last stable checkpoint that we hold ourselves: h of our VIEW-CHANGE. */
  stable: Sequence;
  certificate: Certificate | undefined;
  /** Low watermark for voting: `stable`, or above it where the present view started from a later checkpoint. */
  low: Sequence;
  /** The last slot that the present view's NEW-VIEW assigned. */
  lastAssigned: Sequence = 0;
  delivered: Sequence;
  /** The checkpoint with which this validator set ends. */
  boundary: Sequence;
  /** The highest sequence proposed in this view; only the primary's counts. */
  lastProposed: Sequence;
  /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
  highestSeen: Sequence;
  /** Batches wanted from others, by slot and digest: a liar may have one batch proposed at several slots. */
  readonly wanted = new Map<string, CheckpointClaim>();

  // ---- fast path
  /** Slots that prepared here and whose COMMIT waits for the last PREPAREs. */
  readonly held = new Set<Sequence>();
  fastArmed = false;
  fastEwmaMs = 0;
  fastVarMs = 0;
  fastMisses = 0;
  fastPauseSlots = 64;
  fastPausedUntil: Sequence = 0;

  // ---- checkpoints
  readonly ownCheckpoints = new Map<Sequence, Digest>();
  readonly checkpointVotes: CheckpointVotes<Checkpoint> = new Map();
  /** Certified, but we have not executed that far, or differently. */
  pendingCertificate: Certificate | undefined;
  /** A state transfer that the driver was asked for, and when. */
  transferring: Sequence = -1;
  transferAskedMs = 0;

  // ---- pacemaker
  demandSinceMs = -1;
  lastProgressMs = 0;
  tickArmed = false;
  tickMs = 0;
  /** When the running tick should come. */
  tickDueMs = 0;
  heartbeatMs = 0;
  wasBusy = false;
  lonelyTicks = 0;
  relayed = false;
  failedViews = 0;
  /** When we give up waiting for NEW-VIEW; −1: not enough VIEW-CHANGEs yet. */
  newViewDeadlineMs = -1;
  commitEwmaMs = 0;
  commitVarMs = 0;
  /** When anybody last voted for a slot above all before. */
  newsMs = 0;
  /** Whose connection to us is open; our own place is open, too. */
  readonly connected: boolean[];
  /** Since when each connection that was open is closed; −1: it is open, or was never. */
  readonly lostSinceMs: number[];
  /** Since when connections to a quorum are open. */
  quorumSinceMs = 0;
  /** What others last said that they delivered; −1: nothing yet. */
  readonly peerDelivered: Sequence[];
  /** The last stable checkpoint that each other named in a status; −1: none yet. */
  readonly peerStable: Sequence[];
  readonly lastAnsweredMs: number[];
  /** Bytes of fetched batches sent to each replica since a moment. */
  readonly fetches: { sinceMs: number; bytes: number }[];
  lastStatusMs = Number.NEGATIVE_INFINITY;

  /** Gives a message to the machine again; for those that waited for their view. */
  readonly handle: (attested: Attested<PbftMessage>) => void;

  constructor(
    config: MachineConfig,
    handle: (attested: Attested<PbftMessage>) => void,
    rules: Rules = RULES,
  ) {
    this.config = config;
    this.handle = handle;
    this.self = config.self;
    this.n = config.n;
    this.past = new Past(config.window);
    this.rules = rules;
    this.quorum = rules.quorum(config.n);
    this.weakQuorum = weakQuorumSize(config.n);
    this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
    this.stable = config.restoredSequence;
    this.low = this.stable;
    this.delivered = this.stable;
    this.lastProposed = this.stable;
    this.highestSeen = this.stable;
    this.ownCheckpoints.set(this.stable, config.restoredDigest);
    this.viewChanges = new Array(config.n).fill(undefined);
    this.peerAsked = new Array(config.n).fill(-1);
    this.leftSinceMs = new Array(config.n).fill(0);
    this.patienceMs = new Array(config.n).fill(HELP_FIRST_MS);
    this.ahead = Array.from({ length: config.n }, () => []);
    this.peerDelivered = new Array(config.n).fill(-1);
    this.peerStable = new Array(config.n).fill(-1);
    this.connected = Array.from(
      { length: config.n },
      (_, id) => id === config.self || config.connected?.[id] !== false,
    );
    this.lostSinceMs = new Array(config.n).fill(-1);
    this.fetches = Array.from({ length: config.n }, () => ({ sinceMs: Number.NEGATIVE_INFINITY, bytes: 0 }));
    this.lastAnsweredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
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

  /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
  get ended(): boolean {
    return this.delivered >= this.boundary;
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

  /** Whether enough replicas are connected to commit anything: without them no primary can be blamed. */
  get reachesQuorum(): boolean {
    let open = 0;
    for (const connected of this.connected) if (connected) open++;
    return open >= this.quorum;
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

  reject(from: ReplicaId, code: RejectionCode): void {
    this.out.push({ kind: 'reject', from, code });
  }

  persist(record: PbftRecord): void {
    this.out.push({ kind: 'persist', record });
  }

  /** A note: nothing is promised with it before a vote follows, or never. */
  persistLazily(record: PbftRecord): void {
    this.out.push({ kind: 'persist', record, lazy: true });
  }

  /** A vote: leaves once the log holds what it promises. */
  vote(message: PbftMessage): void {
    this.out.push({ kind: 'send', to: undefined, message, afterPersist: true });
  }

  send(to: ReplicaId | undefined, message: PbftMessage): void {
    this.out.push({ kind: 'send', to, message, afterPersist: false });
  }

  forward(to: ReplicaId, attested: Attested<PbftMessage>): void {
    if (to !== this.self) this.out.push({ kind: 'forward', to, attested });
  }

  evidence(offence: string, first: Attested<PbftMessage>, second: Attested<PbftMessage>): void {
    this.out.push({ kind: 'evidence', from: second.from, offence, first, second });
    this.reject(second.from, 'conflicting');
  }

  /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
  logBatch(slot: Slot, digest: Digest): void {
    const batch = slot.batches.get(digest);
    if (batch === undefined || slot.logged.has(digest)) return;
    slot.logged.add(digest);
    this.persist({ type: 'batch', sequence: slot.sequence, digest, batch });
  }

  wants(sequence: Sequence, digest: Digest): boolean {
    return this.wanted.has(wantedKey(sequence, digest));
  }

  /** The batch has come, or is of no use any more. */
  unwant(sequence: Sequence, digest: Digest): void {
    this.wanted.delete(wantedKey(sequence, digest));
  }

  /** Asks the others for a batch that we know by its digest. */
  want(sequence: Sequence, digest: Digest): void {
    if (digest === NULL_DIGEST || this.wants(sequence, digest)) return;
    this.wanted.set(wantedKey(sequence, digest), { sequence, digest });
    this.send(undefined, { type: 'fetch', epoch: this.config.epoch, sequence, digest });
  }

  tellStatus(): void {
    this.send(undefined, this.ownStatus());
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
