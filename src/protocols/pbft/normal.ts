/** The normal case: pre-prepare, prepare, commit (TOCS 2002 §4.2). */

import type { Batch } from '../../core/batch.ts';
import { type Digest, NULL_DIGEST, type View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { prepared, preparedByAll, sendCommit } from './fast-path.ts';
import type { Commit, PbftMessage, PrePrepare, Prepare } from './messages.ts';
import { noteDelivery } from './pacemaker.ts';
import { countVotes, type Slot } from './slot.ts';
import type { State } from './state.ts';

/** Whether the primary may assign the next sequence. */
export function mayPropose(s: State): boolean {
  return s.active && s.isPrimary && Math.max(s.lastProposed, s.low) < s.high;
}

export function propose(s: State, batch: Batch): void {
  const sequence = Math.max(s.lastProposed, s.low) + 1;
  s.lastProposed = sequence;
  const slot = s.slot(sequence);
  slot.batches.set(batch.digest, batch);
  accept(s, slot, batch.digest);
  slot.addPreprepared(batch.digest, s.view);
  // The proposal is the primary's PREPARE.
  slot.votedPrepare = true;
  s.logBatch(slot, batch.digest);
  s.persist({ type: 'pre-prepare', view: s.view, sequence, digest: batch.digest });
  s.vote(proposal(s, slot, batch));
  tryPrepared(s, slot);
}

/** The primary's PRE-PREPARE for a slot of the present view, anew. */
export function proposal(s: State, slot: Slot, batch: Batch): PrePrepare {
  return {
    type: 'pre-prepare',
    epoch: s.config.epoch,
    view: s.view,
    sequence: slot.sequence,
    digest: batch.digest,
    batch,
  };
}

export function onPrePrepare(s: State, attested: Attested<PrePrepare>): void {
  const { from, message } = attested;
  if (from !== s.primary) return s.reject(from, 'not-primary');
  if (!s.inWindow(message.sequence)) return s.reject(from, 'outside-watermarks');
  const slot = s.slot(message.sequence);
  if (slot.accepted !== undefined && slot.accepted !== message.digest) {
    if (slot.acceptedFrom === undefined) return s.reject(from, 'conflicting');
    return s.evidence('pre-prepare', slot.acceptedFrom, attested);
  }
  // Only a new view may fill a slot with nothing.
  if (slot.accepted === undefined && message.digest === NULL_DIGEST) return s.reject(from, 'batch-invalid');
  if (slot.accepted === undefined) accept(s, slot, message.digest);
  if (slot.acceptedFrom === undefined) {
    slot.acceptedFrom = attested;
    for (const vote of slot.prepares) if (vote !== undefined) compare(s, slot, vote);
    for (const vote of slot.commits) if (vote !== undefined) compare(s, slot, vote);
  }
  if (!slot.batches.has(message.digest)) {
    slot.batches.set(message.digest, message.batch);
    s.unwant(message.sequence, message.digest);
  }
  proceed(s, slot);
}

export function onPrepare(s: State, attested: Attested<Prepare>): void {
  const { from, message } = attested;
  if (from === s.primary) return s.reject(from, 'not-primary');
  if (!s.inWindow(message.sequence)) return s.reject(from, 'outside-watermarks');
  const slot = s.slot(message.sequence);
  const earlier = slot.prepares[from];
  if (earlier !== undefined) {
    if (earlier.message.digest !== message.digest) s.evidence('prepare', earlier, attested);
    return;
  }
  slot.prepares[from] = attested;
  compare(s, slot, attested);
  tryPrepared(s, slot);
}

export function onCommit(s: State, attested: Attested<Commit>): void {
  const { from, message } = attested;
  if (!s.inWindow(message.sequence)) return s.reject(from, 'outside-watermarks');
  const slot = s.slot(message.sequence);
  const earlier = slot.commits[from];
  if (earlier !== undefined) {
    if (earlier.message.digest !== message.digest) s.evidence('commit', earlier, attested);
    return;
  }
  slot.commits[from] = attested;
  compare(s, slot, attested);
  tryCommitted(s, slot, message.digest);
  // Its sender did not see all n prepare, so it needs the COMMIT that the fast path spared us.
  if (slot.fast && slot.prepared && slot.accepted !== undefined) sendCommit(s, slot, slot.accepted);
}

/**
 * A vote for something else than the primary told us: it told others otherwise, or the voter tells us otherwise than
 * others. Whoever lies has said each thing to somebody, so the signed words that we hold go to everybody; where a session
 * alone vouches for them they show nobody anything, and the driver has their authors sign from then on.
 */
function compare(s: State, slot: Slot, vote: Attested<Prepare | Commit>): void {
  const { accepted, acceptedFrom } = slot;
  if (accepted === undefined || vote.message.digest === accepted) return;
  if (acceptedFrom !== undefined && !slot.shown) {
    slot.shown = true;
    s.out.push({ kind: 'exhibit', attested: acceptedFrom });
  }
  s.out.push({ kind: 'exhibit', attested: vote });
}

/** What another replica was told, beside what we were told. */
export function onExhibit(s: State, shown: Attested<PbftMessage>): void {
  const { message } = shown;
  if (message.type !== 'pre-prepare' && message.type !== 'prepare' && message.type !== 'commit') return;
  if (message.epoch !== s.config.epoch || message.view !== s.view || !s.active) return;
  const slot = s.slots.get(message.sequence);
  const { from } = shown;
  if (slot === undefined || from === s.self) return;
  const { type } = message;
  const held =
    type === 'pre-prepare'
      ? slot.acceptedFrom
      : type === 'prepare'
        ? slot.prepares[from]
        : slot.commits[from];
  if (held === undefined || held.from !== from || held.message.digest === message.digest) return;
  s.evidence(type, held, shown);
}

/** The slot has its content in this view; votes may have come before it. */
export function accept(s: State, slot: Slot, digest: Digest): void {
  slot.accepted = digest;
  slot.acceptedAtMs = s.nowMs;
}

/** Does whatever the slot's state now allows: after its content, its bytes or a new view came. */
export function proceed(s: State, slot: Slot): void {
  const digest = slot.accepted;
  if (s.active && digest !== undefined && s.inWindow(slot.sequence)) {
    if (!slot.batches.has(digest)) s.want(slot.sequence, digest);
    else if (!slot.votedPrepare) votePrepare(s, slot, digest);
    tryPrepared(s, slot);
  }
  if (slot.committedDigest === undefined) {
    for (const vote of slot.commits) if (vote !== undefined) tryCommitted(s, slot, vote.message.digest);
  }
  deliverReady(s);
}

function votePrepare(s: State, slot: Slot, digest: Digest): void {
  slot.votedPrepare = true;
  slot.addPreprepared(digest, s.view);
  s.logBatch(slot, digest);
  s.persist({ type: 'pre-prepare', view: s.view, sequence: slot.sequence, digest });
  // The primary's word is its PRE-PREPARE or NEW-VIEW.
  if (!s.isPrimary) s.vote(prepareOf(s, slot, digest));
}

export function prepareOf(s: State, slot: Slot, digest: Digest): Prepare {
  return { type: 'prepare', epoch: s.config.epoch, view: s.view, sequence: slot.sequence, digest };
}

export function commitOf(s: State, slot: Slot, digest: Digest): Commit {
  return { type: 'commit', epoch: s.config.epoch, view: s.view, sequence: slot.sequence, digest };
}

/** prepared(m, v, n): the proposal and PREPAREs of q − 1 backups, our own word among them. */
function tryPrepared(s: State, slot: Slot): void {
  const digest = slot.accepted;
  if (digest === undefined || !slot.votedPrepare) return;
  if (slot.prepared && (slot.committedDigest !== undefined || !s.config.fastPath)) return;
  const own = s.isPrimary ? 0 : 1;
  const votes = 1 + own + countVotes(slot.prepares, digest, s.self);
  if (votes < s.quorum) return;
  if (!slot.prepared) {
    slot.prepared = true;
    slot.addPrepared(digest, s.view);
    // What it promises is said by COMMIT, which waits for it; the fast path commits on PRE-PREPARE and PREPARE alone.
    s.note({ type: 'prepared', view: s.view, sequence: slot.sequence, digest });
    prepared(s, slot, digest);
  }
  if (votes === s.n && s.config.fastPath && slot.committedDigest === undefined) {
    preparedByAll(s, slot);
    commit(s, slot, digest);
    // Whoever sent COMMIT already did not see all n prepare in time, and needs ours.
    if (slot.commits.some((vote) => vote !== undefined)) sendCommit(s, slot, digest);
  }
}

/**
 * committed: q COMMITs of one view for one digest. We need not have prepared it ourselves: at least f + 1 of
 * the q are honest and did, which is what `committed` asks (TOCS 2002 §4.2).
 */
export function tryCommitted(s: State, slot: Slot, digest: Digest): void {
  if (slot.committedDigest !== undefined) return;
  const own = slot.votedCommit && slot.accepted === digest ? 1 : 0;
  if (own + countVotes(slot.commits, digest, s.self) < s.quorum) return;
  commit(s, slot, digest);
}

export function commit(s: State, slot: Slot, digest: Digest, view: View = s.view): void {
  slot.committedDigest = digest;
  slot.committedView = view;
  if (!slot.batches.has(digest)) return s.want(slot.sequence, digest);
  deliverReady(s);
}

/** Hands committed slots to execution, in order and without gaps. */
export function deliverReady(s: State): void {
  while (!s.ended) {
    const slot = s.slots.get(s.delivered + 1);
    const batch = slot?.committedBatch();
    if (slot === undefined || batch === undefined) return;
    s.delivered = slot.sequence;
    s.logBatch(slot, batch.digest);
    const { sequence, committedView: view } = slot;
    s.note({ type: 'committed', view, sequence, digest: batch.digest });
    noteDelivery(s, slot);
    s.out.push({
      kind: 'deliver',
      sequence: slot.sequence,
      view: slot.committedView,
      batch,
      fast: slot.fast,
    });
  }
}
