/**
 * The fast path: a batch that all n replicas prepared alike is committed without a commit phase. What makes that
 * safe across views is the rule of decide.ts; this file only decides how long a COMMIT is held back for it.
 *
 * A replica that prepared waits a little for the last PREPAREs, as long as they lately took to come, and sends its
 * COMMIT when they do not. Where one replica is slow or dead, that would cost every slot the wait: after a few
 * misses in a row the wait is left out for a while, twice as long each time, until one slot succeeds again.
 */

import type { Digest } from '../../core/ids.ts';
import { timeoutMs } from '../../core/pacing.ts';
import { commitOf, tryCommitted } from './normal.ts';
import type { Slot } from './slot.ts';
import type { State } from './state.ts';

export const FAST_TIMER = 'fast';

/** Shortest wait, ms: timers have no finer grain. */
const WAIT_FLOOR_MS = 2;

/** Misses in a row after which the wait is left out, and for how many slots the first time and the last. */
const MISSES_ALLOWED = 3;
const PAUSE_FIRST_SLOTS = 64;
const PAUSE_LAST_SLOTS = 16_384;

/** Prepared: hold the COMMIT for the fast path, or send it. */
export function prepared(s: State, slot: Slot, digest: Digest): void {
  const waits = s.config.fastPath && slot.sequence > s.fastPausedUntil && slot.committedDigest === undefined;
  if (!waits) return sendCommit(s, slot, digest);
  slot.preparedAtMs = s.nowMs;
  s.held.add(slot.sequence);
  if (s.fastArmed) return;
  s.fastArmed = true;
  s.out.push({ kind: 'timer', timer: FAST_TIMER, delayMs: waitMs(s) });
}

/** All n prepared alike: no COMMIT is needed, unless somebody asks. */
export function preparedByAll(s: State, slot: Slot): void {
  slot.fast = true;
  if (!s.held.delete(slot.sequence)) return;
  const sample = s.nowMs - slot.preparedAtMs;
  const error = sample - s.fastEwmaMs;
  s.fastEwmaMs += error / 8;
  s.fastVarMs += (Math.abs(error) - s.fastVarMs) / 4;
  s.fastMisses = 0;
  s.fastPauseSlots = PAUSE_FIRST_SLOTS;
}

export function onFastTimer(s: State): void {
  s.fastArmed = false;
  const wait = waitMs(s);
  let next = Number.POSITIVE_INFINITY;
  for (const sequence of s.held) {
    const slot = s.slots.get(sequence);
    const left = slot === undefined ? 0 : slot.preparedAtMs + wait - s.nowMs;
    if (slot !== undefined && left > 0) {
      next = Math.min(next, left);
      continue;
    }
    s.held.delete(sequence);
    if (slot?.accepted === undefined || slot.committedDigest !== undefined) continue;
    miss(s, slot);
    sendCommit(s, slot, slot.accepted);
  }
  if (s.held.size === 0) return;
  s.fastArmed = true;
  s.out.push({ kind: 'timer', timer: FAST_TIMER, delayMs: Math.max(1, next) });
}

/** Sends the COMMIT that was held back: after the wait, or because somebody asks for it. */
export function sendCommit(s: State, slot: Slot, digest: Digest): void {
  if (slot.votedCommit) return;
  s.held.delete(slot.sequence);
  slot.votedCommit = true;
  s.vote(commitOf(s, slot, digest));
  tryCommitted(s, slot, digest);
}

function miss(s: State, slot: Slot): void {
  s.fastMisses++;
  if (s.fastMisses < MISSES_ALLOWED) return;
  s.fastMisses = 0;
  s.fastPausedUntil = Math.max(s.highestSeen, slot.sequence) + s.fastPauseSlots;
  s.fastPauseSlots = Math.min(2 * s.fastPauseSlots, PAUSE_LAST_SLOTS);
}

function waitMs(s: State): number {
  const measured = 4 * (s.fastEwmaMs + 4 * s.fastVarMs);
  return Math.min(Math.max(WAIT_FLOOR_MS, measured), timeoutMs(s) / 8);
}
