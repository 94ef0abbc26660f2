/** A machine from its log: what was promised before a crash binds after it. */

import type { Attested } from '../../core/machine.ts';
import { Block } from './block.ts';
import { deliverReady, gapHeight } from './final.ts';
import type { Checkpoint, Proposal, StreamletMessage, StreamletRecord, Tail, Vote } from './messages.ts';
import type { State } from './state.ts';
import { keepVote, notarise } from './vote.ts';

/** Reads the records, oldest first, then delivers again what was final above the restored state. */
export function restore(s: State, records: Iterable<StreamletRecord>): void {
  for (const record of records) replay(s, record);
  for (const round of s.wanted.keys()) {
    const block = s.notarised.get(round);
    if (block === undefined || s.batchOf(block.sequence, block.digest) !== undefined) s.wanted.delete(round);
  }
  deliverReady(s);
  takeCertificate(s);
  // Entering it again would add nothing: who voted in it votes in it no more, and who did not may.
  s.round = Math.max(s.votedRound, s.proposedRound, s.tip.round);
  s.wants = s.round;
  // Everything that replaying made the machine say was said before; what it delivers is delivered again.
  const deliveries = s.out.filter((effect) => effect.kind === 'deliver');
  s.out.length = 0;
  s.out.push(...deliveries);
  for (const { sequence, digest } of s.claimed) {
    const batch = s.batchOf(sequence, digest);
    if (batch !== undefined) s.out.push({ kind: 'pending', batch });
  }
  s.send(undefined, s.ownStatus(gapHeight(s)));
}

/**
 * A checkpoint that was certified before a crash is stable once execution has come there again, to that very state, and
 * not sooner: then the driver is told as if for the first time, which it may not have been. It may be the last one of this
 * validator set, and every replica may have crashed on it.
 */
function takeCertificate(s: State): void {
  const certificate = s.certificate;
  if (certificate === undefined || certificate.sequence <= s.stable) return;
  s.pendingCertificate = certificate;
  s.certificate = undefined;
}

function replay(s: State, record: StreamletRecord): void {
  switch (record.type) {
    case 'batch':
      if (record.sequence > s.config.restoredSequence) s.hold(record.sequence, record.batch, true);
      return;
    case 'notarised': {
      const first = record.votes[0];
      if (first === undefined || s.notarised.has(first.message.round)) return;
      return notarise(s, new Block(first.message, record.votes));
    }
    case 'stable':
      if (record.sequence < s.stable) return;
      s.certificate = { sequence: record.sequence, digest: record.digest, votes: record.certificate };
      return;
    case 'attested':
      return replayOwn(s, record.attested);
  }
}

function replayOwn(s: State, attested: Attested<StreamletMessage>): void {
  const { message } = attested;
  switch (message.type) {
    case 'proposal':
    case 'tail':
      s.proposedRound = Math.max(s.proposedRound, message.round);
      s.lastProposal = attested as Attested<Proposal | Tail>;
      return;
    case 'vote':
      if (message.round < s.votedRound) return;
      s.votedRound = message.round;
      s.votedOn = Math.max(s.votedOn, message.height - 1);
      s.lastVote = attested as Attested<Vote>;
      // It counts towards a notarisation that we have not seen: nobody tells us our own words.
      if (!s.notarised.has(message.round)) keepVote(s, s.lastVote);
      return;
    case 'checkpoint': {
      if (message.sequence <= s.config.restoredSequence) return;
      // Signed once, and sent again to the letter; whether we hold its state shows when execution has come there again.
      const votes = s.checkpointVotes.get(message.sequence) ?? new Array(s.n).fill(undefined);
      votes[s.self] = attested as Attested<Checkpoint>;
      s.checkpointVotes.set(message.sequence, votes);
      return;
    }
  }
}

/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export function liveRecords(s: State): StreamletRecord[] {
  const out: StreamletRecord[] = [];
  if (s.certificate !== undefined && s.certificate.sequence === s.stable) {
    const { sequence, digest, votes } = s.certificate;
    out.push({ type: 'stable', sequence, digest, certificate: votes });
  }
  for (const votes of s.checkpointVotes.values()) {
    const own = votes[s.self];
    if (own !== undefined) out.push({ type: 'attested', attested: own });
  }
  out.push(...s.loggedBatches());
  const blocks = [...s.notarised.values()].sort((a, b) => a.round - b.round);
  for (const { votes } of blocks) if (votes.length > 0) out.push({ type: 'notarised', votes });
  if (s.lastProposal !== undefined) out.push({ type: 'attested', attested: s.lastProposal });
  const open = [...s.votes].sort(([a], [b]) => a - b);
  for (const [, votes] of open) {
    const own = votes[s.self];
    if (own !== undefined) out.push({ type: 'attested', attested: own });
  }
  // The last one is the promise.
  if (s.lastVote !== undefined) out.push({ type: 'attested', attested: s.lastVote });
  return out;
}
