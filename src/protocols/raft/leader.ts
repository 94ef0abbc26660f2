/** A leader's part: entries to all as they come, what was missed to each, commitment, leases (§5.3, §5.4.2; diss. §6.4). */

import { type Batch, NULL_BATCH } from '../../core/batch.ts';
import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { sendCheckpoints } from './checkpoints.ts';
import type { Entry } from './log.ts';
import type { Append, Appended, Heartbeat } from './messages.ts';
import type { State } from './state.ts';

export const NOTICE = 'notice';

/** How long a commit may stay untold where no entry follows, ms: execution on the followers is on nobody's way. */
const NOTICE_MS = 2;

/** Entries and bytes sent again at once: what a follower takes in one burst without starving what is new. */
const RESEND_ENTRIES = 64;
const RESEND_BYTES = 4 << 20;

/** A term without progress adds an entry above the window; beyond so many windows, no more. */
const MAX_WINDOWS = 3;

export function mayPropose(s: State): boolean {
  return s.role === 'leader' && s.log.last < s.high;
}

/** Whether our executed state is linearizable to read now: for lease reads. */
export function mayRead(s: State, nowMs: number): boolean {
  // A leader may know that more is committed than it has executed: its state may be on its way from another replica.
  if (s.role !== 'leader' || s.ended || s.delivered < s.commit) return false;
  return s.rules.leaseHolds(nowMs, s.leaseFromMs, s.leaseMs, s.commit >= s.termStart);
}

/** Leaders, second rule: into our own log, then to all; nobody waits for the answer to the entry before. */
export function makeEntry(s: State, batch: Batch): void {
  const entry: Entry = { sequence: s.log.last + 1, term: s.term, batch };
  const previousTerm = s.log.lastTerm;
  s.log.append(entry);
  s.matched = entry.sequence;
  s.persist({ type: 'entry', sequence: entry.sequence, term: entry.term, digest: batch.digest, batch });
  s.appends++;
  s.toldCommit = s.commit;
  s.send(undefined, appendOf(s, entry, previousTerm));
  if (s.majority === 1) advance(s);
}

/**
 * The first entry of our term, with which all earlier ones commit (§5.4.2, §8); where the log reaches too far above what we
 * know to be certified, as soon as we know more. It may stand past the end of the validator set, where it is never
 * delivered: without it, the slots before the end could not commit when their leader is gone.
 */
export function beginTerm(s: State): void {
  if (s.log.last >= s.termStart || s.log.last >= s.stable + MAX_WINDOWS * s.config.window) return;
  makeEntry(s, NULL_BATCH);
}

function appendOf(s: State, { sequence, term: entryTerm, batch }: Entry, previousTerm: number): Append {
  return {
    type: 'append',
    epoch: s.config.epoch,
    term: s.term,
    sequence,
    entryTerm,
    previousTerm,
    commit: s.commit,
    digest: batch.digest,
    batch,
  };
}

export function heartbeat(s: State, to?: ReplicaId): void {
  if (to === undefined) {
    s.noteRound();
    if (s.majority === 1) s.leaseFromMs = s.nowMs;
    s.toldCommit = s.commit;
  }
  const message: Heartbeat = {
    type: 'heartbeat',
    epoch: s.config.epoch,
    term: s.term,
    round: s.round,
    last: s.log.last,
    lastTerm: Math.max(0, s.log.lastTerm),
    commit: s.commit,
    stable: s.stable,
    base: s.log.base,
  };
  s.send(to, message);
}

/** A leader that a majority does not answer has no business going on: it may have a successor (dissertation §6.2). */
export function leaderTick(s: State): void {
  let heard = 0;
  for (let i = 0; i < s.voters; i++) {
    if (i === s.self || s.tick - s.followers[i]!.heardTick <= s.electionTicks) heard++;
  }
  if (heard < s.majority) return s.resign();
  beginTerm(s);
  heartbeat(s);
}

