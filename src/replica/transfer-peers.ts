/** Whom a state transfer asks: those who have the checkpoint, tell the truth, and answer in time. */

import type { ReplicaId } from '../core/ids.ts';

/** Requests under way per peer: one on its way, one being answered, one being checked. */
const REQUESTS_PER_PEER = 3;

/** Time for an answer, ms: the first bound, and the greatest that a peer's silence lets it grow to. */
const ANSWER_MS = 1_000;
const ANSWER_MAX_MS = 8_000;

/** Pause before a peer that did not have the checkpoint, or spoke falsely, is asked again where nobody else is left, ms. */
const RETRY_MS = 1_000;

interface Peer {
  readonly id: ReplicaId;
  underWay: number;
  /** It said that it does not have this checkpoint. */
  lacks: boolean;
  /** It gave what does not hold. */
  false: boolean;
  answerMs: number;
  /** Not asked before; after a silence. */
  idleUntilMs: number;
  /** Nothing that is sent would reach it. */
  away: boolean;
}

export class TransferPeers {
  private readonly peers: Peer[];
  private turn: number;
  private dryUntilMs = 0;

  /** `connected`: by id, whose connection is open. */
  constructor(self: ReplicaId, connected: readonly boolean[], first: number) {
    this.peers = connected
      .map((open, id) => ({
        id,
        underWay: 0,
        lacks: false,
        false: false,
        answerMs: ANSWER_MS,
        idleUntilMs: 0,
        away: !open,
      }))
      .filter(({ id }) => id !== self);
    this.turn = first;
  }

  /** All who may be asked, busy or not. */
  usable(nowMs: number): ReplicaId[] {
    return this.peers.filter((peer) => this.mayAsk(peer, nowMs)).map(({ id }) => id);
  }

  /** Requests that could be sent now. */
  free(nowMs: number): number {
    let free = 0;
    for (const peer of this.peers) if (this.mayAsk(peer, nowMs)) free += this.room(peer);
    return free;
  }

  /** The least busy one that may be asked, each in its turn; undefined where all are busy. */
  pick(nowMs: number): ReplicaId | undefined {
    let best: Peer | undefined;
    for (let i = 0; i < this.peers.length; i++) {
      const peer = this.peers[(this.turn + i) % this.peers.length]!;
      if (!this.mayAsk(peer, nowMs) || this.room(peer) <= 0) continue;
      if (best === undefined || peer.underWay < best.underWay) best = peer;
    }
    if (best !== undefined) this.turn++;
    return best?.id;
  }

  /** A request leaves; gives its deadline. */
  asked(id: ReplicaId, nowMs: number): number {
    const peer = this.of(id);
    peer.underWay++;
    return nowMs + peer.answerMs;
  }

  answered(id: ReplicaId): void {
    const peer = this.of(id);
    peer.underWay = Math.max(0, peer.underWay - 1);
    peer.answerMs = ANSWER_MS;
  }

  /** Nothing came in time: others first, and one request at a time until it answers. */
  silent(id: ReplicaId, nowMs: number): void {
    const peer = this.of(id);
    peer.underWay = Math.max(0, peer.underWay - 1);
    peer.idleUntilMs = nowMs + peer.answerMs;
    peer.answerMs = Math.min(ANSWER_MAX_MS, 2 * peer.answerMs);
  }

  /** Its connection is open, or is not any more; what it was asked is forgotten then. */
  reachable(id: ReplicaId, open: boolean): void {
    const peer = this.of(id);
    peer.away = !open;
    if (!open) peer.underWay = 0;
    else peer.idleUntilMs = 0;
  }

  lacks(id: ReplicaId): void {
    this.of(id).lacks = true;
  }

  /** Not asked again, as long as there are others. */
  spokeFalsely(id: ReplicaId): void {
    this.of(id).false = true;
  }

  /** Whether all in reach who did not speak falsely said that they do not have it. */
  get nobodyHasIt(): boolean {
    const inReach = this.peers.filter((peer) => !peer.away);
    return inReach.length > 0 && inReach.every((peer) => peer.lacks || peer.false);
  }

  /** Where nobody is left to ask, everybody is asked anew after a while. True: now. */
  startOver(nowMs: number): boolean {
    if (!this.nobodyHasIt) {
      this.dryUntilMs = 0;
      return false;
    }
    if (this.dryUntilMs === 0) this.dryUntilMs = nowMs + RETRY_MS;
    if (nowMs < this.dryUntilMs) return false;
    this.dryUntilMs = 0;
    for (const peer of this.peers) {
      peer.lacks = false;
      peer.false = false;
      peer.idleUntilMs = 0;
    }
    return true;
  }

  private of(id: ReplicaId): Peer {
    return this.peers.find((peer) => peer.id === id)!;
  }

  private mayAsk(peer: Peer, nowMs: number): boolean {
    return !peer.away && !peer.lacks && !peer.false && nowMs >= peer.idleUntilMs;
  }

  private room(peer: Peer): number {
    return (peer.answerMs > ANSWER_MS ? 1 : REQUESTS_PER_PEER) - peer.underWay;
  }
}
