/** The state of one Raft replica (figure 2), and the small operations that every part of the protocol shares. */

import type { RejectionCode } from '../../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../../core/ids.ts';
import type { Attested, Effects, MachineConfig } from '../../core/machine.ts';
import { Log } from './log.ts';
import type { Append, Checkpoint, RaftMessage, RaftRecord } from './messages.ts';
import { ELECTION_TICKS, type Position, RULES, type Rules, type Term, type VoterState } from './rules.ts';

export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/**
 * The least election timeout, as a share of the time that other protocols give a leader. What a lease rests on makes voters
 * wait for all of it, however plainly the leader is gone, so there is no shorter way for a leader that was killed: at the
 * usual 500 ms of `viewChangeTimeoutMs` it is the upper end of what the paper advises (150 to 300 ms, §9.3).
 */
const ELECTION_SHARE = 0.6;

/** Nobody. */
export const NONE: ReplicaId = -1;

export interface Certificate {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly votes: readonly Attested<RaftMessage>[];
}

/** Heartbeats whose time of sending is kept: answers to older ones prove nothing any more. */
const ROUNDS_KEPT = 16;

/** What a leader knows of one follower. */
export interface Follower {
  /** Its log agrees with ours up to here. */
  match: Sequence;
  /** The last of our heartbeats that it answered. */
  round: number;
  /** Our tick at its last word. */
  heardTick: number;
  /** It is being sent what it missed, up to here; 0: it follows. */
  catchUpTo: Sequence;
  /** The last entry that it was sent again. */
  resent: Sequence;
  resentMs: number;
  certificateMs: number;
}

const newFollower = (tick: number): Follower => ({
  match: 0,
  round: 0,
  heardTick: tick,
  catchUpTo: 0,
  resent: 0,
  resentMs: Number.NEGATIVE_INFINITY,
  certificateMs: Number.NEGATIVE_INFINITY,
});

export class State {
  readonly config: MachineConfig;
  readonly self: ReplicaId;
  readonly rules: Rules;
  /** Replicas below this vote; those from here on learn. */
  readonly voters: number;
  readonly majority: number;
  /** The least election timeout, ms. */
  readonly electionMs: number;
  readonly leaseMs: number;
  /** The last slot of the epoch before ours: in our terms an entry of term 0, which every log holds. */
  readonly base: Sequence;

  // ---- of the running step
  nowMs = 0;
  out: Effects<RaftMessage, RaftRecord> = [];

  // ---- persistent
  term: Term = 0;
  /** A chain begins in term 0 with replica 0 for its leader, by definition, as if all had voted for it. */
  votedFor: ReplicaId = 0;
  log: Log;
  /**
   * Where the vote log ended, while the restored state is newer than all that it says: what we promised ends there, so it
   * is what a candidate is measured by.
   */
  promised: Position | undefined;

  // ---- volatile
  role: Role = 'follower';
  leader: ReplicaId = 0;
  /** The last leader that we knew, for those who ask. */
  lastLeader: ReplicaId = 0;
  /** The highest sequence that is known to be committed, and the highest that was handed to execution. */
  commit: Sequence;
  delivered: Sequence;
  /** The checkpoint with which this validator set ends. */
  boundary: Sequence;
  /** The most that any leader said to be committed. */
  heardCommit: Sequence = -1;
  /** Our log is known to agree with that of the present leader up to here. */
  matched: Sequence;
  /** Entries of the present leader that came before those in front of them. */
  readonly ahead = new Map<Sequence, Append>();

  // ---- as leader
  followers: Follower[] = [];
  /** Matches of the voters, for sorting. */
  readonly matches: Float64Array;
  round = 0;
  readonly roundSentMs = new Float64Array(ROUNDS_KEPT);
  /** When the last heartbeat left that a majority has answered. */
  leaseFromMs = Number.NEGATIVE_INFINITY;
  /** The first entry of our term; once it is committed, so is all that our predecessors acknowledged. */
  termStart: Sequence = 0;
  /** The commit that all followers were told. */
  toldCommit: Sequence = 0;
  /** Entries sent since the notice timer was set. */
  appends = 0;
  noticeArmed = false;

  // ---- elections
  /** Who would vote, or voted, for us in the term that we asked for. */
  readonly granted = new Set<ReplicaId>();
  preTerm: Term = -1;
  tick = 0;
  /** Whole ticks since we heard a leader or restarted; −1: less than one. */
  quietTicks = -1;
  /** The same, but a vote of ours counts too: a candidate is given its time. */
  waitedTicks = -1;
  campaignArmed = false;
  attempts = 0;
  /** The connection to the leader closed, and nothing was heard since. */
  leaderLost = false;
  /** Elections that we began since something was delivered: they slow us down. */
  failed = 0;

  // ---- checkpoints
  stable: Sequence;
  certificate: Certificate | undefined;
  readonly ownCheckpoints = new Map<Sequence, Digest>();
  readonly checkpointVotes = new Map<Sequence, (Attested<Checkpoint> | undefined)[]>();
  /** Certified, but we have not executed that far, or differently. */
  pending: Certificate | undefined;
  transferring: Sequence = -1;
  transferAskedMs = 0;
  /** Certificates whose states the driver was asked for, by sequence. */
  readonly asked = new Map<Sequence, Certificate>();
  /** What we had delivered, and the latest checkpoint that we knew to be certified, at the last tick. */
  deliveredAtTick: Sequence;
  certifiedAtTick: Sequence;
  /** Ticks since a certified checkpoint above us came no nearer. */
  pendingTicks = 0;

