/** Asking again and answering (TOCS 2002 §5.2): a lost frame costs a tick, never the cluster. */

import { askFor, asks, onAsked, repeatAsking, someoneLeft } from '../../core/asking.ts';
import { answerCheckpoints, askTransfer } from '../../core/checkpoint-votes.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { MAX_PREPREPARED_PER_SLOT } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import { onOpened, onTickCame, relayTo, slotsBehind, slowHeartbeat, timeoutMs } from '../../core/pacing.ts';
import { primaryOf } from '../../core/quorum.ts';
import { slotsGone } from './checkpoints.ts';
import { sendCommit } from './fast-path.ts';
import type { Committed, Fetch, Fetched, PbftMessage, Status } from './messages.ts';
import { commit, commitOf, deliverReady, prepareOf, proceed, proposal } from './normal.ts';
import { primaryOverdue } from './pacemaker.ts';
import type { Slot } from './slot.ts';
import type { State } from './state.ts';
import { considerNewView, startViewChange } from './view-change.ts';

/** Slots answered per status: what a laggard can take in one burst without starving its votes. */
const SLOTS_PER_ANSWER = 64;

/** Bytes of batches answered at once to one status. */
const BYTES_PER_ANSWER = 4 << 20;

/** Batches asked for by digest are answered up to `BYTES_PER_ANSWER` within this time, per replica, ms. */
const FETCH_PERIOD_MS = 50;

/** Least time between two answers to one replica, ms: a flood of questions is not a flood of answers. */
const ANSWER_PAUSE_MS = 5;

/** Least time between two questions of our own that others' news provoke, ms. */
const QUESTION_PAUSE_MS = 20;

export function onTick(s: State): void {
  onTickCame(s);
  if (!s.busy) {
    s.send(undefined, s.ownStatus());
    helpLeft(s);
    return slowHeartbeat(s);
  }
  if (!s.active) return inactiveTick(s);
  const stalledMs = s.nowMs - s.lastProgressMs;
  if (asks(s)) s.lonelyTicks++;
  else if (primaryOverdue(s)) return askFor(s, s.view + 1, startViewChange);
  repeatAsking(s);
  helpLeft(s);
  if (!s.active) return;
  relayTo(s, s.primary);
  if (stalledMs >= timeoutMs(s) / 5) askAgain(s);
  // Also where all its slots are delivered: execution may lack the state to begin with, as one that joined does.
  if (s.pendingCertificate !== undefined && stalledMs >= timeoutMs(s) / 2) askTransfer(s);
}

function inactiveTick(s: State): void {
  if (asks(s) || s.newViewDeadlineMs < 0) s.lonelyTicks++;
  else if (s.nowMs >= s.newViewDeadlineMs) return askFor(s, s.view + 1, startViewChange);
  const own = s.viewChanges[s.self];
  if (own !== undefined && own.message.view === s.view) {
    for (let to = 0; to < s.n; to++) s.forward(to, own);
  }
  askAgain(s);
  if (s.pendingCertificate !== undefined) askTransfer(s);
}

function helpLeft(s: State): void {
  if (s.active && someoneLeft(s)) askFor(s, s.view + 1, startViewChange);
}

/** Tells the others where we stand, so that they send what we lack. */
export function askAgain(s: State): void {
  s.lastStatusMs = s.nowMs;
  s.send(undefined, s.ownStatus());
  for (const wanted of s.wanted.values()) s.askForBatch(wanted);
}

export function onConnected(s: State, peer: ReplicaId): void {
  onOpened(s, peer);
  if (peer !== s.self) s.send(peer, s.ownStatus());
}

export function onStatus(s: State, { from, message }: Attested<Status>): void {
  s.peerDelivered[from] = Math.max(s.peerDelivered[from]!, message.delivered);
  s.peerStable[from] = message.stable;
  if (!message.active || message.asked > message.view) onAsked(s, from, message.asked, startViewChange);
  if (slotsGone(s)) askTransfer(s);
  const weLag =
    message.delivered > s.delivered || message.stable > s.stable || (message.active && message.view > s.view);
  if (weLag && s.nowMs - s.lastStatusMs >= QUESTION_PAUSE_MS) {
    s.lastStatusMs = s.nowMs;
    s.send(from, s.ownStatus());
  }
  if (s.nowMs - s.lastAnsweredMs[from]! < ANSWER_PAUSE_MS) return;
  s.lastAnsweredMs[from] = s.nowMs;
  answerView(s, from, message);
  answerCheckpoints(s, from, message.stable, s.certificate);
  answerSlots(s, from, message);
}

function answerView(s: State, to: ReplicaId, theirs: Status): void {
  const missed = theirs.view < s.view || (theirs.view === s.view && !theirs.active && s.active);
  if (s.active && missed && s.newView !== undefined) s.forward(to, s.newView);
  const own = s.viewChanges[s.self];
  if (!s.active && theirs.view <= s.view && own !== undefined) s.forward(to, own);
}

