/**
 * What peers do over time: whose votes come, how late, and what that makes of each. Looked at a few times a second, off the
 * vote path, which only stores times of arrival (`slot-times.ts`).
 */

import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { Detection } from './detections.ts';
import { type Change, type Judgement, Reputation, type ReputationRules } from './reputation.ts';
import { type SlotRow, SlotTimes } from './slot-times.ts';
import { Patterns, type PeerPattern } from './statistics.ts';

/** A vote that is not here so long after its slot was executed is missing, ms; or so many slot times, if that is longer. */
const MISSING_MS = 400;
const MISSING_SLOTS = 4;

/** A vote that comes again so long after its slot was executed answers no question of ours, ms. */
const REPLAY_MS = 1_000;

/** A peer that has just connected catches up first: so long it is not judged by its votes, ms. */
export const GRACE_MS = 3_000;

/** One that fetches our state, or asks for old slots, catches up: so long at most it is excused, ms. */
const CATCH_UP_MS = 60_000;
const CATCH_UP_STEP_MS = 2_000;

/** Slots looked at in one go: more of them come faster than they can tell anything new. */
const SLOTS_PER_LOOK = 32;

/** Shares of invalid messages are of about so long a time, ms. */
const MEMORY_MS = 60_000;

/** A proposal is late where a waiting transaction has to wait for so many slot times, and so many ms, with nothing in flight. */
const PROPOSAL_SLOTS = 8;
const PROPOSAL_FLOOR_MS = 20;
const PROPOSALS_JUDGED = 16;
const PROPOSALS_LEAST = 6;
const PROPOSALS_LATE = 0.6;

/** Proposals of its own that a primary kept from us, of the last ones. */
const WITHHELD_LEAST = 5;
const WITHHELD_SHARE = 0.1;

const WRONG: ReadonlySet<Detection> = new Set<Detection>([
  'equivocation',
  'wrong-state-hash',
  'malformed-message',
  'conflicting-result',
  'stale-replay',
]);

export interface PeerConduct {
  readonly id: ReplicaId;
  readonly score: number;
  readonly judgement: Judgement;
  readonly participation: number;
  readonly lateShare: number;
  /** Median time to its vote, ms; null where none came. */
  readonly medianAnswerMs: number | null;
  readonly samples: number;
  readonly history: readonly Change[];
}

export interface ConductOptions {
  readonly self: ReplicaId;
  readonly n: number;
  readonly faulty: number;
  readonly window: number;
  readonly primaryOf: (view: number) => ReplicaId | undefined;
  /** Whether an honest replica may leave its commit vote out: while it waits for a fast path, others may commit without it. */
  readonly commitsSpared: boolean;
  readonly rules?: ReputationRules;
  /** A pattern was found; once per look. */
  readonly onPattern: (kind: Detection, peer: ReplicaId) => void;
}

export class Conduct {
  readonly slots: SlotTimes;
  readonly reputation: Reputation;
  readonly #o: ConductOptions;
  readonly #patterns: Patterns;
  /** Per peer: messages, and those among them that were not valid, or not right; they fade. */
  readonly messages: Float64Array;
  readonly #invalid: Float64Array;
  readonly #wrong: Float64Array;
  readonly #connectedMs: Float64Array;
  readonly #excusedMs: Float64Array;
  readonly #excuseEndsMs: Float64Array;
  /** How late proposals came, by primary: 1 late, 0 not; and whether they came at all. */
  readonly #proposals: number[][];
  readonly #withheld: number[][];
  #looked: Sequence = 0;
  #lookedMs = 0;
  #slotMs = Number.NaN;
  #waitingSinceMs = Number.NaN;

  constructor(options: ConductOptions) {
    const { n, window, rules } = options;
    this.#o = options;
    this.slots = new SlotTimes(n, window);
    this.reputation = new Reputation(n, rules);
    this.#patterns = new Patterns(n);
    this.messages = new Float64Array(n);
    this.#invalid = new Float64Array(n);
    this.#wrong = new Float64Array(n);
    this.#connectedMs = new Float64Array(n).fill(Number.NaN);
    this.#excusedMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#excuseEndsMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#proposals = Array.from({ length: n }, () => []);
    this.#withheld = Array.from({ length: n }, () => []);
  }

  /** Undefined for a peer without a connection. */
  up(peer: ReplicaId, nowMs: number): void {
    this.#connectedMs[peer] = nowMs;
    this.#excuseEndsMs[peer] = nowMs + CATCH_UP_MS;
    this.#patterns.forget(peer);
  }

  down(peer: ReplicaId, nowMs: number): void {
    this.#connectedMs[peer] = Number.NaN;
    this.#patterns.forget(peer);
    this.#proposals[peer]!.length = 0;
    this.#withheld[peer]!.length = 0;
    this.reputation.note(peer, 'partition', nowMs);
  }

