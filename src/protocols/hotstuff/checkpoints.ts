/** Checkpoints, garbage collection, and the step over a gap by a certified state. */

import { askTransfer, compare, forgetCheckpoints, keepCheckpoint } from '../../core/checkpoint-votes.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { StableCertificate } from '../../core/replica-state.ts';
import { decideAncestors, deliverReady } from './chain.ts';
import type { Checkpoint, CheckpointClaim, HotstuffMessage } from './messages.ts';
import type { State } from './state.ts';

/** Execution reached a checkpoint: say so, signed; once, whatever happens. */
export function onExecutedCheckpoint(s: State, { sequence, digest }: CheckpointClaim): void {
  if (sequence <= s.stable) return;
  s.ownCheckpoints.set(sequence, digest);
  if (s.checkpointVotes.get(sequence)?.[s.self] === undefined) {
    s.out.push({ kind: 'attest', message: { type: 'checkpoint', epoch: s.config.epoch, sequence, digest } });
  }
  const pending = s.pendingCertificate;
  if (pending !== undefined && pending.sequence === sequence) adopt(s, pending);
}

export function onCheckpoint(s: State, attested: Attested<Checkpoint>): void {
  const certificate = keepCheckpoint(s, attested);
  if (certificate !== undefined) adopt(s, certificate);
}

/** q replicas certified a checkpoint. */
function adopt(s: State, certificate: StableCertificate<HotstuffMessage>): void {
  const { sequence, digest } = certificate;
  if (sequence <= s.stable) return;
  const agreed = compare(s, certificate);
  if (agreed === 'ours') {
    s.note({ type: 'stable', sequence, digest, certificate: certificate.votes });
    settle(s, sequence, digest);
    s.stableCertificate = certificate;
    s.out.push({ kind: 'stable', sequence, digest, certificate: certificate.votes });
    return;
  }
  if (agreed === 'diverged') return;
  // So far behind that the slots between are gone elsewhere: take the certified state.
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
  s.highestSeen = Math.max(s.highestSeen, sequence);
  forgetCheckpoints(s, sequence);
  for (const at of s.slots.keys()) if (at <= sequence) s.slots.delete(at);
  for (const at of s.seenAtMs.keys()) if (at <= sequence) s.seenAtMs.delete(at);
  for (const [key, wanted] of s.wanted) if (wanted.sequence <= sequence) s.wanted.delete(key);
}

/** The driver installed a certified state. */
export function onInstalled(s: State, { sequence, digest }: CheckpointClaim): void {
  const pending = s.pendingCertificate;
  s.transferring = -1;
  if (sequence <= s.stable) return;
  // Whatever we executed differently above it is executed again.
  for (const at of s.ownCheckpoints.keys()) if (at > sequence) s.ownCheckpoints.delete(at);
  s.ownCheckpoints.set(sequence, digest);
  s.delivered = sequence;
  s.lastProgressMs = s.nowMs;
  s.behindMs = s.nowMs;
  s.deliveredMs = s.nowMs;
  if (pending !== undefined && pending.sequence === sequence && pending.digest === digest) {
    s.note({ type: 'stable', sequence, digest, certificate: pending.votes });
    s.stableCertificate = pending;
  }
  settle(s, sequence, digest);
  decideAncestors(s);
}

/** This validator set ends with the checkpoint at `boundary`: what was promised past it dies with the epoch. */
export function onBoundary(s: State, boundary: Sequence): void {
  s.boundary = Math.min(s.boundary, boundary);
  for (const sequence of s.slots.keys()) if (sequence > boundary) s.slots.delete(sequence);
  for (const [key, wanted] of s.wanted) if (wanted.sequence > boundary) s.wanted.delete(key);
  s.highestSeen = Math.min(s.highestSeen, Math.max(boundary, s.delivered));
}
