/** Propose, vote, notarise (Chan & Shi 2020, §3). */

import type { Batch } from '../../core/batch.ts';
import { NULL_DIGEST, type ReplicaId } from '../../core/ids.ts';
import { MAX_OPEN_VOTES_PER_PEER } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import { Block, headerOf, sameBlock } from './block.ts';
import { deliverReady, finalise } from './final.ts';
import type { Header, Proposal, Tail, Vote } from './messages.ts';
import { roundMs } from './rounds.ts';
import type { State } from './state.ts';

/** Share of a round after which its leader proposes no more: a block takes a third of a derived round to be notarised. */
export const LATEST_SHARE = 0.5;
/** Share of a round that a vote for the block before is given to have that block notarised. */
const GRACE_SHARE = 0.25;
/** Timers may run out a little early. */
export const TIMER_EARLY_MS = 0.5;

/** Whether we lead this round, it has no block of ours yet, and the chain has an end to build on. */
export function hasTurn(s: State): boolean {
  if (s.round === 0 || s.leader !== s.self || s.proposedRound >= s.round || s.tip.round >= s.round)
    return false;
  return s.wants <= s.round;
}

/**
 * Whether it is our turn and there is still time. "The leader proposes at the beginning of the epoch": a block that came late
 * would compete with the next leader's.
 */
export function leads(s: State, nowMs: number): boolean {
  return (
    hasTurn(s) &&
    nowMs >= turnSinceMs(s) - TIMER_EARLY_MS &&
    nowMs - s.roundSinceMs <= LATEST_SHARE * roundMs(s)
  );
}

/**
 * From when on the leader of our round may propose. Where it voted in the round before a moment ago, that leader spoke just as
 * the others ended its round, its clients having left it out, say: a block beside the one that is about to be notarised would
 * take the turn from one of the two.
 */
export function turnSinceMs(s: State): number {
  if (s.votedRound !== s.round - 1 || s.notarised.has(s.votedRound)) return s.roundSinceMs;
  return Math.max(s.roundSinceMs, s.votedMs + GRACE_SHARE * roundMs(s));
}

/** "The leader proposes a block that extends the longest notarised chain that it has seen." */
export function propose(s: State, batch: Batch | undefined): void {
  const { round, tip } = s;
  s.proposedRound = round;
  s.proposedMs = s.nowMs;
  const header = {
    epoch: s.config.epoch,
    round,
    parent: tip.round,
    height: tip.height + 1,
    delayMs: s.delayMs,
  };
  if (batch === undefined) {
    s.attest({ type: 'tail', ...header, sequence: tip.sequence, digest: NULL_DIGEST });
  } else {
    const block = { ...header, sequence: tip.sequence + 1, digest: batch.digest };
    // Ours from now on, whether or not we come to vote for it ourselves.
    s.hold(block.sequence, batch);
    s.claimed.push(headerOf(block));
    s.attest({ type: 'proposal', ...block, batch });
  }
}

export function onProposal(s: State, attested: Attested<Proposal | Tail>): void {
  const { from, message } = attested;
  const { round } = message;
  if (from !== s.rules.leader(round, s.n)) return s.reject(from, 'not-primary');
  if ((message.type === 'tail') !== (message.digest === NULL_DIGEST)) return s.reject(from, 'batch-invalid');
  if (from === s.self) s.lastProposal = attested;
  else s.peers[from]!.in = Math.max(s.peers[from]!.in, round);
  if (round < s.round) return;
  // Those of the next round wait: clocks differ. Further ahead, others will have to say that they are there.
  if (round > s.round + 1) return s.reject(from, 'view-inactive');
  const earlier = s.proposals.get(round);
  if (earlier !== undefined) {
    if (!sameBlock(earlier.message, message)) s.evidence('proposal', earlier, attested);
    return;
  }
  s.proposals.set(round, attested);
  if (round !== s.round) return;
  if (!s.notarised.has(message.parent)) {
    s.send(from, { type: 'fetch', epoch: s.config.epoch, round: message.parent, bytes: false });
  }
  tryVote(s);
}

/** Votes for what the leader of our round proposed, if it may. Something that it waited for has come. */
export function tryVote(s: State): void {
  const attested = s.proposals.get(s.round);
  if (attested === undefined || s.votedRound >= s.round) return;
  const { message } = attested;
  const parent = s.notarised.get(message.parent);
  if (parent === undefined) return;
  const longest = Math.max(s.tip.height, s.votedOn);
  if (!s.rules.mayVote(message, parent, longest, s.votedRound)) return;
  const batch = message.type === 'proposal' ? message.batch : undefined;
  if (message.sequence !== parent.sequence + (batch === undefined ? 0 : 1)) return;
  if (message.sequence > s.high) return;
  s.votedRound = message.round;
  s.votedMs = s.nowMs;
  s.votedOn = Math.max(s.votedOn, parent.height);
  if (batch !== undefined) {
    s.hold(message.sequence, batch);
    // Our own proposal is in the log with its batch, but goes from there once it is not the last.
    s.logBatch(message.sequence, batch.digest);
    if (attested.from !== s.self) {
      s.claimed.push(headerOf(message));
      s.out.push({ kind: 'pending', batch });
    }
  }
  s.attest({ type: 'vote', epoch: s.config.epoch, ...headerOf(message) });
}

