/**
 * Serves our state at checkpoints to those who lack it, without being in anybody's way: one answer at a time, each peer
 * in its turn, and after each a pause three times as long as it took, at least a millisecond. Answers leave behind the
 * votes of their turn, and not at all while much waits for the peer already.
 */

import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_STATE_REQUESTS, STATE_PIECE_WORK } from '../core/limits.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Item } from '../transport/interface.ts';
import type { CheckpointState } from './executor.ts';
import type { Clock } from './ports.ts';
import { encodeStatePieces, parseStateRequest, type StateRequest } from './state-items.ts';

/** Least pause between two answers, ms. */
const PAUSE_MS = 1;

/** A pause in units of what the answer took: serving has a quarter of the main thread at most. */
const PAUSE_SHARE = 3;

/** Bytes that wait for a peer above which it gets nothing more for now: its votes would have to wait behind. */
const MAX_WAITING_BYTES = 1 << 20;

export interface StateServerOptions {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Sends behind all else of this turn. */
  readonly send: (to: ReplicaId, item: Item) => void;
  /** Bytes that wait for a peer. */
  readonly backlog: (to: ReplicaId) => number;
  /** A checkpoint that we hold; it is kept for as long as it is asked for. */
  readonly checkpoint: (sequence: Sequence) => CheckpointState | undefined;
}

export class StateServer {
  private readonly o: StateServerOptions;
  /** By who asks: validators, and guests that are about to be, in the order of their turns. */
  private readonly queues = new Map<ReplicaId, StateRequest[]>();
  private cancelPause: (() => void) | undefined;

  constructor(options: StateServerOptions) {
    this.o = options;
  }

  onRequest(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    const request = parseStateRequest(item);
    if (request === undefined) return 'body-malformed';
    const queue = this.queues.get(from) ?? [];
    this.queues.set(from, queue);
    if (queue.length >= MAX_STATE_REQUESTS) return 'rate-limited';
    // From now on it is kept, even if it becomes an old one before it is this peer's turn.
    this.o.checkpoint(request.sequence);
    queue.push(request);
    if (this.cancelPause === undefined) this.pause(PAUSE_MS);
    return undefined;
  }

  stop(): void {
    this.cancelPause?.();
    this.cancelPause = undefined;
    this.queues.clear();
  }

  private pause(ms: number): void {
    this.cancelPause = this.o.clock.after(ms, () => {
      this.cancelPause = undefined;
      const startedMs = this.o.clock.nowMs();
      this.serveNext();
      if (this.queues.size === 0) return;
      this.pause(Math.max(PAUSE_MS, PAUSE_SHARE * (this.o.clock.nowMs() - startedMs)));
    });
  }

  private serveNext(): void {
    for (const [peer, queue] of this.queues) {
      if (this.o.backlog(peer) > MAX_WAITING_BYTES) continue;
      const request = queue.shift()!;
      // Behind the others, for its next turn.
      this.queues.delete(peer);
      if (queue.length > 0) this.queues.set(peer, queue);
      this.serve(peer, request);
      return;
    }
  }

  private serve(to: ReplicaId, { id, sequence, content }: StateRequest): void {
    const state = this.o.checkpoint(sequence);
    const pieces: Uint8Array[] = [];
    if (state !== undefined && content === undefined) pieces.push(state.meta);
    const section = content && state?.sections[content.section];
    let work = 0;
    for (const place of section === undefined ? [] : content!.places) {
      const piece = section!.piece(place, content!.whole);
      // Nobody who knows the certified state asks for what is not there.
      if (piece === undefined) break;
      if (pieces.length > 0 && work + piece.length > STATE_PIECE_WORK) break;
      pieces.push(piece);
      work += piece.length;
    }
    const { telemetry } = this.o;
    telemetry.statePiecesServed += pieces.length;
    telemetry.stateBytesServed += work;
    this.o.send(to, encodeStatePieces({ id, sequence, pieces }));
  }
}
