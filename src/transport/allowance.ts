/**
 * How many messages of one validator are looked at, in which time. Each may cost a signature check, so that a validator that
 * says a thousand times what the others say could keep us from all of them. What is beyond its allowance waits (bounded) and is read
 * later, in small slices between which everybody else has a turn: an honest burst, a window of slots for one that was
 * away, comes late and loses nothing.
 *
 * The allowance follows what validators say at present: a base, and a multiple of the median of all. Fewer than half of them lie,
 * so that it is a number that an honest one reached.
 */

import { BASE_ITEMS_PER_PERIOD, MAX_DEFERRED_BYTES, MAX_DEFERRED_FRAMES } from '../core/limits.ts';
import { BUDGET_PERIOD_MS } from './budget.ts';

/** Messages that are looked at in one go, before the others have a turn: some ms of signature checks. */
export const SLICE_ITEMS = 64;
/** The same for one in quarantine: less than the others wait for each other anyway. */
const QUARANTINE_SLICE = 8;

/** Of what the median validator says. */
const SHARE = 3;
/** The same for one in quarantine: its votes, and little more. */
const QUARANTINE_SHARE = 1.5;
const QUARANTINE_BASE = 50;

/** Bytes that count as one more message. */
const ITEM_BYTES_LOG2 = 16;

/** A frame that waits, or the rest of one. */
type Waiting = { readonly payload: Uint8Array } | { readonly items: readonly unknown[]; at: number };

export class Allowance {
  /** Messages said in this period, read or not. */
  said = 0;
  /** Messages that are looked at in one go. */
  slice = SLICE_ITEMS;
  private left = BASE_ITEMS_PER_PERIOD;
  private rate = BASE_ITEMS_PER_PERIOD;
  private readonly queue: Waiting[] = [];
  private bytes = 0;

  /** Whether a frame that comes now is read at once. */
  get free(): boolean {
    return this.left > 0 && this.queue.length === 0;
  }

  get waiting(): boolean {
    return this.queue.length > 0;
  }

  get spent(): boolean {
    return this.left <= 0;
  }

  /** Messages were looked at. */
  spend(items: number): void {
    this.left -= items;
  }

  /** A frame came with so many messages and bytes. */
  count(items: number, bytes: number): void {
    const cost = bytes >>> ITEM_BYTES_LOG2;
    this.said += items;
    this.left -= cost;
  }

  /** False where too much waits already. */
  defer(payload: Uint8Array): boolean {
    if (this.queue.length >= MAX_DEFERRED_FRAMES || this.bytes + payload.length > MAX_DEFERRED_BYTES)
      return false;
    this.bytes += payload.length;
    this.queue.push({ payload });
    return true;
  }

  /** The rest of a frame comes before all that waits. */
  keepRest(items: readonly unknown[], at: number): void {
    this.queue.unshift({ items, at });
  }

  /** The next thing that waits, taken. */
  next(): Waiting | undefined {
    const waiting = this.queue.shift();
    if (waiting !== undefined && 'payload' in waiting) this.bytes -= waiting.payload.length;
    return waiting;
  }

  clear(): void {
    this.queue.length = 0;
    this.bytes = 0;
  }

  /** It is in quarantine now, or no more; the allowance itself changes with the next period. */
  throttle(throttled: boolean): void {
    this.slice = throttled ? QUARANTINE_SLICE : SLICE_ITEMS;
  }

  /** A period ends: `median` messages were said by the median validator in it. */
  renew(median: number, throttled: boolean): void {
    this.rate = throttled
      ? QUARANTINE_BASE + QUARANTINE_SHARE * median
      : BASE_ITEMS_PER_PERIOD + SHARE * median;
    this.said = 0;
    if (this.queue.length === 0) this.left = this.rate;
  }

  /** While something waits the allowance comes drop by drop. */
  drip(ms: number): void {
    const drop = (this.rate * ms) / BUDGET_PERIOD_MS;
    this.left = Math.min(drop, this.left + drop);
  }
}

/** The lower median. */
export function medianSaid(counts: number[]): number {
  return counts.sort((a, b) => a - b)[(counts.length - 1) >> 1] ?? 0;
}
