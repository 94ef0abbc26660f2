/** The state of one HotStuff replica, and the small operations that every part of the protocol shares. */

import { type Asker, HELP_FIRST_MS } from '../../core/asking.ts';
import type { CheckpointVotes } from '../../core/checkpoint-votes.ts';
import type { RejectionCode } from '../../core/errors.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Certificate, Effects, MachineConfig } from '../../core/machine.ts';
import { quorumSize, weakQuorumSize } from '../../core/quorum.ts';
import type {
  Block,
  Checkpoint,
  CheckpointClaim,
  HotstuffMessage,
  HotstuffRecord,
  Status,
  Timeout,
  Vote,
} from './messages.ts';
import { type Rounds, roundsOf } from './rounds.ts';
import type { Header, Round, Rules } from './rules.ts';
import { Slot } from './slot.ts';

export interface StableCertificate {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly votes: readonly Attested<HotstuffMessage>[];
}

const wantedKey = (sequence: Sequence, digest: Digest): string => `${sequence}:${digest}`;

export class State implements Asker {
  readonly config: MachineConfig;
  readonly self: ReplicaId;
  readonly n: number;
  readonly rules: Rules;
  readonly rounds: Rounds;
  readonly quorum: number;
  readonly weakQuorum: number;

  // ---- of the running step
  nowMs = 0;
  out: Effects<HotstuffMessage, HotstuffRecord> = [];

  // ---- views
  view: View;
  viewSinceMs = 0;
  /** We timed out of the view: no vote of ours is cast in it any more. */
  left = false;
  asked: View = 0;
  askedMs = Number.NEGATIVE_INFINITY;
  readonly peerAsked: View[];
  readonly leftSinceMs: number[];
  readonly patienceMs: number[];
  /** What proves that the view before ours ended, where a time-out ended it. */
  timeoutCertificate: Certificate<Timeout> | undefined;
  /** Per replica, its time-out of the latest view; ours among them. */
  readonly timeouts: (Attested<Timeout> | undefined)[];
  /** Per replica, the latest view that it said it is in or waits for: its highest certificate came with it. */
  readonly heard: View[];
  /** Per replica, the highest round of which it is known to hold a certificate, and the view that it is known to be in. */
  readonly shownRound: Round[];
  readonly shownView: View[];
  /** As a new leader: not everybody's highest certificate may be here yet. */
  waiting = false;

  // ---- the chain
  /** Certified blocks from the last committed one on. */
  readonly certified = new Map<Round, Header>();
  /** The highest of them, and its certificate; the genesis block has none. */
  high: Header;
  certificate: Certificate<Vote> | undefined;
  /** Of the last block known to be committed. */
  committed: Header;
  /** Votes for blocks that are not certified yet: by round, then by replica. */
  readonly votes = new Map<Round, (Attested<Vote> | undefined)[]>();
  /** The certified block that we asked for, and what each replica says it is. */
  readonly question: { round: Round; readonly answers: (Header | undefined)[] };
  /** What the leader of the present view proposed for rounds above the highest certified one. */
  readonly proposals = new Map<Round, Header>();
  /** Blocks without a batch are proposed up to this round. */
  tailsUntil: Round = 0;

  // ---- our promises
  lastVoted: Round = 0;
  locked: Round = 0;
  /** The vote of that round, once it is signed. */
  ownVote: Attested<Vote> | undefined;
  /** As leader: the block that we proposed last; its vote follows when it is signed. */
  proposed: (Omit<Block, 'vote'> & { readonly round: Round }) | undefined;
  /** While the log is read: the proposal whose vote comes next. */
  restoredTails: { readonly round: Round; readonly tails: number } | undefined;
  /** The round of the last certificate that the log holds. */
  loggedCertificate: Round = 0;

  // ---- slots
  readonly slots = new Map<Sequence, Slot>();
  delivered: Sequence;
  /** The checkpoint with which this validator set ends. */
  boundary: Sequence;
  /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
  highestSeen: Sequence;
  /** Batches wanted from others, by slot and digest. */
  readonly wanted = new Map<string, CheckpointClaim>();

  // ---- checkpoints
  stable: Sequence;
  stableCertificate: StableCertificate | undefined;
  readonly ownCheckpoints = new Map<Sequence, Digest>();
  readonly checkpointVotes: CheckpointVotes<Checkpoint> = new Map();
  /** Certified, but we have not executed that far, or differently. */
  pendingCertificate: StableCertificate | undefined;
  transferring: Sequence = -1;
  transferAskedMs = 0;

  // ---- pacemaker
  demandSinceMs = -1;
  lastProgressMs = 0;
  /** When something was delivered last, or a state was installed. */
  deliveredMs = 0;
  tickArmed = false;
  tickMs = 0;
  tickDueMs = 0;
  heartbeatMs = 0;
  wasBusy = false;
  relayed = false;
  failedViews = 0;
  lonelyTicks = 0;
  commitEwmaMs = 0;
  commitVarMs = 0;
  /** When the slot after the last delivered one was first seen. */
  seenAtMs = new Map<Sequence, number>();
  newsMs = 0;
  readonly connected: boolean[];
  /** Since when connections to a quorum are open. */
  quorumSinceMs = 0;
  /** Since when each replica's connection to us is closed; −1: it is open, or was never. */
  readonly lostSinceMs: number[];
  /** How often in a row each replica's views ended by a time-out. */
  readonly missed: number[];
  /** When we last were behind f + 1 others, or took a state: what waits here since before may be done elsewhere. */
  behindMs = Number.NEGATIVE_INFINITY;
  /** What others last said that they delivered; −1: nothing yet. */
  readonly peerDelivered: Sequence[];
  readonly lastAnsweredMs: number[];
  readonly fetches: { sinceMs: number; bytes: number }[];
  lastStatusMs = Number.NEGATIVE_INFINITY;

