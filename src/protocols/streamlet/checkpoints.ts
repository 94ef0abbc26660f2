/** Checkpoints, and what goes once one is certified by q signatures (Castro & Liskov, TOCS 2002, §4.3, §5.3). */

import { askTransfer, compare, forgetCheckpoints, keepCheckpoint } from '../../core/checkpoint-votes.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { deliverReady, prune, releaseClaims } from './final.ts';
import type { Checkpoint } from './messages.ts';
import type { Certificate, State } from './state.ts';

interface Point {
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** Execution reached a checkpoint: say so, signed. */
export function onExecutedCheckpoint(s: State, { sequence, digest }: Point): void {
  if (sequence <= s.stable) return;
  s.ownCheckpoints.set(sequence, digest);
  // One signature per checkpoint, whatever happens: after a restart the signed one is re-sent to the letter.
  if (s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
    s.attest({ type: 'checkpoint', epoch: s.config.epoch, sequence, digest });
  }
  const pending = s.pendingCertificate;
  if (pending !== undefined && pending.sequence === sequence) adopt(s, pending);
}

export function onCheckpoint(s: State, attested: Attested<Checkpoint>): void {
  const certificate = keepCheckpoint(s, attested);
  if (certificate !== undefined) adopt(s, certificate);
}

/** q replicas certified a checkpoint. */
function adopt(s: State, certificate: Certificate): void {
  const { sequence, digest, votes } = certificate;
  if (sequence <= s.stable) return;
  const agreed = compare(s, certificate);
  if (agreed === 'ours') {
    s.persist({ type: 'stable', sequence, digest, certificate: votes });
    s.certificate = certificate;
    settle(s, sequence, digest);
    s.out.push({ kind: 'stable', sequence, digest, certificate: votes });
    return;
  }
  if (agreed === 'diverged') return;
  // So far behind that the blocks between are gone elsewhere: take the certified state.
  if (sequence > s.delivered + s.config.window) askTransfer(s);
}

/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good; our wrong checkpoint stays our one signature for its sequence.
 */
export function onRolledBack(s: State): void {
  for (const at of s.ownCheckpoints.keys()) if (at > s.stable) s.ownCheckpoints.delete(at);
  s.delivered = s.stable;
  deliverReady(s);
}

/** Moves the low watermark and forgets what lies below. */
export function settle(s: State, sequence: Sequence, digest: Digest): void {
  s.stable = sequence;
  s.ownCheckpoints.set(sequence, digest);
  forgetCheckpoints(s, sequence);
  s.dropBatches(sequence);
  for (const round of s.wanted.keys()) {
    if ((s.notarised.get(round)?.sequence ?? 0) <= sequence) s.wanted.delete(round);
  }
  prune(s);
  releaseClaims(s);
}

/** The driver installed a certified state. */
export function onInstalled(s: State, { sequence, digest }: Point): void {
  const pending = s.pendingCertificate;
  s.transferring = -1;
  if (sequence <= s.stable) return;
  for (const at of s.ownCheckpoints.keys()) if (at > sequence) s.ownCheckpoints.delete(at);
  s.delivered = sequence;
  s.lastProgressMs = s.nowMs;
  if (pending !== undefined && pending.sequence === sequence && pending.digest === digest) {
    s.persist({ type: 'stable', sequence, digest, certificate: pending.votes });
    s.certificate = pending;
  }
  settle(s, sequence, digest);
  deliverReady(s);
}

/** This validator set ends with the checkpoint at `boundary`: whatever carries more dies with it. */
export function onBoundary(s: State, boundary: Sequence): void {
  s.boundary = Math.min(s.boundary, boundary);
  releaseClaims(s);
}
