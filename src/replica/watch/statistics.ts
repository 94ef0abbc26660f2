/**
 * Which peer is unlike the others: by how late its votes come, and by how many of them never do. Robust on purpose:
 * medians, and the median absolute deviation (MAD) for spread, move only where half of the samples do (Hampel 1974; Leys et
 * al. 2013), so that a liar cannot widen what counts as usual, and a network that is slow for all is usual.
 *
 * A peer's vote is late where its delay behind the slot's median is more than `LATE_DEVIATIONS` scaled MADs above what is
 * usual for all peers, more than `LATE_SLOTS` median slot times, and more than `LATE_FLOOR_MS`. One late vote says nothing. A
 * peer stands out where `LATE_SHARE` of its last `WINDOW` votes are late: were each vote of an honest peer late with
 * probability 0.05, and for itself, that would happen once in 10^16 looks at `LEAST` votes; stalls are not for themselves, so
 * votes must also be late for `LEAST_MS`. The same holds of votes that are missing. `test/replica/watch.test.ts` measures the rates.
 */

import type { ReplicaId } from '../../core/ids.ts';

/** Slots that are looked back on, per peer. */
export const WINDOW = 64;
/** Fewest slots that say something, and the shortest time that they may span, ms. */
export const LEAST = 32;
export const LEAST_MS = 1_500;
/** Scaled MADs above the usual that make a vote late: at 3.5 an observation is commonly called an outlier. */
export const LATE_DEVIATIONS = 6;
/** A MAD times this estimates the standard deviation of what is normally distributed. */
export const MAD_SCALE = 1.4826;
/** A vote that comes within so many median slot times, or within so many ms, is on time. */
export const LATE_SLOTS = 4;
export const LATE_FLOOR_MS = 10;
/** Share of late votes at which a peer stands out. */
export const LATE_SHARE = 0.6;
/** Share of slots that a peer has to have voted in. */
export const LEAST_PARTICIPATION = 0.7;

export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return Number.NaN;
  const sorted = new Float64Array(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of the distances from the median, scaled to be a standard deviation where values are normally distributed. */
export function deviation(values: ArrayLike<number>, center = median(values)): number {
  const distances = new Float64Array(values);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.abs(distances[i]! - center);
  return MAD_SCALE * median(distances);
}

/** What one slot says. */
export interface SlotSample {
  readonly atMs: number;
  /** From the slot's first message to its execution, ms. */
  readonly slotMs: number;
  /** Per peer, when its vote came, ms after the slot's first message: NaN: never; undefined: it is not to be judged by it. */
  readonly answersMs: readonly (number | undefined)[];
}

export interface PeerPattern {
  /** Slots that it is judged by. */
  readonly samples: number;
  readonly spanMs: number;
  /** Share of them that it voted in. */
  readonly participation: number;
  /** Share of its votes that came late. */
  readonly late: number;
  /** Median time to its vote, ms. */
  readonly medianMs: number;
  readonly slow: boolean;
  readonly absent: boolean;
}

interface Point {
  readonly atMs: number;
  /** NaN: no vote. */
  readonly answerMs: number;
  /** Behind the median peer of the slot, ms. */
  readonly behindMs: number;
}

/**
 * The last slots, as they look from here. Loops and no callbacks: of a callback that lives for one look V8 lets the optimised
 * code go at the next full collection, and compiles it anew, on a thread that takes a core from votes.
 */
export class Patterns {
  readonly #points: Point[][];
  readonly #slotsMs: number[] = [];

  constructor(n: number) {
    this.#points = Array.from({ length: n }, () => []);
  }

  add({ atMs, slotMs, answersMs }: SlotSample): void {
    const came: number[] = [];
    for (const ms of answersMs) if (ms !== undefined && !Number.isNaN(ms)) came.push(ms);
    const center = median(came);
    if (Number.isNaN(center)) return;
    push(this.#slotsMs, slotMs);
    for (let peer = 0; peer < answersMs.length; peer++) {
      const ms = answersMs[peer];
      if (ms !== undefined) push(this.#points[peer]!, { atMs, answerMs: ms, behindMs: ms - center });
    }
  }

  /** Its past is another process's, or another path's. */
  forget(peer: ReplicaId): void {
    this.#points[peer]!.length = 0;
  }

  /** Delays behind the slots' medians above which a vote is late, ms. */
  lateAboveMs(): number {
    const behind: number[] = [];
    for (const points of this.#points) {
      for (const { behindMs } of points) if (!Number.isNaN(behindMs)) behind.push(behindMs);
    }
    if (behind.length === 0) return Number.POSITIVE_INFINITY;
    // Of each peer as much as of any other, so that one which sends more weighs no more.
    const center = median(behind);
    const usual = center + LATE_DEVIATIONS * deviation(behind, center);
    return Math.max(usual, LATE_SLOTS * median(this.#slotsMs), LATE_FLOOR_MS);
  }

  of(peer: ReplicaId, lateAboveMs = this.lateAboveMs()): PeerPattern {
    const points = this.#points[peer]!;
    const samples = points.length;
    const voted: number[] = [];
    let late = 0;
    for (const { answerMs, behindMs } of points) {
      if (Number.isNaN(answerMs)) continue;
      voted.push(answerMs);
      if (behindMs > lateAboveMs) late++;
    }
    const spanMs = samples < 2 ? 0 : points[samples - 1]!.atMs - points[0]!.atMs;
    const participation = samples === 0 ? 1 : voted.length / samples;
    const lateShare = voted.length === 0 ? 0 : late / voted.length;
    const enough = samples >= LEAST && spanMs >= LEAST_MS;
    return {
      samples,
      spanMs,
      participation,
      late: lateShare,
      medianMs: median(voted),
      slow: enough && voted.length >= LEAST / 2 && lateShare >= LATE_SHARE,
      absent: enough && participation < LEAST_PARTICIPATION,
    };
  }
}

function push<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > WINDOW) list.shift();
}
