/**
 * Timers and progress: when to ask again for what is late, and when to leave a view (TOCS 2002 §4.5.1).
 *
 * One timer serves all. While anything is under way it ticks four times per timeout; when nothing is, it
 * slows down to a heartbeat. A tick costs nothing where progress was made since the last one.
 */

import type { Slot } from './slot.ts';
import type { State } from './state.ts';

export const TICK = 'tick';

/** First pause of the heartbeat that tells others where we stand, and its ceiling: an idle cluster is quiet. */
const HEARTBEAT_FIRST_MS = 1_000;
const HEARTBEAT_LAST_MS = 10_000;

/** Slowest pace at which a replica that left its view alone repeats its VIEW-CHANGE. */
const LONELY_LAST_MS = 1_000;

/** How many times the usual commit time counts as lost (Jacobson & Karels 1988, with room for scheduling). */
const COMMIT_TIME_FACTOR = 8;

/** A transaction left waiting while others commit: times the timeout, and at least this long. */
const FAIRNESS_FACTOR = 8;
const FAIRNESS_FLOOR_MS = 2_000;

/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export function timeoutMs(s: State): number {
  const { timeoutFloorMs, timeoutCeilingMs, timeoutGrowth } = s.config;
  const measured = COMMIT_TIME_FACTOR * (s.commitEwmaMs + 4 * s.commitVarMs);
  const base = Math.max(timeoutFloorMs, measured);
  return Math.min(timeoutCeilingMs, base * timeoutGrowth ** Math.min(s.failedViews, 32));
}

export function fairnessMs(s: State): number {
  return Math.max(FAIRNESS_FLOOR_MS, FAIRNESS_FACTOR * timeoutMs(s));
}

export function noteDelivery(s: State, slot: Slot): void {
  s.lastProgressMs = s.nowMs;
  s.relayed = false;
  s.heartbeatMs = 0;
  if (!s.active || slot.accepted === undefined) return;
  s.failedViews = 0;
  const sample = s.nowMs - slot.acceptedAtMs;
  if (s.commitEwmaMs === 0) s.commitEwmaMs = sample;
  const error = sample - s.commitEwmaMs;
  s.commitEwmaMs += error / 8;
  s.commitVarMs += (Math.abs(error) - s.commitVarMs) / 4;
}

/** Makes sure that a tick is coming, at the pace that the state asks for. Called at the end of every step. */
export function arm(s: State): void {
  const busy = s.busy;
  // Time without work is not time without progress.
  if (busy && !s.wasBusy) s.lastProgressMs = s.nowMs;
  s.wasBusy = busy;
  const pace = busy ? busyPaceMs(s) : heartbeatPaceMs(s);
  // A timer that runs out soon enough is left alone: setting one for every message would cost more than the vote.
  if (s.tickArmed && s.tickMs <= 1.5 * pace) return;
  s.tickArmed = true;
  s.tickMs = pace;
  s.tickDueMs = s.nowMs + pace;
  s.out.push({ kind: 'timer', timer: TICK, delayMs: pace });
}

/** Four ticks per timeout; slower where we left a view alone and nobody follows. */
function busyPaceMs(s: State): number {
  const pace = timeoutMs(s) / 4;
  if (s.active || s.newViewDeadlineMs >= 0) return pace;
  return Math.min(Math.max(pace, LONELY_LAST_MS), pace * 2 ** Math.min(s.lonelyTicks, 10));
}

function heartbeatPaceMs(s: State): number {
  return s.heartbeatMs === 0 ? HEARTBEAT_FIRST_MS : s.heartbeatMs;
}

/** After an idle tick: the next one comes later. */
export function slowHeartbeat(s: State): void {
  s.heartbeatMs = Math.min(HEARTBEAT_LAST_MS, 2 * heartbeatPaceMs(s));
}

/** Whether the primary has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export function primaryOverdue(s: State): boolean {
  // No primary can do more for a set that has ended.
  if (!s.active || s.ended) return false;
  const limit = timeoutMs(s);
  if (s.demandSinceMs >= 0 && s.nowMs - s.demandSinceMs >= fairnessMs(s)) return true;
  if (s.nowMs - s.lastProgressMs < limit) return false;
  if (behindOthers(s) && s.nowMs - s.lastProgressMs < s.config.timeoutCeilingMs) return false;
  if (s.demandSinceMs >= 0) return true;
  // A slot that the primary assigned, and that is stuck.
  for (const slot of s.slots.values()) {
    if (slot.sequence > s.delivered && slot.accepted !== undefined) return true;
  }
  return false;
}

/** f + 1 others say that they delivered more: then it is we who are late, not the primary. */
export function behindOthers(s: State): boolean {
  let ahead = 0;
  for (let i = 0; i < s.n; i++) if (i !== s.self && s.peerDelivered[i]! > s.delivered) ahead++;
  return ahead >= s.weakQuorum;
}
