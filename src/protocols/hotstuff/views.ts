/** Leaving a view and entering the next: the pacemaker's part that others take part in (PODC 2019, §4.4 and §5). */

import { countHelp, onAsked } from '../../core/asking.ts';
import { NULL_DIGEST, type ReplicaId, type View } from '../../core/ids.ts';
import type { Attested, Certificate } from '../../core/machine.ts';
import { takeCertificate } from './chain.ts';
import type { NewView, Timeout } from './messages.ts';
import { WAIT_TIMER, waitMs } from './pacemaker.ts';
import type { Header, Round } from './rules.ts';
import type { State } from './state.ts';

/** Leaves all views below this one. */
export function leaveFor(s: State, view: View): void {
  countHelp(s);
  if (view - 1 > s.view) enter(s, view - 1, false);
  leave(s);
}

/** Leaves the present view for good: no vote of ours is cast in it any more, and our lock stays as it is till the next. */
function leave(s: State): void {
  s.failedViews++;
  s.left = true;
  s.asked = Math.max(s.asked, s.view + 1);
  s.lonelyTicks = 0;
  s.lastProgressMs = s.nowMs;
  s.logCertificate();
  s.out.push({ kind: 'view', view: s.view + 1, active: false });
  s.out.push({ kind: 'attest', message: { type: 'timeout', epoch: s.config.epoch, view: s.view } });
  tellView(s);
}

/** Sends our highest certificate and what proves our view, or what stands for them: to one replica, or to all others. */
export function tellView(s: State, to?: ReplicaId): void {
  if (to === undefined) {
    for (let id = 0; id < s.n; id++) if (id !== s.self) tellView(s, id);
    return;
  }
  const { certificate, timeoutCertificate, high } = s;
  const shows = certificate !== undefined && s.shownRound[to]! < high.round;
  const proves = timeoutCertificate !== undefined && s.shownView[to]! < s.view;
  s.send(to, {
    type: 'new-view',
    epoch: s.config.epoch,
    view: s.standing,
    round: high.round,
    high: shows ? [certificate] : [],
    timeouts: proves ? [timeoutCertificate] : [],
  });
  // On a connection that stays up nothing is lost; who lacks it all the same says so (`onStatus`).
  showed(s, to, high.round, s.view);
}

/** This replica holds the certificate of this round, and is in this view. */
export function showed(s: State, id: ReplicaId, round: Round, view: View): void {
  if (round > s.shownRound[id]!) s.shownRound[id] = round;
  if (view > s.shownView[id]!) s.shownView[id] = view;
}

/** What it may have forgotten, and what may have been lost on the way, is not known any more; only this is. */
export function showedOnly(s: State, id: ReplicaId, round: Round, view: View): void {
  s.shownRound[id] = round;
  s.shownView[id] = view;
}

