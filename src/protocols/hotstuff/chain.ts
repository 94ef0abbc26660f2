/** Votes to certificates, certificates to commits, commits to slots in order. */

import { NULL_DIGEST, type Sequence } from '../../core/ids.ts';
import type { Attested, Certificate } from '../../core/machine.ts';
import type { Vote } from './messages.ts';
import { noteDelivery } from './pacemaker.ts';
import type { Header, Round } from './rules.ts';
import type { State } from './state.ts';
import { enterByCertificate } from './views.ts';

/** Rounds ahead of the last certified one in which a sender's votes are kept: honest ones are two ahead at most. */
const ROUNDS_PER_SENDER = 8;

/** Certified blocks remembered per slot of a window, at most: a batch takes two or three, and each failed view adds some. */
const HEADERS_PER_SLOT = 8;

export function sameHeader(a: Header, b: Header): boolean {
  return a.round === b.round && a.parent === b.parent && a.sequence === b.sequence && a.digest === b.digest;
}

/** Counts a vote; q alike are a certificate. */
export function countVote(s: State, attested: Attested<Vote>): void {
  const { from, message } = attested;
  const { round } = message;
  let votes = s.votes.get(round);
  const earlier = votes?.[from];
  if (earlier !== undefined) {
    if (!sameHeader(earlier.message, message)) s.evidence('vote', earlier, attested);
    return;
  }
  if (!makeRoom(s, from, round)) return s.reject(from, 'outside-watermarks');
  if (votes === undefined) {
    votes = new Array<Attested<Vote> | undefined>(s.n).fill(undefined);
    s.votes.set(round, votes);
  }
  votes[from] = attested;
  let alike = 0;
  for (let i = 0; i < votes.length; i++) {
    const vote = votes[i];
    if (vote !== undefined && sameHeader(vote.message, message)) alike++;
  }
  if (alike >= s.quorum) certify(s, certificateOf(votes, message));
}

/** Each sender has so many rounds; its lowest gives way. */
function makeRoom(s: State, from: number, round: Round): boolean {
  let held = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [at, votes] of s.votes) {
    if (votes[from] === undefined) continue;
    held++;
    lowest = Math.min(lowest, at);
  }
  if (held < ROUNDS_PER_SENDER) return true;
  if (round < lowest) return false;
  const votes = s.votes.get(lowest)!;
  votes[from] = undefined;
  if (votes.every((vote) => vote === undefined)) s.votes.delete(lowest);
  return true;
}

function certificateOf(votes: readonly (Attested<Vote> | undefined)[], message: Vote): Certificate<Vote> {
  const signers: number[] = [];
  const signatures: Uint8Array[] = [];
  for (let i = 0; i < votes.length; i++) {
    const vote = votes[i];
    if (vote === undefined || !sameHeader(vote.message, message)) continue;
    signers.push(i);
    signatures.push(vote.envelope.signature);
  }
  return { message, signers, signatures };
}

/** A certificate of somebody else's, whose signatures hold. */
export function takeCertificate(s: State, from: number, certificate: Certificate<Vote>): void {
  const { message, signers } = certificate;
  if (s.certified.has(message.round) || message.round <= s.committed.round) return;
  if (message.epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
  if (signers.length < s.quorum) return s.reject(from, 'bad-claim');
  certify(s, certificate);
}

function certify(s: State, certificate: Certificate<Vote>): void {
  const { round, parent, sequence, digest } = certificate.message;
  const header: Header = { round, parent, sequence, digest };
  s.certified.set(round, header);
  s.votes.delete(round);
  s.proposals.delete(round);
  if (round > s.high.round) {
    s.high = header;
    s.certificate = certificate;
  }
  s.see(sequence);
  enterByCertificate(s, header);
  advance(s, round);
}

/** A block is known to be certified: what commits by it? What it makes whole may be below others that came first. */
function advance(s: State, round: Round): void {
  for (let at = round; at <= round + s.rules.depth; at++) {
    const head = s.certified.get(at);
    const block = head && s.rules.committedBy(head, (below) => s.certified.get(below));
    if (block !== undefined && block.round > s.committed.round) commit(s, block);
  }
}

function commit(s: State, block: Header): void {
  s.committed = block;
  for (const round of s.votes.keys()) if (round <= block.round) s.votes.delete(round);
  // Below the last checkpoint nobody asks any more; and a leader that proposes nothing, again and again, fills no memory.
  const most = HEADERS_PER_SLOT * s.config.window;
  for (const [round, { sequence }] of s.certified) {
    if (round < block.round && (sequence <= s.stable || s.certified.size > most)) s.certified.delete(round);
  }
  decideAncestors(s);
}

/** The committed block and all below it that are not delivered yet, as far down as they are known. */
export function decideAncestors(s: State): void {
  let at: Header | undefined = s.committed;
  while (at !== undefined && at.round > 0 && at.sequence > s.delivered) {
    if (at.digest !== NULL_DIGEST) decide(s, at.sequence, at.digest);
    at = s.certified.get(at.parent);
  }
  deliverReady(s);
}

/** The highest block below our highest that is certified, since a certified one names it, and that we do not know. */
export function missingAncestor(s: State): Round | undefined {
  let at = s.high;
  while (at.round > 0 && at.sequence > s.delivered) {
    const parent = s.certified.get(at.parent);
    if (parent === undefined) return at.parent;
    at = parent;
  }
  return undefined;
}

/**
 * f + 1 say so: one of them is honest. Whenever a block is certified, f + 1 honest replicas voted for it and so know its
 * parent.
 */
export function learnAncestor(s: State, header: Header): void {
  if (s.certified.has(header.round)) return;
  s.certified.set(header.round, header);
  advance(s, header.round);
  decideAncestors(s);
}

/**
 * The slot is this batch's. Who is far behind takes a window at a time: what is above comes when it is next, or is in the
 * state that he fetches, and would fill his memory meanwhile.
 */
export function decide(s: State, sequence: Sequence, digest: string): void {
  if (sequence <= s.delivered || sequence > Math.min(s.boundary, s.delivered + s.config.window)) return;
  const slot = s.slot(sequence);
  if (slot.committed !== undefined) return;
  slot.committed = digest;
  s.see(sequence);
  if (!slot.batches.has(digest)) s.want(sequence, digest);
}

/** Hands committed slots to execution, in order and without gaps. */
export function deliverReady(s: State): void {
  const before = s.delivered;
  while (!s.ended) {
    const slot = s.slots.get(s.delivered + 1);
    const batch = slot?.ready;
    if (slot === undefined || batch === undefined) break;
    s.delivered = slot.sequence;
    s.logBatch(slot, batch.digest);
    s.note({ type: 'committed', sequence: slot.sequence, digest: batch.digest });
    noteDelivery(s, slot.sequence);
    s.out.push({ kind: 'deliver', sequence: slot.sequence, view: s.view, batch, fast: false });
  }
  // What committed too far above to be taken then may be next now.
  if (s.delivered > before && s.committed.sequence > before + s.config.window) decideAncestors(s);
}
