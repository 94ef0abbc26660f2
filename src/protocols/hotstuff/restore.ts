/** A machine from its log: what was promised before a crash binds after it. */

import type { Attested } from '../../core/machine.ts';
import { deliverReady } from './chain.ts';
import type { Checkpoint, HotstuffMessage, HotstuffRecord, Timeout, Vote } from './messages.ts';
import type { State } from './state.ts';

/** Reads the records, oldest first, then delivers again what committed above the restored state. */
export function restore(s: State, records: Iterable<HotstuffRecord>): void {
  for (const record of records) replay(s, record);
  // Delivering writes `committed` records; those are in the log already.
  deliverReady(s);
  for (let i = s.out.length - 1; i >= 0; i--) if (s.out[i]!.kind === 'persist') s.out.splice(i, 1);
  takeStable(s);
  resume(s);
}

/**
 * A checkpoint that was certified before a crash is stable once execution has come there again, to that very state, and
 * not sooner: then the driver is told as if for the first time, which it may not have been. It may be the last one of this
 * validator set, and every replica may have crashed on it.
 */
function takeStable(s: State): void {
  const certificate = s.stableCertificate;
  if (certificate === undefined || certificate.sequence <= s.stable) return;
  s.pendingCertificate = certificate;
  s.stableCertificate = undefined;
}

/** The view that we were in, and our last word in it. */
function resume(s: State): void {
  const { ownVote, rounds } = s;
  if (ownVote !== undefined) {
    const { round } = ownVote.message;
    s.view = Math.max(s.view, rounds.viewOf(round));
    if (round > s.high.round) {
      const votes = new Array<Attested<Vote> | undefined>(s.n).fill(undefined);
      votes[s.self] = ownVote;
      s.votes.set(round, votes);
    }
    // A proposal whose vote did not reach the log was never sent.
    if (s.proposed?.round !== round) s.proposed = undefined;
  } else s.proposed = undefined;
  s.view = Math.max(s.view, rounds.viewOf(s.high.round + 1), (s.timeoutCertificate?.message.view ?? -1) + 1);
  const own = s.timeouts[s.self];
  if (own !== undefined && own.message.view >= s.view) {
    s.view = own.message.view;
    s.left = true;
    s.asked = s.view + 1;
  }
  const { proposed } = s;
  if (proposed !== undefined && rounds.viewOf(proposed.round) === s.view) {
    s.tailsUntil = proposed.round + proposed.tails;
  }
  s.highestSeen = Math.max(s.delivered, s.high.sequence, ownVote?.message.sequence ?? 0);
  s.highestSeen = Math.max(s.delivered, Math.min(s.highestSeen, s.highWatermark));
}

function replay(s: State, record: HotstuffRecord): void {
  switch (record.type) {
    case 'batch':
      if (!above(s, record.sequence)) return;
      s.slot(record.sequence).batches.set(record.digest, record.batch);
      s.slot(record.sequence).logged.add(record.digest);
      return;
    case 'certified': {
      const { header, locked, certificate } = record;
      s.locked = Math.max(s.locked, locked);
      s.certified.set(header.round, header);
      if (header.round <= s.high.round) return;
      // Known for a fact, but only what we can show counts as our highest.
      if (certificate[0] === undefined) return;
      s.high = header;
      [s.certificate] = certificate;
      s.loggedCertificate = header.round;
      return;
    }
    case 'entered':
      s.timeoutCertificate = record.certificate;
      return;
    case 'proposed':
      s.proposed = undefined;
      s.restoredTails = record;
      return;
    case 'committed':
      if (above(s, record.sequence)) s.slot(record.sequence).committed = record.digest;
      return;
    case 'stable':
      if (record.sequence < s.stable) return;
      s.stableCertificate = {
        sequence: record.sequence,
        digest: record.digest,
        votes: record.certificate,
      };
      return;
    case 'attested':
      return replayAttested(s, record.attested);
  }
}

const above = (s: State, sequence: number): boolean =>
  sequence > s.config.restoredSequence && sequence <= s.boundary;

function replayAttested(s: State, attested: Attested<HotstuffMessage>): void {
  const { message } = attested;
  switch (message.type) {
    case 'vote': {
      s.lastVoted = Math.max(s.lastVoted, message.round);
      s.ownVote = attested as Attested<Vote>;
      const { restoredTails } = s;
      const batch = s.slots.get(message.sequence)?.batches.get(message.digest);
      if (restoredTails?.round !== message.round || batch === undefined) return;
      const { epoch, digest, round } = message;
      s.proposed = { type: 'block', epoch, round, digest, tails: restoredTails.tails, batch };
      return;
    }
    case 'timeout':
      s.timeouts[s.self] = attested as Attested<Timeout>;
      return;
    case 'checkpoint': {
      if (message.sequence <= s.config.restoredSequence) return;
      // Signed once, and sent again to the letter; whether we hold its state shows when execution has come there again.
      const votes =
        s.checkpointVotes.get(message.sequence) ??
        new Array<Attested<Checkpoint> | undefined>(s.n).fill(undefined);
      votes[s.self] = attested as Attested<Checkpoint>;
      s.checkpointVotes.set(message.sequence, votes);
      return;
    }
    default:
      return;
  }
}

/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export function liveRecords(s: State): HotstuffRecord[] {
  const out: HotstuffRecord[] = [];
  const { stableCertificate, certificate, locked } = s;
  if (stableCertificate !== undefined && stableCertificate.sequence === s.stable) {
    const { sequence, digest, votes } = stableCertificate;
    out.push({ type: 'stable', sequence, digest, certificate: votes });
  }
  for (const header of [...s.certified.values()].sort((a, b) => a.round - b.round)) {
    const own = header === s.high && certificate !== undefined ? [certificate] : [];
    out.push({ type: 'certified', header, locked, certificate: own });
  }
  for (const votes of s.checkpointVotes.values()) {
    const own = votes[s.self];
    if (own !== undefined) out.push({ type: 'attested', attested: own });
  }
  for (const slot of [...s.slots.values()].sort((a, b) => a.sequence - b.sequence)) {
    const { sequence } = slot;
    if (sequence <= s.stable) continue;
    for (const digest of slot.logged) {
      const batch = slot.batches.get(digest);
      if (batch !== undefined) out.push({ type: 'batch', sequence, digest, batch });
    }
    if (sequence <= s.delivered && slot.committed !== undefined) {
      out.push({ type: 'committed', sequence, digest: slot.committed });
    }
  }
  if (s.timeoutCertificate !== undefined) out.push({ type: 'entered', certificate: s.timeoutCertificate });
  if (s.proposed !== undefined)
    out.push({ type: 'proposed', round: s.proposed.round, tails: s.proposed.tails });
  if (s.ownVote !== undefined) out.push({ type: 'attested', attested: s.ownVote });
  const own = s.timeouts[s.self];
  if (own !== undefined) out.push({ type: 'attested', attested: own });
  return out;
}
