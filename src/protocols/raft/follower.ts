/** A follower's part: AppendEntries, receiver implementation (figure 2), for entries that come one by one. */

import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { askTransfer, sendCheckpoints } from './checkpoints.ts';
import type { Append, Commit, Heartbeat } from './messages.ts';
import type { State } from './state.ts';

/** Least time between two complaints about a gap, and between two answers to a leader of the past, ms. */
const COMPLAINT_PAUSE_MS = 5;

/** How far above what is delivered a leader's log may reach, in windows: its own window, and entries that terms begin with. */
const WINDOWS_AHEAD = 4;

/** Receiver 1, and the rules for a leader of our term or a later one. True: it is our leader. */
function follow(s: State, { from, message }: Attested<Append | Heartbeat | Commit>): boolean {
  const { term, commit } = message;
  if (term < s.term) {
    s.reject(from, 'view-stale');
    // So that it learns of the term, and steps down. No word of what we hold: before it reads this it may lead our term,
    // and what we matched was another leader's log, or our own.
    if (mayComplain(s, from)) answer(s, from, 0, false, 0);
    return false;
  }
  if (term > s.term) s.enterTerm(term);
  // We woke up in a state of which the log does not say how it came about. Until a leader knows itself that all of it is
  // committed, it may be one of the past, and our answers would lend it entries that we do not have.
  if (s.log.baseTerm === undefined && commit < s.log.base) {
    s.reject(from, 'view-inactive');
    return false;
  }
  if (s.role === 'leader' || from >= s.voters || (s.leader >= 0 && s.leader !== from)) {
    s.reject(from, 'conflicting');
    return false;
  }
  s.quietTicks = -1;
  s.waitedTicks = -1;
  s.leaderLost = false;
  if (s.role === 'follower' && s.leader === from) return true;
  s.role = 'follower';
  s.leader = from;
  s.granted.clear();
  s.preTerm = -1;
  s.ahead.clear();
  // What we know to be committed is in the log of every later leader (Leader Completeness).
  s.matched = Math.max(s.delivered, s.log.base);
  s.lastLeader = from;
  s.announce(true);
  return true;
}

export function onAppend(s: State, attested: Attested<Append>): void {
  const { from, message } = attested;
  if (!follow(s, attested)) return;
  const { sequence } = message;
  if (sequence > s.delivered + WINDOWS_AHEAD * s.config.window) return s.reject(from, 'outside-watermarks');
  if (!take(s, message)) {
    if (sequence > s.matched + 1 && s.ahead.size < WINDOWS_AHEAD * s.config.window)
      s.ahead.set(sequence, message);
    if (mayComplain(s, from)) answer(s, from, 0, true);
    return;
  }
  if (s.ahead.size > 0) takeAhead(s);
  answer(s, from, 0, false);
  learnCommit(s, message.commit);
}

/** Receiver 2 to 4. False: the entry before it is not here. */
function take(s: State, { sequence, entryTerm, previousTerm, batch }: Append): boolean {
  const { log } = s;
  if (sequence <= s.matched) return true;
  const previous = sequence - 1;
  if (previous > s.matched && log.termAt(previous) !== previousTerm) return false;
  if (log.termAt(sequence) !== entryTerm) {
    // Never of what is committed, since that agrees with every leader's log, and `matched` covers it.
    if (sequence <= log.last) log.truncate(previous);
    log.append({ sequence, term: entryTerm, batch });
    s.persist({ type: 'entry', sequence, term: entryTerm, digest: batch.digest, batch });
  }
  s.matched = sequence;
  return true;
}

function takeAhead(s: State): void {
  for (let next = s.ahead.get(s.matched + 1); next !== undefined; next = s.ahead.get(s.matched + 1)) {
    s.ahead.delete(next.sequence);
    if (!take(s, next)) return;
  }
  for (const sequence of s.ahead.keys()) if (sequence <= s.matched) s.ahead.delete(sequence);
}

export function onHeartbeat(s: State, attested: Attested<Heartbeat>): void {
  const { from, message } = attested;
  if (!follow(s, attested)) return;
  const { last, lastTerm, round } = message;
  if (last > s.matched && s.log.termAt(last) === lastTerm) s.matched = last;
  answer(s, from, round, s.matched < last);
  learnCommit(s, message.commit);
  if (message.stable < s.deliveredAtTick) sendCheckpoints(s, from, message.stable);
  // The leader has no entries for us any more.
  if (message.base > s.matched && s.pending !== undefined) askTransfer(s);
}

export function onCommit(s: State, attested: Attested<Commit>): void {
  if (follow(s, attested)) learnCommit(s, attested.message.commit);
}

/** Receiver 5. */
function learnCommit(s: State, leaderCommit: Sequence): void {
  s.heardCommit = Math.max(s.heardCommit, leaderCommit);
  const commit = Math.min(leaderCommit, s.matched);
  if (commit <= s.commit) return;
  s.commit = commit;
  s.deliver();
}

function answer(s: State, to: ReplicaId, round: number, missing: boolean, match = s.matched): void {
  s.send(to, {
    type: 'appended',
    epoch: s.config.epoch,
    term: s.term,
    match,
    last: s.log.last,
    lastTerm: Math.max(0, s.log.lastTerm),
    round,
    missing,
    stable: s.stable,
  });
}

function mayComplain(s: State, to: ReplicaId): boolean {
  if (s.nowMs - s.answeredMs[to]! < COMPLAINT_PAUSE_MS) return false;
  s.answeredMs[to] = s.nowMs;
  return true;
}
