/**
 * Votes that a session vouches for prove nothing to others. A validator that has reason to suspect another, or that was told what
 * does not fit together and cannot know by whom, asks for signed votes for a few seconds, again and again while that lasts: what it says then can convict it. To sign costs a tenth of a
 * millisecond per vote, so that a validator does it for each that asks for a bounded part of the time. One that goes on without
 * signatures is counted for it, as is one whose signatures do not hold.
 */

import { encodeValue } from '../codec/value.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { SIGNED_VOTES_MS, SIGNED_VOTES_PERIOD_MS } from '../core/limits.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';

/** The item `[10]`: sign your votes for a while. */
export const SIGN_ITEM = 10;

/** How often it is looked whether somebody is to be asked, ms. */
const LOOK_MS = 500;

/** What is on its way when a peer is asked is not signed yet; nor does it sign for longer than it must. */
const GRACE_MS = 1_000;

/** Votes without a signature, in the time between, that are a refusal. */
const REFUSALS = 3;

export interface SuretyOptions {
  readonly n: number;
  readonly clock: Clock;
  /** Peers whom we suspect, by places. */
  readonly suspects: () => readonly ReplicaId[];
  readonly send: (to: ReplicaId, item: Item) => void;
  /** A peer that was asked goes on without signatures: once per time that it was asked. */
  readonly refused: (peer: ReplicaId) => void;
}

export class Surety {
  /** Whether our votes are signed now: somebody asked. */
  signing = false;
  /** Whether anybody is asked now, so that votes are looked at. */
  watching = false;
  readonly #o: SuretyOptions;
  readonly #askedMs: Float64Array;
  readonly #unsigned: Float64Array;
  readonly #lastAskOf: Float64Array;
  readonly #disputedMs: Float64Array;
  #signUntilMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(options: SuretyOptions) {
    const { n } = options;
    this.#o = options;
    this.#askedMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#unsigned = new Float64Array(n);
    this.#disputedMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#lastAskOf = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  }

  start(): void {
    this.#cancel = this.#o.clock.after(LOOK_MS, () => {
      this.#look();
      this.start();
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  #look(): void {
    const { clock, suspects } = this.#o;
    const nowMs = clock.nowMs();
    this.signing = nowMs < this.#signUntilMs;
    this.watching = this.#askedMs.some((askedMs) => nowMs < askedMs + SIGNED_VOTES_MS);
    for (const peer of suspects()) this.#ask(peer, nowMs);
    for (const [peer, atMs] of this.#disputedMs.entries())
      if (nowMs < atMs + SIGNED_VOTES_PERIOD_MS) this.#ask(peer, nowMs);
  }

  #ask(peer: ReplicaId, nowMs: number): void {
    if (nowMs < this.#askedMs[peer]! + SIGNED_VOTES_PERIOD_MS) return;
    this.#askedMs[peer] = nowMs;
    this.#unsigned[peer] = 0;
    this.watching = true;
    this.#o.send(peer, encodeValue([SIGN_ITEM]));
  }

  /** What it said does not fit what another one said, and no signature tells which of the two lies: both are asked, at once. */
  dispute(peer: ReplicaId): void {
    const nowMs = this.#o.clock.nowMs();
    this.#disputedMs[peer] = nowMs;
    this.#ask(peer, nowMs);
  }

  /** A peer asks us. */
  onItem(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    if (item.length !== 1) return 'body-malformed';
    const nowMs = this.#o.clock.nowMs();
    // Somewhat before its time: clocks differ, and so do ways.
    if (nowMs < this.#lastAskOf[from]! + 0.9 * SIGNED_VOTES_PERIOD_MS) return 'rate-limited';
    this.#lastAskOf[from] = nowMs;
    this.#signUntilMs = nowMs + SIGNED_VOTES_MS;
    this.signing = true;
    return undefined;
  }

  /** A vote came while somebody is asked. */
  heard(peer: ReplicaId, signed: boolean): void {
    const sinceMs = this.#o.clock.nowMs() - this.#askedMs[peer]!;
    if (signed || sinceMs < GRACE_MS || sinceMs > SIGNED_VOTES_MS - GRACE_MS) return;
    if (++this.#unsigned[peer]! === REFUSALS) this.#o.refused(peer);
  }
}