export function onTimeout(s: State, attested: Attested<Timeout>): void {
  const { from, message } = attested;
  const { view, epoch } = message;
  if (epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
  const earlier = s.timeouts[from];
  if (earlier !== undefined && earlier.message.view >= view) return;
  s.timeouts[from] = attested;
  s.leftSinceMs[from] = s.nowMs;
  showed(s, from, 0, view);
  if (view < s.view) return;
  const alike = s.timeouts.filter((one) => one?.message.view === view) as Attested<Timeout>[];
  if (alike.length >= s.quorum) {
    return enterByTimeouts(s, {
      message,
      signers: alike.map((one) => one.from),
      signatures: alike.map((one) => one.envelope.signature),
    });
  }
  joinOthers(s);
  onAsked(s, from, view + 1, leaveFor);
}

/** f + 1 have left our view, or a later one: one of them is honest and was in it, so follow. */
function joinOthers(s: State): void {
  const views = s.timeouts.map((one) => one?.message.view ?? -1).sort((a, b) => b - a);
  const view = views[s.weakQuorum - 1]!;
  if (view >= s.standing) leaveFor(s, view + 1);
}

export function onNewView(s: State, { from, message }: Attested<NewView>): void {
  const [high] = message.high;
  const [timeouts] = message.timeouts;
  if (high !== undefined) takeCertificate(s, from, high);
  if (timeouts !== undefined && timeouts.message.view >= s.view) {
    if (timeouts.message.epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
    if (timeouts.signers.length < s.quorum) return s.reject(from, 'bad-claim');
    enterByTimeouts(s, timeouts);
  }
  showed(s, from, message.round, message.view - 1);
  // What it left out we do not have: that is not to have heard of it, and worth asking for.
  if (message.round > s.high.round || message.view > s.view + 1) s.send(from, s.ownStatus());
  if (message.round <= s.high.round) s.heard[from] = Math.max(s.heard[from]!, message.view);
  if (s.waiting && heardAll(s)) s.waiting = false;
}

/** Whoever's connection is closed cannot be heard, however long we wait. */
export function heardAll(s: State): boolean {
  return s.heard.every((view, id) => id === s.self || view >= s.view || s.lostSinceMs[id]! >= 0);
}

function enterByTimeouts(s: State, certificate: Certificate<Timeout>): void {
  s.timeoutCertificate = certificate;
  s.note({ type: 'entered', certificate });
  const { view } = certificate.message;
  s.missed[s.rounds.leaderOf(view)]!++;
  // What waited for the view to end says nothing about how long a commit takes.
  for (const sequence of s.seenAtMs.keys()) s.seenAtMs.set(sequence, s.nowMs);
  enter(s, view + 1, true);
  s.waitUntilMs = s.nowMs + waitMs(s);
  hearOthers(s);
}

/**
 * Whether a leader that has proposed nothing yet waits for others' certificates: anew with each connection that comes up,
 * lest it speak over a lock that it could have heard of; a liar gains no more by coming late than by keeping silent.
 */
export function hearOthers(s: State): void {
  const first = s.rounds.firstOf(s.view);
  // Who holds the certificate of the round before its own knows that nobody is locked higher.
  const responsive = s.high.round === first - 1 || heardAll(s);
  const leftMs = s.waitUntilMs - s.nowMs;
  s.waiting = s.rules.waits && s.isLeader && s.lastVoted < first && !responsive && leftMs > 0;
  if (s.waiting) s.out.push({ kind: 'timer', timer: WAIT_TIMER, delayMs: leftMs });
}

/** q replicas voted in this round, so they are in its view, or in the next where it was the last of its view. */
export function enterByCertificate(s: State, header: Header): void {
  s.missed[s.rounds.leaderOf(s.rounds.viewOf(header.round))] = 0;
  const view = s.rounds.viewOf(header.round + 1);
  if (view <= s.view) return;
  const turn = s.rounds.rotating && !s.left && unbroken(s, header);
  s.waiting = false;
  s.waitUntilMs = 0;
  enter(s, view, !turn);
}

/** With a view for each round: whether all rounds from our view to this certified block have one. A parent is certified. */
function unbroken(s: State, header: Header): boolean {
  let at: Header | undefined = header;
  while (at !== undefined && at.round > s.view) {
    if (at.parent !== at.round - 1) return false;
    if (at.parent === s.view) return true;
    at = s.certified.get(at.parent);
  }
  return at !== undefined;
}

/** `changed`: another leader than was to be expected, so that what was proposed and did not commit is free again. */
function enter(s: State, view: View, changed: boolean): void {
  s.view = view;
  s.viewSinceMs = s.nowMs;
  s.left = false;
  s.tailsUntil = 0;
  s.lonelyTicks = 0;
  s.lastProgressMs = s.nowMs;
  s.relayed = false;
  const first = s.rounds.firstOf(view);
  for (const round of s.proposals.keys()) if (round < first) s.proposals.delete(round);
  if (!changed) return;
  s.highestSeen = Math.max(s.delivered, s.high.sequence);
  for (const sequence of s.slots.keys()) {
    if (s.slots.get(sequence)!.committed !== undefined) s.highestSeen = Math.max(s.highestSeen, sequence);
  }
  s.out.push({ kind: 'view', view, active: true });
  keepPending(s);
}

/** What is certified and not committed goes on with the chain. */
function keepPending(s: State): void {
  let at: Header | undefined = s.high;
  while (at !== undefined && at.round > s.committed.round) {
    const batch = at.digest === NULL_DIGEST ? undefined : s.slots.get(at.sequence)?.batches.get(at.digest);
    if (batch !== undefined && at.sequence > s.delivered) s.out.push({ kind: 'pending', batch });
    at = s.certified.get(at.parent);
  }
}
