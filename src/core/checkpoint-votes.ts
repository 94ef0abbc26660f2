/** Signed checkpoints on their way to a certificate: q signatures under one digest. Every protocol collects them alike. */

import type { Digest, ReplicaId, Sequence } from './ids.ts';
import type { AnyMessage, Attested } from './machine.ts';
import type { ReplicaState, StableCertificate } from './replica-state.ts';

/** ⟨CHECKPOINT, n, d⟩, whatever else is in it. */
export interface CheckpointMessage extends AnyMessage {
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** Per sequence, each replica's signed checkpoint, by id. */
export type CheckpointVotes<C extends CheckpointMessage> = Map<Sequence, (Attested<C> | undefined)[]>;

/** The signatures under one digest. */
function votesFor<C extends CheckpointMessage>(
  votes: readonly (Attested<C> | undefined)[],
  digest: Digest,
): Attested<C>[] {
  const found: Attested<C>[] = [];
  for (const vote of votes) if (vote !== undefined && vote.message.digest === digest) found.push(vote);
  return found;
}

/**
 * A replica far behind must keep checkpoint messages from above its window, and a liar must not fill its memory: each
 * sender has so many places (as many as fit a window, two more for overlap), and its lowest gives way. But a liar may
 * fill its places with inventions above the one checkpoint under which its signature is needed, because it gave that
 * signature to one replica alone: so what more others signed takes the place of what fewer did, too. Whether there is
 * room for this one now.
 */
function makeRoom<C extends CheckpointMessage>(
  all: CheckpointVotes<C>,
  places: number,
  from: ReplicaId,
  { sequence, digest }: { readonly sequence: Sequence; readonly digest: Digest },
): boolean {
  let held = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let leastAt = 0;
  for (const [at, votes] of all) {
    const vote = votes[from];
    if (vote === undefined) continue;
    held++;
    lowest = Math.min(lowest, at);
    const others = backers(votes, vote.message.digest, from);
    if (others >= least) continue;
    least = others;
    leastAt = at;
  }
  if (held < places) return true;
  if (sequence > lowest) drop(all, from, lowest);
  else if (backers(all.get(sequence) ?? [], digest, from) > least) drop(all, from, leastAt);
  else return false;
  return true;
}

function drop<C extends CheckpointMessage>(
  all: CheckpointVotes<C>,
  from: ReplicaId,
  sequence: Sequence,
): void {
  const votes = all.get(sequence)!;
  votes[from] = undefined;
  if (votes.every((vote) => vote === undefined)) all.delete(sequence);
}

/** How many others signed this. */
function backers<C extends CheckpointMessage>(
  votes: readonly (Attested<C> | undefined)[],
  digest: Digest,
  except: ReplicaId,
): number {
  let total = 0;
  for (let i = 0; i < votes.length; i++) if (i !== except && votes[i]?.message.digest === digest) total++;
  return total;
}

type Holder = ReplicaState<AnyMessage, AnyMessage>;

/**
 * Keeps a signed checkpoint. The certificate that it makes full, or undefined. What is not kept is rejected, and what
 * contradicts its sender's earlier word is shown.
 */
export function keepCheckpoint<M extends AnyMessage>(
  s: ReplicaState<M, AnyMessage>,
  attested: Attested<M & CheckpointMessage>,
): StableCertificate<M> | undefined {
  const { from, message } = attested;
  const { sequence, digest } = message;
  const { checkpointInterval, window } = s.config;
  if (sequence % checkpointInterval !== 0) {
    s.reject(from, 'bad-claim');
    return undefined;
  }
  if (sequence <= s.stable) return undefined;
  const earlier = s.checkpointVotes.get(sequence)?.[from];
  if (earlier !== undefined) {
    if (earlier.message.digest === digest) return undefined;
    // A liar's signature counts for whatever it stands under: were its first word the only one, it could sign the
    // certificate that the others hold, and keep a laggard from ever taking it by having told it something else.
    s.evidence('checkpoint', earlier, attested);
    if (from === s.self) return undefined;
  } else if (!makeRoom(s.checkpointVotes, window / checkpointInterval + 2, from, message)) {
    s.reject(from, 'outside-watermarks');
    return undefined;
  }
  let votes = s.checkpointVotes.get(sequence);
  if (votes === undefined) {
    votes = new Array<Attested<M & CheckpointMessage> | undefined>(s.n).fill(undefined);
    s.checkpointVotes.set(sequence, votes);
  }
  votes[from] = attested;
  const matching = votesFor(votes, digest);
  if (matching.length < s.quorum) return undefined;
  return { sequence, digest, votes: matching.slice(0, s.quorum) };
}

/** Forgets what a checkpoint that has become stable decides. */
export function forgetCheckpoints(s: Holder, sequence: Sequence): void {
  if (s.pendingCertificate !== undefined && s.pendingCertificate.sequence <= sequence) {
    s.pendingCertificate = undefined;
  }
  for (const at of s.ownCheckpoints.keys()) if (at < sequence) s.ownCheckpoints.delete(at);
  for (const at of s.checkpointVotes.keys()) if (at <= sequence) s.checkpointVotes.delete(at);
}

/** Asks the driver for the state of the pending certificate; again only after a timeout. */
export function askTransfer(s: Holder): void {
  const pending = s.pendingCertificate;
  if (pending === undefined) return;
  if (s.transferring === pending.sequence && s.nowMs - s.transferAskedMs < s.config.timeoutCeilingMs) return;
  s.transferring = pending.sequence;
  s.transferAskedMs = s.nowMs;
  const { sequence, digest, votes } = pending;
  s.out.push({ kind: 'transfer', sequence, digest, certificate: votes });
}

/** Sends what certifies a later checkpoint than `theirs`, of which `stable` is our last, or would help to. */
export function answerCheckpoints<M extends AnyMessage>(
  s: ReplicaState<M, AnyMessage>,
  to: ReplicaId,
  theirs: Sequence,
  stable: StableCertificate<M> | undefined,
): void {
  // The certificate of a state that we lack goes out, too: we may be the only one whom a liar gave its vote, and
  // nobody serves a state that is not certified to himself.
  const latest = s.pendingCertificate ?? stable;
  if (latest !== undefined && theirs < latest.sequence) {
    for (const vote of latest.votes) if (vote.from !== to) s.forward(to, vote);
  }
  for (const [sequence, votes] of s.checkpointVotes) {
    const own = votes[s.self];
    if (sequence > theirs && own !== undefined) s.forward(to, own);
  }
}

/**
 * q replicas certified a checkpoint above our last stable one. `ours`: the state that we executed. Else it is pending: `behind`, we
 * are not there yet; `diverged`: in the minority, and said so.
 */
export function compare<M extends AnyMessage>(
  s: ReplicaState<M, AnyMessage>,
  certificate: StableCertificate<M>,
): 'ours' | 'behind' | 'diverged' {
  const { sequence, digest, votes } = certificate;
  const own = s.ownCheckpoints.get(sequence);
  if (own === digest) return 'ours';
  if (s.pendingCertificate === undefined || sequence >= s.pendingCertificate.sequence) {
    s.pendingCertificate = certificate;
  }
  // (What an older state of ours signed, before a restart, says nothing about the one to come.)
  if (own === undefined || s.delivered < sequence) return 'behind';
  s.out.push({ kind: 'diverged', sequence, digest, own, certificate: votes });
  return 'diverged';
}
