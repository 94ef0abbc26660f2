/** The state of one HotStuff replica, and the small operations that every part of the protocol shares. */

import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import { LedState } from '../../core/led-state.ts';
import type { Attested, Certificate, MachineConfig } from '../../core/machine.ts';
import { quorumSize } from '../../core/quorum.ts';
import type { StableCertificate } from '../../core/replica-state.ts';
import type { Block, HotstuffMessage, HotstuffRecord, Status, Timeout, Vote } from './messages.ts';
import { type Rounds, roundsOf } from './rounds.ts';
import type { Header, Round, Rules } from './rules.ts';
import { Slot } from './slot.ts';

export class State extends LedState<HotstuffMessage, HotstuffRecord> {
  readonly rules: Rules;
  readonly rounds: Rounds;

  // ---- views
  /** We timed out of the view: no vote of ours is cast in it any more. */
  left = false;
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
  /** How long it waits at most. */
  waitUntilMs = 0;

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

  // ---- checkpoints
  stableCertificate: StableCertificate<HotstuffMessage> | undefined;

  // ---- pacemaker
  /** When something was delivered last, or a state was installed. */
  deliveredMs = 0;
  /** When the slot after the last delivered one was first seen. */
  seenAtMs = new Map<Sequence, number>();
  /** How often in a row each replica's views ended by a time-out. */
  readonly missed: number[];
  /** When we last were behind f + 1 others, or took a state: what waits here since before may be done elsewhere. */
  behindMs = Number.NEGATIVE_INFINITY;

  constructor(config: MachineConfig, rules: Rules) {
    super(config, quorumSize(config.n));
    this.rules = rules;
    this.rounds = roundsOf(String(config.parameters.leader), config.n);
    this.view = this.rounds.viewOf(1);
    // Certified by agreement, so it is the same to all. Who restores a later checkpoint has the certificates that go on
    // from there in its log, or hears them before anybody needs its vote.
    const genesis: Header = { round: 0, parent: 0, sequence: config.base ?? 0, digest: NULL_DIGEST };
    this.certified.set(0, genesis);
    this.high = genesis;
    this.committed = genesis;
    this.question = { round: -1, answers: new Array(config.n).fill(undefined) };
    this.timeouts = new Array(config.n).fill(undefined);
    this.heard = new Array(config.n).fill(-1);
    this.shownRound = new Array(config.n).fill(0);
    this.shownView = new Array(config.n).fill(-1);
    this.missed = new Array(config.n).fill(0);
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

  get isLeader(): boolean {
    return this.leader === this.self;
  }

  /** The highest slot that may be proposed or voted for. */
  get highWatermark(): Sequence {
    return Math.min(this.boundary, this.stable + this.config.window);
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

  /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
  logBatch(slot: Slot, digest: Digest): void {
    const batch = slot.batches.get(digest);
    if (batch === undefined || slot.logged.has(digest)) return;
    slot.logged.add(digest);
    // The vote that needs it comes after it.
    this.note({ type: 'batch', sequence: slot.sequence, digest, batch });
  }

  /** What proves our view outlives a crash, as what we say in it does: those who are still in an earlier one need it. */
  logCertificate(): void {
    const { certificate, high, locked } = this;
    if (certificate === undefined || high.round <= this.loggedCertificate) return;
    this.loggedCertificate = high.round;
    this.note({ type: 'certified', header: high, locked, certificate: [certificate] });
  }

  /**
   * Others leave a view for f + 1 that ask, and may never have been in it. Were all of these to forget how they came there,
   * nobody could follow: who is behind has its own word for an earlier view, who went ahead signs none for it any more.
   */
  override tellAsked(): void {
    this.logCertificate();
    this.out.push({ kind: 'send', to: undefined, message: this.ownStatus(), afterPersist: true });
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
