/** What a replica knows and has promised about one sequence number. */

import { type Batch, NULL_BATCH } from '../../core/batch.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import { MAX_PREPREPARED_PER_SLOT } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import type { Commit, PbftMessage, PrePrepare, Prepare } from './messages.ts';

export class Slot {
  readonly sequence: Sequence;

  // ---- across views: what a VIEW-CHANGE claims, and the bytes behind it
  /** The P entry: the digest that prepared here in the latest view; view −1 where none did. */
  preparedDigest: Digest | undefined;
  preparedView: View = -1;
  /** The Q entries: per digest, the latest view in which we proposed or sent PREPARE. */
  readonly preprepared = new Map<Digest, View>();
  /** Known bytes by digest, and which of them the log holds. */
  readonly batches = new Map<Digest, Batch>([[NULL_DIGEST, NULL_BATCH]]);
  readonly logged = new Set<Digest>([NULL_DIGEST]);
  committedDigest: Digest | undefined;
  committedView: View = -1;
  /** Others' word that the slot committed. */
  readonly claims: (Digest | undefined)[];

  /** COMMITs of a view that we have left, for learning what the others go on to commit in it. */
  learnedView: View = -1;
  learned: (Digest | undefined)[] = [];

  // ---- the present view only
  /** What the primary assigned, by PRE-PREPARE or by NEW-VIEW. */
  accepted: Digest | undefined;
  acceptedFrom: Attested<PrePrepare> | undefined;
  acceptedAtMs = 0;
  /** It was shown to all, because somebody voted for something else. */
  shown = false;
  votedPrepare = false;
  /** It prepared here in this view; its COMMIT may be held back for the fast path. */
  prepared = false;
  preparedAtMs = 0;
  votedCommit = false;
  /** All n prepared alike, and it committed by that. */
  fast = false;
  readonly prepares: (Attested<Prepare> | undefined)[];
  readonly commits: (Attested<Commit> | undefined)[];

  constructor(sequence: Sequence, n: number) {
    this.sequence = sequence;
    this.claims = new Array(n).fill(undefined);
    this.prepares = new Array(n).fill(undefined);
    this.commits = new Array(n).fill(undefined);
  }

  /** Forgets the votes of a view that is over; promises and bytes stay. */
  enterView(): void {
    this.accepted = undefined;
    this.acceptedFrom = undefined;
    this.shown = false;
    this.votedPrepare = false;
    this.prepared = false;
    this.votedCommit = false;
    this.prepares.fill(undefined);
    this.commits.fill(undefined);
  }

  addPreprepared(digest: Digest, view: View): void {
    this.preprepared.set(digest, Math.max(view, this.preprepared.get(digest) ?? -1));
    if (this.preprepared.size <= MAX_PREPREPARED_PER_SLOT) return;
    // Dropping a Q entry can only keep a digest from being chosen, never make another one eligible. The P entry's
    // digest is kept, because A2 of an honest P claim may rest on it.
    let oldest: Digest | undefined;
    for (const [candidate, at] of this.preprepared) {
      if (candidate === this.preparedDigest || candidate === digest) continue;
      if (oldest === undefined || at < this.preprepared.get(oldest)!) oldest = candidate;
    }
    if (oldest !== undefined) {
      this.preprepared.delete(oldest);
      if (oldest !== this.committedDigest) {
        this.batches.delete(oldest);
        this.logged.delete(oldest);
      }
    }
  }

  addPrepared(digest: Digest, view: View): void {
    if (view < this.preparedView) return;
    this.preparedDigest = digest;
    this.preparedView = view;
  }

  /** The bytes of what committed, where both are known. */
  committedBatch(): Batch | undefined {
    return this.committedDigest === undefined ? undefined : this.batches.get(this.committedDigest);
  }
}

/** How many of these votes are for the digest, leaving out one replica. */
export function countVotes(
  votes: readonly (Attested<PbftMessage & { digest: Digest }> | undefined)[],
  digest: Digest,
  except: ReplicaId,
): number {
  let total = 0;
  for (let i = 0; i < votes.length; i++) {
    if (i !== except && votes[i]?.message.digest === digest) total++;
  }
  return total;
}
