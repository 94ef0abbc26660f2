/** Progress: when a primary has had its time (TOCS 2002 §4.5.1). The timer is that of core/pacing.ts. */

import {
  armAt,
  behindOthers,
  fairnessMs,
  leaderLostFor,
  lonelyPaceMs,
  noteCommitTime,
  timeoutMs,
} from '../../core/pacing.ts';
import type { Slot } from './slot.ts';
import type { State } from './state.ts';

/**
 * Share of the timeout after which a primary whose connection closed is given up. A process that was killed closes
 * its connections at once, so this is what a crash costs. It is a hint and no proof, since a path closes connections
 * too; hence it only ever shortens the wait, and only where
 * - somebody waits for an execution: an idle cluster never moves;
 * - no connection to the primary came back for this long: at the least timeout that is several times what dialling
 *   again takes, so that a link which flaps resets it each time;
 * - nobody voted for a new slot meanwhile, which shows a primary that lives for others, whatever our own link does;
 * - f + 1 others have not overtaken us.
 * A single replica moves nobody, as ever: f + 1 must ask. And as a share of a timeout that grows with each view that
 * failed, it backs off as that does.
 */
const LOST_SHARE = 0.3;

export function noteDelivery(s: State, slot: Slot): void {
  s.lastProgressMs = s.nowMs;
  s.relayed = false;
  s.heartbeatMs = 0;
  s.lonelyTicks = 0;
  if (!s.active || slot.accepted === undefined) return;
  noteCommitTime(s, s.nowMs - slot.acceptedAtMs);
}

/** Sees to it that a tick comes. Called at the end of every step. */
export function arm(s: State): void {
  armAt(s, busyPaceMs);
}

/** Four ticks per timeout; slower where we ask for a view and nobody follows. */
function busyPaceMs(s: State): number {
  const lost = s.active && s.lostSinceMs[s.primary]! >= 0;
  const pace = ((lost ? LOST_SHARE : 1) * timeoutMs(s)) / 4;
  if (s.asked <= s.view && (s.active || s.newViewDeadlineMs >= 0)) return pace;
  return lonelyPaceMs(s, pace);
}

/** Whether the primary has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export function primaryOverdue(s: State): boolean {
  // No primary can do more for a set that has ended, nor for a replica that is cut off: to leave the view then would
  // only keep us out of it when the others are back in reach.
  if (!s.active || s.ended || !s.reachesQuorum) return false;
  const limit = timeoutMs(s);
  const waitedMs = s.nowMs - Math.max(s.demandSinceMs, s.quorumSinceMs);
  if (s.demandSinceMs >= 0 && waitedMs >= fairnessMs(s)) return true;
  if (s.nowMs - s.lastProgressMs < limit && !leaderLostFor(s, s.primary, LOST_SHARE * limit)) return false;
  if (behindOthers(s) && s.nowMs - s.lastProgressMs < s.config.timeoutCeilingMs) return false;
  if (s.demandSinceMs >= 0) return true;
  // A slot that the primary assigned, and that is stuck.
  for (const slot of s.slots.values()) {
    if (slot.sequence > s.delivered && slot.accepted !== undefined) return true;
  }
  return false;
}