export function onAppended(s: State, { from, message }: Attested<Appended>): void {
  if (message.term > s.term) return s.enterTerm(message.term);
  if (s.role !== 'leader' || message.term < s.term) return;
  const follower = s.followers[from]!;
  follower.heardTick = s.tick;
  // Logs with one entry in common agree up to it, so that what it has and never heard us speak of counts, too.
  const agreed = message.last > message.match && s.log.termAt(message.last) === message.lastTerm;
  const match = agreed ? message.last : message.match;
  if (match > s.log.last) return s.reject(from, 'bad-claim');
  if (match > follower.match) {
    follower.match = match;
    if (match > s.commit && from < s.voters) advance(s);
  }
  if (message.round > follower.round && message.round <= s.round) {
    follower.round = message.round;
    if (from < s.voters) extendLease(s);
  }
  if (message.stable < s.certifiedAtTick) catchUpCheckpoint(s, from, message.stable);
  if (message.missing || follower.catchUpTo > 0) catchUp(s, from, message.missing);
}

/** Leaders, last rule. */
function advance(s: State): void {
  for (let i = 0; i < s.voters; i++) s.matches[i] = i === s.self ? s.log.last : s.followers[i]!.match;
  s.matches.sort();
  const sequence = s.rules.committable(s.matches, s.term, (at) => s.log.termAt(at));
  if (sequence <= s.commit) return;
  s.commit = sequence;
  s.deliver();
  if (s.noticeArmed) return;
  s.noticeArmed = true;
  s.appends = 0;
  s.setTimer(NOTICE, NOTICE_MS);
}

/** Followers learn of a commit with the next entry. Where none comes, they are told. */
export function onNoticeTimer(s: State): void {
  s.noticeArmed = false;
  if (s.role !== 'leader' || s.toldCommit >= s.commit) return;
  if (s.appends > 0) {
    s.appends = 0;
    s.noticeArmed = true;
    return s.setTimer(NOTICE, NOTICE_MS);
  }
  s.toldCommit = s.commit;
  s.send(undefined, { type: 'commit', epoch: s.config.epoch, term: s.term, commit: s.commit });
}

function extendLease(s: State): void {
  for (let i = 0; i < s.voters; i++) s.matches[i] = i === s.self ? s.round : s.followers[i]!.round;
  s.matches.sort();
  const round = s.matches[s.voters - s.majority]!;
  if (round > 0) s.leaseFromMs = Math.max(s.leaseFromMs, s.sentMs(round));
}

/** Once in a tick: a follower that lost a certificate, or that needs a state. */
function catchUpCheckpoint(s: State, to: ReplicaId, theirs: Sequence): void {
  const follower = s.followers[to]!;
  if (s.nowMs - follower.certificateMs < s.tickMs) return;
  follower.certificateMs = s.nowMs;
  sendCheckpoints(s, to, theirs);
}

/** Sends a follower what it lacks, a burst at a time: the next one when it has the last. */
function catchUp(s: State, to: ReplicaId, asked: boolean): void {
  const follower = s.followers[to]!;
  if (asked) follower.catchUpTo = s.log.last;
  if (follower.match >= follower.catchUpTo) {
    follower.catchUpTo = 0;
    follower.resent = 0;
    return;
  }
  // A burst is under way: if it was lost, the follower misses it at the next heartbeat.
  const under = follower.resent > follower.match && s.nowMs - follower.resentMs < s.tickMs;
  if (under) return;
  if (follower.match < s.log.base) return;
  let bytes = 0;
  let previousTerm = s.log.termAt(follower.match) ?? 0;
  const last = Math.min(s.log.last, follower.match + RESEND_ENTRIES);
  for (let sequence = follower.match + 1; sequence <= last && bytes < RESEND_BYTES; sequence++) {
    const entry = s.log.at(sequence)!;
    s.send(to, appendOf(s, entry, previousTerm));
    previousTerm = entry.term;
    bytes += entry.batch.bytes;
    follower.resent = sequence;
  }
  follower.resentMs = s.nowMs;
}
