/** Why was this slot slow? Whose message came when, which one the slot waited for, and which came late, wrong or never. */

import type { ReplicaId, Sequence } from '../../core/ids.ts';
import { PHASES, type Phase, type SlotRow } from './slot-times.ts';

/** Later than so many times the median of its phase, and by so many ms, is late. */
const LATE_TIMES = 3;
const LATE_MS = 5;

/** After so long a message that is not here is missing, ms. */
const MISSING_MS = 400;

export interface MessageReport {
  readonly validator: string;
  readonly phase: Phase;
  readonly state: 'came' | 'late' | 'missing' | 'invalid' | 'awaited';
  /** ms after the slot's first message; null where it did not come. */
  readonly afterMs: number | null;
}

export interface SlotReport {
  readonly sequence: Sequence;
  readonly view: number | null;
  readonly executed: boolean;
  readonly fast: boolean;
  /** From the first message here to execution here, ms; null where it is not executed. */
  readonly tookMs: number | null;
  /** The usual for the slots around it, ms; null where none is known. */
  readonly usualMs: number | null;
  /** How far each phase was enough, ms after the first message, and whose message made it so. */
  readonly phases: readonly {
    readonly phase: Phase;
    readonly enoughMs: number;
    readonly waitedFor: string;
  }[];
  readonly messages: readonly MessageReport[];
  /** The same in sentences. */
  readonly findings: readonly string[];
}

export interface ExplainContext {
  readonly self: ReplicaId;
  readonly names: readonly string[];
  readonly quorum: number;
  readonly faulty: number;
  readonly nowMs: number;
  readonly usualMs: number;
}

const known = (ms: number): boolean => !Number.isNaN(ms);

export function explainSlot(row: SlotRow, context: ExplainContext): SlotReport {
  const { names, quorum, faulty, nowMs, usualMs } = context;
  const [proposals, votes, commits] = row.times as readonly [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const executed = known(row.executedMs);
  const proposer = proposals.findIndex(known);
  // A proposal is its author's vote.
  const first = votes.map((ms, peer) => (known(ms) ? ms : proposals[peer]!));
  const commitPhase = !row.fast && commits.filter(known).length >= faulty + 1;
  const due = (phase: number, peer: number): boolean =>
    phase === 0 ? false : phase === 1 ? peer !== proposer && votes.some(known) : commitPhase;

  const messages: MessageReport[] = [];
  for (const [phase, name] of PHASES.entries()) {
    const times = row.times[phase]!;
    const came = times.filter(known).map((ms) => ms - row.firstMs);
    const usual = came.sort((a, b) => a - b)[(came.length - 1) >> 1] ?? 0;
    const lateAboveMs = Math.max(LATE_TIMES * usual, usual + LATE_MS);
    for (const [peer, ms] of times.entries()) {
      const invalid = row.invalid[phase]![peer]!;
      if (!known(ms) && !invalid && !due(phase, peer)) continue;
      const afterMs = known(ms) ? ms - row.firstMs : null;
      const waitedMs = nowMs - (executed ? row.executedMs : row.firstMs);
      const state =
        afterMs === null
          ? invalid
            ? 'invalid'
            : waitedMs > MISSING_MS
              ? 'missing'
              : 'awaited'
          : afterMs > lateAboveMs
            ? 'late'
            : 'came';
      messages.push({ validator: names[peer] ?? String(peer), phase: name, state, afterMs });
    }
  }

  const phases: { phase: Phase; enoughMs: number; waitedFor: string }[] = [];
  const enough = (phase: Phase, times: readonly number[], needed: number): void => {
    const decider = nth(times, needed);
    if (decider === undefined) return;
    phases.push({
      phase,
      enoughMs: decider.atMs - row.firstMs,
      waitedFor: names[decider.peer] ?? String(decider.peer),
    });
  };
  enough('proposal', proposals, 1);
  enough('vote', first, row.fast ? names.length : quorum);
  if (commitPhase) enough('commit-vote', commits, quorum);

  const tookMs = executed && known(row.firstMs) ? row.executedMs - row.firstMs : null;
  return {
    sequence: row.sequence,
    view: executed ? row.view : null,
    executed,
    fast: row.fast,
    tookMs,
    usualMs: known(usualMs) ? usualMs : null,
    phases,
    messages,
    findings: findings({ messages, phases, tookMs, usualMs, proposer, executed }),
  };
}

interface Found {
  readonly messages: readonly MessageReport[];
  readonly phases: SlotReport['phases'];
  readonly tookMs: number | null;
  readonly usualMs: number;
  readonly proposer: number;
  readonly executed: boolean;
}

function findings({ messages, phases, tookMs, usualMs, proposer, executed }: Found): string[] {
  const out: string[] = [];
  const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  if (!executed) out.push('it is not executed here');
  else if (tookMs !== null && known(usualMs)) {
    const ratio = tookMs / Math.max(usualMs, 0.01);
    out.push(
      ratio > 2
        ? `it took ${ms(tookMs)}, ${ratio.toFixed(1)} times the usual ${ms(usualMs)}`
        : `it took ${ms(tookMs)}, which is usual (${ms(usualMs)})`,
    );
  }
  if (proposer < 0) out.push('no proposal came here: a new view assigned it, or its batch was fetched');
  let before = 0;
  for (const { phase, enoughMs, waitedFor } of phases) {
    if (enoughMs > before)
      out.push(`${ms(enoughMs - before)} until enough of phase ${phase}: waited for ${waitedFor}`);
    before = Math.max(before, enoughMs);
  }
  for (const { validator, phase, state, afterMs } of messages) {
    if (state === 'late') out.push(`${validator}'s ${phase} came late, after ${ms(afterMs!)}`);
    else if (state === 'missing') out.push(`${validator}'s ${phase} never came`);
    else if (state === 'invalid') out.push(`${validator}'s ${phase} was not valid`);
  }
  return out;
}

/** Who came as the nth of those who came. */
function nth(
  times: readonly number[],
  n: number,
): { readonly peer: ReplicaId; readonly atMs: number } | undefined {
  const came = times
    .map((atMs, peer) => ({ peer, atMs }))
    .filter(({ atMs }) => known(atMs))
    .sort((a, b) => a.atMs - b.atMs);
  return came[n - 1];
}
