/** Asking again and answering: a lost frame costs a tick, never the cluster. */

import { askFor, asks, onAsked, repeatAsking, someoneLeft } from '../../core/asking.ts';
import { answerCheckpoints, askTransfer } from '../../core/checkpoint-votes.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { onClosed, onOpened, onTickCame, relayTo, slowHeartbeat, timeoutMs } from '../../core/pacing.ts';
import { decide, deliverReady, learnAncestor, missingAncestor, sameHeader } from './chain.ts';
import type { Ancestor, Ask, Committed, Fetch, Fetched, Status } from './messages.ts';
import { leaderOverdue } from './pacemaker.ts';
import type { State } from './state.ts';
import { heardAll, hearOthers, leaveFor, showedOnly, tellView } from './views.ts';
import { blockToSend } from './voting.ts';

/** Slots answered per status: what a laggard can take in one burst without starving its votes. */
const SLOTS_PER_ANSWER = 64;

/** Batches asked for by digest are answered up to so many bytes within this time, per replica, ms. */
const BYTES_PER_ANSWER = 4 << 20;
const FETCH_PERIOD_MS = 50;

/** Least time between two answers to one replica, ms: a flood of questions is not a flood of answers. */
const ANSWER_PAUSE_MS = 5;

/** Least time between two questions of our own that others' news provoke, ms. */
const QUESTION_PAUSE_MS = 20;

export function onTick(s: State): void {
  onTickCame(s);
  if (!s.busy) {
    s.tellStatus();
    helpLeft(s);
    return slowHeartbeat(s);
  }
  if (s.left) return leftTick(s);
  const stalledMs = s.nowMs - s.lastProgressMs;
  if (asks(s)) s.lonelyTicks++;
  else if (leaderOverdue(s)) return askFor(s, s.view + 1, leaveFor);
  repeatAsking(s);
  helpLeft(s);
  if (s.left) return;
  relayTo(s, s.leader);
  if (stalledMs >= timeoutMs(s) / 5) askAgain(s);
  // The slots that lead there are gone wherever it is stable, however often the view changes meanwhile.
  const lackingMs = s.nowMs - s.deliveredMs;
  if (s.pendingCertificate !== undefined && lackingMs >= s.config.timeoutFloorMs / 2) askTransfer(s);
}

function helpLeft(s: State): void {
  if (!s.left && someoneLeft(s)) askFor(s, s.view + 1, leaveFor);
}

function leftTick(s: State): void {
  s.lonelyTicks++;
  const own = s.timeouts[s.self];
  if (own !== undefined && own.message.view === s.view) {
    for (let to = 0; to < s.n; to++) s.forward(to, own);
    tellView(s);
  }
  askAgain(s);
  if (s.pendingCertificate !== undefined) askTransfer(s);
}

/** Tells the others where we stand, so that they send what we lack; and says again what may have been lost. */
export function askAgain(s: State): void {
  s.lastStatusMs = s.nowMs;
  s.send(undefined, s.ownStatus());
  for (const wanted of s.wanted.values()) s.askForBatch(wanted);
  askForAncestor(s);
  for (let to = 0; to < s.n; to++) if (to !== s.self) repeatVote(s, to);
}

function askForAncestor(s: State): void {
  const round = missingAncestor(s);
  if (round === undefined) return;
  if (round !== s.question.round) {
    s.question.round = round;
    s.question.answers.fill(undefined);
  }
  s.send(undefined, { type: 'ask', epoch: s.config.epoch, round });
}

export function onAsk(s: State, { from, message }: Attested<Ask>): void {
  const header = s.certified.get(message.round);
  if (header !== undefined) s.send(from, { type: 'ancestor', epoch: s.config.epoch, ...header });
}

export function onAncestor(s: State, { from, message }: Attested<Ancestor>): void {
  const { round, parent, sequence, digest } = message;
  if (round !== s.question.round) return s.reject(from, 'unrequested');
  const header = { round, parent, sequence, digest };
  const { answers } = s.question;
  answers[from] = header;
  if (answers.filter((one) => one !== undefined && sameHeader(one, header)).length < s.weakQuorum) return;
  s.question.round = -1;
  learnAncestor(s, header);
  askForAncestor(s);
}

