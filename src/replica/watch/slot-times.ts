/**
 * When whose message for which slot came, for the last slots: what "why was this slow?" and the statistics of peers are
 * answered from. Typed arrays that are written over and over: a message costs a store, and no allocation.
 */

import type { ReplicaId, Sequence, View } from '../../core/ids.ts';
import { EXPLAINED_SLOTS } from '../../core/limits.ts';

/** The parts of a slot that validators send messages for; by `MessageSchema.role`. */
export const PHASES = ['proposal', 'vote', 'commit-vote'] as const;
export type Phase = (typeof PHASES)[number];

/** The place of a role in `PHASES`; −1 for what is none of them. */
export function phaseOf(role: string | undefined): number {
  return role === 'vote' ? 1 : role === 'commit-vote' ? 2 : role === 'proposal' ? 0 : -1;
}

const NEVER = Number.NaN;

/** What is known of one slot. */
export interface SlotRow {
  readonly sequence: Sequence;
  /** When the first message for it came or left, ms of the replica's clock; NaN: none did. */
  readonly firstMs: number;
  /** When it was executed; NaN: it was not, or came with a state. */
  readonly executedMs: number;
  readonly view: View;
  readonly fast: boolean;
  /** Per phase and peer; NaN where nothing came. */
  readonly times: readonly (readonly number[])[];
  /** Per phase and peer: something came whose signature did not hold. */
  readonly invalid: readonly (readonly boolean[])[];
}

export class SlotTimes {
  readonly n: number;
  /** The last executed slot. */
  executed: Sequence = 0;
  readonly #slots: number;
  readonly #ahead: number;
  readonly #sequences: Float64Array;
  readonly #executedMs: Float64Array;
  readonly #views: Float64Array;
  readonly #fast: Uint8Array;
  readonly #times: Float64Array;
  readonly #invalid: Uint8Array;

  /** `ahead`: how far above the last executed slot messages are taken note of: the window. */
  constructor(n: number, ahead: number, slots = EXPLAINED_SLOTS) {
    this.n = n;
    this.#slots = Math.max(slots, 2 * ahead);
    this.#ahead = ahead;
    this.#sequences = new Float64Array(this.#slots).fill(-1);
    this.#executedMs = new Float64Array(this.#slots).fill(NEVER);
    this.#views = new Float64Array(this.#slots);
    this.#fast = new Uint8Array(this.#slots);
    this.#times = new Float64Array(this.#slots * n * PHASES.length).fill(NEVER);
    this.#invalid = new Uint8Array(this.#slots * n * PHASES.length);
  }

  /** The lowest slot that is still known of. */
  get first(): Sequence {
    return Math.max(1, this.executed + this.#ahead - this.#slots + 1);
  }

  /**
   * A message for a slot came, or left where `peer` is this replica. The first of each kind counts. For one that had come
   * before: how long after the slot was executed it comes again, ms; −1 otherwise.
   */
  note(peer: ReplicaId, phase: number, sequence: Sequence, nowMs: number): number {
    const row = this.#row(sequence);
    if (row < 0) return -1;
    const at = (row * this.n + peer) * PHASES.length + phase;
    if (Number.isNaN(this.#times[at]!)) {
      this.#times[at] = nowMs;
      return -1;
    }
    const executedMs = this.#executedMs[row]!;
    return Number.isNaN(executedMs) ? -1 : nowMs - executedMs;
  }

  /** Its signature did not hold: it never came. */
  refuse(peer: ReplicaId, phase: number, sequence: Sequence): void {
    const row = this.#row(sequence);
    if (row < 0) return;
    const at = (row * this.n + peer) * PHASES.length + phase;
    this.#invalid[at] = 1;
    this.#times[at] = NEVER;
  }

  done(sequence: Sequence, view: View, fast: boolean, nowMs: number): void {
    // After a rollback slots are executed once more; what is known of them is of the first time.
    if (sequence > this.executed) this.executed = sequence;
    const row = this.#row(sequence);
    if (row < 0 || !Number.isNaN(this.#executedMs[row]!)) return;
    this.#executedMs[row] = nowMs;
    this.#views[row] = view;
    this.#fast[row] = fast ? 1 : 0;
  }

  /** The view in which a slot was executed; −1: it was not, or is forgotten. */
  viewOf(sequence: Sequence): View {
    const row = this.#row(sequence);
    return row < 0 || Number.isNaN(this.#executedMs[row]!) ? -1 : this.#views[row]!;
  }

  /** The state moved there without executing what lies before. */
  skipTo(sequence: Sequence): void {
    if (sequence > this.executed) this.executed = sequence;
  }

  get(sequence: Sequence): SlotRow | undefined {
    if (!Number.isSafeInteger(sequence) || sequence < 1) return undefined;
    const row = sequence % this.#slots;
    if (this.#sequences[row] !== sequence) return undefined;
    const times: number[][] = [];
    const invalid: boolean[][] = [];
    let firstMs = NEVER;
    for (let phase = 0; phase < PHASES.length; phase++) {
      const times1: number[] = [];
      const invalid1: boolean[] = [];
      for (let peer = 0; peer < this.n; peer++) {
        const at = (row * this.n + peer) * PHASES.length + phase;
        const ms = this.#times[at]!;
        times1.push(ms);
        invalid1.push(this.#invalid[at] === 1);
        if (!(firstMs <= ms) && !Number.isNaN(ms)) firstMs = ms;
      }
      times.push(times1);
      invalid.push(invalid1);
    }
    return {
      sequence,
      firstMs,
      executedMs: this.#executedMs[row]!,
      view: this.#views[row]!,
      fast: this.#fast[row] === 1,
      times,
      invalid,
    };
  }

  /** The slot's row; −1 where the slot is too old, or so new that only a liar speaks of it. */
  #row(sequence: Sequence): number {
    if (!(sequence >= this.first && sequence <= this.executed + this.#ahead)) return -1;
    const row = sequence % this.#slots;
    if (this.#sequences[row] !== sequence) this.#clear(row, sequence);
    return row;
  }

  #clear(row: number, sequence: Sequence): void {
    this.#sequences[row] = sequence;
    this.#executedMs[row] = NEVER;
    this.#fast[row] = 0;
    const from = row * this.n * PHASES.length;
    this.#times.fill(NEVER, from, from + this.n * PHASES.length);
    this.#invalid.fill(0, from, from + this.n * PHASES.length);
  }
}