export function onVote(s: State, attested: Attested<Vote>): void {
  const { from, message } = attested;
  const { round } = message;
  if (from === s.self) s.lastVote = attested;
  else showed(s, from, message);
  if (s.settled(round) || message.parent >= round || s.notarised.has(round)) return;
  const earlier = s.votes.get(round)?.[from];
  if (earlier !== undefined) {
    if (sameBlock(earlier.message, message)) return;
    // A liar's vote counts for whatever it stands under: the others may hold this one and have notarised by it.
    s.evidence('vote', earlier, attested);
    if (from === s.self) return;
  }
  const votes = keepVote(s, attested);
  const alike = votes.filter((vote) => vote !== undefined && sameBlock(vote.message, message));
  if (alike.length < s.quorum) return;
  const certificate = alike.slice(0, s.quorum) as Attested<Vote>[];
  s.persist({ type: 'notarised', votes: certificate });
  if (worthEchoing(s, message)) {
    for (const vote of certificate) if (vote.from !== s.self) s.forward(undefined, vote);
  }
  notarise(s, new Block(message, certificate));
}

/** Whoever votes is in that round, and has seen the parent notarised. */
function showed(s: State, from: ReplicaId, { round, height }: Header): void {
  const peer = s.peers[from]!;
  if (round > peer.in) peer.in = round;
  if (height - 1 > peer.height) peer.height = height - 1;
}

export function keepVote(s: State, attested: Attested<Vote>): (Attested<Vote> | undefined)[] {
  const { from, message } = attested;
  let votes = s.votes.get(message.round);
  if (votes?.[from] === undefined) {
    s.peers[from]!.votes++;
    makeRoom(s, from);
    votes = s.votes.get(message.round);
  }
  if (votes === undefined) {
    votes = new Array(s.n).fill(undefined);
    s.votes.set(message.round, votes);
  }
  votes[from] = attested;
  return votes;
}

/** A vote beyond what an honest replica can have open pushes out its sender's own oldest. */
function makeRoom(s: State, from: ReplicaId): void {
  const peer = s.peers[from]!;
  if (from === s.self || peer.votes <= MAX_OPEN_VOTES_PER_PEER) return;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [round, votes] of s.votes) if (votes[from] !== undefined && round < lowest) lowest = round;
  const votes = s.votes.get(lowest)!;
  votes[from] = undefined;
  peer.votes--;
  if (votes.every((vote) => vote === undefined)) s.votes.delete(lowest);
}

/**
 * "Every player echoes every message that it sees." What the proofs need of it is that a chain that one honest player saw
 * notarised is seen so by all within Δ. So the votes that notarise are echoed, once they do: a liar's other votes gain
 * nothing by being passed on. Where f + 1 others have shown to know the block, one of these is honest and echoed it.
 */
function worthEchoing(s: State, { height }: Header): boolean {
  let know = 0;
  for (let id = 0; id < s.n; id++) if (id !== s.self && s.peers[id]!.height >= height) know++;
  return know < s.weakQuorum;
}

/** q voted for it. */
export function notarise(s: State, block: Block): void {
  s.notarised.set(block.round, block);
  forgetVotes(s, block.round);
  if (block.round === s.proposedRound && s.proposedMs >= 0) {
    s.delayMs = Math.max(1, Math.ceil(s.nowMs - s.proposedMs));
    s.proposedMs = -1;
  }
  wantBatch(s, block);
  if (block.height > s.tip.height) s.tip = block;
  // It may be what a chain that is final already lacked here.
  if (block.height <= s.final.height) deliverReady(s);
  // It may be any of three in a row.
  for (let round = block.round; round <= block.round + 2; round++) {
    const third = s.notarised.get(round);
    const second = third && s.notarised.get(third.parent);
    const first = second && s.notarised.get(second.parent);
    if (third === undefined || second === undefined || first === undefined || third === second) continue;
    if (s.rules.finalises(first, second, third)) finalise(s, second);
  }
  tryVote(s);
}

export function forgetVotes(s: State, round: number): void {
  const votes = s.votes.get(round);
  if (votes === undefined) return;
  for (let id = 0; id < s.n; id++) if (votes[id] !== undefined) s.peers[id]!.votes--;
  s.votes.delete(round);
}

/**
 * Where its batch is not here, asks one of those who voted for it, and so have its bytes. Who is far behind takes a window at
 * a time: what is above comes when it is next, or is in the state that he fetches, and would fill his memory meanwhile.
 */
export function wantBatch(s: State, block: Block): void {
  const { round, sequence, digest } = block;
  if (!block.hasBatch || s.wanted.has(round) || s.batchOf(sequence, digest) !== undefined) return;
  if (sequence > s.delivered + s.config.window) return;
  s.wanted.set(round, 0);
  askFor(s, round);
}

export function askFor(s: State, round: number): void {
  const block = s.notarised.get(round);
  const asked = s.wanted.get(round);
  if (block === undefined || asked === undefined) return;
  s.wanted.set(round, asked + 1);
  const voters = block.votes.filter((vote) => vote.from !== s.self);
  const voter = voters[(s.self + asked) % Math.max(1, voters.length)];
  if (voter === undefined) return;
  s.send(voter.from, { type: 'fetch', epoch: s.config.epoch, round, bytes: true });
}