/** Our last vote, where its block is not certified as far as we know; with the batch, where it is our proposal. */
function repeatVote(s: State, to: ReplicaId): void {
  const { ownVote } = s;
  if (ownVote === undefined || ownVote.message.round <= s.high.round) return;
  const block = s.left ? undefined : blockToSend(s);
  if (block === undefined) s.forward(to, ownVote);
  else s.send(to, block);
}

export function onConnected(s: State, peer: ReplicaId): void {
  onOpened(s, peer);
  showedOnly(s, peer, 0, -1);
  hearOthers(s);
  if (peer !== s.self) s.send(peer, s.ownStatus());
}

export function onDisconnected(s: State, peer: ReplicaId): void {
  onClosed(s, peer);
  if (s.waiting && heardAll(s)) s.waiting = false;
}

export function onStatus(s: State, { from, message }: Attested<Status>): void {
  s.peerDelivered[from] = Math.max(s.peerDelivered[from]!, message.delivered);
  if (message.left || message.asked > message.view) onAsked(s, from, message.asked, leaveFor);
  const theirView = message.view + (message.left ? 1 : 0);
  const weLag =
    message.delivered > s.delivered ||
    message.stable > s.stable ||
    message.high > s.high.round ||
    message.view > s.view ||
    (theirView > s.view && !s.left);
  if (weLag && s.nowMs - s.lastStatusMs >= QUESTION_PAUSE_MS) {
    s.lastStatusMs = s.nowMs;
    s.send(from, s.ownStatus());
  }
  if (s.nowMs - s.lastAnsweredMs[from]! < ANSWER_PAUSE_MS) return;
  s.lastAnsweredMs[from] = s.nowMs;
  showedOnly(s, from, message.high, message.view);
  const behind = message.view < s.view || (message.view === s.view && message.left && !s.left);
  if (behind || message.high < s.high.round) tellView(s, from);
  const own = s.timeouts[s.self];
  if (s.left && own !== undefined && theirView <= s.view + 1) s.forward(from, own);
  if (message.high <= s.high.round) repeatVote(s, from);
  answerCheckpoints(s, from, message.stable, s.stableCertificate);
  answerSlots(s, from, message);
}

function answerSlots(s: State, to: ReplicaId, theirs: Status): void {
  const last = Math.min(s.delivered, theirs.delivered + SLOTS_PER_ANSWER);
  for (let sequence = Math.max(theirs.delivered, s.stable) + 1; sequence <= last; sequence++) {
    const digest = s.slots.get(sequence)?.committed;
    if (digest !== undefined) s.send(to, { type: 'committed', epoch: s.config.epoch, sequence, digest });
  }
}

/** f + 1 say that the slot committed so: one of them is honest. */
export function onCommitted(s: State, { from, message }: Attested<Committed>): void {
  const { sequence, digest } = message;
  if (sequence <= s.delivered) return;
  if (sequence === s.delivered + 1) s.peerDelivered[from] = Math.max(s.peerDelivered[from]!, sequence);
  if (sequence > Math.min(s.delivered + s.config.window, s.boundary))
    return s.reject(from, 'outside-watermarks');
  const slot = s.slot(sequence);
  slot.claims[from] = digest;
  if (slot.committed !== undefined) return;
  let matching = 0;
  for (const claim of slot.claims) if (claim === digest) matching++;
  if (matching < s.weakQuorum) return;
  decide(s, sequence, digest);
  deliverReady(s);
}

export function onFetch(s: State, { from, message }: Attested<Fetch>): void {
  const { sequence, digest } = message;
  const batch = s.slots.get(sequence)?.batches.get(digest);
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
  s.slots.get(sequence)?.batches.set(digest, batch);
  deliverReady(s);
}
