/** The state of one Streamlet replica, and the small operations that every part of the protocol shares. */

import type { Batch } from '../../core/batch.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence } from '../../core/ids.ts';
import type { Attested, MachineConfig } from '../../core/machine.ts';
import { ReplicaState, type StableCertificate } from '../../core/replica-state.ts';
import { type Block, firstBlock } from './block.ts';
import type {
  Header,
  Height,
  Proposal,
  Round,
  Status,
  StreamletMessage,
  StreamletRecord,
  Tail,
  Vote,
} from './messages.ts';
import type { Rules } from './rules.ts';

export type Certificate = StableCertificate<StreamletMessage>;

/** Bytes that we hold, for as long as their slot is above the last stable checkpoint. */
interface Held {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly batch: Batch;
  logged: boolean;
}

const heldKey = (sequence: Sequence, digest: Digest): string => `${sequence}:${digest}`;

/** What we know of another replica. */
export interface Peer {
  /** The highest round that it showed to be in, and the highest that it asked for. */
  in: Round;
  wants: Round;
  /** The height of the highest block that it showed to have seen notarised. */
  height: Height;
  /** What it last said that it delivered; −1: nothing yet. */
  delivered: Sequence;
  /** Rounds not notarised here in which we hold a vote of it. */
  votes: number;
  /** When it last said where it stands. */
  heardMs: number;
  lastAnsweredMs: number;
  /** Bytes of batches sent to it on demand since a moment. */
  fetchedSinceMs: number;
  fetchedBytes: number;
}

export class State extends ReplicaState<StreamletMessage, StreamletRecord> {
  readonly rules: Rules;
  /** Length of a round in ms; 0: it is derived. */
  readonly fixedRoundMs: number;

  // ---- rounds
  round: Round = 0;
  /** When it began, for us. */
  roundSinceMs: number;
  /** The round that we ask for; the others' are in `peers`. */
  wants: Round = 0;
  readonly peers: Peer[];

  // ---- blocks
  /** By round; at most one of a round can ever be notarised. */
  readonly notarised = new Map<Round, Block>();
  /** The end of the longest notarised chain that we have seen. */
  tip: Block;
  /** The highest block known to be final. */
  final: Block;
  /** Votes for what is not notarised here, by round and voter. */
  readonly votes = new Map<Round, (Attested<Vote> | undefined)[]>();
  /** What leaders proposed in this round and the next. */
  readonly proposals = new Map<Round, Attested<Proposal | Tail>>();
  private readonly held = new Map<string, Held>();
  /** The round of our last vote, and the height of the block that it extends: what we promised (rules.ts, `mayVote`). */
  votedRound: Round = 0;
  /** When we did, since we were started. */
  votedMs = Number.NEGATIVE_INFINITY;
  votedOn: Height = 0;
  lastVote: Attested<Vote> | undefined;
  /** Our last block as a leader. */
  lastProposal: Attested<Proposal | Tail> | undefined;
  proposedRound: Round = 0;
  proposedMs = -1;
  delayMs = 0;
  /** Blocks with batches that we voted for, not final yet: their transactions are spoken for. */
  claimed: Header[] = [];
  /** Leaders' delays in the last final blocks, oldest first, and what the rounds' length derives from; 0: not known yet. */
  readonly delays: { readonly leader: ReplicaId; readonly delayMs: number }[] = [];
  usualDelayMs = 0;
  /** Batches of notarised blocks that we lack, by round: how often we have asked. */
  readonly wanted = new Map<Round, number>();

  /** What certifies the last stable checkpoint. */
  certificate: Certificate | undefined;

  // ---- time
  /** Since then, this round's leader was given what waits here. */
  nudged = false;
  /** When the tick timer runs out; infinite: it is not set. */
  tickDueMs = Number.POSITIVE_INFINITY;
  /** When the last work, or heartbeat, was: what the heartbeat's pause is counted from. */
  quietSinceMs: number;

