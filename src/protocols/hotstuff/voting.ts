/** Proposing and voting (PODC 2019, Alg. 4–5). Who votes sends his vote to all, so that each makes the certificates himself. */

import type { Batch } from '../../core/batch.ts';
import { NULL_DIGEST } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { countVote, deliverReady, sameHeader } from './chain.ts';
import type { Block, Vote } from './messages.ts';
import { type Header, type Round, safeToVote } from './rules.ts';
import type { State } from './state.ts';
import { showed, tellView } from './views.ts';

/** The round of the next block that the leader may propose; undefined: not its turn, or it waits for a certificate. */
function nextRound(s: State): Round | undefined {
  if (!s.isLeader || s.left || s.waiting) return undefined;
  const round = Math.max(s.rounds.firstOf(s.view), s.high.round + 1);
  return round > s.lastVoted && round > s.tailsUntil ? round : undefined;
}

export function mayPropose(s: State): boolean {
  // Below a stable checkpoint we lack certificates that f + 1 honest replicas are locked on: they would refuse.
  if (s.high.sequence < s.stable) return false;
  return s.high.sequence < s.highWatermark && nextRound(s) !== undefined;
}

/** Whether a block without a batch would bring what is pending nearer to its commit. */
export function mayExtend(s: State): boolean {
  if (s.high.sequence <= Math.max(s.delivered, s.committed.sequence) || spins(s, s.high)) return false;
  return nextRound(s) !== undefined;
}

/** Empty blocks in a row that a view may have: twice what it takes to commit what is below, for a leader that missed some. */
const MOST_EMPTY = 8;

/**
 * Whether a view has had its empty blocks: a leader that proposed them on and on, or announced a thousand million of them
 * by one word, would have everybody's log grow without an end and without a checkpoint.
 */
function spins(s: State, parent: Header): boolean {
  const first = s.rounds.firstOf(s.view);
  let empty = 0;
  let at: Header | undefined = parent;
  while (at !== undefined && at.digest === NULL_DIGEST && at.round >= first) {
    if (++empty >= MOST_EMPTY) return true;
    at = s.certified.get(at.parent);
  }
  return false;
}

/**
 * Proposes a batch on the highest certified block. Where nobody else waits and the leader stays, the empty blocks that it
 * takes to commit it are proposed at once: everybody votes for each as soon as he holds the certificate of the one
 * before, without waiting for a leader that has nothing to say.
 */
export function propose(s: State, batch: Batch): void {
  const round = nextRound(s)!;
  showParent(s, round);
  const tails = s.rounds.rotating || s.demandSinceMs >= 0 ? 0 : s.rules.depth;
  const sequence = s.high.sequence + 1;
  s.slot(sequence).add(batch, s.self);
  s.proposed = { type: 'block', epoch: s.config.epoch, round, digest: batch.digest, tails, batch };
  s.note({ type: 'proposed', round, tails });
  s.tailsUntil = round + tails;
  s.proposals.set(round, { round, parent: s.high.round, sequence, digest: batch.digest });
  s.see(sequence);
  voteForNext(s);
}

/**
 * The first block after a time-out may stand on a certificate that the leader has from one replica alone: whoever is not
 * known to hold it gets it first, since nobody votes on a parent that he does not know.
 */
function showParent(s: State, round: Round): void {
  if (s.timeoutCertificate?.message.view === s.view - 1 && round === s.rounds.firstOf(s.view)) tellView(s);
}

/** Nothing is to be proposed, and something is pending: the leader's vote for an empty block proposes it. */
export function extend(s: State): void {
  const round = nextRound(s)!;
  showParent(s, round);
  const { round: parent, sequence } = s.high;
  s.proposals.set(round, { round, parent, sequence, digest: NULL_DIGEST });
  voteForNext(s);
}

export function onBlock(s: State, { from, message }: Attested<Block>): void {
  const { vote, batch, tails } = message;
  const { round, sequence, digest } = vote.message;
  if (vote.from !== from || digest !== message.digest || digest === NULL_DIGEST)
    return s.reject(from, 'bad-claim');
  const view = s.rounds.viewOf(round);
  if (from !== s.rounds.leaderOf(view)) return s.reject(from, 'not-primary');
  if (view < s.view || sequence <= s.delivered || sequence > s.highWatermark) return;
  s.slot(sequence).add(batch, from);
  s.unwant(sequence, digest);
  s.see(sequence);
  // What this leader proposes with it; a leader that says one thing here and another there slows itself down.
  if (view === s.view && !s.rounds.rotating) s.tailsUntil = Math.max(s.tailsUntil, round + tails);
  onVote(s, vote);
  // Its slot may have been decided before: the votes overtook the batch, and nobody is asked for it any more.
  deliverReady(s);
}

