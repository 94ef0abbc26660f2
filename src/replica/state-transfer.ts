/**
 * Fetches the state of a certified checkpoint from the peers, and serves ours to them.
 *
 * Items between validators: `[2, sequence, index]` asks for a piece, `[3, sequence, index, total, bytes]` gives it.
 * Piece 0 is the checkpoint's meta, the others are the snapshot's chunks. In the first attempt the pieces come from
 * all peers in turn; whole, they must hash to the certified digest. An attempt that fails, contradicts itself, stands
 * still or takes too long is given up, and the next one asks one peer only, another one each time: so a liar can
 * spoil its own turns and no others, and an honest peer's turn comes within n − 1 attempts.
 */

import { encodeValue } from '../codec/value.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_SNAPSHOT_CHUNK_BYTES, MAX_SNAPSHOT_CHUNKS } from '../core/limits.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';

export const STATE_REQUEST_ITEM = 2;
export const STATE_PIECE_ITEM = 3;

/** Pieces asked for at once: enough to fill a line, few enough that votes are not kept waiting. */
const PIECES_IN_FLIGHT = 4;

/** An attempt without an arrival for so long is given up, ms. */
const PIECE_TIMEOUT_MS = 1_000;

/** Longest first round of attempts, ms; each further round over all peers may take twice as long. */
const ATTEMPT_MS = 10_000;

export interface TransferOptions {
  readonly self: ReplicaId;
  readonly n: number;
  readonly clock: Clock;
  readonly send: (to: ReplicaId, item: Item) => void;
  /** Our state at a checkpoint that we still hold: meta first, then the chunks. */
  readonly serve: (sequence: Sequence) => readonly Uint8Array[] | undefined;
  /** Installs the pieces if they make the digest. */
  readonly install: (sequence: Sequence, digest: Digest, pieces: readonly Uint8Array[]) => boolean;
  readonly onProgress: (sequence: Sequence, received: number, total: number) => void;
}

interface Transfer {
  readonly sequence: Sequence;
  readonly digest: Digest;
  /** Undefined: all peers in turn. */
  readonly only: ReplicaId | undefined;
  readonly attempt: number;
  pieces: (Uint8Array | undefined)[];
  total: number;
  received: number;
  readonly asked: Map<number, ReplicaId>;
  nextPeer: ReplicaId;
  readonly startedMs: number;
  /** The last arrival, for the time-out. */
  lastMs: number;
}

export class StateTransfer {
  private readonly options: TransferOptions;
  private current: Transfer | undefined;
  private cancelTimer: (() => void) | undefined;

  constructor(options: TransferOptions) {
    this.options = options;
  }

  get active(): boolean {
    return this.current !== undefined;
  }

  /**
   * Fetches this checkpoint. One that is on its way is finished first, where its pieces still come: starting anew for
   * every later checkpoint, a large state would never arrive.
   */
  start(sequence: Sequence, digest: Digest): void {
    const { current } = this;
    if (current !== undefined && (current.sequence >= sequence || current.received > 0)) return;
    this.begin(sequence, digest, 0);
  }

  stop(): void {
    this.cancelTimer?.();
    this.current = undefined;
  }

  private begin(sequence: Sequence, digest: Digest, attempt: number): void {
    const { self, n, clock } = this.options;
    const others = Array.from({ length: n }, (_, id) => id).filter((id) => id !== self);
    this.current = {
      sequence,
      digest,
      only: attempt === 0 ? undefined : others[(attempt - 1) % others.length],
      attempt,
      pieces: [],
      total: 1,
      received: 0,
      asked: new Map(),
      nextPeer: others[sequence % others.length]!,
      startedMs: clock.nowMs(),
      lastMs: clock.nowMs(),
    };
    this.askMore(this.current);
    this.watch();
  }

  private watch(): void {
    this.cancelTimer?.();
    this.cancelTimer = this.options.clock.after(PIECE_TIMEOUT_MS, () => {
      const transfer = this.current;
      if (transfer === undefined) return;
      const now = this.options.clock.nowMs();
      const round = Math.floor(transfer.attempt / Math.max(1, this.options.n - 1));
      const overdue = now - transfer.startedMs >= ATTEMPT_MS * 2 ** Math.min(round, 10);
      if (overdue || now - transfer.lastMs >= PIECE_TIMEOUT_MS) return this.giveUp(transfer);
      this.watch();
    });
  }

  private giveUp({ sequence, digest, attempt }: Transfer): void {
    this.begin(sequence, digest, attempt + 1);
  }

  private askMore(transfer: Transfer): void {
    for (let index = 0; index < transfer.total && transfer.asked.size < PIECES_IN_FLIGHT; index++) {
      if (transfer.pieces[index] !== undefined || transfer.asked.has(index)) continue;
      const to = transfer.only ?? this.rotate(transfer);
      transfer.asked.set(index, to);
      this.options.send(to, encodeValue([STATE_REQUEST_ITEM, transfer.sequence, index]));
    }
  }

  private rotate(transfer: Transfer): ReplicaId {
    const { self, n } = this.options;
    do transfer.nextPeer = (transfer.nextPeer + 1) % n;
    while (transfer.nextPeer === self);
    return transfer.nextPeer;
  }

  /** A peer asks for a piece of ours. */
  onRequest(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    const [, sequence, index] = item;
    if (item.length !== 3 || typeof sequence !== 'number' || typeof index !== 'number')
      return 'body-malformed';
    const pieces = this.options.serve(sequence);
    const piece = pieces?.[index];
    if (pieces === undefined || piece === undefined) return undefined;
    this.options.send(from, encodeValue([STATE_PIECE_ITEM, sequence, index, pieces.length, piece]));
    return undefined;
  }

  /** A piece that we asked for. */
  onPiece(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    const [, sequence, index, total, bytes] = item;
    if (item.length !== 5 || typeof sequence !== 'number' || typeof index !== 'number')
      return 'body-malformed';
    if (typeof total !== 'number' || !(bytes instanceof Uint8Array)) return 'body-malformed';
    const transfer = this.current;
    if (transfer === undefined || transfer.sequence !== sequence) return undefined;
    if (transfer.asked.get(index) !== from || transfer.pieces[index] !== undefined) return 'unrequested';
    if (total < 1 || total > MAX_SNAPSHOT_CHUNKS || bytes.length > MAX_SNAPSHOT_CHUNK_BYTES)
      return 'bad-claim';
    if (transfer.received > 0 && total !== transfer.total) {
      // One of two lied, and we cannot tell which.
      this.giveUp(transfer);
      return 'bad-claim';
    }
    // A copy: the piece must not keep its frame, which may hold much else.
    transfer.pieces[index] = bytes.slice();
    transfer.total = total;
    transfer.received++;
    transfer.asked.delete(index);
    transfer.lastMs = this.options.clock.nowMs();
    this.options.onProgress(sequence, transfer.received, total);
    if (transfer.received === total) this.finish(transfer);
    else this.askMore(transfer);
    return undefined;
  }

  private finish(transfer: Transfer): void {
    this.cancelTimer?.();
    this.current = undefined;
    const installed = this.options.install(
      transfer.sequence,
      transfer.digest,
      transfer.pieces as Uint8Array[],
    );
    if (!installed) this.giveUp(transfer);
  }
}
