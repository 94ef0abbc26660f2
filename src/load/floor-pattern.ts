/**
 * The bare message pattern of a protocol's normal case, with nothing behind the messages: a request to all, then the
 * protocol's steps, then replies. One request at a time.
 */

import type { LatencySummary } from './histogram.ts';

/**
 * One message delay.
 *  - `propose`: replica `by` sends to all others.
 *  - `vote`: each sends to all others, and goes on with a quorum of votes, its own included. With `echoBytes`, whoever has
 *    the quorum passes it on to all in one more frame, for which nobody waits.
 *  - `answer`: each sends to replica `by`, which alone goes on, with a quorum.
 */
export type FloorStep =
  | {
      readonly kind: 'propose';
      readonly by: number;
      readonly bytes: number;
      /** It stands for its sender's vote in the next step. */
      readonly votes: boolean;
    }
  | { readonly kind: 'vote'; readonly bytes: number; readonly echoBytes?: number }
  | { readonly kind: 'answer'; readonly by: number; readonly bytes: number };

/** Bytes are those of a frame, envelope and signature included, so that the floor moves what the protocol moves. */
export interface FloorPattern {
  readonly steps: readonly FloorStep[];
  readonly quorum: number;
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** Matching replies that end a round for the client. */
  readonly replies: number;
}

/** What each replica writes to a file of its own before it sends what others count on. */
export interface FloorLog {
  /** A folder on the disk in question; the files are removed at the end. */
  readonly folder: string;
  /** Of a record. */
  readonly bytes: number;
  /** Each write is followed by an fdatasync. */
  readonly sync: boolean;
}

/** First byte of a frame; that of a step is `step` and its index, that of an echo `echo`. */
export const FLOOR_KINDS = { hello: 0, request: 1, reply: 2, echo: 3, step: 4 } as const;

/** What a process of the floor is told first; a replica is told all ports next. */
export type FloorOrder =
  | {
      readonly role: 'replica';
      readonly self: number;
      readonly n: number;
      readonly pattern: FloorPattern;
      /** How much later frames leave for each replica, ms by id. */
      readonly delaysMs: readonly number[];
      readonly log?: FloorLog;
    }
  | {
      readonly role: 'client';
      readonly ports: readonly number[];
      readonly pattern: FloorPattern;
    };

/** What its client, once it is ready, is told time and again: a stretch of the loop, the first part unmeasured. */
export interface FloorStretch {
  readonly warmupMs: number;
  readonly durationMs: number;
}

/** What it answers. */
export type FloorReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'measured'; readonly summary: LatencySummary };

export interface FloorSends {
  /** To all others. */
  toAll(kind: number, round: number, bytes: number): void;
  toOne(to: number, kind: number, round: number, bytes: number): void;
  reply(round: number): void;
}

interface Round {
  requested: boolean;
  /** The first step that is not over here. */
  at: number;
  /** Whether our part of that step is sent. */
  sent: boolean;
  /** Per step: what counts towards its quorum, or whether the proposal came. */
  readonly heard: number[];
}

/** Rounds kept behind the newest: late messages of older ones change nothing. */
const ROUNDS_KEPT = 16;

export class FloorReplica {
  private readonly rounds = new Map<number, Round>();
  private readonly self: number;
  private readonly pattern: FloorPattern;
  private readonly send: FloorSends;

  constructor(self: number, pattern: FloorPattern, send: FloorSends) {
    this.self = self;
    this.pattern = pattern;
    this.send = send;
  }

  receive(kind: number, number: number): void {
    if (kind === FLOOR_KINDS.echo) return;
    const round = this.round(number);
    if (round === undefined) return;
    if (kind === FLOOR_KINDS.request) round.requested = true;
    else this.count(round, kind - FLOOR_KINDS.step);
    while (this.stepOver(round, number)) {
      round.at++;
      round.sent = false;
      if (round.at === this.pattern.steps.length) this.send.reply(number);
    }
  }

  private count(round: Round, index: number): void {
    const step = this.pattern.steps[index];
    if (step === undefined) return;
    round.heard[index]! += 1;
    if (step.kind === 'propose' && step.votes) round.heard[index + 1]! += 1;
  }

  /** Does our part of the present step; true: it is over here. */
  private stepOver(round: Round, number: number): boolean {
    const { steps, quorum } = this.pattern;
    const step = steps[round.at];
    if (step === undefined) return false;
    const kind = FLOOR_KINDS.step + round.at;
    if (step.kind === 'propose') {
      if (step.by !== this.self) return round.heard[round.at]! > 0;
      if (round.at === 0 && !round.requested) return false;
      this.count(round, round.at);
      this.send.toAll(kind, number, step.bytes);
      return true;
    }
    if (!round.sent) {
      round.sent = true;
      this.takePart(round, number);
    }
    if (step.kind === 'answer' && step.by !== this.self) return false;
    if (round.heard[round.at]! < quorum) return false;
    if (step.kind === 'vote' && step.echoBytes !== undefined)
      this.send.toAll(FLOOR_KINDS.echo, number, step.echoBytes);
    return true;
  }

  private takePart(round: Round, number: number): void {
    const { steps } = this.pattern;
    const step = steps[round.at]!;
    const before = steps[round.at - 1];
    const proposed = before?.kind === 'propose' && before.votes && before.by === this.self;
    if (proposed) return;
    const kind = FLOOR_KINDS.step + round.at;
    if (step.kind === 'vote') this.send.toAll(kind, number, step.bytes);
    else if (step.kind === 'answer' && step.by !== this.self) {
      this.send.toOne(step.by, kind, number, step.bytes);
      return;
    }
    round.heard[round.at]! += 1;
  }

  private round(number: number): Round | undefined {
    let round = this.rounds.get(number);
    if (round !== undefined) return round;
    if (this.rounds.has(number + ROUNDS_KEPT)) return undefined;
    const heard = new Array<number>(this.pattern.steps.length + 1).fill(0);
    round = { requested: false, at: 0, sent: false, heard };
    this.rounds.set(number, round);
    this.rounds.delete(number - ROUNDS_KEPT);
    return round;
  }
}