export function onVote(s: State, attested: Attested<Vote>): void {
  const { from, message } = attested;
  const { round, epoch } = message;
  if (epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
  if (s.certified.has(round) || round <= s.committed.round) return;
  if (from === s.self) ownVoteSigned(s, attested);
  const view = s.rounds.viewOf(round);
  showed(s, from, message.parent, view);
  if (from === s.rounds.leaderOf(view) && view >= s.view) noteProposal(s, message);
  s.see(message.sequence);
  countVote(s, attested);
}

function ownVoteSigned(s: State, attested: Attested<Vote>): void {
  const { round } = attested.message;
  if (round < s.lastVoted) return;
  s.ownVote = attested;
  const block = blockToSend(s);
  if (block !== undefined) s.out.push({ kind: 'send', to: undefined, message: block, afterPersist: true });
}

/** Our proposal with its vote, where that is the last that we voted for. */
export function blockToSend(s: State): Block | undefined {
  const { proposed, ownVote } = s;
  if (proposed === undefined || ownVote?.message.round !== proposed.round) return undefined;
  const { type, epoch, digest, tails, batch } = proposed;
  return { type, epoch, digest, tails, vote: ownVote, batch };
}

/** Rounds above the highest certified one for which a leader's proposal is kept: its next, and one that came early. */
const PROPOSALS_KEPT = 4;

/** The leader's first word for a round is its proposal. The highest gives way: a leader of later views crowds nobody out. */
function noteProposal(s: State, { round, parent, sequence, digest }: Vote): void {
  if (s.proposals.has(round)) return;
  s.proposals.set(round, { round, parent, sequence, digest });
  if (s.proposals.size <= PROPOSALS_KEPT) return;
  s.proposals.delete(Math.max(...s.proposals.keys()));
}

/** Votes for whatever the leader proposed next, where that is safe and all of it is here. */
export function voteForNext(s: State): void {
  if (s.left) return;
  const first = s.rounds.firstOf(s.view);
  const next = Math.max(first, s.high.round + 1);
  const block = s.proposals.get(next) ?? tailAt(s, next);
  if (block === undefined || s.rounds.viewOf(block.round) !== s.view) return;
  const parent = s.certified.get(block.parent);
  if (parent === undefined || !safeToVote(block, s)) return;
  // A leader leaves no round out, but for those of views that failed.
  if (block.round !== block.parent + 1 && block.round !== first) return;
  if (block.digest === NULL_DIGEST) {
    if (block.sequence === parent.sequence && !spins(s, parent)) vote(s, block, parent);
    return;
  }
  if (block.sequence !== parent.sequence + 1 || block.sequence > s.highWatermark) return;
  const slot = s.slots.get(block.sequence);
  const batch = slot?.batches.get(block.digest);
  // No vote without the bytes.
  if (slot === undefined || batch === undefined) return;
  s.logBatch(slot, block.digest);
  if (!s.isLeader) s.out.push({ kind: 'pending', batch });
  vote(s, block, parent);
}

/** The empty block that the leader proposed for this round together with an earlier one. */
function tailAt(s: State, round: Round): Header | undefined {
  if (round > s.tailsUntil || round !== s.high.round + 1) return undefined;
  return { round, parent: s.high.round, sequence: s.high.sequence, digest: NULL_DIGEST };
}

/** What the vote rests on and what it locks enter the log with it. */
function vote(s: State, block: Header, parent: Header): void {
  s.lastVoted = block.round;
  s.locked = Math.max(s.locked, s.rules.lockedBy(parent));
  const { certificate } = s;
  const fresh = certificate !== undefined && parent === s.high && parent.round > s.loggedCertificate;
  if (fresh) s.loggedCertificate = parent.round;
  s.note({ type: 'certified', header: parent, locked: s.locked, certificate: fresh ? [certificate] : [] });
  const unsent =
    s.proposed?.round === block.round && sameHeader(s.proposals.get(block.round) ?? block, block);
  s.out.push({ kind: 'attest', message: { type: 'vote', epoch: s.config.epoch, ...block }, unsent });
}
