/** Asking again and answering: a lost frame costs a tick, and every answer proves itself by its votes. */

import { answerCheckpoints, askTransfer } from '../../core/checkpoint-votes.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Block } from './block.ts';
import { deliverReady, gapHeight } from './final.ts';
import type { Fetch, Fetched, Status } from './messages.ts';
import { onBusyTick, onIdleTick } from './rounds.ts';
import type { State } from './state.ts';
import { askFor } from './vote.ts';

/** Blocks answered per status: what a laggard can take in one burst without starving its votes. */
const BLOCKS_PER_ANSWER = 32;
/** Bytes of batches answered to one replica within the period after it, ms. */
const FETCHED_BYTES = 4 << 20;
const FETCH_PERIOD_MS = 50;
/** Least time between two answers to one replica, ms: a flood of questions is not a flood of answers. */
const ANSWER_PAUSE_MS = 5;
/** Least time between two questions of our own that others' news provoke, ms. */
const QUESTION_PAUSE_MS = 20;

export function onTick(s: State): void {
  s.tickDueMs = Number.POSITIVE_INFINITY;
  if (!s.busy) return onIdleTick(s);
  const stalledMs = s.nowMs - s.lastProgressMs;
  const asked = onBusyTick(s);
  if (!asked && stalledMs >= QUESTION_PAUSE_MS && s.nowMs - s.lastStatusMs >= QUESTION_PAUSE_MS) question(s);
  for (const round of s.wanted.keys()) askFor(s, round);
  if (stalledMs < s.config.timeoutFloorMs / 2) return;
  if (s.pendingCertificate !== undefined) askTransfer(s);
  if (s.relayed || s.demandSinceMs < 0) return;
  // Any of the others may lead next, and a client may have left out all but us.
  s.relayed = true;
  for (let to = 0; to < s.n; to++) if (to !== s.self) s.out.push({ kind: 'relay', to });
}

function question(s: State, to?: ReplicaId): void {
  s.lastStatusMs = s.nowMs;
  s.send(to, s.ownStatus(gapHeight(s)));
}

export function onConnected(s: State, peer: ReplicaId): void {
  if (peer !== s.self) s.send(peer, s.ownStatus(gapHeight(s)));
}

export function onStatus(s: State, { from, message }: Attested<Status>): void {
  const peer = s.peers[from]!;
  peer.heardMs = s.nowMs;
  peer.in = Math.max(peer.in, message.round);
  peer.wants = Math.max(peer.wants, message.wants);
  peer.height = Math.max(peer.height, message.height);
  peer.delivered = Math.max(peer.delivered, message.delivered);
  const weLag = message.delivered > s.delivered || message.stable > s.stable || message.height > s.tip.height;
  if (weLag && s.nowMs - s.lastStatusMs >= QUESTION_PAUSE_MS) question(s, from);
  if (s.nowMs - peer.lastAnsweredMs < ANSWER_PAUSE_MS) return;
  peer.lastAnsweredMs = s.nowMs;
  // It asks for a round that we are past: where we are helps it to enter.
  if (message.round < s.round && !weLag) s.send(from, s.ownStatus(gapHeight(s)));
  answerCheckpoints(s, from, message.stable, s.certificate);
  answerBlocks(s, from, message);
  answerRound(s, from, message);
}

/**
 * The votes of notarised blocks that it lacks: below a gap the highest first, which move the gap down, since it does not say
 * what it has below; above its longest chain the lowest first, which are the next ones to extend it.
 */
function answerBlocks(s: State, to: ReplicaId, theirs: Status): void {
  if (theirs.height >= s.tip.height && theirs.gap === 0) return;
  const below: Block[] = [];
  const above: Block[] = [];
  for (const block of s.notarised.values()) {
    const { height, sequence, votes } = block;
    if (votes.length === 0) continue;
    if (height > theirs.height) above.push(block);
    else if (height < theirs.gap && (sequence > theirs.delivered || height === theirs.gap - 1))
      below.push(block);
  }
  below.sort((a, b) => b.height - a.height);
  above.sort((a, b) => a.height - b.height);
  for (const block of [...below.slice(0, BLOCKS_PER_ANSWER), ...above.slice(0, BLOCKS_PER_ANSWER)]) {
    for (const vote of block.votes) if (vote.from !== to) s.forward(to, vote);
  }
}

/** What we said in a round whose block is not notarised, here or there. */
function answerRound(s: State, to: ReplicaId, theirs: Status): void {
  const { lastVote, lastProposal } = s;
  if (lastProposal?.message.round === s.round && theirs.voted < s.round && theirs.round <= s.round) {
    s.forward(to, lastProposal);
  }
  if (lastVote === undefined || s.settled(lastVote.message.round)) return;
  if (theirs.height < lastVote.message.height) s.forward(to, lastVote);
}

export function onFetch(s: State, { from, message }: Attested<Fetch>): void {
  const { round, bytes } = message;
  const block = s.notarised.get(round);
  if (block === undefined || from === s.self) return;
  const batch = bytes ? s.batchOf(block.sequence, block.digest) : undefined;
  if (bytes && batch === undefined) return;
  const peer = s.peers[from]!;
  if (s.nowMs - peer.fetchedSinceMs >= FETCH_PERIOD_MS) {
    peer.fetchedSinceMs = s.nowMs;
    peer.fetchedBytes = 0;
  }
  if (peer.fetchedBytes > FETCHED_BYTES) return s.reject(from, 'rate-limited');
  if (batch !== undefined) {
    peer.fetchedBytes += batch.bytes + 1;
    s.send(from, { type: 'fetched', epoch: s.config.epoch, round, digest: block.digest, batch });
    return;
  }
  for (const vote of block.votes) {
    peer.fetchedBytes += vote.envelope.body.length + vote.envelope.signature.length;
    if (vote.from !== from) s.forward(from, vote);
  }
}

export function onFetched(s: State, { from, message }: Attested<Fetched>): void {
  const { round, digest, batch } = message;
  const block = s.notarised.get(round);
  if (!s.wanted.has(round) || block?.digest !== digest) return s.reject(from, 'unrequested');
  s.wanted.delete(round);
  s.hold(block.sequence, batch);
  deliverReady(s);
}
