/** Signed checkpoints on their way to a certificate: q signatures under one digest. Every protocol collects them alike. */

import type { Digest, ReplicaId, Sequence } from './ids.ts';
import type { AnyMessage, Attested } from './machine.ts';

/** ⟨CHECKPOINT, n, d⟩, whatever else is in it. */
export interface CheckpointMessage extends AnyMessage {
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** Per sequence, each replica's signed checkpoint, by id. */
export type CheckpointVotes<C extends CheckpointMessage> = Map<Sequence, (Attested<C> | undefined)[]>;

/** The signatures under one digest. */
export function votesFor<C extends CheckpointMessage>(
  votes: readonly (Attested<C> | undefined)[],
  digest: Digest,
): Attested<C>[] {
  return votes.filter((vote) => vote?.message.digest === digest) as Attested<C>[];
}

/**
 * A replica far behind must keep checkpoint messages from above its window, and a liar must not fill its memory: each
 * sender has so many places (as many as fit a window, two more for overlap), and its lowest gives way. But a liar may
 * fill its places with inventions above the one checkpoint under which its signature is needed, because it gave that
 * signature to one replica alone: so what more others signed takes the place of what fewer did, too. Whether there is
 * room for this one now.
 */
export function makeRoom<C extends CheckpointMessage>(
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