  constructor(config: MachineConfig, rules: Rules, nowMs: number) {
    super(config, rules.quorum(config.n));
    this.rules = rules;
    this.roundSinceMs = nowMs;
    this.quietSinceMs = nowMs;
    this.lastProgressMs = nowMs;
    this.fixedRoundMs = Number(config.parameters.roundMs ?? 0);
    // Notarised by agreement. Whoever restores a later checkpoint than the set began with needs no vote for a child of it.
    const first = firstBlock(this.stable);
    this.notarised.set(0, first);
    this.tip = first;
    this.final = first;
    this.peers = Array.from({ length: config.n }, () => ({
      in: 0,
      wants: 0,
      height: 0,
      delivered: -1,
      votes: 0,
      heardMs: Number.NEGATIVE_INFINITY,
      lastAnsweredMs: Number.NEGATIVE_INFINITY,
      fetchedSinceMs: Number.NEGATIVE_INFINITY,
      fetchedBytes: 0,
    }));
  }

  get leader(): ReplicaId {
    return this.rules.leader(this.round, this.n);
  }

  /** H: a window above the last stable checkpoint, and never past the end of this validator set. */
  get high(): Sequence {
    return Math.min(this.boundary, this.stable + this.config.window);
  }

  /** Whether the window takes another batch on the longest chain. */
  get hasRoom(): boolean {
    return this.tip.sequence < this.high;
  }

  /** Votes of this round can change nothing any more: what was final by then is executed. */
  settled(round: Round): boolean {
    return round <= this.final.round && this.final.sequence <= this.delivered;
  }

  /** The longest chain carries batches that are not executed here. */
  get unfinished(): boolean {
    return this.tip.sequence > this.delivered;
  }

  /** Something is under way that we have a part in. */
  get busy(): boolean {
    return (
      this.demandSinceMs >= 0 ||
      this.unfinished ||
      this.claimed.length > 0 ||
      this.wanted.size > 0 ||
      (this.ended && this.stable < this.boundary) ||
      this.pendingCertificate !== undefined ||
      this.proposals.has(this.round + 1)
    );
  }

  /** Slots that f + 1 others say that they delivered and we have not; undefined until f + 1 have spoken. */
  get behind(): number | undefined {
    let reached = -1;
    for (let id = 0; id < this.n; id++) {
      const { delivered } = this.peers[id]!;
      if (id !== this.self && delivered > reached && this.reaching(delivered) >= this.weakQuorum)
        reached = delivered;
    }
    return reached < 0 ? undefined : Math.max(0, reached - this.delivered);
  }

  /** Others that delivered as much. */
  private reaching(delivered: Sequence): number {
    let others = 0;
    for (let id = 0; id < this.n; id++) {
      if (id !== this.self && this.peers[id]!.delivered >= delivered) others++;
    }
    return others;
  }

  // ------------------------------------------------------------------------------ bytes

  batchOf(sequence: Sequence, digest: Digest): Batch | undefined {
    return this.held.get(heldKey(sequence, digest))?.batch;
  }

  hold(sequence: Sequence, batch: Batch, logged = false): void {
    const key = heldKey(sequence, batch.digest);
    if (!this.held.has(key)) this.held.set(key, { sequence, digest: batch.digest, batch, logged });
  }

  /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
  logBatch(sequence: Sequence, digest: Digest): void {
    if (digest === NULL_DIGEST) return;
    const held = this.held.get(heldKey(sequence, digest));
    if (held === undefined || held.logged) return;
    held.logged = true;
    this.persist({ type: 'batch', sequence, digest, batch: held.batch });
  }

  /** What the log holds of bytes, for a new log. */
  *loggedBatches(): Generator<StreamletRecord> {
    for (const { sequence, digest, batch, logged } of this.held.values()) {
      if (logged) yield { type: 'batch', sequence, digest, batch };
    }
  }

  dropBatches(upTo: Sequence): void {
    for (const [key, { sequence }] of this.held) if (sequence <= upTo) this.held.delete(key);
  }

  // ------------------------------------------------------------------------------ effects

  /** What is signed, logged, sent to all, and comes back to us. */
  attest(message: StreamletMessage): void {
    this.out.push({ kind: 'attest', message });
  }

  ownStatus(gap: Height): Status {
    return {
      type: 'status',
      epoch: this.config.epoch,
      round: this.round,
      wants: Math.max(this.wants, this.round),
      voted: this.votedRound,
      height: this.tip.height,
      gap,
      delivered: this.delivered,
      stable: this.stable,
    };
  }
}
