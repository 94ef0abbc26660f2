/** Changing views by claims (TOCS 2002 §4.5): VIEW-CHANGE, NEW-VIEW and the entry into the new view. */

import { countHelp, onAsked } from '../../core/asking.ts';
import type { View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { timeoutMs } from '../../core/pacing.ts';
import { primaryOf } from '../../core/quorum.ts';
import { type Decision, wellFormed } from './decide.ts';
import type { Claim, NewView, ViewChange } from './messages.ts';
import { accept, proceed } from './normal.ts';
import type { State } from './state.ts';

/** Leaves the present view for good: from here on no vote of it is cast. */
export function startViewChange(s: State, target: View): void {
  // Reset by the next delivery: the first view that works ends the back-off.
  s.failedViews++;
  countHelp(s);
  s.view = target;
  s.asked = Math.max(s.asked, target);
  s.active = false;
  s.newView = undefined;
  s.newViewSent = false;
  s.newViewDeadlineMs = -1;
  s.lonelyTicks = 0;
  s.lastProgressMs = s.nowMs;
  for (const slot of s.slots.values()) slot.enterView();
  s.held.clear();
  for (const { sequence, digest } of s.wanted.values()) {
    if (s.slots.get(sequence)?.committedDigest !== digest) s.unwant(sequence, digest);
  }
  s.out.push({ kind: 'view', view: target, active: false });
  s.out.push({ kind: 'attest', message: ownClaims(s, target) });
}

/** ⟨VIEW-CHANGE, v, h, C, P, Q⟩: only what the log holds, bytes included. */
export function ownClaims(s: State, view: View): ViewChange {
  const prepared: Claim[] = [];
  const preprepared: Claim[] = [];
  const slots = [...s.slots.values()].sort((a, b) => a.sequence - b.sequence);
  for (const { sequence, preparedDigest, preparedView, preprepared: q } of slots) {
    if (sequence <= s.stable) continue;
    if (preparedDigest !== undefined) prepared.push({ view: preparedView, sequence, digest: preparedDigest });
    for (const [digest, at] of q) preprepared.push({ view: at, sequence, digest });
  }
  const checkpoints = [...s.ownCheckpoints]
    .filter(([sequence]) => sequence >= s.stable)
    .sort((a, b) => a[0] - b[0])
    .map(([sequence, digest]) => ({ sequence, digest }));
  return {
    type: 'view-change',
    epoch: s.config.epoch,
    view,
    stable: s.stable,
    checkpoints,
    prepared,
    preprepared,
  };
}

export function onViewChange(s: State, attested: Attested<ViewChange>): void {
  const { from, message } = attested;
  const earlier = s.viewChanges[from];
  if (earlier !== undefined && earlier.message.view >= message.view) {
    if (earlier.message.view === message.view && !sameBody(earlier, attested)) {
      s.evidence('view-change', earlier, attested);
    }
    return;
  }
  if (!wellFormed(message, s.config.checkpointInterval)) return s.reject(from, 'bad-claim');
  s.viewChanges[from] = attested;
  s.leftSinceMs[from] = s.nowMs;
  joinOthers(s);
  onAsked(s, from, message.view, startViewChange);
  considerNewView(s);
}

/** f + 1 ask for views above ours: one of them is honest, so follow to the lowest (§4.5.1). */
function joinOthers(s: State): void {
  const asked: View[] = [];
  for (let i = 0; i < s.n; i++) {
    const view = s.viewChanges[i]?.message.view;
    if (i !== s.self && view !== undefined && view > s.view) asked.push(view);
  }
  if (asked.length >= s.weakQuorum) startViewChange(s, Math.min(...asked));
}

/** Counts the VIEW-CHANGEs for the view that we wait for; as its primary, tries to open it. */
export function considerNewView(s: State): void {
  if (s.active) return;
  const forView = s.viewChanges.filter((vc) => vc?.message.view === s.view) as Attested<ViewChange>[];
  // Whoever asks for a later view asked for this one too, or joined those who did (§4.5.1); what it said of this
  // one is replaced here. Left out, it could leave us waiting for ever for a quorum that has moved on.
  let gone = 0;
  for (const vc of s.viewChanges) if (vc !== undefined && vc.message.view > s.view) gone++;
  if (s.newViewDeadlineMs < 0 && forView.length + gone >= s.quorum) {
    s.newViewDeadlineMs = s.nowMs + timeoutMs(s);
  }
  if (forView.length < s.quorum) return;
  if (!s.isPrimary || s.newViewSent || s.viewChanges[s.self]?.message.view !== s.view) return;
  const decision = decideOn(s, forView);
  if (decision === undefined || !holdsBytes(s, decision)) return;
  s.newViewSent = true;
  // Our NEW-VIEW is our word for all that it assigns, fast commits rest on it: whoever restarts on it needs the bytes.
  for (const [i, digest] of decision.digests.entries()) {
    const slot = s.slots.get(decision.checkpoint.sequence + 1 + i);
    if (slot !== undefined) s.logBatch(slot, digest);
  }
  const message: NewView = {
    type: 'new-view',
    epoch: s.config.epoch,
    view: s.view,
    viewChanges: forView,
  };
  s.out.push({ kind: 'attest', message });
}

function decideOn(s: State, viewChanges: readonly Attested<ViewChange>[]): Decision | undefined {
  return s.rules.decide(
    viewChanges.map((vc) => vc.message),
    s.n,
  );
}

/** A3: a primary proposes only what it can show. What is missing is fetched from those who claimed it. */
function holdsBytes(s: State, { checkpoint, digests }: Decision): boolean {
  let whole = true;
  for (const [i, digest] of digests.entries()) {
    const sequence = checkpoint.sequence + 1 + i;
    if (sequence <= s.stable || sequence > s.boundary) continue;
    if (s.slot(sequence).batches.has(digest)) continue;
    s.want(sequence, digest);
    whole = false;
  }
  return whole;
}

export function onNewView(s: State, attested: Attested<NewView>): void {
  const { from, message } = attested;
  if (message.view < s.view || (message.view === s.view && s.active)) return;
  if (from !== primaryOf(message.view, s.n)) return s.reject(from, 'not-primary');
  const decision = newViewDecision(s, message);
  if (decision === undefined) return s.reject(from, 'bad-claim');
  enterView(s, attested, decision);
}

/** What the NEW-VIEW's claims decide, or undefined where it does not prove its case. */
export function newViewDecision(s: State, message: NewView): Decision | undefined {
  const senders = new Set<number>();
  for (const vc of message.viewChanges) {
    if (vc.message.view !== message.view || vc.message.epoch !== message.epoch) return undefined;
    if (!wellFormed(vc.message, s.config.checkpointInterval)) return undefined;
    senders.add(vc.from);
  }
  if (senders.size !== message.viewChanges.length || senders.size < s.quorum) return undefined;
  return decideOn(s, message.viewChanges);
}

/** Enters the view and treats its decision as its first PRE-PREPAREs (§4.5.2). */
function enterView(s: State, attested: Attested<NewView>, decision: Decision): void {
  s.persist({ type: 'attested', attested });
  openView(s, attested, decision);
  s.out.push({ kind: 'view', view: s.view, active: true });
  for (const [i, digest] of decision.digests.entries()) {
    const sequence = decision.checkpoint.sequence + 1 + i;
    if (sequence <= s.stable || sequence > s.boundary) continue;
    const slot = s.slot(sequence);
    accept(s, slot, digest);
    proceed(s, slot);
  }
  replayAhead(s);
}

/** The part of entering a view that a restart repeats from the log. */
export function openView(s: State, attested: Attested<NewView>, decision: Decision): void {
  for (const slot of s.slots.values()) slot.enterView();
  s.held.clear();
  s.view = attested.message.view;
  s.active = true;
  s.newView = attested;
  s.newViewSent = false;
  s.newViewDeadlineMs = -1;
  s.viewSinceMs = s.nowMs;
  s.lastProgressMs = s.nowMs;
  s.relayed = false;
  s.low = Math.max(s.stable, decision.checkpoint.sequence);
  s.lastAssigned = decision.checkpoint.sequence + decision.digests.length;
  s.lastProposed = Math.max(s.low, s.lastAssigned);
  // Slots that the decision dropped wait for nothing any more.
  s.highestSeen = Math.max(s.delivered, Math.min(s.lastProposed, s.boundary));
  for (const slot of s.slots.values()) {
    if (slot.committedDigest !== undefined) s.highestSeen = Math.max(s.highestSeen, slot.sequence);
  }
}

/** Messages of this view that came before its NEW-VIEW. */
function replayAhead(s: State): void {
  for (const queue of s.ahead) {
    const messages = queue.splice(0);
    for (const attested of messages) s.handle(attested);
  }
}

function sameBody(a: Attested, b: Attested): boolean {
  if (a.envelope === b.envelope) return true;
  const x = a.envelope.body;
  const y = b.envelope.body;
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
}