  // ---- pace
  demandSinceMs = -1;
  relayedMs = Number.NEGATIVE_INFINITY;
  readonly answeredMs: number[];

  constructor(config: MachineConfig, rules: Rules = RULES) {
    this.config = config;
    this.self = config.self;
    this.rules = rules;
    this.voters = config.n - Number(config.parameters.learners);
    this.majority = rules.majority(this.voters);
    this.matches = new Float64Array(this.voters);
    this.electionMs = ELECTION_SHARE * config.timeoutFloorMs;
    this.leaseMs = (this.electionMs * Number(config.parameters.leasePercent)) / 100;
    this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
    this.stable = config.restoredSequence;
    this.base = config.base ?? 0;
    this.commit = this.stable;
    this.delivered = this.stable;
    this.matched = this.stable;
    this.deliveredAtTick = this.stable;
    this.certifiedAtTick = this.stable;
    this.log = new Log(this.stable, this.stable === this.base ? 0 : undefined);
    this.ownCheckpoints.set(this.stable, config.restoredDigest);
    this.answeredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
    this.forgetFollowers();
  }

  get isVoter(): boolean {
    return this.self < this.voters;
  }

  /** Never past the end of this validator set. */
  get high(): Sequence {
    return Math.min(this.boundary, this.stable + this.config.window);
  }

  /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
  get ended(): boolean {
    return this.delivered >= this.boundary;
  }

  get tickMs(): number {
    return this.electionMs / ELECTION_TICKS;
  }

  /** The election timeout: the least, grown by each election of ours that brought nothing. */
  get timeoutMs(): number {
    const { timeoutCeilingMs, timeoutGrowth } = this.config;
    return Math.min(timeoutCeilingMs, this.electionMs * timeoutGrowth ** Math.min(this.failed, 32));
  }

  get electionTicks(): number {
    return Math.max(ELECTION_TICKS, Math.ceil(this.timeoutMs / this.tickMs));
  }

  get voter(): VoterState {
    return {
      term: this.term,
      votedFor: this.votedFor,
      last: this.log.lastTerm < 0 && this.promised !== undefined ? this.promised : this.log.end,
      quietTicks: this.quietTicks,
      leads: this.role === 'leader',
    };
  }

  forgetFollowers(): void {
    this.followers = Array.from({ length: this.config.n }, () => newFollower(this.tick));
  }

  noteRound(): void {
    this.round++;
    this.roundSentMs[this.round % ROUNDS_KEPT] = this.nowMs;
  }

  /** When a heartbeat left; −∞ where that is forgotten. */
  sentMs(round: number): number {
    return this.round - round < ROUNDS_KEPT
      ? this.roundSentMs[round % ROUNDS_KEPT]!
      : Number.NEGATIVE_INFINITY;
  }

  // ------------------------------------------------------------------------------ effects

  reject(from: ReplicaId, code: RejectionCode): void {
    this.out.push({ kind: 'reject', from, code });
  }

  persist(record: RaftRecord): void {
    this.out.push({ kind: 'persist', record });
  }

  /** Leaves once the log holds all that it rests on: there is no other kind of message here. */
  send(to: ReplicaId | undefined, message: RaftMessage): void {
    this.out.push({ kind: 'send', to, message, afterPersist: true });
  }

  forward(to: ReplicaId, attested: Attested<RaftMessage>): void {
    if (to !== this.self) this.out.push({ kind: 'forward', to, attested });
  }

  setTimer(timer: string, delayMs: number): void {
    this.out.push({ kind: 'timer', timer, delayMs });
  }

  announce(active: boolean): void {
    this.out.push({ kind: 'view', view: this.term, active });
  }

  // ------------------------------------------------------------------------------ terms

  persistTerm(): void {
    this.persist({ type: 'term', term: this.term, vote: this.votedFor + 1 });
  }

  /** All servers, second rule: a higher term makes a follower of everybody. */
  enterTerm(term: Term): void {
    this.term = term;
    this.votedFor = NONE;
    this.persistTerm();
    this.resign();
  }

  /** No leader is known any more, we least of all. */
  resign(): void {
    const led = this.role === 'leader';
    this.role = 'follower';
    this.leader = NONE;
    this.granted.clear();
    this.preTerm = -1;
    this.leaseFromMs = Number.NEGATIVE_INFINITY;
    this.ahead.clear();
    // Whoever resigns waits like everybody before it tries again.
    if (led) this.waitedTicks = -1;
    this.announce(false);
  }

  /** Hands what is committed to execution, in order. */
  deliver(): void {
    const end = Math.min(this.commit, this.boundary);
    if (this.delivered >= end) return;
    this.failed = 0;
    while (this.delivered < end) {
      const entry = this.log.at(this.delivered + 1);
      if (entry === undefined) return;
      this.delivered = entry.sequence;
      this.out.push({
        kind: 'deliver',
        sequence: entry.sequence,
        view: entry.term,
        batch: entry.batch,
        fast: false,
      });
    }
  }
}