function answerSlots(s: State, to: ReplicaId, theirs: Status): void {
  let bytes = 0;
  const last = Math.min(s.highestSeen, theirs.delivered + SLOTS_PER_ANSWER);
  for (let sequence = theirs.delivered + 1; sequence <= last; sequence++) {
    const past = s.past.get(sequence);
    if (past !== undefined) {
      s.send(to, { type: 'committed', epoch: s.config.epoch, sequence, digest: past.digest });
      continue;
    }
    const slot = s.slots.get(sequence);
    if (slot === undefined) continue;
    if (slot.committedDigest !== undefined && slot.committedBatch() !== undefined) {
      const { committedDigest: digest } = slot;
      s.send(to, { type: 'committed', epoch: s.config.epoch, sequence, digest });
    } else if (s.active && theirs.view === s.view && theirs.active) {
      bytes += resendVotes(s, to, slot, bytes < BYTES_PER_ANSWER);
    }
  }
}

/** Our own messages for the slot in this view, again. Their promises are in the log already. */
function resendVotes(s: State, to: ReplicaId, slot: Slot, withBatch: boolean): number {
  const digest = slot.accepted;
  if (digest === undefined || !slot.votedPrepare) return 0;
  let bytes = 0;
  const batch = slot.batches.get(digest);
  if (s.isPrimary && withBatch && batch !== undefined) {
    s.send(to, proposal(s, slot, batch));
    bytes = batch.bytes;
  }
  if (!s.isPrimary) s.send(to, prepareOf(s, slot, digest));
  // A COMMIT that is held back for the fast path is held no longer: somebody lacks what would make it needless.
  if (slot.prepared) sendCommit(s, slot, digest);
  if (slot.votedCommit) s.send(to, commitOf(s, slot, digest));
  return bytes;
}

/** f + 1 say that the slot committed so: one of them is honest. */
export function onCommitted(s: State, { from, message }: Attested<Committed>): void {
  const { sequence, digest } = message;
  if (sequence <= s.delivered) return;
  // Of a later slot it says nothing: above a gap that the primary left, slots commit that nobody can deliver.
  if (sequence === s.delivered + 1) s.peerDelivered[from] = Math.max(s.peerDelivered[from]!, sequence);
  if (sequence > Math.min(s.delivered + s.config.window, s.boundary))
    return s.reject(from, 'outside-watermarks');
  const slot = s.slot(sequence);
  slot.claims[from] = digest;
  if (slot.committedDigest !== undefined) return;
  let matching = 0;
  for (const claim of slot.claims) if (claim === digest) matching++;
  if (matching >= s.weakQuorum) commit(s, slot, digest);
}

/**
 * A replica that left a view alone casts no vote in it any more, but follows what the others do there: q COMMITs of
 * one view for one digest prove a commit, whoever counts them.
 */
export function learnFromOldView(s: State, { from, message }: Attested<PbftMessage>): void {
  if (message.type !== 'pre-prepare' && message.type !== 'commit') return s.reject(from, 'view-stale');
  const { sequence, digest, view } = message;
  if (s.active || sequence <= s.delivered || !s.inWindow(sequence)) return s.reject(from, 'view-stale');
  const slot = s.slot(sequence);
  if (view > slot.learnedView) {
    slot.learnedView = view;
    slot.learned = new Array(s.n).fill(undefined);
  }
  if (view < slot.learnedView) return;
  if (message.type === 'pre-prepare') {
    if (from !== primaryOf(view, s.n) || slot.batches.has(digest)) return;
    // A primary that sends one batch after another for the slot fills no more than honest views would.
    if (slot.batches.size > MAX_PREPREPARED_PER_SLOT) return s.reject(from, 'conflicting');
    slot.batches.set(digest, message.batch);
    s.unwant(sequence, digest);
  } else {
    slot.learned[from] = digest;
    if (slot.committedDigest !== undefined) return;
    let votes = 0;
    for (const vote of slot.learned) if (vote === digest) votes++;
    if (votes < s.quorum) return;
    commit(s, slot, digest, view);
  }
  deliverReady(s);
}

export function onFetch(s: State, { from, message }: Attested<Fetch>): void {
  const { sequence, digest } = message;
  const past = s.past.get(sequence);
  const batch = past?.digest === digest ? past.batch : s.slots.get(sequence)?.batches.get(digest);
  if (batch === undefined) return;
  const pace = s.fetches[from]!;
  if (s.nowMs - pace.sinceMs >= FETCH_PERIOD_MS) {
    pace.sinceMs = s.nowMs;
    pace.bytes = 0;
  }
  if (pace.bytes > BYTES_PER_ANSWER) return s.reject(from, 'rate-limited');
  pace.bytes += batch.bytes + 1;
  s.send(from, { type: 'fetched', epoch: s.config.epoch, sequence, digest, batch });
}

export function onFetched(s: State, { from, message }: Attested<Fetched>): void {
  const { sequence, digest, batch } = message;
  if (!s.wants(sequence, digest)) return s.reject(from, 'unrequested');
  s.unwant(sequence, digest);
  const slot = s.slots.get(sequence);
  if (slot === undefined) return;
  slot.batches.set(digest, batch);
  if (s.active) proceed(s, slot);
  else considerNewView(s);
  deliverReady(s);
  askFurther(s);
}

/** What an answer named is all here, and others are further still: the next part is asked for at once. */
function askFurther(s: State): void {
  if (s.wanted.size > 0 || s.nowMs - s.lastStatusMs < QUESTION_PAUSE_MS) return;
  if ((slotsBehind(s) ?? 0) > 0) askAgain(s);
}
