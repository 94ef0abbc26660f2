/** Progress: how long a view has, and when it is over. The timer is that of core/pacing.ts. */

import { asks } from '../../core/asking.ts';
import type { Sequence } from '../../core/ids.ts';
import {
  armAt,
  behindOthers,
  fairnessMs,
  growth,
  leaderLostFor,
  lonelyPaceMs,
  measuredMs,
  noteCommitTime,
  timeoutMs,
} from '../../core/pacing.ts';
import type { State } from './state.ts';

export const WAIT_TIMER = 'wait';

/**
 * Share of the timeout after which a leader whose connection closed is given up, where somebody waits; half as much each
 * time that its turn comes and it is still away, so that a rotation does not stand still at an empty place.
 */
const LOST_SHARE = 0.3;
const MOST_MISSED = 5;

/** Least wait of a new leader for others' certificates, ms, and the share of the timeout that it stays under. */
const WAIT_FLOOR_MS = 5;
const WAIT_SHARE = 0.25;

/**
 * Δ of a new leader: a guess at the time that a message may take, from commits that were several of them. Where it is too
 * short the view may fail, and the next leader's is longer.
 */
export function waitMs(s: State): number {
  const guess = Math.max(WAIT_FLOOR_MS, measuredMs(s) / 2) * growth(s);
  return Math.min(WAIT_SHARE * timeoutMs(s), guess);
}

export function noteDelivery(s: State, sequence: Sequence): void {
  s.lastProgressMs = s.nowMs;
  s.deliveredMs = s.nowMs;
  s.relayed = false;
  s.heartbeatMs = 0;
  if (!s.left) s.lonelyTicks = 0;
  const seenMs = s.seenAtMs.get(sequence);
  s.seenAtMs.delete(sequence);
  // What is caught up with says nothing about how long a commit takes.
  if (s.left || seenMs === undefined || s.pendingCertificate !== undefined || behindOthers(s)) return;
  noteCommitTime(s, s.nowMs - seenMs);
}

/** Sees to it that a tick comes. Called at the end of every step. */
export function arm(s: State): void {
  armAt(s, busyPaceMs);
}

function busyPaceMs(s: State): number {
  const lost = !s.left && s.lostSinceMs[s.leader]! >= 0;
  const pace = ((lost ? lostShare(s) : 1) * timeoutMs(s)) / 4;
  // Without that state we vote for nothing a window above ours, and the others may need our vote.
  if (s.pendingCertificate !== undefined) return Math.min(pace, s.config.timeoutFloorMs / 4);
  if (!s.left && !asks(s)) return pace;
  return lonelyPaceMs(s, pace);
}

/** Whether the leader has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export function leaderOverdue(s: State): boolean {
  // No leader can do more for a set that has ended, nor for a replica that is cut off.
  if (s.left || s.ended || !s.reachesQuorum) return false;
  const limitMs = timeoutMs(s);
  const stalledMs = s.nowMs - s.lastProgressMs;
  // With a leader that changes all the time, whoever was left out gets its turn. A new leader gets all of its time, however
  // long its predecessors let somebody wait.
  if (behindOthers(s)) s.behindMs = s.nowMs;
  const leftOutMs = s.nowMs - Math.max(s.demandSinceMs, s.viewSinceMs, s.behindMs, s.quorumSinceMs);
  if (!s.rounds.rotating && s.demandSinceMs >= 0 && leftOutMs >= fairnessMs(s)) return true;
  if (stalledMs < limitMs && !leaderLostFor(s, s.leader, lostShare(s) * limitMs)) return false;
  if (behindOthers(s) && stalledMs < s.config.timeoutCeilingMs) return false;
  return s.demandSinceMs >= 0 || (s.highestSeen > s.delivered && unfinished(s));
}

/**
 * Whether the leader proposed a slot that we lack, or a quorum or f + 1 others have filled it. Another's vote alone is
 * nobody's fault but its own: one liar would have an idle cluster change its leader for ever.
 */
function unfinished(s: State): boolean {
  if (s.high.sequence > s.delivered) return true;
  for (const { round, sequence } of s.proposals.values()) {
    if (sequence > s.delivered && s.rounds.viewOf(round) === s.view) return true;
  }
  for (const { sequence, committed } of s.slots.values()) {
    if (sequence > s.delivered && committed !== undefined) return true;
  }
  return false;
}

const lostShare = (s: State): number => LOST_SHARE * 0.5 ** Math.min(s.missed[s.leader]!, MOST_MISSED);
