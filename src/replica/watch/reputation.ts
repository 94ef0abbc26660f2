/**
 * What a validator thinks of each of its peers: a score in [0, 1] with its history, and a state of health with how sure it is
 * and what to do about it. It informs people and sets how much bandwidth a stranger to good manners gets; it changes no
 * quorum and no vote. Pure.
 */

import type { ReplicaId } from '../../core/ids.ts';
import { MAX_REPUTATION_HISTORY } from '../../core/limits.ts';
import type { Detection } from './detections.ts';

export const HEALTH_STATES = ['healthy', 'degraded', 'unreliable', 'suspicious', 'quarantined'] as const;
export type Health = (typeof HEALTH_STATES)[number];

/** What changes a score: what a peer was found at, that it took part, that it was out of reach. */
export type Cause = Detection | 'agreement' | 'partition';

/** What a score changes by. */
export type Deltas = Readonly<Record<Cause, number>>;

export interface ReputationRules {
  /** Of a new peer. */
  readonly start: number;
  readonly deltas: Deltas;
  /**
   * Agreement counts once in this time, ms, however many slots a peer votes in: so faults are forgiven slowly. From 0 to 1
   * takes a hundred of them.
   */
  readonly agreementMs: number;
  /** What lasts (lateness, absence, being out of reach) counts once in this time, ms. */
  readonly lastingMs: number;
  /** To be out of reach takes a score no lower than this: whoever is down for a week has done nothing wrong. */
  readonly partitionFloor: number;
}

export const REPUTATION_RULES: ReputationRules = {
  start: 1,
  deltas: {
    agreement: 0.01,
    'invalid-signature': -0.1,
    'malformed-message': -0.1,
    'timing-violation': -0.05,
    'non-participation': -0.05,
    'stale-replay': -0.05,
    'withheld-batch': -0.05,
    equivocation: -0.15,
    'wrong-state-hash': -0.15,
    'conflicting-result': -0.15,
    partition: -0.02,
  },
  agreementMs: 10_000,
  lastingMs: 10_000,
  partitionFloor: 0.5,
};

/** These last: one event is one look at a pattern, not one deed. */
const LASTING: ReadonlySet<Cause> = new Set<Cause>([
  'timing-violation',
  'non-participation',
  'withheld-batch',
  'partition',
]);

/** How many answers make a judgement sure. */
const SURE_SAMPLES = 64;

const DEGRADED_MS = 100;
const UNRELIABLE_SHARE = 0.1;
const INVALID_SHARE = 0.1;
const RIGHT_SHARE = 0.8;
const PARTICIPATION = 0.7;
const SUSPICIOUS_SCORE = 0.5;
const QUARANTINE_SCORE = 0.3;

export interface Change {
  readonly atMs: number;
  readonly cause: Cause;
  readonly delta: number;
  readonly score: number;
}

/** What is known of a peer's answers, in shares from 0 to 1. */
export interface Conduct {
  readonly samples: number;
  /** Median time to its vote, ms; NaN: unknown. */
  readonly medianMs: number;
  /** Answers that failed: missing or not valid. */
  readonly failures: number;
  readonly invalidSignatures: number;
  /** Answers that agreed with what was decided. */
  readonly right: number;
  readonly participation: number;
}

export interface Judgement {
  readonly health: Health;
  /** 0 to 1. */
  readonly confidence: number;
  readonly action: string;
  /** What speaks against it, in words. */
  readonly reasons: readonly string[];
}

export class Reputation {
  readonly #rules: ReputationRules;
  readonly #scores: Float64Array;
  readonly #history: Change[][];
  readonly #lastMs: Map<Cause, number>[];

  constructor(n: number, rules: ReputationRules = REPUTATION_RULES) {
    this.#rules = rules;
    this.#scores = new Float64Array(n).fill(rules.start);
    this.#history = Array.from({ length: n }, () => []);
    this.#lastMs = Array.from({ length: n }, () => new Map());
  }

  /** What another one thinks of somebody. */
  copy(peer: ReplicaId, other: Reputation, at: ReplicaId): void {
    this.#scores[peer] = other.#scores[at]!;
    this.#history[peer] = [...other.#history[at]!];
    this.#lastMs[peer] = new Map(other.#lastMs[at]!);
  }

  score(peer: ReplicaId): number {
    return this.#scores[peer]!;
  }

  /** Oldest first; agreement that changed nothing is left out. */
  history(peer: ReplicaId): readonly Change[] {
    return this.#history[peer]!;
  }

  /** Whether it counted. */
  note(peer: ReplicaId, cause: Cause, nowMs: number): boolean {
    const { deltas, agreementMs, lastingMs, partitionFloor } = this.#rules;
    const pauseMs = cause === 'agreement' ? agreementMs : LASTING.has(cause) ? lastingMs : 0;
    const last = this.#lastMs[peer]!;
    if (pauseMs > 0 && nowMs - (last.get(cause) ?? Number.NEGATIVE_INFINITY) < pauseMs) return false;
    last.set(cause, nowMs);
    const before = this.#scores[peer]!;
    const least = cause === 'partition' ? Math.min(before, partitionFloor) : 0;
    const score = Math.min(1, Math.max(least, before + deltas[cause]));
    if (score === before) return true;
    this.#scores[peer] = score;
    const history = this.#history[peer]!;
    history.push({ atMs: nowMs, cause, delta: score - before, score });
    if (history.length > MAX_REPUTATION_HISTORY) history.shift();
    return true;
  }

  judge(peer: ReplicaId, conduct: Conduct): Judgement {
    return judge(this.score(peer), conduct);
  }
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The state of health that the figures give; the gravest that applies. */
export function judge(score: number, conduct: Conduct): Judgement {
  const { samples, medianMs, failures, invalidSignatures, right, participation } = conduct;
  const known = Math.min(1, samples / SURE_SAMPLES);
  const suspicions: string[] = [];
  if (invalidSignatures > INVALID_SHARE) suspicions.push(`${percent(invalidSignatures)} invalid signatures`);
  if (right < RIGHT_SHARE) suspicions.push(`${percent(right)} right answers`);
  if (participation < PARTICIPATION) suspicions.push(`${percent(participation)} participation`);
  if (score < SUSPICIOUS_SCORE) suspicions.push(`score ${score.toFixed(2)}`);
  if (score < QUARANTINE_SCORE) {
    // The score itself is made of deeds: however few answers there were, those were seen.
    return {
      health: 'quarantined',
      confidence: Math.min(1, 0.8 + 0.05 * suspicions.length),
      action:
        'throttled to its votes; read `lockstep evidence list`, and propose its removal where that convicts it',
      reasons: suspicions,
    };
  }
  if (suspicions.length >= 2) {
    const sure = score < SUSPICIOUS_SCORE ? Math.max(known, 0.7) : known;
    return {
      health: 'suspicious',
      confidence: sure * (0.5 + 0.15 * suspicions.length),
      action: 'ask its operator, and look for evidence; plan to do without it',
      reasons: suspicions,
    };
  }
  if (failures > UNRELIABLE_SHARE) {
    return {
      health: 'unreliable',
      confidence: known,
      action: 'look at its process, its disk and its connection',
      reasons: [`${percent(failures)} of its answers failed`],
    };
  }
  if (medianMs > DEGRADED_MS) {
    return {
      health: 'degraded',
      confidence: known,
      action: 'look at its load and its network',
      reasons: [`its median answer takes ${medianMs.toFixed(0)} ms`],
    };
  }
  return { health: 'healthy', confidence: known, action: 'none', reasons: [] };
}