  constructor(config: MachineConfig, rules: Rules) {
    this.config = config;
    this.self = config.self;
    this.n = config.n;
    this.rules = rules;
    this.rounds = roundsOf(String(config.parameters.leader), config.n);
    this.quorum = quorumSize(config.n);
    this.weakQuorum = weakQuorumSize(config.n);
    this.view = this.rounds.viewOf(1);
    this.stable = config.restoredSequence;
    this.delivered = this.stable;
    this.highestSeen = this.stable;
    this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
    this.ownCheckpoints.set(this.stable, config.restoredDigest);
    // Certified by agreement. Who restores a later checkpoint has the certificates that go on from there in its log, or
    // hears them before anybody needs its vote.
    const genesis: Header = { round: 0, parent: 0, sequence: this.stable, digest: NULL_DIGEST };
    this.certified.set(0, genesis);
    this.high = genesis;
    this.committed = genesis;
    this.question = { round: -1, answers: new Array(config.n).fill(undefined) };
    this.timeouts = new Array(config.n).fill(undefined);
    this.peerAsked = new Array(config.n).fill(-1);
    this.leftSinceMs = new Array(config.n).fill(0);
    this.patienceMs = new Array(config.n).fill(HELP_FIRST_MS);
    this.heard = new Array(config.n).fill(-1);
    this.shownRound = new Array(config.n).fill(0);
    this.shownView = new Array(config.n).fill(-1);
    this.connected = Array.from(
      { length: config.n },
      (_, id) => id === config.self || config.connected?.[id] !== false,
    );
    this.lostSinceMs = new Array(config.n).fill(-1);
    this.missed = new Array(config.n).fill(0);
    this.peerDelivered = new Array(config.n).fill(-1);
    this.lastAnsweredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
    this.fetches = Array.from({ length: config.n }, () => ({ sinceMs: Number.NEGATIVE_INFINITY, bytes: 0 }));
  }

  get leader(): ReplicaId {
    return this.rounds.leaderOf(this.view);
  }

  get standing(): View {
    return this.left ? this.view + 1 : this.view;
  }

  leftFor(id: ReplicaId): View {
    const timeout = this.timeouts[id];
    return timeout === undefined ? -1 : timeout.message.view + 1;
  }

  /** Whether enough replicas are connected to commit anything: without them no leader can be blamed. */
  get reachesQuorum(): boolean {
    let open = 0;
    for (const connected of this.connected) if (connected) open++;
    return open >= this.quorum;
  }

  get isLeader(): boolean {
    return this.leader === this.self;
  }

  /** The highest slot that may be proposed or voted for. */
  get highWatermark(): Sequence {
    return Math.min(this.boundary, this.stable + this.config.window);
  }

  /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
  get ended(): boolean {
    return this.delivered >= this.boundary;
  }

  slot(sequence: Sequence): Slot {
    let slot = this.slots.get(sequence);
    if (slot === undefined) {
      slot = new Slot(sequence, this.n);
      this.slots.set(sequence, slot);
    }
    return slot;
  }

  /** Somebody means to fill this slot. */
  see(sequence: Sequence): void {
    if (sequence <= this.highestSeen || sequence > this.highWatermark) return;
    this.highestSeen = sequence;
    this.newsMs = this.nowMs;
    this.seenAtMs.set(sequence, this.nowMs);
  }

  /** Something is under way that we have a part in. */
  get busy(): boolean {
    return (
      this.left ||
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

  /** Nothing is promised with a record alone: the vote or time-out that rests on it is signed, logged and sent after it. */
  note(record: HotstuffRecord): void {
    this.out.push({ kind: 'persist', record, lazy: true });
  }

  send(to: ReplicaId | undefined, message: HotstuffMessage): void {
    this.out.push({ kind: 'send', to, message, afterPersist: false });
  }

  forward(to: ReplicaId, attested: Attested<HotstuffMessage>): void {
    if (to !== this.self) this.out.push({ kind: 'forward', to, attested });
  }

  evidence(offence: string, first: Attested<HotstuffMessage>, second: Attested<HotstuffMessage>): void {
    this.out.push({ kind: 'evidence', from: second.from, offence, first, second });
    this.reject(second.from, 'conflicting');
  }

  /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
  logBatch(slot: Slot, digest: Digest): void {
    const batch = slot.batches.get(digest);
    if (batch === undefined || slot.logged.has(digest)) return;
    slot.logged.add(digest);
    // The vote that needs it comes after it.
    this.note({ type: 'batch', sequence: slot.sequence, digest, batch });
  }

  wants(sequence: Sequence, digest: Digest): boolean {
    return this.wanted.has(wantedKey(sequence, digest));
  }

  unwant(sequence: Sequence, digest: Digest): void {
    this.wanted.delete(wantedKey(sequence, digest));
  }

  /** Asks the others for a batch that we know by its digest. */
  want(sequence: Sequence, digest: Digest): void {
    if (this.wants(sequence, digest)) return;
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
      left: this.left,
      asked: this.asked,
      high: this.high.round,
      stable: this.stable,
      delivered: this.delivered,
    };
  }
}
