/**
 * The bare message pattern of PBFT's normal case (TOCS 2002 §4.3), with nothing behind the messages: request to all,
 * pre-prepare from the primary, prepare and commit all to all, a reply from each. One request at a time.
 */

import { quorumSize } from '../core/quorum.ts';
import type { LatencySummary } from './histogram.ts';

/** Bytes of each frame, envelope and signature included, so that the floor moves what the protocol moves. */
export interface FloorSizes {
  readonly requestBytes: number;
  readonly prePrepareBytes: number;
  readonly prepareBytes: number;
  readonly commitBytes: number;
  readonly replyBytes: number;
}

/** First byte of a frame. */
export const FLOOR_KINDS = { hello: 0, request: 1, prePrepare: 2, prepare: 3, commit: 4, reply: 5 } as const;

/** What a process of the floor is told first; a replica is told all ports next. */
export type FloorOrder =
  | { readonly role: 'replica'; readonly self: number; readonly n: number; readonly sizes: FloorSizes }
  | {
      readonly role: 'client';
      readonly ports: readonly number[];
      readonly sizes: FloorSizes;
      /** Matching replies that end a round: f + 1. */
      readonly replies: number;
      readonly warmupMs: number;
      readonly durationMs: number;
    };

/** What it answers. */
export type FloorReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'measured'; readonly summary: LatencySummary };

export interface FloorSends {
  prePrepare(round: number): void;
  prepare(round: number): void;
  commit(round: number): void;
  reply(round: number): void;
}

interface Round {
  prePrepare: boolean;
  /** Messages that count towards each quorum, one's own included; the primary's pre-prepare stands for its prepare. */
  prepares: number;
  commits: number;
  sentCommit: boolean;
  sentReply: boolean;
}

/** Rounds kept behind the newest: late messages of older ones change nothing. */
const ROUNDS_KEPT = 16;

export class FloorReplica {
  private readonly rounds = new Map<number, Round>();
  private readonly quorum: number;
  private readonly primary: boolean;
  private readonly send: FloorSends;

  constructor(self: number, n: number, send: FloorSends) {
    this.quorum = quorumSize(n);
    this.primary = self === 0;
    this.send = send;
  }

  receive(kind: number, number: number): void {
    const round = this.round(number);
    if (round === undefined) return;
    if (kind === FLOOR_KINDS.request && this.primary && !round.prePrepare) {
      round.prePrepare = true;
      round.prepares++;
      this.send.prePrepare(number);
    } else if (kind === FLOOR_KINDS.prePrepare && !round.prePrepare) {
      round.prePrepare = true;
      round.prepares += 2;
      this.send.prepare(number);
    } else if (kind === FLOOR_KINDS.prepare) round.prepares++;
    else if (kind === FLOOR_KINDS.commit) round.commits++;

    if (round.prePrepare && !round.sentCommit && round.prepares >= this.quorum) {
      round.sentCommit = true;
      round.commits++;
      this.send.commit(number);
    }
    if (round.sentCommit && !round.sentReply && round.commits >= this.quorum) {
      round.sentReply = true;
      this.send.reply(number);
    }
  }

  private round(number: number): Round | undefined {
    let round = this.rounds.get(number);
    if (round !== undefined) return round;
    if (this.rounds.has(number + ROUNDS_KEPT)) return undefined;
    round = {
      prePrepare: false,
      prepares: 0,
      commits: 0,
      sentCommit: false,
      sentReply: false,
    };
    this.rounds.set(number, round);
    this.rounds.delete(number - ROUNDS_KEPT);
    return round;
  }
}