  /** The peer asks for what it lacks: its votes are for later. */
  catchingUp(peer: ReplicaId, nowMs: number): void {
    if (nowMs < this.#excuseEndsMs[peer]!) this.#excusedMs[peer] = nowMs + CATCH_UP_STEP_MS;
  }

  /**
   * A message for a slot came from its author, of a view where its protocol has such. Whether it plays back what it had said:
   * a later view has all vote anew, on slots that were executed long ago too, and who restarts says again what it said.
   */
  heard(
    peer: ReplicaId,
    phase: number,
    sequence: Sequence,
    view: number | undefined,
    nowMs: number,
  ): boolean {
    if (phase === 0) this.proposed(peer, sequence, nowMs);
    const againMs = this.slots.note(peer, phase, sequence, nowMs);
    // What we ask for is sent again: an answer may cross with what it answers.
    if (!(againMs > Math.max(REPLAY_MS, MISSING_SLOTS * (Number.isNaN(this.#slotMs) ? 0 : this.#slotMs))))
      return false;
    return !((view ?? 0) > this.slots.viewOf(sequence)) && this.#judged(peer, nowMs);
  }

  /** A deed, or a pattern, that speaks against a peer. */
  found(kind: Detection, peer: ReplicaId, nowMs: number): void {
    if (kind === 'invalid-signature') this.#invalid[peer]!++;
    else if (WRONG.has(kind)) this.#wrong[peer]!++;
    this.reputation.note(peer, kind, nowMs);
  }

  /** The oldest transaction that waits came then; NaN: none waits. */
  waiting(sinceMs: number): void {
    this.#waitingSinceMs = sinceMs;
  }

  /** The usual time of a slot here, ms; NaN: unknown. */
  get slotMs(): number {
    return this.#slotMs;
  }

  /** A proposal of another came: how long transactions had waited for it, where nothing else was on its way. */
  proposed(primary: ReplicaId, sequence: Sequence, nowMs: number): void {
    if (
      sequence !== this.slots.executed + 1 ||
      Number.isNaN(this.#waitingSinceMs) ||
      !this.#judged(primary, nowMs)
    )
      return;
    const usual = Number.isNaN(this.#slotMs) ? 0 : this.#slotMs;
    const late = nowMs - this.#waitingSinceMs > Math.max(PROPOSAL_FLOOR_MS, PROPOSAL_SLOTS * usual);
    const list = this.#proposals[primary]!;
    list.push(late ? 1 : 0);
    if (list.length > PROPOSALS_JUDGED) list.shift();
  }

  /** A look at what has happened since the last one. */
  look(nowMs: number): void {
    const { n, self, onPattern } = this.#o;
    const fade = Math.exp(-Math.max(0, nowMs - this.#lookedMs) / MEMORY_MS);
    this.#lookedMs = nowMs;
    this.#takeSlots(nowMs);
    const lateAboveMs = this.#patterns.lateAboveMs();
    for (let peer = 0; peer < n; peer++) {
      this.messages[peer]! *= fade;
      this.#invalid[peer]! *= fade;
      this.#wrong[peer]! *= fade;
      if (peer === self) continue;
      if (Number.isNaN(this.#connectedMs[peer]!)) {
        this.reputation.note(peer, 'partition', nowMs);
        continue;
      }
      if (!this.#judged(peer, nowMs)) continue;
      const pattern = this.#patterns.of(peer, lateAboveMs);
      const proposals = this.#proposals[peer]!;
      const lateProposals = proposals.length >= PROPOSALS_LEAST && mean(proposals) >= PROPOSALS_LATE;
      if (pattern.absent) onPattern('non-participation', peer);
      if (pattern.slow || lateProposals) onPattern('timing-violation', peer);
      const withheld = this.#withheld[peer]!;
      if (sum(withheld) >= WITHHELD_LEAST && mean(withheld) >= WITHHELD_SHARE)
        onPattern('withheld-batch', peer);
      if (!pattern.absent && !pattern.slow && !lateProposals && pattern.samples > 0)
        this.reputation.note(peer, 'agreement', nowMs);
    }
  }

  of(peer: ReplicaId): PeerConduct {
    const pattern = this.#patterns.of(peer);
    const judgement = this.reputation.judge(peer, this.#conductOf(peer, pattern));
    return {
      id: peer,
      score: this.reputation.score(peer),
      judgement,
      participation: pattern.participation,
      lateShare: pattern.late,
      medianAnswerMs: Number.isNaN(pattern.medianMs) ? null : pattern.medianMs,
      samples: pattern.samples,
      history: this.reputation.history(peer),
    };
  }

  #conductOf(peer: ReplicaId, { samples, medianMs, participation }: PeerPattern) {
    const messages = Math.max(1, this.messages[peer]!);
    const invalidSignatures = Math.min(1, this.#invalid[peer]! / messages);
    const wrong = Math.min(1, this.#wrong[peer]! / messages);
    // Before there are a few slots to judge by, nobody is absent.
    const seen = samples >= 8 ? participation : 1;
    return {
      samples,
      medianMs,
      participation: seen,
      invalidSignatures,
      right: 1 - wrong,
      failures: Math.max(1 - seen, invalidSignatures, wrong),
    };
  }

  /** Whether what is missing of this peer now speaks against it. */
  #judged(peer: ReplicaId, atMs: number): boolean {
    return atMs - this.#connectedMs[peer]! >= GRACE_MS && atMs > this.#excusedMs[peer]!;
  }

  #takeSlots(nowMs: number): void {
    const { slots } = this;
    let from = Math.max(this.#looked + 1, slots.first);
    // More than can be looked at: the newest that are ripe.
    const pending = slots.executed - from + 1;
    const stride = Math.max(1, Math.ceil(pending / SLOTS_PER_LOOK));
    const hurried = slots.executed - slots.first;
    for (; from <= slots.executed; from += stride) {
      const row = slots.get(from);
      if (row !== undefined && !Number.isNaN(row.executedMs)) {
        const tookMs = row.executedMs - row.firstMs;
        const ripeMs = Math.max(MISSING_MS, MISSING_SLOTS * tookMs);
        // Where slots are forgotten before they are ripe, half of what is kept is time enough.
        if (nowMs - row.executedMs < ripeMs && slots.executed - from < hurried / 2) break;
        this.#take(row, tookMs);
      }
      this.#looked = from;
    }
  }

  #take(row: SlotRow, tookMs: number): void {
    const { n, self, faulty, primaryOf, commitsSpared } = this.#o;
    const [proposals, votes, commits] = row.times as readonly [
      readonly number[],
      readonly number[],
      readonly number[],
    ];
    this.#slotMs = Number.isNaN(this.#slotMs) ? tookMs : 0.9 * this.#slotMs + 0.1 * tookMs;
    let heard = 0;
    for (let peer = 0; peer < n; peer++) {
      if (peer === self) continue;
      if (!Number.isNaN(least(least(proposals[peer]!, votes[peer]!), commits[peer]!))) heard++;
    }
    // Where votes go to another, or the slot came in another way, nothing is to be learnt.
    if (heard < n - 1 - faulty) return;
    const commitsUsual = !row.fast && cameFrom(commits, self) >= n - 1 - faulty;
    const votesUsual = cameFrom(votes, self) >= n - 2 - faulty;
    const primary = primaryOf(row.view);
    const answersMs: (number | undefined)[] = [];
    for (let peer = 0; peer < n; peer++) {
      const judged = peer !== self && this.#judged(peer, row.executedMs);
      const at = judged
        ? answeredAt(proposals[peer]!, votes[peer]!, commits[peer]!, votesUsual, commitsUsual, commitsSpared)
        : undefined;
      answersMs.push(at === undefined ? undefined : at - row.firstMs);
    }
    this.#patterns.add({ atMs: row.executedMs, slotMs: tookMs, answersMs });
    if (primary === undefined || primary === self || !this.#judged(primary, row.executedMs)) return;
    const list = this.#withheld[primary]!;
    list.push(Number.isNaN(proposals[primary]!) ? 1 : 0);
    if (list.length > 2 * SLOTS_PER_LOOK) list.shift();
  }
}

/** When a peer did the last of what was due of it in a slot, ms; NaN: it did not. Undefined: this slot does not tell. */
function answeredAt(
  proposal: number,
  prepare: number,
  commit: number,
  votesUsual: boolean,
  commitsUsual: boolean,
  commitsSpared: boolean,
): number | undefined {
  // Each phase that others took part in: the last of what is due.
  const vote = least(proposal, prepare);
  if (votesUsual && Number.isNaN(vote)) return Number.NaN;
  // Else a liar could frame the honest: with its COMMIT first and its PREPARE late it has them wait for what never comes.
  const silent = commitsUsual && Number.isNaN(commit);
  if (silent && !commitsSpared) return Number.NaN;
  if (silent && !Number.isNaN(proposal)) return undefined;
  // A primary's proposal comes before any vote: its commit shows how fast it answers.
  return Number.isNaN(proposal) || !commitsUsual ? vote : commit;
}

/** From how many others than `self` something came. */
function cameFrom(times: readonly number[], self: ReplicaId): number {
  let total = 0;
  for (let peer = 0; peer < times.length; peer++) if (peer !== self && !Number.isNaN(times[peer]!)) total++;
  return total;
}

/** The lesser of the two that are numbers; NaN where none is. */
function least(a: number, b: number): number {
  return Number.isNaN(a) || b < a ? b : a;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
