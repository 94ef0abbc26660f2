/**
 * What pacemakers share. One timer serves all: while anything is under way it ticks four times per time-out; when
 * nothing is, it slows down to a heartbeat. A tick costs nothing where progress was made since the last one.
 */

import type { ReplicaId } from './ids.ts';
import type { LedState } from './led-state.ts';
import type { AnyMessage } from './machine.ts';

export const TICK = 'tick';

/** First pause of the heartbeat that tells others where we stand, and its ceiling: an idle cluster is quiet. */
const HEARTBEAT_FIRST_MS = 1_000;
const HEARTBEAT_LAST_MS = 10_000;

/** Slowest pace at which a replica that is alone in asking for a view, or in having left for it, repeats itself. */
const LONELY_LAST_MS = 1_000;

/** How many times the usual commit time counts as lost (Jacobson & Karels 1988, with room for scheduling). */
const COMMIT_TIME_FACTOR = 8;

/** A transaction left waiting while others commit: times the timeout, and at least this long. */
const FAIRNESS_FACTOR = 8;
const FAIRNESS_FLOOR_MS = 2_000;

type Led = LedState<AnyMessage, AnyMessage>;

/** Growth of the time-out by the views that failed in a row. */
export const growth = (s: Led): number => s.config.timeoutGrowth ** Math.min(s.failedViews, 32);

/** The time after which a commit counts as lost, by what commits took. */
export const measuredMs = (s: Led): number => COMMIT_TIME_FACTOR * (s.commitEwmaMs + 4 * s.commitVarMs);

/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export function timeoutMs(s: Led): number {
  const { timeoutFloorMs, timeoutCeilingMs } = s.config;
  return Math.min(timeoutCeilingMs, Math.max(timeoutFloorMs, measuredMs(s)) * growth(s));
}

export function fairnessMs(s: Led): number {
  return Math.max(FAIRNESS_FLOOR_MS, FAIRNESS_FACTOR * timeoutMs(s));
}

/** A commit took so long. */
export function noteCommitTime(s: Led, sampleMs: number): void {
  s.failedViews = 0;
  if (s.commitEwmaMs === 0) s.commitEwmaMs = sampleMs;
  const error = sampleMs - s.commitEwmaMs;
  s.commitEwmaMs += error / 8;
  s.commitVarMs += (Math.abs(error) - s.commitVarMs) / 4;
}

/** Makes sure that a tick is coming, at the pace that the state asks for. Called at the end of every step. */
export function armAt<S extends Led>(s: S, busyPaceMs: (s: S) => number): void {
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

/** The pace of one that asks for a view, or left for one, while nobody follows. */
export function lonelyPaceMs(s: Led, paceMs: number): number {
  return Math.min(Math.max(paceMs, LONELY_LAST_MS), paceMs * 2 ** Math.min(s.lonelyTicks, 10));
}

function heartbeatPaceMs(s: Led): number {
  return s.heartbeatMs === 0 ? HEARTBEAT_FIRST_MS : s.heartbeatMs;
}

/** After an idle tick: the next one comes later. */
export function slowHeartbeat(s: Led): void {
  s.heartbeatMs = Math.min(HEARTBEAT_LAST_MS, 2 * heartbeatPaceMs(s));
}

/** A tick has come. */
export function onTickCame(s: Led): void {
  s.tickArmed = false;
  // A tick this late means that we slept, not that the others did: what they sent meanwhile is still to be read.
  if (s.nowMs - s.tickDueMs > s.tickMs / 2) s.lastProgressMs = Math.max(s.lastProgressMs, s.nowMs - s.tickMs);
}

/**
 * Whether nothing new came for `shareMs` though somebody waits and the connection to the leader is closed. That is a
 * hint: it only ever shortens the wait.
 */
export function leaderLostFor(s: Led, leader: ReplicaId, shareMs: number): boolean {
  const lostMs = s.lostSinceMs[leader]!;
  if (lostMs < 0 || s.demandSinceMs < 0) return false;
  const sinceMs = Math.max(lostMs, s.demandSinceMs, s.lastProgressMs, s.newsMs);
  return s.nowMs - sinceMs >= shareMs;
}

/** What waits here for half of a time-out goes to the leader: its clients may have left it out. */
export function relayTo(s: Led, leader: ReplicaId): void {
  if (s.relayed || s.demandSinceMs < 0) return;
  const waitedMs = Math.max(s.nowMs - s.lastProgressMs, s.nowMs - s.demandSinceMs);
  if (waitedMs < timeoutMs(s) / 2) return;
  s.relayed = true;
  if (leader !== s.self) s.out.push({ kind: 'relay', to: leader });
}

export function onOpened(s: Led, peer: ReplicaId): void {
  const reached = s.reachesQuorum;
  s.connected[peer] = true;
  s.lostSinceMs[peer] = -1;
  if (reached || !s.reachesQuorum) return;
  s.quorumSinceMs = s.nowMs;
  s.lastProgressMs = s.nowMs;
}

export function onClosed(s: Led, peer: ReplicaId): void {
  if (s.connected[peer]) s.lostSinceMs[peer] = s.nowMs;
  s.connected[peer] = false;
}

/** The furthest of the others, the furthest first: room for f + 1, filled anew by every call below. */
const furthest: number[] = [];

/** How far the f + 1 others that are furthest are ahead of us, one of them being honest; undefined: too few spoke. */
export function slotsBehind(s: Led): number | undefined {
  const { peerDelivered, weakQuorum } = s;
  furthest.length = 0;
  for (let i = 0; i < s.n; i++) {
    const delivered = peerDelivered[i]!;
    if (i === s.self || (furthest.length === weakQuorum && delivered <= furthest[weakQuorum - 1]!)) continue;
    let at = furthest.length < weakQuorum ? furthest.length : weakQuorum - 1;
    for (; at > 0 && furthest[at - 1]! < delivered; at--) furthest[at] = furthest[at - 1]!;
    furthest[at] = delivered;
  }
  const delivered = furthest[weakQuorum - 1]!;
  if (delivered < 0) return undefined;
  return Math.max(0, delivered - s.delivered, (s.pendingCertificate?.sequence ?? 0) - s.delivered);
}

/** f + 1 others say that they delivered more: then it is we who are late, not the leader. */
export function behindOthers(s: Led): boolean {
  let ahead = 0;
  for (let i = 0; i < s.n; i++) if (i !== s.self && s.peerDelivered[i]! > s.delivered) ahead++;
  return ahead >= s.weakQuorum;
}
