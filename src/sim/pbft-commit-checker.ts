/**
 * The heart of PBFT's proof, watched directly: once a batch committed at a slot, no honest replica votes for another
 * one there in a later view. A fork needs more luck than a breach of this, so it is seen long before one.
 */

import type { Batch } from '../core/batch.ts';
import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type Observer, Violation } from './observer.ts';

interface Commit {
  readonly digest: Digest;
  /**
   * No earlier than the view in which it committed. Replicas that learn of a commit afterwards do not know that view, but
   * some honest one voted for the batch in it, and did so before anybody executed it.
   */
  readonly view: View;
}

export class PbftCommitChecker implements Observer<PbftMessage, PbftRecord> {
  readonly #commits = new Map<Sequence, Commit>();
  /** The latest view in which any honest replica voted for a digest at a slot. */
  readonly #votes = new Map<Sequence, Map<Digest, View>>();

  executed(_replica: ReplicaId, sequence: Sequence, _view: View, batch: Batch): void {
    if (this.#commits.has(sequence)) return;
    const votes = this.#votes.get(sequence);
    this.#commits.set(sequence, { digest: batch.digest, view: votes?.get(batch.digest) ?? 0 });
    for (const [digest, voted] of votes ?? []) this.#compare(sequence, digest, voted);
  }

  sent(_replica: ReplicaId, message: PbftMessage): void {
    if (message.type !== 'pre-prepare' && message.type !== 'prepare' && message.type !== 'commit') return;
    const { sequence, digest, view } = message;
    let votes = this.#votes.get(sequence);
    if (votes === undefined) {
      votes = new Map();
      this.#votes.set(sequence, votes);
    }
    const before = votes.get(digest);
    if (before !== undefined && before >= view) return;
    votes.set(digest, view);
    this.#compare(sequence, digest, view);
  }

  #compare(sequence: Sequence, digest: Digest, view: View): void {
    const commit = this.#commits.get(sequence);
    if (commit === undefined || commit.digest === digest || view <= commit.view) return;
    throw new Violation(
      'commit',
      `${commit.digest.slice(0, 8)} committed at sequence ${sequence} by view ${commit.view}, ` +
        `and in view ${view} somebody honest votes for ${digest.slice(0, 8)}`,
    );
  }
}
