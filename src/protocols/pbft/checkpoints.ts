/** Checkpoints, garbage collection and the watermarks (TOCS 2002 §4.3), and the step over a gap (§5.3). */

import { askTransfer, compare, forgetCheckpoints, keepCheckpoint } from '../../core/checkpoint-votes.ts';
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Checkpoint, CheckpointClaim, PbftMessage } from './messages.ts';
import { deliverReady } from './normal.ts';
import type { Certificate, State } from './state.ts';

/** Execution reached a checkpoint: say so, signed. */
export function onExecutedCheckpoint(s: State, { sequence, digest }: CheckpointClaim): void {
  if (sequence <= s.stable) return;
  s.ownCheckpoints.set(sequence, digest);
  // One signature per checkpoint, whatever happens: after a restart, or a rollback, the signed one is re-sent to
  // the letter and nothing else is signed in its place.
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
function adopt(s: State, certificate: Certificate): void {
  if (certificate.sequence <= s.stable) return;
  const agreed = compare(s, certificate);
  if (agreed === 'ours') return makeStable(s, certificate);
  if (agreed === 'diverged') return;
  if (slotsGone(s)) askTransfer(s);
}

/**
 * The slots up to a certified checkpoint cannot be learned one by one any more, so that the certified state has to be
 * taken. It is further away than a window; or fewer than f + 1 others keep the slot that we lack: whoever made a much later
 * checkpoint stable let it go, answers no COMMIT for it and claims no commit, and less than f + 1 claims prove none. (One
 * that restarted, or whose batches were large, keeps less than we count on; then a time-out tells us.)
 * To wait for a time-out then would gain nothing and, with our own time-outs longer than theirs, cost a primary its view.
 * Who understates its checkpoint makes us wait as before; who overstates it, f of them at most, makes us transfer a
 * state that at least one honest replica keeps: q signed it.
 */
export function slotsGone(s: State): boolean {
  const { pendingCertificate: pending, delivered } = s;
  if (pending === undefined || pending.sequence <= delivered) return false;
  if (pending.sequence > delivered + s.config.window) return true;
  let keepers = 0;
  for (let id = 0; id < s.n; id++) {
    if (id !== s.self && s.peerStable[id]! - s.past.depth <= delivered) keepers++;
  }
  return keepers < s.weakQuorum;
}

/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good. So does our wrong checkpoint, as our one signature for its sequence: what
 * we come to now is compared with the certificate, and not signed.
 */
export function onRolledBack(s: State): void {
  for (const at of s.ownCheckpoints.keys()) if (at > s.stable) s.ownCheckpoints.delete(at);
  s.delivered = s.stable;
  // To deliver again says nothing about how long it takes to agree.
  const { commitEwmaMs, commitVarMs } = s;
  deliverReady(s);
  s.commitEwmaMs = commitEwmaMs;
  s.commitVarMs = commitVarMs;
}

function makeStable(s: State, { sequence, digest, votes }: Certificate): void {
  s.note({ type: 'stable', sequence, digest, certificate: votes });
  settle(s, sequence, digest);
  s.certificate = { sequence, digest, votes };
  s.out.push({ kind: 'stable', sequence, digest, certificate: votes });
}

/** Moves the low watermark and forgets what lies below. */
export function settle(s: State, sequence: Sequence, digest: Digest): void {
  s.stable = sequence;
  s.ownCheckpoints.set(sequence, digest);
  s.low = Math.max(s.low, sequence);
  s.highestSeen = Math.max(s.highestSeen, sequence);
  forgetCheckpoints(s, sequence);
  for (const [at, slot] of s.slots) {
    if (at > sequence) continue;
    const batch = slot.committedBatch();
    if (batch !== undefined) s.past.add(at, slot.committedDigest!, batch);
    s.slots.delete(at);
    s.held.delete(at);
  }
  s.past.trim(sequence);
  for (const [key, wanted] of s.wanted) if (wanted.sequence <= sequence) s.wanted.delete(key);
}

/** The driver installed a certified state. */
export function onInstalled(
  s: State,
  { sequence, digest }: CheckpointClaim,
  votes: readonly Attested<PbftMessage>[] | undefined,
): void {
  const pending = s.pendingCertificate;
  s.transferring = -1;
  if (sequence <= s.stable) return;
  // Whatever we executed differently above it is executed again.
  for (const at of s.ownCheckpoints.keys()) if (at > sequence) s.ownCheckpoints.delete(at);
  s.ownCheckpoints.set(sequence, digest);
  s.delivered = sequence;
  s.lastProgressMs = s.nowMs;
  const ofPending = pending?.sequence === sequence && pending.digest === digest ? pending.votes : undefined;
  const certificate = votes ?? ofPending;
  if (certificate !== undefined) {
    s.note({ type: 'stable', sequence, digest, certificate });
    s.certificate = { sequence, digest, votes: certificate };
  }
  settle(s, sequence, digest);
  deliverReady(s);
  // The others went on meanwhile: what they changed is asked for at once.
  const next = s.pendingCertificate;
  if (next !== undefined && next.sequence > s.delivered + s.config.window) askTransfer(s);
}

/**
 * This validator set ends with the checkpoint at `boundary`. A slot past it can only have our vote where a new view began
 * above our own state; what was promised there dies with the epoch, since nobody delivers it.
 */
export function onBoundary(s: State, boundary: Sequence): void {
  s.boundary = Math.min(s.boundary, boundary);
  for (const sequence of s.slots.keys()) if (sequence > boundary) s.slots.delete(sequence);
  for (const [key, wanted] of s.wanted) if (wanted.sequence > boundary) s.wanted.delete(key);
  for (const sequence of s.held) if (sequence > boundary) s.held.delete(sequence);
  s.highestSeen = Math.min(s.highestSeen, Math.max(boundary, s.delivered));
}
